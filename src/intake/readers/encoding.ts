import { isUtf8 } from 'node:buffer';
import type { ReadWarnings } from './record-file.ts';

export type Encoding = 'utf-8' | 'windows-1252';

/** The characters of Windows-1252 that Latin-1 does not have, from 0x80 to 0x9F. */
const SPECIAL = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** What was broken when the file was made: a lost character (U+FFFD), or UTF-8 read as Windows-1252 and written again (`Ã©`). */
const BROKEN = [Buffer.from('\ufffd', 'utf8'), Buffer.from([0xc3, 0x83, 0xc2])];

/**
 * A block of whole records, every one of them valid UTF-8: a record that is not is read as Windows-1252 and counted.
 * Characters that were already broken when the file was made are kept, their records counted.
 */
export function repairUtf8(block: Buffer, warnings: ReadWarnings): Buffer {
  const repaired = isUtf8(block)
    ? block
    : byRecord(block, (record) => {
        if (isUtf8(record)) return record;
        warnings.mixedEncoding++;
        return fromWindows1252(record);
      });
  countBroken(repaired, warnings);
  return repaired;
}

/** A block of whole Windows-1252 records as UTF-8; a record that is UTF-8 already is kept and counted. */
export function repairWindows1252(block: Buffer, warnings: ReadWarnings): Buffer {
  if (!hasUtf8Pair(block)) return fromWindows1252(block);
  return byRecord(block, (record) => {
    if (!hasUtf8Pair(record) || !isSurelyUtf8(record)) return fromWindows1252(record);
    warnings.mixedEncoding++;
    return record;
  });
}

/** First bytes of the UTF-8 characters that Brazilian text has: Latin-1, punctuation and signs, U+FFFD, emoji. */
const EXPECTED = new Set([0xc2, 0xc3, 0xe2, 0xef, 0xf0]);

/**
 * Whether bytes beyond ASCII are UTF-8 and not by chance: Windows-1252 has words such as `ITAÚ”` whose bytes make one
 * letter of a script that is not ours.
 */
export function isSurelyUtf8(bytes: Buffer): boolean {
  return isUtf8(bytes) && bytes.some((byte) => EXPECTED.has(byte));
}

function byRecord(block: Buffer, repair: (record: Buffer) => Buffer): Buffer {
  const records: Buffer[] = [];
  for (let start = 0; start < block.length; ) {
    const end = block.indexOf(LINE, start) + 1 || block.length;
    records.push(repair(block.subarray(start, end)));
    start = end;
  }
  return Buffer.concat(records);
}

function countBroken(block: Buffer, warnings: ReadWarnings): void {
  const places = BROKEN.map((text) => block.indexOf(text));
  for (;;) {
    const found = places.filter((at) => at >= 0);
    if (found.length === 0) return;
    warnings.brokenCharacters++;
    const next = block.indexOf(LINE, Math.min(...found)) + 1 || block.length;
    for (const [index, at] of places.entries())
      if (at >= 0 && at < next) places[index] = block.indexOf(BROKEN[index]!, next);
  }
}

/** Bytes that are turned into UTF-8 at a time. */
const PIECE = 1 << 14;

/** The bytes of a Windows-1252 text as UTF-8. */
export function fromWindows1252(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length * 3);
  let length = 0;
  for (let start = 0; start < bytes.length; start += PIECE) {
    const piece = bytes.subarray(start, start + PIECE);
    const text = piece.toString('latin1');
    length += out.write(hasSpecial(piece) ? text.replace(/[\x80-\x9f]/g, specialOf) : text, length, 'utf8');
  }
  return out.subarray(0, length);
}

/** Bytes of a text read in its file's encoding; those that are no UTF-8 are Windows-1252. */
export function textOf(bytes: Buffer, encoding: Encoding): string {
  return (encoding === 'utf-8' && isUtf8(bytes) ? bytes : fromWindows1252(bytes)).toString('utf8');
}

function specialOf(character: string): string {
  return SPECIAL[character.charCodeAt(0) - 0x80]!;
}

/** Whether a byte from 0x80 to 0x9F is among them. */
function hasSpecial(bytes: Buffer): boolean {
  const words = wordsOf(bytes);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if ((word & ~(word << 1) & ~(word << 2) & TOP_BITS) !== 0) return true;
  }
  for (let at = words.length * 4; at < bytes.length; at++) if ((bytes[at]! & 0xe0) === 0x80) return true;
  return false;
}

/** Whether some byte that may start a UTF-8 character is followed by one that may go on with it. */
function hasUtf8Pair(bytes: Buffer): boolean {
  const words = wordsOf(bytes);
  let before = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const starts = word & (word << 1) & TOP_BITS;
    const goesOn = word & ~(word << 1) & TOP_BITS;
    if ((((starts << 8) | before) & goesOn) !== 0) return true;
    before = starts >>> 24;
  }
  for (let at = Math.max(1, words.length * 4); at < bytes.length; at++)
    if ((bytes[at]! & 0xc0) === 0x80 && bytes[at - 1]! >= 0xc0) return true;
  return false;
}

const LINE = 0x0a;
const TOP_BITS = 0x80808080;
const NO_WORDS = new Uint32Array(0);

/** Four bytes at a time (the first is the lowest), where they are aligned; the last ones are left over. */
function wordsOf(bytes: Buffer): Uint32Array {
  return bytes.byteOffset % 4 === 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2) : NO_WORDS;
}
