import { isUtf8 } from 'node:buffer';
import type { ReadWarnings } from './record-file.ts';

export type Encoding = 'utf-8' | 'windows-1252';

/** Windows-1252 as UTF-8 bytes: two or three for each byte from 0x80, packed as (count << 24 | bytes). */
export const WINDOWS_1252 = new Uint32Array(128);
const SPECIAL = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
for (let byte = 0x80; byte <= 0xff; byte++) {
  const character = byte < 0xa0 ? SPECIAL[byte - 0x80]! : String.fromCharCode(byte);
  const encoded = Buffer.from(character, 'utf8');
  let packed = encoded.length << 24;
  for (const [index, one] of encoded.entries()) packed |= one << (8 * index);
  WINDOWS_1252[byte - 0x80] = packed;
}

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

/** The bytes of a Windows-1252 text as UTF-8. */
export function fromWindows1252(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(bytes.length * 3);
  let length = 0;
  for (const byte of bytes) {
    if (byte < 0x80) out[length++] = byte;
    else
      for (let packed = WINDOWS_1252[byte - 0x80]!, left = packed >>> 24; left > 0; left--, packed >>>= 8)
        out[length++] = packed & 0xff;
  }
  return out.subarray(0, length);
}
