import { RamalError } from '../../kernel/errors.ts';
import { fromWindows1252 } from '../readers/encoding.ts';
import { readSheet } from '../readers/sheet.ts';
import { sniff } from '../sniff.ts';
import { lookAtFile, readHead, type SourceFile } from '../source-file.ts';
import { findCnab } from './cnab.ts';
import type { TextRecord } from './dialect.ts';
import { findFixed } from './fixed.ts';
import { recogniseCnab, recogniseFixed, recogniseRows, recogniseText, type Suggestion } from './recognise.ts';

/** Bytes of a text that are looked at. */
const HEAD = 1 << 18;
/** Rows of a sheet that are looked at. */
const SHEET_ROWS = 300;
const LF = 0x0a;
const CR = 0x0d;
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/**
 * What a file's beginning tells of its form, for a person to confirm; nothing of the file is kept.
 * @throws RamalError that says why the file cannot be read.
 */
export async function suggestLayout(path: string): Promise<Suggestion> {
  const file = await lookAtFile(path);
  const head = await readHead(file, HEAD + 1);
  if (head.subarray(0, 4).equals(ZIP)) return suggestSheet(file);
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
  if (cnab) return recogniseCnab(cnab, encoding);
  const delimited = recogniseText(text, encoding, cut);
  const doubted = delimited.columns.length === 1 || delimited.asks.some(({ about }) => about === 'delimiter');
  const fixed = doubted ? findFixed(text, cut) : null;
  return fixed ? recogniseFixed(fixed, encoding) : delimited;
}

async function suggestSheet(file: SourceFile): Promise<Suggestion> {
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
  return recogniseRows({ format: 'xlsx', encoding: null, delimiter: null, quote: null }, padded, !cut);
}
