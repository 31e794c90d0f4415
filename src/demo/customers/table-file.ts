import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PIECE = 1 << 16;

/** A delimited file that grows line by line; whole lines are put together and written in pieces. */
export class TableFile {
  readonly path: string;
  /** Without the header. */
  rows = 0;
  /** Of them, rows of customers that there are not, and rows that name no customer. */
  strangers = 0;
  nobodys = 0;
  private readonly file: number;
  private readonly encoding: 'utf8' | 'latin1';
  private readonly end: string;
  private text: string;

  /** `path` is relative to the folder `out`; Windows-1252 is written as Latin-1, for texts that both write alike. */
  constructor(
    out: string,
    path: string,
    header: string,
    { encoding = 'utf8', end = '\r\n' }: { encoding?: 'utf8' | 'latin1'; end?: string } = {},
  ) {
    this.path = path;
    this.encoding = encoding;
    this.end = end;
    this.file = openSync(join(out, path), 'w');
    this.text = header + end;
  }

  row(line: string): void {
    this.rows++;
    this.text += line + this.end;
    if (this.text.length >= PIECE) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    const bytes = Buffer.from(this.text, this.encoding);
    let from = 0;
    while (from < bytes.length) from += writeSync(this.file, bytes, from);
    this.text = '';
  }
}
