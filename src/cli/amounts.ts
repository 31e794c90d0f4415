import { RamalError } from '../kernel/errors.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600 };

/** Seconds of `180s`, `30m`, `6h`, `6h30`. @throws RamalError `usage`: a bare number could be anything. */
export function secondsOf(option: string, text: string): number {
  const [, hours, minutes] = /^(\d{1,3})h(\d{2})$/.exec(text) ?? [];
  if (hours && minutes) return Number(hours) * 3600 + Number(minutes) * 60;
  const [, amount = '', unit = ''] = /^(\d+(?:[.,]\d+)?)\s*(s|m|min|h)$/.exec(text) ?? [];
  if (unit !== '') return Number(amount.replace(',', '.')) * UNITS[unit]!;
  throw new RamalError('usage', {
    what: `Recebido ${text} em --${option}`,
    todo: 'Use uma duração como 180s, 30m ou 6h30',
  });
}

/** A share of `80%` or `0,8`. @throws RamalError `usage`. */
export function shareOf(option: string, text: string): number {
  const [, amount, percent] = /^(\d+(?:[.,]\d+)?)\s*(%?)$/.exec(text) ?? [];
  const value = amount === undefined ? Number.NaN : Number(amount.replace(',', '.')) / (percent ? 100 : 1);
  if (value >= 0 && value <= 1) return value;
  throw new RamalError('usage', { what: `Recebido ${text} em --${option}`, todo: 'Use uma parte como 80% ou 0,8' });
}

/** @throws RamalError `usage` for a text that is no number of 0 or more. */
export function amountOf(option: string, text: string): number {
  const value = /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new RamalError('usage', { what: `Recebido ${text} em --${option}`, todo: 'Use um número, como 100' });
}
