import { isUtf8 } from 'node:buffer';
import { RamalError } from '../kernel/errors.ts';
import type { FileFormat } from './layout.ts';
import { type Encoding, fromWindows1252 } from './readers/encoding.ts';

/** How a delimited file is written, as far as its head tells. */
export interface Sniffed {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly delimiter: string;
  readonly quote: string;
  /** The first record's fields. */
  readonly first: readonly string[];
}

const DELIMITERS = [';', ',', '\t', '|'] as const;

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
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1 || bytes.length);
  const utf8 = bom || isUtf8(whole);
  const encoding = bom ? 'utf-8' : utf8 ? 'utf-8' : (format.encoding ?? 'windows-1252');
  const text = encoding === 'utf-8' ? whole.toString('utf8') : fromWindows1252(whole).toString('utf8');
  const delimiter = format.delimiter ?? likeliestDelimiter(text);
  const quote = format.quote ?? '"';
  return { encoding, bom, delimiter, quote, first: splitRecord(text, delimiter, quote) };
}

/** The fields of a text's first record that is not blank. */
export function splitRecord(text: string, delimiter: string, quote: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = text.search(/[^\r\n]/); at >= 0 && at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== quote) field += character;
      else if (text[at + 1] === quote) field += text[++at];
      else quoted = false;
    } else if (quote !== '' && character === quote && field === '') quoted = true;
    else if (character === delimiter) {
      fields.push(field);
      field = '';
    } else if (character === '\n' || character === '\r') break;
    else field += character;
  }
  return [...fields, field];
}

/** The delimiter that splits the first lines most often into the same number of fields, more than one. */
function likeliestDelimiter(text: string): string {
  const lines = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .slice(0, 50);
  let best: { delimiter: string; score: number } = { delimiter: ';', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => splitRecord(line, delimiter, '"').length);
    const typical = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
    if (typical < 2) continue;
    const agreeing = counts.filter((count) => count === typical).length / counts.length;
    const score = agreeing * Math.log(1 + typical);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function refuseBinary(bytes: Buffer, file: string): void {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) throw new RamalError('fileDamaged', { file, what: 'está em UTF-16; salve como CSV UTF-8' });
  const offset = bytes.indexOf(0);
  if (offset >= 0) throw new RamalError('fileBinary', { file, offset });
}
