import { isAscii, isUtf8 } from 'node:buffer';
import { RamalError } from '../kernel/errors.ts';
import type { FileFormat } from './layout.ts';
import { type Encoding, fromWindows1252, isSurelyUtf8 } from './readers/encoding.ts';

/** How a delimited file is written, as far as its head tells. */
export interface Sniffed {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly delimiter: string;
  readonly quote: string;
  /** The first record's fields. */
  readonly first: readonly string[];
}

export const DELIMITERS = [';', ',', '\t', '|'] as const;

/**
 * Detects encoding, delimiter and quote from a file's head; what the layout (or its memory) says stands.
 * @throws RamalError `fileBinary` at the first null byte of something that is not text.
 */
export function sniff(
  head: Buffer,
  file: string,
  format: Pick<FileFormat, 'encoding' | 'delimiter' | 'quote'> = {},
): Sniffed {
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  const bytes = bom ? head.subarray(3) : head;
  refuseBinary(bytes, file);
  const encoding = bom || mostlyUtf8(bytes) ? 'utf-8' : (format.encoding ?? 'windows-1252');
  const text = encoding === 'utf-8' ? bytes.toString('utf8') : fromWindows1252(bytes).toString('utf8');
  const quote = format.quote ?? '"';
  const delimiter = format.delimiter ?? likeliestDelimiter(text, quote);
  return { encoding, bom, delimiter, quote, first: splitRecord(text, delimiter, quote) };
}

/** The fields of a text's first record that is not blank. */
export function splitRecord(text: string, delimiter: string, quote: string): string[] {
  return recordAt(text, delimiter, quote).fields;
}

/** The first record that is not blank, and where it ends; 0 when there is none. */
function recordAt(text: string, delimiter: string, quote: string): { fields: string[]; end: number } {
  const fields: string[] = [];
  let field = '';
  let fresh = true;
  let quoted = false;
  let at = text.search(/[^\r\n]/);
  if (at < 0) return { fields: [''], end: 0 };
  for (; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== quote) field += character;
      else if (text[at + 1] === quote) field += text[++at];
      else quoted = false;
    } else if (fresh && quote !== '' && character === quote) {
      quoted = true;
      fresh = false;
    } else if (character === delimiter) {
      fields.push(field);
      field = '';
      fresh = true;
    } else if (character === '\n' || character === '\r') break;
    else {
      field += character;
      fresh = false;
    }
  }
  return { fields: [...fields, field], end: at };
}

/** The delimiter that splits the first records most often into the same number of fields, more than one. */
function likeliestDelimiter(text: string, quote: string): string {
  let best: { delimiter: string; score: number } = { delimiter: ';', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = fieldCounts(text, delimiter, quote);
    const typical = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
    if (typical < 2) continue;
    const agreeing = counts.filter((count) => count === typical).length / counts.length;
    const score = agreeing * Math.log(1 + typical);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Fields of each of the first records, as far as their beginning tells. */
function fieldCounts(text: string, delimiter: string, quote: string): number[] {
  const counts: number[] = [];
  let rest = text.slice(0, 1 << 16);
  while (counts.length < 50) {
    const { fields, end } = recordAt(rest, delimiter, quote);
    if (end === 0) break;
    counts.push(fields.length);
    rest = rest.slice(end);
  }
  return counts;
}

/** Whether the lines beyond ASCII are UTF-8, all or most of them: the reader mends the others one by one. */
function mostlyUtf8(bytes: Buffer): boolean {
  if (isAscii(bytes) || isSurelyUtf8(bytes)) return true;
  let right = 0;
  let wrong = 0;
  for (let start = 0; start < bytes.length; ) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 0x0a && bytes[end] !== 0x0d) end++;
    const line = bytes.subarray(start, end);
    const cutOff = end === bytes.length && start > 0;
    if (!cutOff && !isAscii(line)) {
      if (isSurelyUtf8(line)) right++;
      else if (!isUtf8(line)) wrong++;
    }
    start = end + 1;
  }
  return right > wrong;
}

function refuseBinary(bytes: Buffer, file: string): void {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) throw new RamalError('fileDamaged', { file, what: 'está em UTF-16; salve como CSV UTF-8' });
  const offset = bytes.indexOf(0);
  if (offset >= 0) throw new RamalError('fileBinary', { file, offset });
}
