import { dayOfNumber } from '../../kernel/brazil/dates.ts';
import type { Random } from '../../kernel/random.ts';

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);
const known = new Map<number, string>();

/** `2026-11-15` of a day's number. */
export function isoDay(day: number): string {
  const text = known.get(day) ?? dayOfNumber(day);
  known.set(day, text);
  return text;
}

/** `15/11/2026`. */
export function brazilianDay(day: number): string {
  const iso = isoDay(day);
  return `${iso.slice(8)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
}

/** `09:12:33` of seconds since midnight. */
export function clock(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A second of an office day. */
export function officeSecond(random: Random): number {
  return random.int(8 * 3600, 18 * 3600);
}

/** `1234,56` of cents. */
export function comma(cents: number): string {
  return `${Math.floor(cents / 100)},${two(cents % 100)}`;
}

/** `1.234,56` of cents. */
export function dotted(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${whole},${two(cents % 100)}`;
}

/** A whole score from 0 to 10 around a mean. */
export function drawScore(random: Random, mean: number): number {
  return Math.max(0, Math.min(10, Math.round(random.normal(mean, 0.8))));
}

/** A code as a person typed it: one in twenty in lower case, one in twenty between spaces. */
export function typed(random: Random, code: string): string {
  const how = random.int(0, 20);
  return how === 0 ? code.toLowerCase() : how === 1 ? ` ${code} ` : code;
}

/** A code that is no customer's. */
export function strangerCode(random: Random): string {
  return `X${random
    .int(0, 36 ** 5)
    .toString(36)
    .toUpperCase()
    .padStart(5, '0')}`;
}
