import { isCpf } from '../../kernel/brazil/cpf.ts';
import type { TextRecord } from './dialect.ts';

/** A text whose fields stand at fixed places. */
export interface FixedTable {
  /** Positions of each field, from 1, both in it. */
  readonly fields: readonly { readonly from: number; readonly to: number }[];
  readonly records: readonly TextRecord[];
  /** Whether they are all there are. */
  readonly complete: boolean;
}

/** Lines that are looked at, and how many there must be for their places to tell anything. */
const MOST_LINES = 500;
const FEWEST_LINES = 3;
const SHORTEST = 10;
/** Lines of one length that are no chance. */
const FEWEST_STILL = 8;
/** Share of lines of one length, or of records of as many fields, that makes them a table. */
const MOST_EVEN = 0.8;
/** Share of lines that have the same kind of sign at a place, of which all are taken to have it. */
const MOST_ALIKE = 0.98;
/** Share of records with padding inside a cell from which fields stand at fixed places: texts that fill theirs have none. */
const MOST_PADDED = 0.25;

type Class = 'digit' | 'letter' | 'space' | 'sign';

/**
 * The fields of a text of lines of one length, cut where blanks end, where digits meet letters, and around dates and
 * CPFs inside runs of digits; null when the lines are not of one length. Numbers side by side of another kind cannot be
 * told apart: a person must confirm the cuts.
 */
export function findFixed(text: string, cut: boolean): FixedTable | null {
  const all = text.split(/\r\n|\r|\n/).map((line, index) => ({ line: index + 1, text: line }));
  const whole = (cut ? all.slice(0, -1) : all).filter(({ text: one }) => one.trim() !== '').slice(0, MOST_LINES);
  const length = commonLength(whole.map(({ text: one }) => one.length));
  const lines = whole.filter(({ text: one }) => one.length === length);
  if (lines.length < FEWEST_LINES || length < SHORTEST || lines.length < whole.length * MOST_EVEN) return null;
  const texts = lines.map(({ text: one }) => one);
  const starts = [...new Set([0, ...blankCuts(texts, length), ...classCuts(texts, length)])].toSorted((a, b) => a - b);
  const fields = starts
    .flatMap((start, index) => digitFields(texts, start, starts[index + 1] ?? length))
    .map(([from, to]) => ({ from: from + 1, to }));
  return {
    fields,
    complete: !cut && whole.length < MOST_LINES,
    records: lines.map(({ line, text: one }) => ({
      line,
      cells: fields.map(({ from, to }) => one.slice(from - 1, to)),
      quoted: fields.map(() => 'no' as const),
    })),
  };
}

/**
 * Whether the lines are of one length though the delimiter stands elsewhere in each, or is a comma between digits in
 * all: what looks like a delimiter is then a sign inside a text or an amount, for fields that are not padded give lines
 * of many lengths.
 */
export function standsStill(text: string, delimiter: string, cut: boolean): boolean {
  const all = text.split(/\r\n|\r|\n/);
  const lines = (cut ? all.slice(0, -1) : all).filter((line) => line.trim() !== '').slice(0, MOST_LINES);
  const length = commonLength(lines.map((line) => line.length));
  const even = lines.filter((line) => line.length === length);
  if (even.length < FEWEST_STILL || even.length < lines.length * MOST_EVEN || length < SHORTEST) return false;
  const places = even.map((line) => [...line].flatMap((sign, at) => (sign === delimiter ? [at] : [])).join());
  return new Set(places).size > 1 || (delimiter === ',' && !even.some((line) => /(?<!\d),|,(?!\d)/.test(line)));
}

/**
 * Whether a delimiter parts nearly all records into as many fields, two or more, each of which is one: then lines of one
 * length are chance. Where many records have a cell with something on both sides of several blanks, or one that ends in
 * blanks after a comma of prose, what parts them is a sign inside a text that was padded to its place.
 */
export function partsEvenly(records: readonly TextRecord[]): boolean {
  const fields = commonLength(records.map(({ cells }) => cells.length));
  const even = records.filter(({ cells }) => cells.length === fields);
  return (
    fields > 1 &&
    even.length >= records.length * MOST_EVEN &&
    records.filter(isPadded).length < records.length * MOST_PADDED
  );
}

function isPadded({ cells }: TextRecord): boolean {
  const [, ...others] = cells;
  const isProse = others.length > 0 && others.every((cell) => /^ \S/.test(cell));
  return cells.some((cell) => /\S {2,}\S/.test(cell)) || (isProse && cells.at(-1)!.endsWith('  '));
}

function commonLength(lengths: readonly number[]): number {
  const counts = Map.groupBy(lengths, (length) => length);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 0;
}

/** Where something begins after a place that is blank in every line. */
function blankCuts(lines: readonly string[], length: number): number[] {
  const blank = Array.from({ length }, (_, at) => lines.every((line) => line[at] === ' '));
  return blank.flatMap((isBlank, at) => (at > 0 && !isBlank && blank[at - 1] ? [at] : []));
}

/** Where places of digits only meet places of others only. */
function classCuts(lines: readonly string[], length: number): number[] {
  const usual = Array.from({ length }, (_, at) => usualClass(lines, at));
  const classes = usual.map((one, at) =>
    usual[at - 1] === 'digit' && usual[at + 1] === 'digit' && isInNumbers(lines, at) ? 'digit' : one,
  );
  return classes.flatMap((now, at) => {
    const before = classes[at - 1];
    if (at === 0 || now === null || before === null || now === before) return [];
    return now === 'digit' || before === 'digit' ? [at] : [];
  });
}

/** Whether all lines have one sign at a place, as amounts, days and times have it between digits. */
function isInNumbers(lines: readonly string[], at: number): boolean {
  const sign = lines.at(-1)![at]!;
  return '.,/:-'.includes(sign) && lines.filter((line) => line[at] === sign).length >= lines.length * MOST_ALIKE;
}

/** What nearly every line has at a place; letters and blanks are of one kind, for words end anywhere. */
function usualClass(lines: readonly string[], at: number): 'digit' | 'word' | null {
  const digits = lines.filter((line) => classOf(line[at]!) === 'digit').length;
  if (digits >= lines.length * MOST_ALIKE) return 'digit';
  return digits <= lines.length * (1 - MOST_ALIKE) ? 'word' : null;
}

function classOf(character: string): Class {
  if (character >= '0' && character <= '9') return 'digit';
  if (character === ' ') return 'space';
  return /\p{L}/u.test(character) ? 'letter' : 'sign';
}

/** A run of digits in all lines is cut around what it surely holds: days and CPFs that differ from line to line. */
function digitFields(lines: readonly string[], from: number, to: number): [number, number][] {
  const runs = lines.map((line) => line.slice(from, to));
  if (to - from < 9 || !runs.every((run) => /^[\d.,/:-]+$/.test(run))) return [[from, to]];
  for (const [size, test] of [
    [11, isCpf],
    [8, isDay],
  ] as const) {
    for (let at = 0; at + size <= to - from; at++) {
      const parts = runs.map((run) => run.slice(at, at + size));
      if (!parts.every((part) => /^\d+$/.test(part) && test(part))) continue;
      if (new Set(parts).size < Math.min(3, lines.length)) continue;
      const [start, end] = [from + at, from + at + size];
      return [
        ...(start > from ? digitFields(lines, from, start) : []),
        [start, end],
        ...(end < to ? digitFields(lines, end, to) : []),
      ];
    }
  }
  return [[from, to]];
}

/** `ddmmyyyy` or `yyyymmdd` of our century or the last. */
function isDay(digits: string): boolean {
  const day = (year: string, month: string, date: string) =>
    /^(?:19|20)\d\d$/.test(year) &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(date) >= 1 &&
    Number(date) <= 31;
  return (
    day(digits.slice(4), digits.slice(2, 4), digits.slice(0, 2)) ||
    day(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6))
  );
}
