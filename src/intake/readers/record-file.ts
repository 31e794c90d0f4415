import { closeSync, openSync, writeSync } from 'node:fs';

/** Between fields and, inside a field, in place of a line break: controls that text never holds. */
export const FIELD = 0x1f;
export const BREAK = 0x1e;
const LINE = 0x0a;
const NOT_TEXT = new RegExp(`[\\n\\r\\0${String.fromCharCode(BREAK, FIELD)}]`);
const SIZE = 4 << 20;
/** Bytes of the longest record that the engine reads. */
export const LONGEST = 8_000_000;

/** Why a record could not be read, before any column was looked at. */
export type RecordProblem = 'too-few-columns' | 'too-many-columns' | 'record-too-long';

/** Counts of what was mended on the way, by kind. */
export interface ReadWarnings {
  brokenCharacters: number;
  mixedEncoding: number;
  controlCharacters: number;
}

/**
 * Records as UTF-8 text that the engine reads without guessing: line number, then fields, one record a line. Records
 * that cannot be read go to a second file with their problem. Written in blocks of 4 MB.
 */
export class RecordFile {
  readonly path: string;
  readonly badPath: string;
  /** Where the record being written starts in {@link buffer}. */
  buffer = Buffer.allocUnsafe(SIZE * 2);
  length = 0;
  good = 0;
  bad = 0;
  /** Some field starts or ends with a space, or holds a line break. */
  uneven = false;
  readonly warnings: ReadWarnings = { brokenCharacters: 0, mixedEncoding: 0, controlCharacters: 0 };
  readonly #file: number;
  readonly #badFile: number;
  readonly #onBlock: (block: Buffer) => Buffer;

  constructor(path: string, onBlock: (block: Buffer, warnings: ReadWarnings) => Buffer = (block) => block) {
    this.path = path;
    this.badPath = `${path}.bad`;
    this.#file = openSync(path, 'w', 0o600);
    this.#badFile = openSync(this.badPath, 'w', 0o600);
    this.#onBlock = (block) => onBlock(block, this.warnings);
  }

  /** Writes one record of ready text fields; null is an empty field. */
  record(line: number, fields: readonly (string | null)[]): void {
    const text = `${line}\x1f${fields.map((field) => (field === null ? '' : this.#clean(field))).join('\x1f')}\n`;
    const bytes = Buffer.byteLength(text);
    if (bytes > LONGEST) {
      const heads = fields.map((field) => field?.slice(0, 400) ?? '');
      this.reject(line, 'record-too-long', `> ${LONGEST} bytes`, heads.join(';'));
      return;
    }
    this.room(bytes);
    this.uneven = true;
    this.length += this.buffer.write(text, this.length);
    this.good++;
  }

  reject(line: number, problem: RecordProblem, value: string, record: string): void {
    const fields = [String(line), problem, this.#clean(value), this.#clean(record.slice(0, 4000))];
    writeSync(this.#badFile, `${fields.join('\x1f')}\n`);
    this.bad++;
  }

  /** Makes room for that many bytes after {@link length}, writing out whole records or growing. */
  room(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    this.flush();
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }

  /** Writes out every whole record; the rest moves to the front. */
  flush(): void {
    const whole = this.buffer.lastIndexOf(LINE, this.length - 1) + 1;
    if (this.length === 0 || whole === 0) return;
    writeAll(this.#file, this.#onBlock(this.buffer.subarray(0, whole)));
    this.buffer.copyWithin(0, whole, this.length);
    this.length -= whole;
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
      closeSync(this.#badFile);
    }
  }

  #clean(field: string): string {
    if (!NOT_TEXT.test(field)) return field;
    return field
      .replace(/\r\n?|\n/g, String.fromCharCode(BREAK))
      .replaceAll('\0', ' ')
      .replaceAll(String.fromCharCode(FIELD), ' ');
  }
}

function writeAll(file: number, block: Buffer): void {
  for (let done = 0; done < block.length; ) done += writeSync(file, block, done);
}
