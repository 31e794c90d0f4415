import { decimalsOf, type FieldText, fieldText, placed, scaledText, type Written } from './field-text.ts';
import { plainFor, strangerIn } from './send-bytes.ts';
import type { SendField, SendLayout } from './send-layout.ts';

/** Why a row cannot be written, without its value. */
export interface Refused {
  readonly field: string;
  readonly why: string;
}

/** The records of a file as lines, and what they add up to. */
export class RecordLines {
  readonly #layout: SendLayout;
  readonly #day: string;
  readonly #encoding: NonNullable<SendLayout['format']['encoding']>;
  readonly #sums = new Map<string, bigint>();
  readonly #truncated = new Map<string, number>();
  readonly #end: string;
  #rows = 0;
  #lines = 0;

  /** @param day that the file is written on, `yyyy-mm-dd`. */
  constructor(layout: SendLayout, day: string) {
    this.#layout = withKinds(layout);
    this.#encoding = layout.format.encoding ?? defaultEncoding(layout);
    this.#day = day;
    this.#end = layout.format.lineEnd === 'lf' ? '\n' : '\r\n';
  }

  get rows(): number {
    return this.#rows;
  }

  get lines(): number {
    return this.#lines;
  }

  get truncated(): { field: string; rows: number }[] {
    return [...this.#truncated].map(([field, rows]) => ({ field, rows }));
  }

  /** What comes before the records; counts and sums are those of `totals`, a writer that has seen them all. */
  head(totals: RecordLines, covered?: (column: string) => boolean): string | Refused {
    const { format, fields, header } = this.#layout;
    let text = '';
    if (format.kind === 'delimited' && (format.names ?? true)) {
      this.#lines++;
      text += this.#joined(fields.map(({ name }) => this.#cell(name)));
    }
    if (!header) return text;
    const line = this.#line(header, () => null, totals, covered);
    return typeof line === 'string' ? text + line : line;
  }

  /** One record, or why it cannot be one; columns that are `covered` have asterisks in place of letters and digits. */
  row(value: (column: string) => string | null, covered?: (column: string) => boolean): string | Refused {
    this.#rows++;
    return this.#line(this.#layout.fields, value, this, covered);
  }

  tail(covered?: (column: string) => boolean): string | Refused {
    return this.#layout.trailer ? this.#line(this.#layout.trailer, () => null, this, covered) : '';
  }

  #line(
    fields: readonly SendField[],
    value: (column: string) => string | null,
    totals: RecordLines,
    covered: (column: string) => boolean = () => false,
  ): string | Refused {
    this.#lines++;
    const { format } = this.#layout;
    const cells: string[] = [];
    for (const field of fields) {
      const made = this.#made(field, value, totals);
      if ('refusal' in made) return { field: field.name, why: made.refusal };
      const { empty, ...written } = made;
      const plain = { ...written, text: plainFor(written.text, this.#encoding) };
      if (strangerIn(plain.text, this.#encoding) !== null)
        return { field: field.name, why: `tem um sinal que ${this.#encoding} não escreve` };
      const cell = format.kind === 'fixed' ? placed(field, plain, empty) : this.#delimited(field, plain);
      if ('refusal' in cell) return { field: field.name, why: cell.refusal };
      if (cell.cut) this.#truncated.set(field.name, (this.#truncated.get(field.name) ?? 0) + 1);
      if (written.scaled !== undefined && fields === this.#layout.fields)
        this.#sums.set(field.name, (this.#sums.get(field.name) ?? 0n) + written.scaled);
      const column = field.is === 'sum' ? this.#summed(field).column : field.column;
      const hides = column !== undefined && covered(column);
      cells.push(hides ? cell.text.replace(/[\p{L}\p{N}]/gu, '*') : cell.text);
    }
    return format.kind === 'fixed' ? this.#fixed(fields, cells) : this.#joined(cells);
  }

  #made(
    field: SendField,
    value: (column: string) => string | null,
    totals: RecordLines,
  ): (FieldText & { readonly empty: boolean }) | { readonly refusal: string } {
    const whole = (count: number) => ({
      ...scaledText(field, BigInt(count) * 10n ** BigInt(decimalsOf(field))),
      empty: false,
    });
    const given = (text: string | null) => {
      const written = fieldText(field, text);
      return 'refusal' in written ? written : { ...written, empty: text === null || text === '' };
    };
    if (field.column !== undefined) return given(value(field.column));
    if (field.value !== undefined) return { text: field.value, empty: false };
    switch (field.is) {
      case 'row':
        return whole(this.#rows);
      case 'line':
        return whole(this.#lines);
      case 'count':
        return whole(totals.#rows);
      case 'day':
        return given(this.#day);
      default: {
        const summed = this.#summed(field);
        const scale = decimalsOf(field) - decimalsOf(summed);
        if (scale < 0) return { refusal: `tem menos casas que ${summed.name}` };
        return { ...scaledText(field, (totals.#sums.get(summed.name) ?? 0n) * 10n ** BigInt(scale)), empty: false };
      }
    }
  }

  #summed({ of }: SendField): SendField {
    return this.#layout.fields.find(({ name }) => name === of)!;
  }

  #fixed(fields: readonly SendField[], cells: readonly string[]): string {
    const { format } = this.#layout;
    const width = (format.kind === 'fixed' && format.width) || Math.max(...fields.map(({ to }) => to!));
    let line = '';
    const order = fields.map((field, index) => ({ from: field.from!, text: cells[index]! }));
    let at = 0;
    for (const { from, text } of order.toSorted((a, b) => a.from - b.from)) {
      line += ' '.repeat(from - 1 - at) + text;
      at = from - 1 + [...text].length;
    }
    return line + ' '.repeat(width - at) + this.#end;
  }

  #delimited(field: SendField, { text }: { text: string }): Written {
    const { format } = this.#layout;
    if (format.kind !== 'delimited') return { text };
    const { quote = '"', delimiter = ';', formulas = 'text' } = format;
    const number = field.as === 'integer' || field.as === 'decimal';
    const safe = formulas === 'text' && !number && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    if (quote === '' && (safe.includes(delimiter) || /[\r\n]/.test(safe)))
      return { refusal: 'tem o separador ou uma quebra de linha, e o layout não tem aspas' };
    return { text: this.#cell(safe) };
  }

  #cell(text: string): string {
    const { format } = this.#layout;
    if (format.kind !== 'delimited') return text;
    const { quote = '"', delimiter = ';', quotes = 'needed' } = format;
    if (quote === '') return text;
    const needs = quotes === 'all' || text.includes(quote) || text.includes(delimiter) || /[\r\n]|^\s|\s$/.test(text);
    return needs ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}` : text;
  }

  #joined(cells: readonly string[]): string {
    const { format } = this.#layout;
    return cells.join(format.kind === 'delimited' ? (format.delimiter ?? ';') : '') + this.#end;
  }
}

/** Rigid formats count bytes: one a sign. */
export function defaultEncoding({ format }: SendLayout): 'utf-8' | 'windows-1252' {
  return format.kind === 'fixed' ? 'windows-1252' : 'utf-8';
}

/** The layout with what counts and sums are by themselves: numbers, a sum written as what it sums. */
function withKinds(layout: SendLayout): SendLayout {
  const kind = (field: SendField): SendField => {
    if (field.is === 'sum') {
      const { as = 'integer', decimals, point } = layout.fields.find(({ name }) => name === field.of)!;
      return { as, ...(decimals === undefined ? {} : { decimals }), ...(point ? { point } : {}), ...field };
    }
    return field.is === undefined || field.is === 'day' ? field : { as: 'integer', ...field };
  };
  return {
    ...layout,
    fields: layout.fields.map(kind),
    ...(layout.header ? { header: layout.header.map(kind) } : {}),
    ...(layout.trailer ? { trailer: layout.trailer.map(kind) } : {}),
  };
}
