import { closeSync, openSync, writeSync } from 'node:fs';

/** Between fields where the file has no delimiter of its own. */
const FIELD = 0x1f;
/** Inside a field, in place of a line break and of the delimiter: controls that text never holds. */
export const BREAK = 0x1e;
export const SEPARATOR = 0x1d;
const LINE = 0x0a;
const OWN_CONTROLS = String.fromCharCode(SEPARATOR, BREAK, FIELD);
const NOT_TEXT = new RegExp(`[\\n\\r\\0${OWN_CONTROLS}]`);
const EDGE_SPACE = /^ | $/;
const NOT_TEXT_BUT_BREAKS = new RegExp(`[\\0${OWN_CONTROLS}]`, 'g');
const SIZE = 1 << 20;
/** Fields of a record that are looked at one by one. */
const MOST_FIELDS = 1 << 16;
/** Bytes of the longest record that the engine reads. */
const LONGEST = 8_000_000;

/** Why a record could not be read, before any column was looked at. */
export type RecordProblem =
  | 'too-few-columns'
  | 'too-many-columns'
  | 'record-too-long'
  | 'record-too-short'
  | 'unknown-record'
  | 'record-incomplete';

/** Counts of what was mended on the way, by kind. */
export interface ReadWarnings {
  brokenCharacters: number;
  mixedEncoding: number;
  controlCharacters: number;
}

/** The buffer of the last file, for the next one: setting 2 MB aside costs more than reading a small file. */
let spare: Buffer | undefined;

/**
 * Records as UTF-8 text that the engine reads without guessing: line number, then fields, one record a line, without
 * quotes. Records that cannot be read go to a second file with their problem. Written in blocks of 1 MB.
 */
export class RecordFile {
  readonly path: string;
  readonly badPath: string;
  /** Where the record being written starts in {@link buffer}. */
  buffer = spare ?? Buffer.allocUnsafe(SIZE * 2);
  length = 0;
  good = 0;
  bad = 0;
  /** Bytes of the longest record, where one may be longer than a line of a file. */
  longest = 0;
  /** 1 at the places of the fields that may start or end with a space. */
  readonly uneven = new Uint8Array(MOST_FIELDS);
  /** 1 at the places of the fields where {@link BREAK} or {@link SEPARATOR} may stand for what was received. */
  readonly replaced = new Uint8Array(MOST_FIELDS);
  readonly warnings: ReadWarnings = { brokenCharacters: 0, mixedEncoding: 0, controlCharacters: 0 };
  readonly #file: number;
  readonly #badFile: number;
  #toUtf8: (block: Buffer, warnings: ReadWarnings) => Buffer = (block) => block;
  #delimiter = FIELD;

  constructor(path: string) {
    this.path = path;
    this.badPath = `${path}.bad`;
    spare = undefined;
    this.#file = openSync(path, 'w', 0o600);
    this.#badFile = openSync(this.badPath, 'w', 0o600);
  }

  get delimiter(): string {
    return String.fromCharCode(this.#delimiter);
  }

  /** Before the first record of a delimited file: its delimiter, and what makes UTF-8 of a block of its records. */
  begin(delimiter: string, toUtf8: (block: Buffer, warnings: ReadWarnings) => Buffer): void {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#toUtf8 = toUtf8;
  }

  /** Writes one record of ready text fields; null is an empty field. */
  record(line: number, fields: readonly (string | null)[]): void {
    const cleaned = fields.map((field, place) => (field === null ? '' : this.#clean(field, place)));
    const text = `${[line, ...cleaned].join(this.delimiter)}\n`;
    const bytes = Buffer.byteLength(text);
    if (bytes > LONGEST) {
      const heads = fields.map((field) => field?.slice(0, 400) ?? '');
      this.reject(line, 'record-too-long', `> ${LONGEST} bytes`, heads.join(';'));
      return;
    }
    this.room(bytes);
    this.longest = Math.max(this.longest, bytes);
    this.length += this.buffer.write(text, this.length);
    this.good++;
  }

  reject(line: number, problem: RecordProblem, value: string, record: string): void {
    const fields = [String(line), problem, this.#clean(value), this.#clean(record.slice(0, 4000))];
    writeSync(this.#badFile, `${fields.join(String.fromCharCode(FIELD))}\n`);
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
    writeAll(this.#file, this.#toUtf8(this.buffer.subarray(0, whole), this.warnings));
    this.buffer.copyWithin(0, whole, this.length);
    this.length -= whole;
  }

  close(): void {
    try {
      this.flush();
    } finally {
      if (this.buffer.length === SIZE * 2) spare = this.buffer;
      closeSync(this.#file);
      closeSync(this.#badFile);
    }
  }

  #clean(field: string, place?: number): string {
    if (place !== undefined && EDGE_SPACE.test(field)) this.uneven[place] = 1;
    if (!NOT_TEXT.test(field)) return field;
    if (place !== undefined) {
      this.replaced[place] = 1;
      this.uneven[place] = 1;
    }
    return field.replace(NOT_TEXT_BUT_BREAKS, ' ').replace(/\r\n?|\n/g, String.fromCharCode(BREAK));
  }
}

function writeAll(file: number, block: Buffer): void {
  for (let done = 0; done < block.length; ) done += writeSync(file, block, done);
}
