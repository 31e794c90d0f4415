import { RamalError } from '../../kernel/errors.ts';
import { type Encoding, repairUtf8, repairWindows1252, textOf } from './encoding.ts';
import { BREAK, type RecordFile, SEPARATOR } from './record-file.ts';

export interface Dialect {
  readonly delimiter: string;
  /** The quote character, or an empty text where the source has none. */
  readonly quote: string;
  readonly encoding: Encoding;
}

export interface DelimitedSettings extends Dialect {
  readonly file: string;
  /** Fields of a record. */
  readonly columns: number;
  /** Longest record taken, in bytes. */
  readonly longest?: number;
}

const SPACE = 0x20;
const LF = 0x0a;
const CR = 0x0d;

/** What a byte is outside and inside quotes. */
const PLAIN = 0;
const SPECIAL = 1;
const DELIMITER = 2;

/** Where the reader stands; the order matters: up to IN_FIELD a field outside quotes is open. */
const FIELD_START = 0;
const IN_FIELD = 1;
const IN_QUOTES = 2;
const IN_QUOTES_AFTER_CR = 3;
const QUOTE_SEEN = 4;
const RECORD_START = 5;
const RECORD_START_AFTER_CR = 6;

const STEP = 1 << 16;
/** Bytes kept of a record that is too long. */
const HEAD = 4096;
const SEPARATED = String.fromCharCode(SEPARATOR);
const BROKEN = String.fromCharCode(BREAK);
/** Each record gains its line number. */
const WORST_GROWTH = 16;

/**
 * Reads delimited text into a {@link RecordFile}: each record with its physical first line, quotes taken off. Takes
 * LF, CRLF and CR line ends, and a quote only at a field's start (RFC 4180). A record with another number of fields
 * is rejected; blank lines, and those of delimiters alone, are no records. Lines without quotes are copied whole, the
 * others go byte by byte.
 */
export class DelimitedReader {
  readonly #out: RecordFile;
  readonly #settings: DelimitedSettings;
  readonly #outside = new Uint8Array(256);
  readonly #inside = new Uint8Array(256);
  readonly #longest: number;
  #state = RECORD_START;
  #line: number;
  #recordLine = 0;
  /** Where the record's text starts in the output, after its line number; and where its line number starts. */
  #text = 0;
  #start = 0;
  #fields = 0;
  #overflow = false;

  constructor(out: RecordFile, settings: DelimitedSettings, firstLine = 1) {
    this.#out = out;
    this.#settings = settings;
    this.#longest = settings.longest ?? 1 << 20;
    this.#line = firstLine;
    for (const kinds of [this.#outside, this.#inside]) {
      for (const byte of [LF, CR, 0x1f, BREAK, SEPARATOR, 0]) kinds[byte] = SPECIAL;
      if (settings.quote !== '') kinds[settings.quote.charCodeAt(0)] = SPECIAL;
      kinds[settings.delimiter.charCodeAt(0)] = DELIMITER;
    }
    out.begin(settings.delimiter, settings.encoding === 'utf-8' ? repairUtf8 : repairWindows1252);
  }

  push(chunk: Buffer): void {
    for (let from = 0; from < chunk.length; from += STEP) {
      const part = chunk.subarray(from, from + STEP);
      this.#out.room(part.length * WORST_GROWTH + 32);
      if (this.#state < RECORD_START) this.#rebase();
      this.#read(part);
      if (this.#state < RECORD_START && this.#out.length - this.#start > this.#longest) this.#tooLong();
    }
  }

  /** Ends the file; a record without a line end is still one. */
  finish(): void {
    if (this.#state === IN_QUOTES || this.#state === IN_QUOTES_AFTER_CR) throw this.#neverCloses('');
    if (this.#state < RECORD_START) this.#out.length = this.#end(this.#out.length);
    this.#state = RECORD_START;
  }

  /** The open record moved when the output was written out. */
  #rebase(): void {
    const moved = this.#out.buffer.lastIndexOf(LF, this.#out.length - 1) + 1;
    const prefix = this.#text - this.#start;
    this.#start = moved;
    this.#text = moved + prefix;
  }

  #read(chunk: Buffer): void {
    const { delimiter, quote } = this.#settings;
    const delimiterByte = delimiter.charCodeAt(0);
    const quoteByte = quote === '' ? -1 : quote.charCodeAt(0);
    const outside = this.#outside;
    const inside = this.#inside;
    const buffer = this.#out.buffer;
    const size = chunk.length;
    let length = this.#out.length;
    let state = this.#state;
    const uneven = this.#out.uneven;
    if (chunk[0] === SPACE && state < RECORD_START) uneven[this.#fields - 1] = 1;
    let at = 0;
    while (at < size) {
      if (state === RECORD_START && at > 0) {
        this.#out.length = length;
        at = this.#wholeLines(chunk, at);
        length = this.#out.length;
        if (at === size) break;
      }
      let byte = chunk[at]!;
      if (state <= IN_FIELD) {
        const from = at;
        while (outside[byte] === PLAIN) {
          buffer[length++] = byte;
          if (++at === size) break;
          byte = chunk[at]!;
        }
        if (at > from) state = IN_FIELD;
        if (at === size) break;
        at++;
        if (byte === delimiterByte) {
          if (buffer[length - 1] === SPACE) uneven[this.#fields - 1] = 1;
          if (chunk[at] === SPACE) uneven[this.#fields] = 1;
          buffer[length++] = byte;
          this.#fields++;
          state = FIELD_START;
        } else if (byte === LF || byte === CR) {
          this.#line++;
          if (buffer[length - 1] === SPACE) uneven[this.#fields - 1] = 1;
          length = this.#end(length);
          state = byte === CR ? RECORD_START_AFTER_CR : RECORD_START;
        } else if (byte === quoteByte && state === FIELD_START) {
          if (chunk[at] === SPACE) uneven[this.#fields - 1] = 1;
          state = IN_QUOTES;
        } else {
          length = this.#other(byte, quoteByte, length);
          state = IN_FIELD;
        }
      } else if (state === IN_QUOTES) {
        while (inside[byte] === PLAIN) {
          buffer[length++] = byte;
          if (++at === size) break;
          byte = chunk[at]!;
        }
        if (at === size) break;
        at++;
        if (byte === quoteByte) {
          if (buffer[length - 1] === SPACE || chunk[at] === SPACE) uneven[this.#fields - 1] = 1;
          state = QUOTE_SEEN;
        } else if (byte === LF || byte === CR) {
          this.#line++;
          buffer[length++] = BREAK;
          this.#out.replaced[this.#fields - 1] = 1;
          if (byte === CR) state = IN_QUOTES_AFTER_CR;
        } else if (byte === delimiterByte) {
          buffer[length++] = SEPARATOR;
          this.#out.replaced[this.#fields - 1] = 1;
        } else length = this.#other(byte, -1, length);
      } else if (state === IN_QUOTES_AFTER_CR) {
        if (byte === LF) at++;
        state = IN_QUOTES;
      } else if (state === QUOTE_SEEN) {
        if (byte === quoteByte) {
          buffer[length++] = byte;
          at++;
          state = IN_QUOTES;
        } else state = IN_FIELD;
      } else if (state === RECORD_START_AFTER_CR && byte === LF) {
        at++;
        state = RECORD_START;
      } else if (byte === LF || byte === CR) {
        at++;
        this.#line++;
        state = byte === CR ? RECORD_START_AFTER_CR : RECORD_START;
      } else {
        length = this.#begin(length);
        if (byte === SPACE) uneven[0] = 1;
        state = FIELD_START;
      }
    }
    this.#out.length = length;
    this.#state = state;
  }

  /**
   * Copies the records that are one line without quotes or controls, from `from` on, which is not the chunk's start;
   * gives where the first other starts.
   */
  #wholeLines(chunk: Buffer, from: number): number {
    const out = this.#out;
    const { buffer, uneven } = out;
    const outside = this.#outside;
    const { columns } = this.#settings;
    const last = chunk.length - 1;
    let start = from;
    for (let at = from; ; ) {
      let field = 0;
      let byte = 0;
      for (; at < last; at++) {
        byte = chunk[at]!;
        const kind = outside[byte]!;
        if (kind === PLAIN) continue;
        if (kind !== DELIMITER) break;
        if (chunk[at - 1] === SPACE || chunk[at + 1] === SPACE) {
          uneven[field] = 1;
          uneven[field + 1] = 1;
        }
        field++;
      }
      const ends = at < last && (byte === LF || (byte === CR && chunk[at + 1] === LF));
      if (!ends || field + 1 !== columns || at === start || at - start > this.#longest) return start;
      if (at - start > field) {
        if (chunk[start] === SPACE) uneven[0] = 1;
        if (chunk[at - 1] === SPACE) uneven[field] = 1;
        const text = this.#lineNumber(out.length);
        chunk.copy(buffer, text, start, at);
        buffer[text + at - start] = LF;
        out.length = text + at - start + 1;
        out.good++;
      }
      this.#line++;
      at += byte === CR ? 2 : 1;
      start = at;
    }
  }

  #begin(start: number): number {
    this.#start = start;
    this.#recordLine = this.#line;
    this.#fields = 1;
    this.#overflow = false;
    this.#text = this.#lineNumber(start);
    return this.#text;
  }

  #lineNumber(start: number): number {
    const { buffer } = this.#out;
    let digits = 1;
    for (let limit = 10; this.#line >= limit; limit *= 10) digits++;
    for (let place = start + digits - 1, rest = this.#line; place >= start; place--) {
      buffer[place] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    buffer[start + digits] = this.#settings.delimiter.charCodeAt(0);
    return start + digits + 1;
  }

  /** A quote inside a field, or a control character. */
  #other(byte: number, quoteByte: number, at: number): number {
    const { buffer, warnings } = this.#out;
    buffer[at] = byte === quoteByte ? byte : SPACE;
    if (byte !== quoteByte) {
      warnings.controlCharacters++;
      this.#out.uneven[this.#fields - 1] = 1;
    }
    return at + 1;
  }

  /** Closes the record: kept when it has the right number of fields, otherwise taken back and rejected. */
  #end(length: number): number {
    const out = this.#out;
    const { columns, delimiter, encoding } = this.#settings;
    if (this.#fields > 1 && length - this.#text === this.#fields - 1) return this.#start;
    if (this.#fields === columns && !this.#overflow) {
      out.buffer[length] = LF;
      out.good++;
      return length + 1;
    }
    const shown = this.#overflow ? wholeCharacters(out.buffer, this.#text + HEAD) : length;
    const text = textOf(out.buffer.subarray(this.#text, shown), encoding);
    const record = text.replaceAll(SEPARATED, delimiter).replaceAll(BROKEN, '\n');
    const problem = this.#overflow
      ? 'record-too-long'
      : this.#fields < columns
        ? 'too-few-columns'
        : 'too-many-columns';
    const value = this.#overflow ? `> ${this.#longest} bytes` : String(this.#fields);
    out.reject(this.#recordLine, problem, value, record);
    return this.#start;
  }

  /** Keeps only the head of a record that is too long; the rest is dropped up to its line end. */
  #tooLong(): void {
    if (this.#state === IN_QUOTES || this.#state === IN_QUOTES_AFTER_CR)
      throw this.#neverCloses(` em ${this.#longest} bytes`);
    this.#overflow = true;
    this.#out.length = this.#text + HEAD;
  }

  #neverCloses(where: string): RamalError {
    const what = `aspas abertas na linha ${this.#recordLine} não fecham${where}`;
    return new RamalError('fileDamaged', { file: this.#settings.file, what });
  }
}

/** The place at or before `end` where a UTF-8 character starts. */
function wholeCharacters(buffer: Buffer, end: number): number {
  let at = end;
  while (at > end - 4 && (buffer[at]! & 0xc0) === 0x80) at--;
  return at;
}
