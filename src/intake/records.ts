import { RamalError } from '../kernel/errors.ts';
import { type Layout, sourceColumns, WHOLE_LINE } from './layout.ts';
import { DelimitedReader } from './readers/delimited.ts';
import { type Encoding, fromWindows1252 } from './readers/encoding.ts';
import { readPages } from './readers/json-pages.ts';
import { type ReadWarnings, RecordFile } from './readers/record-file.ts';
import { readSheet } from './readers/sheet.ts';
import { DELIMITERS, sniff, splitRecord } from './sniff.ts';
import { checkUnchanged, readBytes, readHead, type SourceFile } from './source-file.ts';

/** A file read into records, and what was learned on the way. */
export interface ReadRecords {
  readonly path: string;
  readonly badPath: string;
  /** Names of the fields, in order. */
  readonly columns: readonly string[];
  readonly good: number;
  readonly bad: number;
  readonly encoding: Encoding | null;
  readonly delimiter: string | null;
  /** Columns that the layout does not read. */
  readonly extra: readonly string[];
  readonly warnings: ReadWarnings;
  /** Bytes of the longest record that is no line of the file. */
  readonly longest: number;
  /** What is between the fields of a record. */
  readonly separator: string;
  /** The columns where control characters stand for a delimiter or a line break inside a field. */
  readonly replaced: readonly string[];
  /** The columns where a field may start or end with a space. */
  readonly uneven: readonly string[];
}

interface Found {
  columns: readonly string[];
  encoding: Encoding | null;
  delimiter: string | null;
}

const HEADER_WITHIN = 20;
/** The field that keeps a JSON record whole. */
const WHOLE_RECORD = '_registro';
/** Names that intake gives to columns of its own. */
const OWN_COLUMNS = ['_line', '_content', '_copy'];

/**
 * Reads a file by its layout into records at `path`.
 * @param onRead told of each count of bytes read from the file.
 * @throws RamalError when the file is not what the layout says, with what was received.
 */
export async function readRecords(
  file: SourceFile,
  layout: Layout,
  path: string,
  onRead: (bytes: number) => void = () => {},
): Promise<ReadRecords> {
  const out = new RecordFile(path);
  let found: Found;
  try {
    found = await READERS[layout.format.kind](file, layout, out, onRead);
    await checkUnchanged(file);
  } finally {
    out.close();
  }
  const read = new Set(sourceColumns(layout));
  const extra = found.columns.filter((name) => !read.has(name) && name !== WHOLE_RECORD && name !== WHOLE_LINE);
  return {
    ...found,
    path,
    badPath: out.badPath,
    good: out.good,
    bad: out.bad,
    extra,
    warnings: out.warnings,
    longest: out.longest,
    separator: out.delimiter,
    replaced: found.columns.filter((_, place) => out.replaced[place] === 1),
    uneven: found.columns.filter((_, place) => out.uneven[place] === 1),
  };
}

type Reader = (file: SourceFile, layout: Layout, out: RecordFile, onRead: (bytes: number) => void) => Promise<Found>;

const READERS: Record<Layout['format']['kind'], Reader> = {
  delimited: readDelimited,
  fixed: readFixed,
  xlsx: readXlsx,
  'json-pages': readJson,
};

async function readDelimited(
  file: SourceFile,
  layout: Layout,
  out: RecordFile,
  onRead: (bytes: number) => void,
): Promise<Found> {
  const head = await readHead(file);
  const { encoding, bom, delimiter: likeliest, quote, first } = sniff(head, file.name, layout.format);
  const start = bom ? 3 : 0;
  const header =
    layout.format.header === false
      ? { columns: fixedColumns(layout, first.length, file), end: start, lines: 0, delimiter: likeliest }
      : findHeader(head, start, { encoding, delimiter: likeliest, quote }, layout, file);
  const { columns, delimiter } = header;
  const reader = new DelimitedReader(
    out,
    { file: file.name, delimiter, quote, encoding, columns: columns.length },
    header.lines + 1,
  );
  await readFrom(header.end, file, reader, onRead);
  return { columns, encoding, delimiter };
}

/** A byte that no text holds: lines are records of one field. */
const NO_DELIMITER = '\u001f';

async function readFixed(
  file: SourceFile,
  layout: Layout,
  out: RecordFile,
  onRead: (bytes: number) => void,
): Promise<Found> {
  const fields = layout.format.fields ?? [];
  const missing = missingColumns(
    layout,
    fields.map(({ name }) => name),
  );
  const name = `${layout.source} v${layout.version}`;
  if (missing.length > 0)
    throw new RamalError('layoutInvalid', {
      layout: name,
      what: `campos sem posição: ${missing.join(', ')}`,
      todo: 'Acrescente-os a format.fields',
    });
  const head = await readHead(file);
  const { encoding, bom } = sniff(head, file.name, layout.format);
  const [first] = layout.format.header ? firstLines(head, bom ? 3 : 0, encoding) : [];
  const dialect = { delimiter: NO_DELIMITER, quote: '', encoding };
  const reader = new DelimitedReader(out, { file: file.name, ...dialect, columns: 1 }, first ? 2 : 1);
  await readFrom(first?.end ?? (bom ? 3 : 0), file, reader, onRead);
  return { columns: [WHOLE_LINE], encoding, delimiter: null };
}

/** Reads a file from a byte on. */
async function readFrom(
  start: number,
  file: SourceFile,
  reader: DelimitedReader,
  onRead: (bytes: number) => void,
): Promise<void> {
  let skip = start;
  for await (const chunk of readBytes(file, onRead)) {
    reader.push(skip > 0 ? chunk.subarray(skip) : chunk);
    skip = Math.max(0, skip - chunk.length);
  }
  reader.finish();
}

function fixedColumns(layout: Layout, received: number, file: SourceFile): readonly string[] {
  const columns = layout.format.columns ?? [];
  if (received === columns.length) return columns;
  const name = `${layout.source} v${layout.version}`;
  throw new RamalError('columnCount', { file: file.name, line: 1, received, layout: name, expected: columns.length });
}

interface Header {
  columns: readonly string[];
  /** Bytes up to and with the header's line end. */
  end: number;
  lines: number;
  delimiter: string;
}

/** The first line that names every column the layout reads, by the likeliest delimiter or else by another. */
function findHeader(
  head: Buffer,
  start: number,
  { encoding, delimiter: likeliest, quote }: { encoding: Encoding; delimiter: string; quote: string },
  layout: Layout,
  file: SourceFile,
): Header {
  const lines = firstLines(head, start, encoding);
  const others = DELIMITERS.filter((one) => one !== likeliest);
  for (const delimiter of [likeliest, ...others]) {
    for (const [index, { text, end }] of lines.entries()) {
      const fields = headerFields(text, delimiter, quote);
      if (missingColumns(layout, fields).length === 0)
        return { columns: distinct(fields, layout), end, lines: index + 1, delimiter };
    }
  }
  for (const delimiter of [likeliest, ...others]) {
    const index = mostAlike(
      layout,
      lines.map(({ text }) => headerFields(text, delimiter, quote)),
    );
    const found = lines[index];
    if (found)
      return {
        columns: distinct(headerFields(found.text, delimiter, quote), layout),
        end: found.end,
        lines: index + 1,
        delimiter,
      };
  }
  const received = lines.filter(({ text }) => text.trim() !== '');
  throw headerMismatch(
    layout,
    received.map(({ text }) => headerFields(text, likeliest, quote)),
    file,
  );
}

/** The first line that has most of the names that the layout reads: a header of the source, changed; -1 without one. */
function mostAlike(layout: Layout, candidates: readonly (readonly string[])[]): number {
  const wanted = sourceColumns(layout).map(plainName);
  const shares = candidates.map((fields) => {
    const names = new Set(fields.map(plainName));
    return wanted.filter((name) => names.has(name)).length / Math.max(1, wanted.length);
  });
  const most = Math.max(0, ...shares);
  return most >= 0.5 ? shares.indexOf(most) : -1;
}

/** A column's name as people tell it from others: capitals, accents and signs do not count. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function headerFields(line: string, delimiter: string, quote: string): string[] {
  return splitRecord(line, delimiter, quote).map((field) => field.trim());
}

/** The lines that a header may be on, and where each ends. */
function firstLines(head: Buffer, start: number, encoding: Encoding): { text: string; end: number }[] {
  const lines: { text: string; end: number }[] = [];
  for (let at = start; lines.length < HEADER_WITHIN && at < head.length; ) {
    let end = at;
    while (end < head.length && head[end] !== 0x0a && head[end] !== 0x0d) end++;
    const bytes = head.subarray(at, end);
    at = head[end] === 0x0d && head[end + 1] === 0x0a ? end + 2 : end + 1;
    lines.push({ text: (encoding === 'utf-8' ? bytes : fromWindows1252(bytes)).toString('utf8'), end: at });
  }
  return lines;
}

async function readXlsx(
  file: SourceFile,
  layout: Layout,
  out: RecordFile,
  onRead: (bytes: number) => void,
): Promise<Found> {
  const candidates = layout.format.header === false ? [] : await firstRows(file, layout);
  const exact = candidates.findIndex((fields) => missingColumns(layout, fields).length === 0);
  const header = exact === -1 ? mostAlike(layout, candidates) : exact;
  if (layout.format.header !== false && header === -1) throw headerMismatch(layout, candidates, file);
  let columns: readonly string[] | null = layout.format.header === false ? (layout.format.columns ?? []) : null;
  let before = header;
  for await (const { line, cells } of readSheet(file, layout.format.sheet)) {
    if (cells.every((cell) => cell === null)) continue;
    if (columns === null) {
      if (before-- === 0) columns = distinct(candidates[header]!, layout);
      continue;
    }
    const beyond = cells.slice(columns.length).some((cell) => cell !== null);
    if (beyond) out.reject(line, 'too-many-columns', String(cells.length), cells.map((cell) => cell ?? '').join(';'));
    else
      out.record(
        line,
        Array.from(columns, (_, index) => cells[index] ?? null),
      );
  }
  onRead(file.bytes);
  return { columns: columns ?? [], encoding: null, delimiter: null };
}

/** The first rows of a sheet that hold anything: the header is one of them. */
async function firstRows(file: SourceFile, layout: Layout): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cells } of readSheet(file, layout.format.sheet)) {
    if (cells.every((cell) => cell === null)) continue;
    rows.push(cells.map((cell) => cell?.trim() ?? ''));
    if (rows.length >= HEADER_WITHIN) break;
  }
  return rows;
}

async function readJson(
  file: SourceFile,
  layout: Layout,
  out: RecordFile,
  onRead: (bytes: number) => void,
): Promise<Found> {
  const columns = [...sourceColumns(layout), WHOLE_RECORD];
  for await (const { line, fields, text } of readPages(file, layout.format.records ?? 'data', onRead)) {
    out.record(
      line,
      columns.map((name) => (name === WHOLE_RECORD ? text : (fields.get(name) ?? null))),
    );
  }
  return { columns, encoding: 'utf-8', delimiter: null };
}

function missingColumns(layout: Layout, fields: readonly string[]): string[] {
  const present = new Set(fields);
  return sourceColumns(layout).filter((name) => !present.has(name));
}

/** What the header lacks; its names are told only when it is one, for a line of data may hold a person's. */
function headerMismatch(layout: Layout, candidates: readonly string[][], file: SourceFile): RamalError {
  const closest =
    candidates.toSorted((a, b) => missingColumns(layout, a).length - missingColumns(layout, b).length)[0] ?? [];
  const missing = missingColumns(layout, closest);
  const isHeader = missing.length < sourceColumns(layout).length;
  const names = closest.map((name) => (/\d{5,}|@/.test(name) ? '…' : name.slice(0, 40))).join(', ');
  const about = { file: file.name, layout: `${layout.source} v${layout.version}` };
  if (!isHeader) {
    const some = missing.length > 3 ? `${missing.slice(0, 3).join(', ')}, …` : missing.join(', ');
    return new RamalError('headerUnknown', {
      ...about,
      missing: some,
      expected: missing.length,
      received: closest.length,
    });
  }
  return new RamalError('headerMismatch', { ...about, missing: missing.join(', '), received: names.slice(0, 400) });
}

/**
 * Names without repetition, as the engine tells them apart: capitals do not count. The layout's columns keep their
 * names, an empty name is made of its place.
 */
function distinct(fields: readonly string[], layout: Layout): string[] {
  const read = new Set(sourceColumns(layout));
  const reserved = new Set([...OWN_COLUMNS, ...[...read].map((name) => name.toLowerCase())]);
  const taken = new Set<string>();
  return fields.map((field, index) => {
    const wanted = field === '' ? `coluna_${index + 1}` : field;
    let name = wanted;
    if (!read.delete(wanted)) {
      const used = () => taken.has(name.toLowerCase()) || reserved.has(name.toLowerCase());
      for (let copy = 2; used(); copy++) name = `${wanted}_${copy}`;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}
