import type { Column, MaskKind } from '../contracts/index.ts';
import { canonicalCnpj, isCnpj } from '../kernel/brazil/cnpj.ts';

type Cells = Record<string, unknown>;

/**
 * The one way personal values leave: every column that a contract marks personal is masked, unless revealed, and so is
 * one that `columns` does not name.
 */
export function maskRow<T extends Cells>(row: T, columns: Readonly<Record<string, Column>>): T {
  const masked: Cells = { ...row };
  for (const name in row) masked[name] = maskCell(row[name], columns[name]);
  return masked as T;
}

/** A value of a column, masked where the column is personal or none that is known. */
export function maskCell(value: unknown, column: Column | undefined): unknown {
  if (column?.personal === 'none' || value === null || value === undefined) return value;
  return maskValue(String(value), column?.mask ?? 'text');
}

/** A personal text with only enough left to tell two apart. */
export function maskValue(value: string, kind: MaskKind): string {
  switch (kind) {
    case 'taxpayer': {
      const company = canonicalCnpj(value);
      if (company) return `**.***.${company.slice(5, 8)}/****-**`;
      return value.length >= 11 ? `***.***.${value.slice(-5, -2)}-**` : '***';
    }
    case 'phone':
      return value.length >= 10 ? `(${value.slice(0, 2)}) *****-**${value.slice(-2)}` : '*****';
    case 'email': {
      const [user = '', domain = ''] = value.split('@');
      return domain ? `${user.slice(0, 1)}***@${domain}` : '***';
    }
    case 'name': {
      const [first = '', ...rest] = value.trim().split(/\s+/);
      const initials = rest.flatMap((word) => /\p{L}/u.exec(word)?.map((letter) => `${letter}.`) ?? []);
      const plain = rest.length > 0 && /^[\p{L}'’-]+$/u.test(first);
      return [plain ? first : `${first.slice(0, 1)}***`, ...initials].join(' ');
    }
    case 'text':
      return value.length > 4 ? `***${value.slice(-3)}` : '***';
  }
}

const TIME = /(?<![\d:])\d{1,3}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?(?![\d:])/g;
/** A day that no other digits are beside: what they make together may be a phone. */
const DAY = /(?<!\d[\s./()+-]*)(?:\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2}))(?![\s./()+-]*\d)/g;
/** Digits that are enough for a phone without its DDD. */
const TELLING = 8;

const withoutTimes = (value: string): string => value.replaceAll(TIME, '').replaceAll(DAY, '');
const isShort = (rest: string): boolean => rest.replaceAll(/\D/g, '').length < TELLING;

/** Whether a text can only be a date, a time, an amount or a spreadsheet's error, even where columns have shifted. */
export function isImpersonal(value: string): boolean {
  if (/^#[\p{Lu}\d/!?]+$/u.test(value)) return true;
  const rest = withoutTimes(value).replaceAll(/[TZ]/g, '');
  return /^[\s\d.,+-]*$/.test(rest) && isShort(rest);
}

const COMPANY = /(?<![\dA-Z])(?=((?:[\dA-Z][\s./-]{0,3}){12}\d[\s./-]{0,3}\d)(?![\dA-Z]))/gi;

/** Whether a text may hold the document, phone, card or e-mail of somebody, however it is written; not for names. */
export function identifies(value: string): boolean {
  if (value.includes('@') || !isShort(withoutTimes(value))) return true;
  return [...value.matchAll(COMPANY)].some(([, found = '']) => isCnpj(found.replaceAll(/[^\dA-Z]/gi, '')));
}
