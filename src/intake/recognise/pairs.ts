import { DDD_BY_UF } from '../../kernel/brazil/ddd.ts';
import { canonicalPhone } from '../../kernel/brazil/phone.ts';
import { reason, told } from '../reasons.ts';
import { type Pair, plainWords, proposalsFor } from './canonical.ts';
import type { TypedColumn } from './column-type.ts';

interface NamedColumn {
  readonly name: string;
  readonly typed: TypedColumn;
}

/** Of rows that fill both columns, how many must make sense together, and the fewest that tell anything. */
const MOST = 0.9;
const DDDS = new Set(Object.values(DDD_BY_UF).flat().map(String));
/** Words of a name that only say whether it is the day or the time. */
const OF_DAY = new Set(['data', 'dia', 'date', 'day']);
const OF_TIME = new Set(['hora', 'horario', 'hour', 'time']);
const MOMENTS = new Set(['started_at', 'ended_at', 'opened_at', 'answered_at']);

/** The pairs of columns that are one thing to us: a DDD and its number, a day and its time. */
export function findPairs(columns: readonly NamedColumn[], rows: readonly (readonly string[])[]): Pair[] {
  const pairs: Pair[] = [];
  const free = (index: number) => !pairs.some(({ first, second }) => index === first || index === second);
  for (const [index, column] of columns.entries()) {
    if (!free(index)) continue;
    const pair = phonePair(index, column, columns, rows) ?? momentPair(index, column, columns, rows);
    if (pair && free(pair.second) && !pairs.some(({ canonical }) => canonical === pair.canonical)) pairs.push(pair);
  }
  return pairs;
}

/** A column of DDDs and the one of numbers without it, beside it or else of a phone's name. */
function phonePair(
  first: number,
  { name }: NamedColumn,
  columns: readonly NamedColumn[],
  rows: readonly (readonly string[])[],
): Pair | null {
  if (!plainWords(name).includes('ddd') || shareOf(rows, first, (cell) => DDDS.has(dddOf(cell))) < MOST) return null;
  const order = [first + 1, first - 1, ...columns.keys()];
  for (const second of new Set(order)) {
    const other = columns[second];
    if (!other || second === first || !isPhoneName(other.name)) continue;
    const numbers = shareOf(rows, second, (cell) => /^\d{8,9}$/.test(cell.replaceAll(/\D/g, '')));
    const together = shareOf(rows, second, (cell, row) => canonicalPhone(`${dddOf(row[first]!)}${cell}`) !== null);
    if (Math.min(numbers, together) < MOST) continue;
    const names = { first: name, second: other.name, share: Math.round(100 * together) };
    const confidence = rounded(0.97 * together);
    return { first, second, canonical: 'phone', confidence, ...told(reason('pair-phone', names)) };
  }
  return null;
}

/** A DDD as some write it: 11, 011, (11). */
function dddOf(cell: string): string {
  return cell.replaceAll(/\D/g, '').replace(/^0/, '');
}

function isPhoneName(name: string): boolean {
  return proposalsFor(name, { type: 'phone', share: 0, filled: 0, formats: [], decimal: null }).some(
    ({ canonical }) => canonical === 'phone',
  );
}

/** A column of days and the one of times of day whose name says the same but for that. */
function momentPair(
  first: number,
  { name, typed }: NamedColumn,
  columns: readonly NamedColumn[],
  rows: readonly (readonly string[])[],
): Pair | null {
  if (typed.type !== 'date') return null;
  const [proposal] = proposalsFor(name, { ...typed, type: 'moment' }).filter(({ canonical }) => MOMENTS.has(canonical));
  if (!proposal) return null;
  const said = plainWords(name).filter((word) => !OF_DAY.has(word));
  const second = columns.findIndex((other, index) => {
    const words = plainWords(other.name);
    if (index === first || other.typed.type !== 'time' || !words.some((word) => OF_TIME.has(word))) return false;
    return words.filter((word) => !OF_TIME.has(word)).join(' ') === said.join(' ');
  });
  if (second < 0) return null;
  const clock = shareOf(rows, second, (cell) => /^(?:[01]?\d|2[0-3]):[0-5]\d/.test(cell));
  if (clock < MOST) return null;
  const names = { first: name, second: columns[second]!.name };
  const { canonical, confidence } = proposal;
  return { first, second, canonical, confidence: rounded(confidence * clock), ...told(reason('pair-moment', names)) };
}

function shareOf(
  rows: readonly (readonly string[])[],
  index: number,
  test: (cell: string, row: readonly string[]) => boolean,
): number {
  const filled = rows.filter((row) => row[index]!.trim() !== '');
  return filled.length === 0 ? 0 : filled.filter((row) => test(row[index]!.trim(), row)).length / filled.length;
}

const rounded = (value: number) => Math.round(100 * value) / 100;
