import type { SendLayout } from './send-layout.ts';

type Encoding = NonNullable<SendLayout['format']['encoding']>;

/** The signs of Windows-1252 that Latin-1 lacks, from 0x80 on. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES = new Map([...HIGH].map((sign, index) => [sign, 0x80 + index]));

/** A text without what an encoding cannot hold: accents where it knows none. */
export function plainFor(text: string, encoding: Encoding): string {
  return encoding === 'ascii' ? text.normalize('NFD').replaceAll(/\p{M}/gu, '') : text.normalize('NFC');
}

/** The first sign of a text that an encoding cannot write, or null. */
export function strangerIn(text: string, encoding: Encoding): string | null {
  if (encoding === 'utf-8' || encoding === 'utf-8-bom') return text.isWellFormed() ? null : '\ufffd';
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    if (code < 0x80 || (encoding === 'windows-1252' && ((code >= 0xa0 && code <= 0xff) || BYTES.has(sign)))) continue;
    return sign;
  }
  return null;
}

/** The bytes of a text that has no stranger. */
export function bytesOf(text: string, encoding: Encoding): Buffer {
  if (encoding !== 'windows-1252') return Buffer.from(text, 'utf8');
  return Buffer.from(
    text.replace(/[^\p{ASCII}\u00a0-\u00ff]/gu, (sign) => String.fromCharCode(BYTES.get(sign)!)),
    'latin1',
  );
}
