import { DDD_BY_UF } from '../../kernel/brazil/ddd.ts';
import { canonicalPhone } from '../../kernel/brazil/phone.ts';
import { reason, told } from '../reasons.ts';
import { type Pair, type Proposal, plainWords, proposalsFor } from './canonical.ts';
import type { TypedColumn } from './column-type.ts';

interface NamedColumn {
  readonly name: string;
  readonly typed: TypedColumn;
}

/** Of rows that fill both columns, how many must make sense together, and the fewest that tell anything. */
const MOST = 0.9;
/** How sure a pair is that only its place tells. */
const GUESSED = 0.7;
const DDDS = new Set(Object.values(DDD_BY_UF).flat().map(String));
/** Words of a name that only say whether it is the day or the time. */
const OF_DAY = new Set(['data', 'dia', 'day']);
const OF_TIME = new Set(['hora', 'horario', 'hour']);
/** Words that join others. */
const JOINING = new Set(['de', 'do', 'da', 'dos', 'das', 'of', 'the']);
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

/** A column of days and the one of times of day that belongs to it: their names say the same, or one of them nothing. */
function momentPair(
  first: number,
  { name, typed }: NamedColumn,
  columns: readonly NamedColumn[],
  rows: readonly (readonly string[])[],
): Pair | null {
  if (typed.type !== 'date') return null;
  const day = { ...momentOf(name, OF_DAY, typed), proposal: momentNamed(name, typed) };
  if (!day.proposal) return null;
  const times = columns.flatMap((other, index) =>
    other.typed.type === 'time' && plainWords(other.name).some((word) => OF_TIME.has(word))
      ? [{ index, ...momentOf(other.name, OF_TIME, typed) }]
      : [],
  );
  const bare = times.filter(({ said }) => said === '');
  const second =
    times.find(({ said }) => said === day.said) ??
    times.find(({ proposal }) => proposal?.canonical === day.proposal?.canonical) ??
    (bare.length === 1 ? bare[0] : undefined);
  if (!second) return times.length === 0 ? besidePair(first, day.proposal, columns, rows) : null;
  const clock = shareOf(rows, second.index, (cell) => /^(?:[01]?\d|2[0-3]):[0-5]\d/.test(cell));
  if (clock < MOST) return null;
  const names = { first: name, second: columns[second.index]!.name };
  const { canonical, confidence } = day.proposal;
  const together = told(reason('pair-moment', names));
  return { first, second: second.index, canonical, confidence: rounded(confidence * clock), ...together };
}

/** A day and the column after it, whose name says nothing and whose values are times that people are awake at: a guess. */
function besidePair(
  first: number,
  { canonical, confidence }: Proposal,
  columns: readonly NamedColumn[],
  rows: readonly (readonly string[])[],
): Pair | null {
  const beside = columns[first + 1];
  if (beside?.typed.type !== 'time' || proposalsFor(beside.name, beside.typed).length > 0) return null;
  const awake = shareOf(rows, first + 1, (cell) => /^(?:0?[6-9]|1\d|2[0-3]):[0-5]\d/.test(cell));
  if (awake < MOST) return null;
  const together = told(reason('pair-moment', { first: columns[first]!.name, second: beside.name }));
  return { first, second: first + 1, canonical, confidence: rounded(GUESSED * confidence), ...together };
}

/** What a name says beside being of a day or of a time, and which moment that is; nothing more said is the start. */
function momentOf(name: string, own: ReadonlySet<string>, typed: TypedColumn) {
  const words = plainWords(name).filter((word) => !own.has(word) && !JOINING.has(word));
  return { said: words.join(' '), proposal: momentNamed(['data', ...words].join(' '), typed) };
}

const momentNamed = (name: string, typed: TypedColumn) =>
  proposalsFor(name, { ...typed, type: 'moment' }).find(({ canonical }) => MOMENTS.has(canonical));

function shareOf(
  rows: readonly (readonly string[])[],
  index: number,
  test: (cell: string, row: readonly string[]) => boolean,
): number {
  const filled = rows.filter((row) => row[index]!.trim() !== '');
  return filled.length === 0 ? 0 : filled.filter((row) => test(row[index]!.trim(), row)).length / filled.length;
}

const rounded = (value: number) => Math.round(100 * value) / 100;
