import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** What a record holds at fixed places, from 1, both in it; money has two implied decimals, a day is `ddmmyyyy` or `ddmmyy`. */
const RecordField = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9_]*$' }),
    from: Type.Integer({ minimum: 1 }),
    to: Type.Integer({ minimum: 1 }),
    type: Type.Union([Type.Literal('digits'), Type.Literal('text'), Type.Literal('date'), Type.Literal('money')]),
    meaning: Type.String(),
    /** What it may be to us. */
    canonical: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type RecordField = Static<typeof RecordField>;

const Places = Type.Array(Type.Tuple([Type.Integer({ minimum: 1 }), Type.Integer({ minimum: 1 })]), { minItems: 1 });

/** What a trailer says was sent: a count, or a sum of money; numbers at several places are added up. */
const TrailerCheck = Type.Object(
  {
    what: Type.String(),
    at: Places,
    counts: Type.Optional(Type.Union([Type.Literal('records'), Type.Literal('rows'), Type.Literal('batches')])),
    sums: Type.Optional(Type.String()),
    /** Only rows with these values. */
    where: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** Whether it counts the file's lines: fewer of them than it says are a file that was cut. */
    whole: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type TrailerCheck = Static<typeof TrailerCheck>;

const ROLES = ['header', 'row', 'part', 'trailer'] as const;

/** In a layout over another, what is left out is the other's. */
const RecordTypeSchema = Type.Object(
  {
    name: Type.String(),
    /** Texts at places, from 1, that tell the type. */
    at: Type.Optional(Type.Record(Type.String({ pattern: '^[1-9][0-9]*$' }), Type.String({ minLength: 1 }))),
    /** A header's fields stand beside the rows below it; a part belongs to the row before it. */
    role: Type.Optional(Type.Union(ROLES.map((role) => Type.Literal(role)))),
    /** Of headers and trailers: 1 of the file, 2 of a batch. */
    level: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
    /** Whether a row without this part is not whole. */
    required: Type.Optional(Type.Boolean()),
    /** Characters that it never lacks. */
    least: Type.Optional(Type.Integer({ minimum: 1 })),
    fields: Type.Optional(Type.Array(RecordField)),
    /** Fields of the layout below that this bank does not have. */
    without: Type.Optional(Type.Array(Type.String())),
    checks: Type.Optional(Type.Array(TrailerCheck)),
  },
  { additionalProperties: false },
);
type RecordTypeSchema = Static<typeof RecordTypeSchema>;

const RecordLayoutSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9-]+$' }),
    label: Type.String(),
    origin: Type.String({ description: 'De onde vêm os campos' }),
    over: Type.Optional(Type.String({ description: 'Layout cujos campos valem onde este não diz outros' })),
    bank: Type.Optional(Type.String({ pattern: '^[0-9]{3}$' })),
    bankAt: Type.Optional(Type.Tuple([Type.Integer(), Type.Integer()])),
    width: Type.Optional(Type.Integer({ minimum: 1 })),
    kind: Type.Optional(Type.String()),
    records: Type.Array(RecordTypeSchema),
  },
  { additionalProperties: false },
);
type RecordLayoutSchema = Static<typeof RecordLayoutSchema>;

export interface RecordType {
  readonly name: string;
  readonly at: readonly (readonly [from: number, text: string])[];
  readonly role: (typeof ROLES)[number];
  readonly level: 1 | 2;
  readonly required: boolean;
  readonly least: number;
  readonly fields: readonly RecordField[];
  readonly checks: readonly TrailerCheck[];
}

/** A file whose records are of several types, as one bank, or all of them, writes it. */
export interface RecordLayout {
  readonly name: string;
  readonly label: string;
  readonly origin: string;
  /** Three digits; null in a layout of what banks have in common. */
  readonly bank: string | null;
  readonly bankAt: readonly [number, number];
  readonly width: number;
  readonly kind: string;
  readonly records: readonly RecordType[];
}

/** Every field of a row: the headers' first, in the order of the records. */
export function rowFields({ records }: RecordLayout): RecordField[] {
  return records.flatMap(({ fields }) => fields);
}

/** The record layouts that come with the product, by name. */
export const RECORD_LAYOUTS: ReadonlyMap<string, RecordLayout> = shipped();

/** The layout of a bank's files, or else the one of what banks have in common; null for files that none is of. */
export function recordLayoutOf(width: number, bank: string, kind: string): RecordLayout | null {
  const alike = [...RECORD_LAYOUTS.values()].filter((one) => one.width === width && one.kind === kind);
  return alike.find((one) => one.bank === bank) ?? alike.find((one) => one.bank === null) ?? null;
}

function shipped(): Map<string, RecordLayout> {
  const folder = import.meta.dirname;
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const raw = new Map(
    files.map((file) => {
      const received: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const [wrong] = Value.Errors(RecordLayoutSchema, received);
      if (wrong) throw new Error(`${file}: ${wrong.instancePath} ${wrong.message}`);
      const layout = received as RecordLayoutSchema;
      return [layout.name, layout] as const;
    }),
  );
  return new Map([...raw].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, one]) => [name, total(one, raw)]));
}

/** A layout with all that it takes from the one below it. */
function total(layout: RecordLayoutSchema, others: ReadonlyMap<string, RecordLayoutSchema>): RecordLayout {
  const below = layout.over === undefined ? null : total(others.get(layout.over)!, others);
  const width = layout.width ?? below?.width ?? 0;
  const own = new Map(layout.records.map((record) => [record.name, record]));
  const known = below?.records ?? [];
  const added = layout.records.filter(({ name }) => !known.some((one) => one.name === name));
  return {
    name: layout.name,
    label: layout.label,
    origin: layout.origin,
    bank: layout.bank ?? null,
    bankAt: layout.bankAt ?? below?.bankAt ?? [1, 3],
    width,
    kind: layout.kind ?? below?.kind ?? '',
    records: [
      ...known.map((one) => over(one, own.get(one.name) ?? { name: one.name }, width)),
      ...added.map((one) => over(null, one, width)),
    ],
  };
}

/** A bank's field takes the place of the one of its name and of those whose places it covers. */
function over(
  below: RecordType | null,
  { fields = [], without = [], ...own }: RecordTypeSchema,
  width: number,
): RecordType {
  const kept = (below?.fields ?? []).filter(
    (field) =>
      !without.includes(field.name) &&
      !fields.some(({ name, from, to }) => name === field.name || (from <= field.to && field.from <= to)),
  );
  const at = own.at ? Object.entries(own.at).map(([from, text]) => [Number(from), text] as const) : below?.at;
  return {
    name: own.name,
    at: at ?? [],
    role: own.role ?? below?.role ?? 'part',
    level: own.level ?? below?.level ?? 1,
    required: own.required ?? below?.required ?? false,
    least: own.least ?? below?.least ?? width,
    fields: [...kept, ...fields].toSorted((a, b) => a.from - b.from),
    checks: own.checks ?? below?.checks ?? [],
  };
}
