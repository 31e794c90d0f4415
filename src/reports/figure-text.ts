import type { Indicator, Unit } from '../metrics/indicator.ts';
import { countText, type FileLang } from './words.ts';

const DIGITS: Readonly<Record<Unit, number>> = { count: 0, s: 0, ratio: 1, points: 1, d: 2, score: 2 };

/** A value as it is read: `12.345`, `17,6%`, `5:48`, `3,40`. */
export function figureText(value: number, unit: Unit, lang: FileLang): string {
  if (unit === 's') return clock(value);
  const digits = DIGITS[unit];
  const text = new Intl.NumberFormat(lang === 'pt' ? 'pt-BR' : 'en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(unit === 'ratio' ? 100 * value : value);
  return unit === 'ratio' ? `${text}%` : text;
}

/** How much a figure rests on: a number of cases, or agents' time. */
export function casesText({ kind }: Pick<Indicator, 'kind'>, n: number, lang: FileLang): string {
  return kind === 'agentTime' ? clock(n) : countText(n, lang);
}

/** `0:48`, `1:02:15`. */
function clock(seconds: number): string {
  const all = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
