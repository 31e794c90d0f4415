import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identifies } from '../../access/masking.ts';
import type { Day } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Layout } from '../layout.ts';
import { fromWindows1252 } from '../readers/encoding.ts';
import { BREAK, SEPARATOR } from '../readers/record-file.ts';
import { readSheet } from '../readers/sheet.ts';
import { readRecords } from '../records.ts';
import { DELIMITERS, sniff, splitRecord } from '../sniff.ts';
import { hashFile, lookAtFile, readHead, type SourceFile } from '../source-file.ts';
import { overlap, sameValues } from './dated.ts';
import { columnsOf, type ReferenceColumn, type ReferenceKind } from './kind.ts';
import { type Entry, keyText } from './plan.ts';
import { folded, nextMonth, readDay, readMonth, readValue } from './value.ts';

/** Why a row of a file says nothing, where it stands and what was received. */
export interface BadRow {
  readonly line: number;
  /** The column's name in the table, or null for the whole line. */
  readonly column: string | null;
  readonly reason: 'missing' | 'not-understood' | 'ends-before-start' | 'overlap' | 'columns';
  readonly value: string;
}

export interface ReadReference {
  readonly file: string;
  readonly hash: string;
  readonly entries: readonly Entry[];
  readonly bad: readonly BadRow[];
  /** Rows that say something, before repeated ones became one. */
  readonly rows: number;
}

export interface ReadOptions {
  /** From when rows without a day of their own hold. */
  readonly from?: Day | null | undefined;
  /** The month that the whole file is of. */
  readonly month?: Day | null | undefined;
  /** Where records wait while they are read. */
  readonly folder: string;
}

const MOST_LINES = 20;
const MOST_ROWS = 200_000;
const ZIP = 'PK\u0003\u0004';

/** What files call the days of a row, or its month. */
const SPAN_NAMES = {
  from: [
    'de',
    'desde',
    'inicio',
    'inicio da vigencia',
    'vigencia',
    'vigente desde',
    'valido de',
    'from',
    'valid_from',
    'valid from',
  ],
  to: ['ate', 'fim', 'fim da vigencia', 'vigente ate', 'valido ate', 'to', 'until', 'valid_to', 'valid to'],
  month: ['mes', 'competencia', 'mes/ano', 'mes de referencia', 'month'],
} as const;
type SpanName = keyof typeof SPAN_NAMES;

interface Headers {
  /** By column of the table: the header's text. */
  readonly columns: ReadonlyMap<string, string>;
  readonly spans: ReadonlyMap<SpanName, string>;
}

/**
 * Reads a file of a reference table: its header is looked for among the first lines, with every delimiter.
 * @throws RamalError that says why the file cannot be read, or `referenceColumns` when columns are missing.
 */
export async function readReference(path: string, kind: ReferenceKind, options: ReadOptions): Promise<ReadReference> {
  const file = await lookAtFile(path);
  const { headers, layout } = await findHeaders(file, kind);
  const records = join(options.folder, `reference-${Date.now()}-${Math.round(performance.now() * 1000)}.records`);
  try {
    const read = await readRecords(file, layout, records);
    const place = new Map(read.columns.map((name, index) => [name, index]));
    const bad: BadRow[] = lines(read.badPath).map((line) => {
      const [number, , value = ''] = line.split('\u001f');
      return { line: Number(number), column: null, reason: 'columns', value };
    });
    if (read.good > MOST_ROWS)
      throw new RamalError('usage', {
        what: `O arquivo traz ${read.good} linhas; uma tabela de apoio recebe até ${MOST_ROWS} por vez`,
        todo: 'Divida o arquivo, ou carregue-o como lista por um layout',
      });
    const found: Numbered[] = [];
    for (const line of lines(records)) {
      const [number, ...fields] = line.split(read.separator).map((field) => plain(field, read.delimiter));
      const cell = (header: string | undefined) =>
        header === undefined ? '' : (fields[place.get(header)!] ?? '').trim();
      if (fields.every((field) => field.trim() === '')) continue;
      const entry = entryOf(kind, headers, cell, Number(number), options);
      if ('reason' in entry) bad.push(entry);
      else found.push(entry);
    }
    const { entries, refused } = withoutOverlaps(kind, found);
    bad.push(...refused);
    bad.sort((a, b) => a.line - b.line);
    return { file: file.name, hash: await hashFile(file), entries, bad, rows: found.length - refused.length };
  } finally {
    for (const one of [records, `${records}.bad`]) rmSync(one, { force: true });
  }
}

type Numbered = Entry & { readonly line: number };

function entryOf(
  kind: ReferenceKind,
  headers: Headers,
  cell: (header: string | undefined) => string,
  line: number,
  options: ReadOptions,
): Numbered | BadRow {
  const read: Record<string, string> = {};
  for (const column of columnsOf(kind)) {
    const value = cellValue(column, cell(headers.columns.get(column.name)));
    if (typeof value !== 'string') return { line, ...value, column: column.name };
    read[column.name] = value;
  }
  const span = spanOf(kind, headers, cell, options);
  if ('reason' in span) return { line, ...span };
  const pick = (columns: readonly ReferenceColumn[]) =>
    Object.fromEntries(columns.map(({ name }) => [name, read[name]!]));
  return { line, key: pick(kind.key), values: pick(kind.values), ...span };
}

/** A cell's canonical text, or why there is none. */
export function cellValue(column: ReferenceColumn, text: string): string | Pick<BadRow, 'reason' | 'value'> {
  if (text.trim() === '') {
    if (column.usual !== undefined) return column.usual;
    return { reason: 'missing', value: '' };
  }
  return readValue(text, column) ?? { reason: 'not-understood', value: text };
}

type Span = Pick<Entry, 'from' | 'to' | 'monthly'>;

function spanOf(
  kind: ReferenceKind,
  { spans }: Headers,
  cell: (header: string | undefined) => string,
  { from = null, month = null }: ReadOptions,
): Span | Omit<BadRow, 'line'> {
  if (!kind.dated) return { from: null, to: null, monthly: false };
  const written = (name: SpanName) => cell(spans.get(name));
  const monthText = kind.monthly ? written('month') : '';
  if (monthText !== '' || (month !== null && kind.monthly)) {
    const first = monthText === '' ? month : readMonth(monthText);
    if (!first) return { column: 'month', reason: 'not-understood', value: monthText };
    return { from: first, to: nextMonth(first), monthly: true };
  }
  const days: Record<'from' | 'to', Day | null> = { from, to: null };
  for (const name of ['from', 'to'] as const) {
    const text = written(name);
    if (text === '') continue;
    const day = readDay(text);
    if (day === null) return { column: name, reason: 'not-understood', value: text };
    days[name] = day;
  }
  if (days.from !== null && days.to !== null && days.to <= days.from)
    return { column: 'to', reason: 'ends-before-start', value: days.to };
  return { ...days, monthly: false };
}

/** Rows of one key that say different things of a same day are refused, all but the first; repeated ones are one. */
function withoutOverlaps(kind: ReferenceKind, found: readonly Numbered[]): { entries: Entry[]; refused: BadRow[] } {
  const entries: Entry[] = [];
  const refused: BadRow[] = [];
  for (const ofKey of Map.groupBy(found, ({ key }) => keyText(kind, key)).values()) {
    const kept: Numbered[] = [];
    for (const entry of ofKey) {
      const other = kept.find(
        (one) => overlap(one, entry) && !(sameValues(one, entry) && one.monthly === entry.monthly),
      );
      if (other) refused.push({ line: entry.line, column: null, reason: 'overlap', value: String(other.line) });
      else kept.push(entry);
    }
    entries.push(...kept.map(({ line: _line, ...entry }) => entry));
  }
  return { entries, refused };
}

/** The header among the first lines, whatever delimits it, and how the file is to be read. */
async function findHeaders(file: SourceFile, kind: ReferenceKind): Promise<{ headers: Headers; layout: Layout }> {
  const head = await readHead(file, 1 << 18);
  let best: { headers: Headers; fields: readonly string[]; delimiter: string | null } | undefined;
  const consider = (fields: readonly string[], delimiter: string | null) => {
    const trimmed = fields.map((field) => field.trim());
    const headers = matched(kind, trimmed);
    if (!best || sizeOf(headers) > sizeOf(best.headers)) best = { headers, fields: trimmed, delimiter };
  };
  const isSheet = head.subarray(0, 4).toString('latin1') === ZIP;
  if (isSheet) {
    let seen = 0;
    for await (const { cells } of readSheet(file)) {
      consider(
        cells.map((cell) => cell ?? ''),
        null,
      );
      if (++seen >= MOST_LINES) break;
    }
  } else {
    const { encoding, bom } = sniff(head, file.name);
    const bytes = head.subarray(bom ? 3 : 0);
    const text = (encoding === 'utf-8' ? bytes : fromWindows1252(bytes)).toString('utf8');
    const first = text
      .split(/\r\n?|\n/)
      .filter((line) => line.trim() !== '')
      .slice(0, MOST_LINES);
    for (const delimiter of DELIMITERS)
      for (const line of first) consider(splitRecord(line, delimiter, '"'), delimiter);
  }
  const lacking = columnsOf(kind).filter(
    (column) => column.usual === undefined && !best?.headers.columns.has(column.name),
  );
  if (!best || lacking.length > 0) {
    const names = (best?.fields ?? []).map((name) =>
      /\d{5,}/.test(name) || identifies(name) ? '…' : name.slice(0, 40),
    );
    throw new RamalError('referenceColumns', {
      file: file.name,
      table: kind.label.pt,
      missing: lacking.map(({ label }) => label.pt).join(', '),
      received: names
        .filter((name) => name !== '')
        .slice(0, 20)
        .join(', '),
    });
  }
  const { headers, delimiter } = best;
  const format = isSheet
    ? { kind: 'xlsx' as const }
    : { kind: 'delimited' as const, header: true, quote: '"', delimiter: delimiter! };
  const layout: Layout = {
    source: 'reference',
    version: 1,
    label: kind.label,
    holds: 'all',
    format,
    key: [...new Set([...headers.columns.values(), ...headers.spans.values()])],
    columns: {},
  };
  return { headers, layout };
}

function sizeOf({ columns, spans }: Headers): number {
  return 2 * columns.size + spans.size;
}

/** Which header names which column; each header is used once, by the first column that it names. */
function matched(kind: ReferenceKind, fields: readonly string[]): Headers {
  const left = new Map<string, string>();
  for (const field of fields) if (field !== '' && !left.has(folded(field))) left.set(folded(field), field);
  const take = (names: readonly string[]): string | undefined => {
    const name = names.map(folded).find((one) => left.has(one));
    if (name === undefined) return undefined;
    const field = left.get(name)!;
    left.delete(name);
    return field;
  };
  const columns = new Map<string, string>();
  const rounds = [
    (column: ReferenceColumn) => [column.label.pt, column.label.en, column.name],
    ({ called = [] }: ReferenceColumn) => called,
  ];
  for (const names of rounds) {
    for (const column of columnsOf(kind)) {
      const field = columns.has(column.name) ? undefined : take(names(column));
      if (field !== undefined) columns.set(column.name, field);
    }
  }
  const spans = new Map<SpanName, string>();
  for (const [name, names] of Object.entries(SPAN_NAMES) as [SpanName, readonly string[]][]) {
    if (!kind.dated || (name === 'month' && !kind.monthly)) continue;
    const field = take(names);
    if (field !== undefined) spans.set(name, field);
  }
  return { columns, spans };
}

function lines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

const CONTROLS = new RegExp(`[${String.fromCharCode(SEPARATOR, BREAK)}]`, 'g');

function plain(field: string, delimiter: string | null): string {
  return field.replace(CONTROLS, (control) => (control.charCodeAt(0) === BREAK ? ' ' : (delimiter ?? ' ')));
}
