import { writeSync } from 'node:fs';

const ZERO = 48;
const ROOM = 4096;

/** Bytes on their way to a file: whole rows are put together in one buffer and written when it is nearly full. */
export class ByteWriter {
  private readonly bytes: Uint8Array;
  private readonly buffer: Buffer;
  private at = 0;
  private file = -1;

  constructor(size = 1 << 20) {
    this.buffer = Buffer.allocUnsafe(size + ROOM);
    this.bytes = new Uint8Array(this.buffer.buffer, this.buffer.byteOffset, this.buffer.length);
  }

  /** Starts writing to an open file descriptor. */
  begin(file: number): void {
    this.file = file;
    this.at = 0;
  }

  /** Position within the buffer; valid until the next {@link rowEnd}. */
  get position(): number {
    return this.at;
  }

  byte(code: number): void {
    this.bytes[this.at++] = code;
  }

  put(piece: Uint8Array): void {
    const { bytes } = this;
    let { at } = this;
    for (let index = 0; index < piece.length; index++) bytes[at++] = piece[index]!;
    this.at = at;
  }

  text(text: string): void {
    this.at += this.buffer.write(text, this.at, 'latin1');
  }

  /** A non-negative number with leading zeros. */
  digits(value: number, width: number): void {
    let rest = value;
    for (let at = this.at + width - 1; at >= this.at; at--) {
      const next = Math.floor(rest / 10);
      this.bytes[at] = ZERO + rest - next * 10;
      rest = next;
    }
    this.at += width;
  }

  /** `hh:mm:ss` of a number of seconds below 100 hours. */
  clock(seconds: number): void {
    const hours = (seconds / 3600) | 0;
    const minutes = ((seconds - hours * 3600) / 60) | 0;
    const rest = seconds - hours * 3600 - minutes * 60;
    const { bytes, at } = this;
    bytes[at] = ZERO + ((hours / 10) | 0);
    bytes[at + 1] = ZERO + (hours % 10);
    bytes[at + 2] = 58;
    bytes[at + 3] = ZERO + ((minutes / 10) | 0);
    bytes[at + 4] = ZERO + (minutes % 10);
    bytes[at + 5] = 58;
    bytes[at + 6] = ZERO + ((rest / 10) | 0);
    bytes[at + 7] = ZERO + (rest % 10);
    this.at = at + 8;
  }

  /** A copy of what was put since a position. */
  since(position: number): Uint8Array {
    return this.bytes.slice(position, this.at);
  }

  /** Marks the end of a row of at most 4096 bytes. */
  rowEnd(): void {
    if (this.at >= this.bytes.length - ROOM) this.flush();
  }

  flush(): void {
    let from = 0;
    while (from < this.at) from += writeSync(this.file, this.bytes, from, this.at - from);
    this.at = 0;
  }
}

/** The Windows-1252 bytes of a text of accented Latin letters. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}
