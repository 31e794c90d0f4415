import { RamalError } from '../kernel/errors.ts';
import type { Lake } from '../storage/lake.ts';
import {
  distinct,
  findHeader,
  firstLines,
  HEADER_WITHIN,
  headerAmong,
  headerMismatch,
  missingColumns,
} from './header.ts';
import { type Layout, sourceColumns, WHOLE_LINE } from './layout.ts';
import { DelimitedReader } from './readers/delimited.ts';
import type { Encoding } from './readers/encoding.ts';
import { fileKind, KIND_WORDS } from './readers/file-kind.ts';
import { readPages } from './readers/json-pages.ts';
import { parquetColumns, readParquet } from './readers/parquet.ts';
import { type ReadWarnings, RecordFile } from './readers/record-file.ts';
import { RecordTypesReader } from './readers/record-types.ts';
import { readSheet, type SheetRow } from './readers/sheet.ts';
import { textLines } from './readers/text-lines.ts';
import { RECORD_LAYOUTS, rowFields } from './record-layouts/index.ts';
import { sniff } from './sniff.ts';
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
  /** What trailers say was sent that was not found. */
  readonly trailers: readonly string[];
}

/** The columns of a file that its layout does not read. */
export function extraColumns(layout: Layout, columns: readonly string[]): string[] {
  const read = new Set(sourceColumns(layout));
  return columns.filter((name) => !read.has(name) && !OWN_COLUMNS.has(name));
}

interface Found {
  columns: readonly string[];
  encoding: Encoding | null;
  delimiter: string | null;
  trailers?: readonly string[];
}

/** What is being read, and where to. */
interface Reading {
  readonly file: SourceFile;
  readonly layout: Layout;
  readonly out: RecordFile;
  readonly onRead: (bytes: number) => void;
  readonly lake: Lake | undefined;
}

/** The field that keeps a JSON record whole, and that of the headers above a record. */
const WHOLE_RECORD = '_registro';
const HEADER_LINES = '_cabecalho';
const OWN_COLUMNS = new Set([WHOLE_RECORD, WHOLE_LINE, HEADER_LINES]);
/** Bytes of the longest line of a file of several record types. */
const LONGEST_RECORD = 1 << 16;

/**
 * Reads a file by its layout into records at `path`.
 * @param onRead told of each count of bytes read from the file.
 * @param lake whose engine reads Parquet.
 * @throws RamalError when the file is not what the layout says, with what was received.
 */
export async function readRecords(
  file: SourceFile,
  layout: Layout,
  path: string,
  onRead: (bytes: number) => void = () => {},
  lake?: Lake,
): Promise<ReadRecords> {
  const out = new RecordFile(path);
  let found: Found;
  try {
    await refuseOther(file, layout);
    found = await READERS[layout.format.kind]({ file, layout, out, onRead, lake });
    await checkUnchanged(file);
  } finally {
    out.close();
  }
  return {
    trailers: [],
    ...found,
    path,
    badPath: out.badPath,
    good: out.good,
    bad: out.bad,
    extra: extraColumns(layout, found.columns),
    warnings: out.warnings,
    longest: out.longest,
    separator: out.delimiter,
    replaced: found.columns.filter((_, place) => out.replaced[place] === 1),
    uneven: found.columns.filter((_, place) => out.uneven[place] === 1),
  };
}

const READERS: Record<Layout['format']['kind'], (reading: Reading) => Promise<Found>> = {
  delimited: readDelimited,
  fixed: readFixed,
  records: readTypes,
  xlsx: readWorkbook,
  xls: readWorkbook,
  parquet: readTable,
  'json-pages': readJson,
};

/** Kinds of layouts that read a workbook, whichever it is, or a page saved as one. */
const WORKBOOKS: readonly Layout['format']['kind'][] = ['xlsx', 'xls'];

/** A file that is not what its name or its layout says is told by what it is. */
async function refuseOther(file: SourceFile, { source, version, format }: Layout): Promise<void> {
  if (/\.(gz|bz2)$/i.test(file.name)) return;
  const kind = await fileKind(file);
  const text = kind === 'text' || (kind === 'zip' && /\.zip$/i.test(file.name));
  const right = WORKBOOKS.includes(format.kind)
    ? ['xlsx', 'xls', 'html', 'text', 'zip'].includes(kind)
    : format.kind === 'parquet'
      ? kind === 'parquet' || kind === 'text'
      : text;
  if (right) return;
  const what = `é ${KIND_WORDS[kind]}`;
  throw new RamalError('fileOther', { file: file.name, layout: `${source} v${version}`, what });
}

async function readDelimited({ file, layout, out, onRead }: Reading): Promise<Found> {
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

async function readFixed({ file, layout, out, onRead }: Reading): Promise<Found> {
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
  const [first] = layout.format.header ? firstLines(head, bom ? 3 : 0, encoding, file) : [];
  const dialect = { delimiter: NO_DELIMITER, quote: '', encoding };
  const reader = new DelimitedReader(out, { file: file.name, ...dialect, columns: 1 }, first ? 2 : 1);
  await readFrom(first?.end ?? (bom ? 3 : 0), file, reader, onRead);
  return { columns: [WHOLE_LINE], encoding, delimiter: null };
}

async function readTypes({ file, layout, out, onRead }: Reading): Promise<Found> {
  const known = RECORD_LAYOUTS.get(layout.format.recordLayout ?? '')!;
  const missing = missingColumns(
    layout,
    rowFields(known).map(({ name }) => name),
  );
  if (missing.length > 0)
    throw new RamalError('layoutInvalid', {
      layout: `${layout.source} v${layout.version}`,
      what: `campos que ${known.name} não tem: ${missing.join(', ')}`,
      todo: 'Use os nomes do layout de registros',
    });
  const { encoding, bom } = sniff(await readHead(file), file.name, layout.format);
  const columns = [...sourceColumns(layout), HEADER_LINES, WHOLE_LINE];
  const settings = { file: file.name, layout: known, columns, lines: WHOLE_LINE, headers: HEADER_LINES };
  const reader = new RecordTypesReader(settings, out);
  const start = bom ? 3 : 0;
  for await (const line of textLines(file, { encoding, start, longest: LONGEST_RECORD }, onRead)) reader.push(line);
  return { columns, encoding, delimiter: null, trailers: reader.finish() };
}

async function readTable({ file, layout, out, onRead, lake }: Reading): Promise<Found> {
  if (!lake) throw new RamalError('unexpected', { what: 'Parquet sem o motor do lago' });
  const found = await parquetColumns(lake, file);
  const names = found.map(({ name }) => name);
  if (headerAmong(layout, [names]) === -1) throw headerMismatch(layout, [names], file);
  const read = new Set(sourceColumns(layout));
  const nested = found.find(({ name, sql }) => sql === null && read.has(name));
  if (nested)
    throw new RamalError('fileOther', {
      file: file.name,
      layout: `${layout.source} v${layout.version}`,
      what: `a coluna ${nested.name} traz vários valores por linha (${nested.type.slice(0, 40)})`,
    });
  const columns = found.filter(({ sql }) => sql !== null);
  for await (const rows of readParquet(lake, file, columns)) {
    onRead(0);
    for (const { line, cells } of rows) out.record(line, cells);
  }
  onRead(file.bytes);
  const fields = distinct(
    columns.map(({ name }) => name),
    layout,
    file,
  );
  return { columns: fields, encoding: null, delimiter: null };
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

async function readWorkbook({ file, layout, out, onRead }: Reading): Promise<Found> {
  let columns: readonly string[] | null = layout.format.header === false ? (layout.format.columns ?? []) : null;
  let first: SheetRow[] = [];
  const take = ({ line, cells }: SheetRow, names: readonly string[]): void => {
    const beyond = cells.slice(names.length).some((cell) => cell !== null);
    if (beyond) out.reject(line, 'too-many-columns', String(cells.length), cells.map((cell) => cell ?? '').join(';'));
    else
      out.record(
        line,
        Array.from(names, (_, index) => cells[index] ?? null),
      );
  };
  const settle = (): readonly string[] => {
    const { names, rows } = sheetHeader(first, layout, file);
    for (const row of rows) take(row, names);
    first = [];
    return names;
  };
  for await (const row of readSheet(file, layout.format.sheet)) {
    if (row.cells.every((cell) => cell === null)) continue;
    if (columns !== null) {
      take(row, columns);
      continue;
    }
    first.push(row);
    if (first.length >= HEADER_WITHIN || missingColumns(layout, namesOf(row)).length === 0) columns = settle();
  }
  columns ??= settle();
  onRead(file.bytes);
  return { columns, encoding: null, delimiter: null };
}

const namesOf = ({ cells }: SheetRow): string[] => cells.map((cell) => cell?.trim() ?? '');

/** Of the first rows, the names that one of them gives, and the rows after it. */
function sheetHeader(first: readonly SheetRow[], layout: Layout, file: SourceFile) {
  const candidates = first.map(namesOf);
  const header = headerAmong(layout, candidates);
  if (header === -1) throw headerMismatch(layout, candidates, file);
  return { names: distinct(candidates[header]!, layout, file), rows: first.slice(header + 1) };
}

async function readJson({ file, layout, out, onRead }: Reading): Promise<Found> {
  const columns = [...sourceColumns(layout), WHOLE_RECORD];
  for await (const { line, fields, text } of readPages(file, layout.format.records ?? 'data', onRead)) {
    out.record(
      line,
      columns.map((name) => (name === WHOLE_RECORD ? text : (fields.get(name) ?? null))),
    );
  }
  return { columns, encoding: 'utf-8', delimiter: null };
}
