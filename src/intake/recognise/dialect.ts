import { cellKind } from './cells.ts';

/** How a text parts its fields. */
export interface Dialect {
  readonly delimiter: string;
  /** Empty where fields are not quoted. */
  readonly quote: string;
}

export interface DetectedDialect extends Dialect {
  /** From 0 to 1: how far the best table is from the next best other one. */
  readonly confidence: number;
  readonly records: readonly TextRecord[];
  /** Whether they are all there are. */
  readonly complete: boolean;
}

/** A record of a text: its cells, where it stands, and whether its quotes were as they should be. */
export interface TextRecord {
  /** Physical line, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Cells that stood in quotes; a quote that does not close, or closes too early, makes a cell broken. */
  readonly quoted: readonly ('no' | 'yes' | 'broken')[];
}

export const DELIMITERS = [';', ',', '\t', '|', '^', '~', '#'] as const;
const QUOTES = ['"', "'", ''] as const;

/** Records that are looked at. */
export const MOST_RECORDS = 300;

/**
 * The dialect whose table is the most regular and the most meaningful: pattern score times type score (van den Burg,
 * Nazábal & Sutton, "Wrangling messy CSV files by detecting row and type patterns", 2019), with the kinds of cells
 * that Brazilian files hold.
 * @param text the beginning of the file.
 * @param cut whether the file goes on: its last record may then be a part of one.
 */
export function detectDialect(text: string, cut = false): DetectedDialect {
  const read = candidates(text).map((dialect) => {
    const records = recordsOf(text, dialect, MOST_RECORDS, cut);
    return { ...dialect, records, score: scoreOf(records) };
  });
  // Quotes that open and close as they should are quotes, however many lines their cells take.
  const quoting = new Set(read.filter(({ records }) => quotesHold(records)).map(({ delimiter }) => delimiter));
  const tried = read.filter(({ quote, delimiter }) => quote !== '' || !quoting.has(delimiter));
  // Of equal tables the first is the plainest: quotes that do nothing are left out.
  const best = tried.reduce((one, other) => (other.score > one.score * (1 + 1e-9) ? other : one));
  const rival = tried.reduce((most, other) => (sameTable(best, other) ? most : Math.max(most, other.score)), 0);
  const { delimiter, quote, records } = best;
  const complete = !cut && records.length < MOST_RECORDS;
  return { delimiter, quote, records, complete, confidence: best.score === 0 ? 0 : (best.score - rival) / best.score };
}

function candidates(text: string): Dialect[] {
  const delimiters = DELIMITERS.filter((delimiter) => text.includes(delimiter));
  const quotes = QUOTES.filter((quote) => quote === '' || text.includes(quote)).toSorted((a, b) => a.length - b.length);
  const found = delimiters.flatMap((delimiter) => quotes.map((quote) => ({ delimiter, quote })));
  return found.length > 0 ? found : [{ delimiter: ';', quote: '' }];
}

function quotesHold(records: readonly TextRecord[]): boolean {
  const all = records.flatMap(({ quoted }) => quoted);
  return all.includes('yes') && !all.includes('broken');
}

function sameTable(a: { records: readonly TextRecord[] }, b: { records: readonly TextRecord[] }): boolean {
  return (
    a.records.length === b.records.length &&
    a.records.every(({ cells }, index) => {
      const others = b.records[index]!.cells;
      return cells.length === others.length && cells.every((cell, at) => cell === others[at]);
    })
  );
}

function scoreOf(records: readonly TextRecord[]): number {
  return patternScore(records) * typeScore(records);
}

/** Few row lengths, each of many rows, and rows of many cells: Σ N (L − 1) / L over the K lengths, divided by K. */
function patternScore(records: readonly TextRecord[]): number {
  const lengths = new Map<number, number>();
  for (const { cells } of records) lengths.set(cells.length, (lengths.get(cells.length) ?? 0) + 1);
  let sum = 0;
  for (const [length, rows] of lengths) sum += (rows * Math.max(1e-3, length - 1)) / length;
  return sum / Math.max(1, lengths.size);
}

/** The share of cells that look like something. */
function typeScore(records: readonly TextRecord[]): number {
  let known = 0;
  let all = 0;
  for (const { cells, quoted } of records) {
    for (const [index, cell] of cells.entries()) {
      all++;
      if (quoted[index] === 'yes' || (quoted[index] === 'no' && cellKind(cell) !== 'unknown')) known++;
    }
  }
  return all === 0 ? 0 : Math.max(1e-10, known / all);
}

/** The first records of a text; blank lines are none, those of separators alone included. A quote opens a field only at its start (RFC 4180). */
export function recordsOf(text: string, { delimiter, quote }: Dialect, most: number, cut = false): TextRecord[] {
  const records: TextRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length && records.length < most) {
    const cells: string[] = [];
    const quoted: ('no' | 'yes' | 'broken')[] = [];
    const first = line;
    let ended = false;
    while (!ended) {
      let cell = '';
      let how: 'no' | 'yes' | 'broken' = 'no';
      if (quote !== '' && text[at] === quote) {
        how = 'broken';
        for (at++; at < text.length; at++) {
          if (text[at] === quote) {
            if (text[at + 1] !== quote) {
              how = 'yes';
              at++;
              break;
            }
            at++;
          } else if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) line++;
          cell += text[at];
        }
      }
      for (; at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r'; at++) {
        if (how === 'yes') how = 'broken';
        cell += text[at];
      }
      cells.push(cell);
      quoted.push(how);
      if (text[at] === delimiter) at++;
      else ended = true;
    }
    const whole = at < text.length || !cut;
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    line++;
    const blank = cells.length > 1 ? cells.every((cell) => cell === '') : cells[0]!.trim() === '';
    if (whole && !blank) records.push({ line: first, cells, quoted });
  }
  return records;
}
