import fc from 'fast-check';

/** How a table was written down. */
export interface Dialect {
  readonly delimiter: ';' | ',' | '\t' | '|';
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'windows-1252';
  /** Quotes around every field, or only where needed. */
  readonly quoteAll: boolean;
  readonly lastLineEnd: boolean;
}

/** What stands in one place of a file, under the header. */
export type Part =
  | { is: 'row'; fields: readonly string[] }
  /** A line without values: nothing, or delimiters alone. */
  | { is: 'blank'; fields: readonly string[] }
  | { is: 'ragged'; fields: readonly string[] };

export interface Table {
  readonly columns: readonly string[];
  readonly parts: readonly Part[];
  readonly dialect: Dialect;
}

export interface Written {
  readonly bytes: Buffer;
  /** Physical line, from 1, on which each part starts; a blank line has one too. */
  readonly lines: readonly number[];
}

export const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(';', ',', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'windows-1252'),
  quoteAll: fc.boolean(),
  lastLineEnd: fc.boolean(),
});

const CHARACTERS = [...'abcXYZ0189 ;,|\t"\'.-ção éãõÀÇ€ºª–“”', '\n', '\n', ' ', '""', '\\', '#', 'NULL', '=1+1'];

/** A field that both encodings can hold; its ends are no spaces, because intake trims. */
export const field: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...CHARACTERS), { maxLength: 8 })
  .map((characters) => characters.join('').replace(/^ +| +$/g, ''));

/** One empty field in quotes is a record: a column's empty value. */
const blankWithoutValues = (part: Part): Part =>
  part.fields.length === 1 || part.fields.some((value) => value !== '') ? part : { is: 'blank', fields: part.fields };

/** A table of 2 to 5 columns with rows that read, blank lines, and rows with too few or too many fields. */
export function tableOf(cell: fc.Arbitrary<string> = field): fc.Arbitrary<Table> {
  return fc
    .tuple(fc.integer({ min: 2, max: 5 }), dialect)
    .chain(([width, chosen]) => {
      const fields = (size: number) => fc.array(cell, { minLength: size, maxLength: size });
      const other = fc.integer({ min: 1, max: 7 }).filter((size) => size !== width);
      const part: fc.Arbitrary<Part> = fc.oneof(
        { weight: 8, arbitrary: fields(width).map((row) => ({ is: 'row' as const, fields: row })) },
        { weight: 1, arbitrary: fc.constant({ is: 'blank' as const, fields: [] }) },
        { weight: 1, arbitrary: other.chain(fields).map((row) => ({ is: 'ragged' as const, fields: row })) },
      );
      return fc.record({
        columns: fc.constant(Array.from({ length: width }, (_, index) => `coluna ${'abcde'[index]}`)),
        parts: fc.array(part.map(blankWithoutValues), { minLength: 1, maxLength: 30 }),
        dialect: fc.constant(chosen),
      });
    })
    .filter(({ parts }) => parts.some((part) => part.is !== 'blank'));
}

/** Writes a table down; what was written is known, so what is read can be compared with it. */
export function writeTable({ columns, parts, dialect }: Table): Written {
  const lines: number[] = [];
  let text = recordOf(columns, dialect) + dialect.lineEnd;
  let line = 2;
  parts.forEach((part, index) => {
    lines.push(line);
    const record = recordOf(part.fields, dialect);
    const last = index === parts.length - 1 && !dialect.lastLineEnd;
    text += record + (last ? '' : dialect.lineEnd);
    line += 1 + (record.match(/\r\n|\n|\r/g) ?? []).length;
  });
  return { bytes: encode(text, dialect), lines };
}

function recordOf(fields: readonly string[], { delimiter, lineEnd, quoteAll }: Dialect): string {
  const lone = fields.length === 1;
  return fields
    .map((value) => {
      const written = value.replaceAll('\n', lineEnd);
      const needed = lone || /["\r\n]/.test(written) || written.includes(delimiter);
      return needed || quoteAll ? `"${written.replaceAll('"', '""')}"` : written;
    })
    .join(delimiter);
}

const WINDOWS_1252: Record<string, number> = { '€': 0x80, '–': 0x96, '“': 0x93, '”': 0x94 };

function encode(text: string, { encoding }: Dialect): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`, 'utf8');
  return Buffer.from(Array.from(text, (character) => WINDOWS_1252[character] ?? character.charCodeAt(0)));
}
