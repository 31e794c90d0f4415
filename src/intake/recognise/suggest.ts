import { RamalError } from '../../kernel/errors.ts';
import type { Lake } from '../../storage/lake.ts';
import { fromWindows1252 } from '../readers/encoding.ts';
import { fileKind } from '../readers/file-kind.ts';
import { parquetColumns, readParquet } from '../readers/parquet.ts';
import { readSheet } from '../readers/sheet.ts';
import { sniff } from '../sniff.ts';
import { lookAtFile, readHead, type SourceFile } from '../source-file.ts';
import { findCnab } from './cnab.ts';
import { MOST_RECORDS, recordsOf, type TextRecord } from './dialect.ts';
import { findFixed, partsEvenly, standsStill } from './fixed.ts';
import { recogniseFixed, recogniseParquet, recogniseRows, recogniseText, type Suggestion } from './recognise.ts';
import { recogniseRecords } from './records.ts';

/** Bytes of a text that are looked at. */
const HEAD = 1 << 18;
/** Rows of a sheet that are looked at. */
const SHEET_ROWS = 300;
const LF = 0x0a;
const CR = 0x0d;

/**
 * What a file's beginning tells of its form, for a person to confirm; nothing of the file is kept.
 * @param lake whose engine reads Parquet.
 * @throws RamalError that says why the file cannot be read.
 */
export async function suggestLayout(path: string, lake: Lake): Promise<Suggestion> {
  const file = await lookAtFile(path);
  const kind = /\.(gz|bz2)$/i.test(file.name) ? 'text' : await fileKind(file);
  if (kind === 'xlsx') return suggestSheet(file, 'xlsx');
  if (kind === 'xls' || kind === 'html') return suggestSheet(file, 'xls');
  if (kind === 'parquet') return suggestParquet(file, lake);
  const head = await readHead(file, HEAD + 1);
  return recogniseBytes(head.subarray(0, HEAD), file.name, head.length > HEAD);
}

/** What the beginning of a text file tells; `cut`: the file goes on. */
export function recogniseBytes(head: Buffer, name: string, cut: boolean): Suggestion {
  const { encoding, bom } = sniff(head, name);
  const bytes = head.subarray(bom ? 3 : 0);
  if (!/[^\s]/.test(bytes.toString('latin1'))) throw new RamalError('fileNoRows', { file: name });
  if (cut && !bytes.includes(LF) && !bytes.includes(CR))
    throw new RamalError('fileDamaged', { file: name, what: `a primeira linha passa de ${head.length} bytes` });
  const text = (encoding === 'utf-8' ? bytes : fromWindows1252(bytes)).toString('utf8');
  const cnab = findCnab(text, cut);
  if (cnab) return recogniseRecords(cnab, text, encoding, cut);
  const delimited = recogniseText(text, encoding, cut);
  const dialect = { delimiter: delimited.delimiter ?? '', quote: delimited.quote ?? '' };
  const doubted = delimited.columns.length === 1 || delimited.asks.some(({ about }) => about === 'delimiter');
  const parts = partsEvenly(recordsOf(text, dialect, MOST_RECORDS, cut));
  const fixed = !parts && (doubted || standsStill(text, dialect.delimiter, cut)) ? findFixed(text, cut) : null;
  // One column under its name says more than one field that is as long as the line.
  const isNamed = delimited.header && delimited.columns.length === 1 && fixed?.fields.length === 1;
  return fixed && !isNamed ? recogniseFixed(fixed, encoding) : delimited;
}

async function suggestSheet(file: SourceFile, format: 'xlsx' | 'xls'): Promise<Suggestion> {
  const records: TextRecord[] = [];
  let cut = false;
  for await (const { line, cells } of readSheet(file)) {
    if (cells.every((cell) => cell === null)) continue;
    if (records.length === SHEET_ROWS) {
      cut = true;
      break;
    }
    records.push({ line, cells: cells.map((cell) => cell ?? ''), quoted: cells.map(() => 'no') });
  }
  const width = Math.max(1, ...records.map(({ cells }) => cells.length));
  const padded = records.map((record) => ({
    ...record,
    cells: [...record.cells, ...Array.from({ length: width - record.cells.length }, () => '')],
  }));
  return recogniseRows({ format, encoding: null, delimiter: null, quote: null }, padded, !cut);
}

/** Parquet names its columns and says what they are: only what they mean to us is a guess. */
async function suggestParquet(file: SourceFile, lake: Lake): Promise<Suggestion> {
  const columns = await parquetColumns(lake, file);
  const rows: TextRecord[] = [];
  for await (const block of readParquet(lake, file, columns, SHEET_ROWS))
    for (const { line, cells } of block)
      rows.push({ line, cells: cells.map((cell) => cell ?? ''), quoted: cells.map(() => 'no') });
  return recogniseParquet(columns, rows);
}
