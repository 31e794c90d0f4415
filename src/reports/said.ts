import { type Day, parseAskedDay } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';

/** A list written with commas. */
export function listOf(value: unknown): string[] {
  return value === undefined
    ? []
    : String(value)
        .split(',')
        .filter((item) => item !== '');
}

/** @throws RamalError `usage` for a text that is no day of the calendar. */
export function dayOf(name: string, value: unknown): Day | undefined {
  if (value === undefined) return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) && parseAskedDay(String(value)) !== null) return String(value);
  throw new RamalError('usage', { what: `Dia inválido em ${name}: ${value}`, todo: 'Use uma data como 2026-11-15' });
}
