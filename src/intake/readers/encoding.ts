import { isUtf8 } from 'node:buffer';
import type { ReadWarnings } from './record-file.ts';

export type Encoding = 'utf-8' | 'windows-1252';

/** The characters of Windows-1252 that Latin-1 does not have, from 0x80 to 0x9F. */
const SPECIAL = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const REPLACEMENT = Buffer.from('\ufffd', 'utf8');

/**
 * A block of whole records, every one of them valid UTF-8: a record that is not is read as Windows-1252 and counted.
 * Characters that were already broken when the file was made (U+FFFD) are kept and counted.
 */
export function repairUtf8(block: Buffer, warnings: ReadWarnings): Buffer {
  let repaired = block;
  if (!isUtf8(block)) {
    const records: Buffer[] = [];
    for (let start = 0; start < block.length; ) {
      const end = block.indexOf(0x0a, start) + 1 || block.length;
      const record = block.subarray(start, end);
      if (isUtf8(record)) records.push(record);
      else {
        records.push(fromWindows1252(record));
        warnings.mixedEncoding++;
      }
      start = end;
    }
    repaired = Buffer.concat(records);
  }
  for (let at = repaired.indexOf(REPLACEMENT); at >= 0; ) {
    warnings.brokenCharacters++;
    const next = repaired.indexOf(0x0a, at);
    at = next < 0 ? -1 : repaired.indexOf(REPLACEMENT, next);
  }
  return repaired;
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

function specialOf(character: string): string {
  return SPECIAL[character.charCodeAt(0) - 0x80]!;
}

/** Whether a byte from 0x80 to 0x9F is among them; looks at four at a time where they are aligned. */
function hasSpecial(bytes: Buffer): boolean {
  const whole = bytes.byteOffset % 4 === 0 ? bytes.length >> 2 : 0;
  const words = new Uint32Array(
    whole === 0 ? new ArrayBuffer(0) : bytes.buffer,
    whole === 0 ? 0 : bytes.byteOffset,
    whole,
  );
  for (let at = 0; at < whole; at++) {
    const word = words[at]!;
    if ((word & ~(word << 1) & ~(word << 2) & 0x80808080) !== 0) return true;
  }
  for (let at = whole * 4; at < bytes.length; at++) if ((bytes[at]! & 0xe0) === 0x80) return true;
  return false;
}
