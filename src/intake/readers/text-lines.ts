import { readBytes, type SourceFile } from '../source-file.ts';
import { type Encoding, textOf } from './encoding.ts';

export interface TextLine {
  /** Physical, from 1. */
  readonly line: number;
  readonly text: string;
  /** Whether it is longer than what is taken; the text is its beginning. */
  readonly cut: boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of a text file, ended by LF, CRLF or CR, in bounded memory.
 * @param longest bytes taken of a line.
 */
export async function* textLines(
  file: SourceFile,
  { encoding, start = 0, longest }: { readonly encoding: Encoding; readonly start?: number; readonly longest: number },
  onRead?: (bytes: number) => void,
): AsyncGenerator<TextLine> {
  let line = 1;
  let skip = start;
  let afterCr = false;
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer): void => {
    const room = longest - length;
    if (room > 0 && part.length > 0) parts.push(part.subarray(0, room));
    length += part.length;
  };
  const end = (): TextLine => {
    const text = textOf(Buffer.concat(parts), encoding);
    const ended = { line: line++, text, cut: length > longest };
    parts = [];
    length = 0;
    return ended;
  };
  for await (const chunk of readBytes(file, onRead)) {
    let from = Math.min(skip, chunk.length);
    skip -= from;
    if (afterCr && chunk[from] === LF) from++;
    if (from < chunk.length) afterCr = false;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte !== LF && byte !== CR) continue;
      keep(chunk.subarray(from, at));
      yield end();
      if (byte === CR && at + 1 === chunk.length) afterCr = true;
      if (byte === CR && chunk[at + 1] === LF) at++;
      from = at + 1;
    }
    keep(Buffer.from(chunk.subarray(from)));
  }
  if (length > 0) yield end();
}
