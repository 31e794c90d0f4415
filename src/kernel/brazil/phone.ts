import { Metadata, type MetadataJson } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max.json';
import { type Uf, ufOfDdd } from './ddd.ts';

export interface PhoneParts {
  ddd: string;
  uf: Uf;
  /** Subscriber number, 8 digits (landline) or 9 (mobile). */
  subscriber: string;
  kind: 'mobile' | 'landline';
}

/*
 * libphonenumber's own patterns of Brazil, compiled once: its parser takes about 10 µs per number, and the canonical
 * form leaves it nothing to parse. A test compares both on random numbers.
 */
interface Patterns {
  nationalNumberPattern(): string;
  type(kind: 'FIXED_LINE' | 'MOBILE'): { pattern(): string };
}
const library = new Metadata(metadata as unknown as MetadataJson);
library.selectNumberingPlan('BR');
const plan = library.numberingPlan as unknown as Patterns;
const GENERAL = whole(plan.nationalNumberPattern());
const LANDLINE = whole(plan.type('FIXED_LINE').pattern());
const MOBILE = whole(plan.type('MOBILE').pattern());

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/**
 * The national form of a Brazilian phone, DDD and number: 10 digits for a landline, 11 for a mobile; null when it is
 * neither. Strips +55, 00, 0 and a two-digit carrier code, adds the ninth digit to a mobile that lacks it and never
 * takes it away. A number without DDD needs `defaultDdd`. Toll-free and foreign numbers give null.
 */
export function canonicalPhone(text: string, defaultDdd?: string): string | null {
  const national = nationalDigits(text, defaultDdd);
  if (national === null || ufOfDdd(national.slice(0, 2)) === null) return null;
  const first = national.charCodeAt(2) - 48;
  const lacksNinth = national.length === 10 && first >= 6;
  const phone = lacksNinth ? `${national.slice(0, 2)}9${national.slice(2)}` : national;
  if (!GENERAL.test(phone)) return null;
  return (phone.length === 11 ? MOBILE : LANDLINE).test(phone) ? phone : null;
}

/** Area code, state, subscriber number and kind of a canonical phone, or null when the text is not one. */
export function phoneParts(phone: string): PhoneParts | null {
  if (canonicalPhone(phone) !== phone) return null;
  const ddd = phone.slice(0, 2);
  return { ddd, uf: ufOfDdd(ddd)!, subscriber: phone.slice(2), kind: phone.length === 11 ? 'mobile' : 'landline' };
}

/** `(11) 93333-4444` from a canonical phone; any other text comes back unchanged. */
export function formatPhone(phone: string): string {
  return phone.replace(/^(\d{2})(\d{4,5})(\d{4})$/, '($1) $2-$3');
}

/** Digits with DDD and without country, trunk and carrier prefixes: 10 or 11, or null. */
function nationalDigits(text: string, defaultDdd: string | undefined): string | null {
  const written = text
    .trim()
    .replace(/\s*(?:ramal|ext\.?|r\.)\s*\d+$/i, '')
    .replace(/^(\d{8,14})\.0$/, '$1');
  if (!/^[+\d\s().\-/xX]+$/.test(written)) return null;
  let digits = written.replace(/\D/g, '');
  const foreign = written.startsWith('+') && !digits.startsWith('55');
  if (foreign) return null;
  if (digits.startsWith('00')) {
    if (!digits.startsWith('0055')) return null;
    digits = digits.slice(4);
  } else if (digits.startsWith('55') && digits.length >= 12) {
    digits = digits.slice(2);
  }
  if (digits.startsWith('0')) {
    digits = digits.slice(1);
    const carrier = digits.length === 12 || digits.length === 13;
    if (carrier) digits = digits.slice(2);
  }
  const local = (digits.length === 8 || digits.length === 9) && defaultDdd !== undefined;
  if (local) digits = `${defaultDdd.replace(/^0/, '')}${digits}`;
  return digits.length === 10 || digits.length === 11 ? digits : null;
}
