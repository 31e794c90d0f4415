import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { RamalError } from '../../kernel/errors.ts';
import { checkSteps, columnsBefore, Steps } from '../steps/index.ts';
import { Order } from '../steps/schema.ts';

const closed = { additionalProperties: false } as const;
const Place = Type.Integer({ minimum: 1, maximum: 10_000 });
const words = <const Words extends readonly string[]>(list: Words) =>
  Type.Unsafe<Words[number]>(Type.Union(list.map((word) => Type.Literal(word))));

const Field = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    from: Type.Optional(Place),
    to: Type.Optional(Place),
    column: Type.Optional(Type.String({ minLength: 1, description: 'Coluna, como está depois dos passos' })),
    value: Type.Optional(Type.String({ description: 'Sempre isto' })),
    is: Type.Optional(
      words(['row', 'line', 'count', 'sum', 'day']),
      // row: number of the record; line: of the line in the file; count and sum: of all records; day: of writing.
    ),
    of: Type.Optional(Type.String({ description: 'O campo que "sum" soma' })),
    as: Type.Optional(words(['text', 'integer', 'decimal', 'date'])),
    decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 8 })),
    point: Type.Optional(words(['implied', ',', '.'])),
    rounds: Type.Optional(Type.Boolean({ description: 'Arredonda o que tem casas a mais; sem isso, recusa' })),
    format: Type.Optional(Type.String({ description: 'Data: ddmmyyyy, dd/mm/yyyy hh:mi:ss' })),
    align: Type.Optional(words(['left', 'right'])),
    pad: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
    empty: Type.Optional(Type.String({ description: 'O que se escreve de um valor vazio' })),
    required: Type.Optional(Type.Boolean()),
    long: Type.Optional(words(['refuse', 'truncate'])),
  },
  closed,
);
export type SendField = Static<typeof Field>;

const lineEnd = Type.Optional(words(['crlf', 'lf']));
const encoding = Type.Optional(words(['utf-8', 'utf-8-bom', 'windows-1252', 'ascii']));
const Fixed = Type.Object({ kind: Type.Literal('fixed'), width: Type.Optional(Place), lineEnd, encoding }, closed);
const Delimited = Type.Object(
  {
    kind: Type.Literal('delimited'),
    delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
    quote: Type.Optional(Type.String({ maxLength: 1 })),
    quotes: Type.Optional(words(['needed', 'all'])),
    names: Type.Optional(Type.Boolean({ description: 'A primeira linha traz os nomes dos campos' })),
    formulas: Type.Optional(words(['text', 'as-is'])),
    lineEnd,
    encoding,
  },
  closed,
);

const SendLayoutSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9-]+$' }),
    version: Type.Integer({ minimum: 1 }),
    label: Type.Object({ pt: Type.String(), en: Type.String() }, closed),
    takes: Type.Union([
      Type.Object({ list: Type.String({ pattern: '^[a-z0-9-]+$' }) }, closed),
      Type.Object({ contacts: Type.Object({ source: Type.Optional(Type.String()) }, closed) }, closed),
      Type.Object({ offers: Type.Object({}, closed) }, closed),
    ]),
    steps: Type.Optional(Steps),
    order: Type.Optional(Type.Array(Order, { minItems: 1 })),
    format: Type.Union([Fixed, Delimited]),
    header: Type.Optional(Type.Array(Field, { minItems: 1 })),
    fields: Type.Array(Field, { minItems: 1 }),
    trailer: Type.Optional(Type.Array(Field, { minItems: 1 })),
  },
  closed,
);
export type SendLayout = Static<typeof SendLayoutSchema>;

/**
 * A layout of sending out of parsed JSON, checked whole.
 * @throws RamalError `layoutInvalid` with the place and what was received.
 */
export function parseSendLayout(received: unknown, origin: string): SendLayout {
  const refuse = (what: string, todo: string) => new RamalError('layoutInvalid', { layout: origin, what, todo });
  for (const { instancePath, message } of Value.Errors(SendLayoutSchema, received))
    throw refuse(`${instancePath || '/'} ${message}`, 'Corrija o arquivo');
  const layout = received as SendLayout;
  for (const [part, fields] of Object.entries({
    header: layout.header ?? [],
    fields: layout.fields,
    trailer: layout.trailer ?? [],
  })) {
    for (const field of fields) checkField(field, part, layout, refuse);
    if (layout.format.kind === 'fixed') checkPlaces(fields, part, layout.format.width, refuse);
  }
  const { quote = '"', delimiter = ';' } = layout.format.kind === 'delimited' ? layout.format : {};
  if (quote === delimiter) throw refuse(`o separador e as aspas são o mesmo sinal: ${quote}`, 'Troque um deles');
  checkSteps(layout.steps ?? [], wantedColumns(layout), origin);
  return layout;
}

/** What a layout takes, as a command names it. */
export function takenBy({ takes }: SendLayout): string {
  if ('list' in takes) return takes.list;
  return 'offers' in takes ? 'offers' : 'contacts';
}

/** The columns that a layout writes or orders by, as they are after its steps. */
export function wantedColumns({ fields, order = [] }: SendLayout): string[] {
  const named = fields.flatMap(({ column }) => (column === undefined ? [] : [column]));
  return [...new Set([...named, ...order.map(({ column }) => column)])];
}

/** The columns that the rows must bring. */
export function columnsTaken(layout: SendLayout): string[] {
  return columnsBefore(layout.steps ?? [], wantedColumns(layout));
}

type Refuse = (what: string, todo: string) => RamalError;

function checkField(field: SendField, part: string, layout: SendLayout, refuse: Refuse): void {
  const where = `o campo ${field.name} de ${part}`;
  const sources = [field.column, field.value, field.is].filter((one) => one !== undefined);
  if (sources.length !== 1) throw refuse(`${where} não diz de onde vem`, 'Escreva column, value ou is, um deles');
  if (part !== 'fields' && field.column !== undefined)
    throw refuse(`${where} toma uma coluna`, 'Só os registros têm colunas; use value ou is');
  if (part === 'fields' && (field.is === 'count' || field.is === 'sum'))
    throw refuse(`${where} conta os registros`, 'Ponha-o em header ou trailer');
  if (field.is === 'row' && part !== 'fields') throw refuse(`${where} não é um registro`, 'Use line');
  if (field.is === 'sum') {
    const summed = layout.fields.find(({ name }) => name === field.of);
    if (!summed || (summed.as !== 'integer' && summed.as !== 'decimal'))
      throw refuse(`${where} soma ${field.of ?? 'nenhum campo'}, que não é um número`, 'Diga em of o nome de um campo');
  }
  if (field.as === 'date' && field.format === undefined && field.is !== undefined)
    throw refuse(`${where} não diz como se escreve a data`, 'Escreva format, como ddmmyyyy');
  if (field.as === 'date' && field.format === undefined)
    throw refuse(`${where} não diz como se escreve a data`, 'Escreva format, como ddmmyyyy');
  if (layout.format.kind === 'fixed' && (field.from === undefined || field.to === undefined))
    throw refuse(`${where} não tem lugar`, 'Escreva from e to');
}

function checkPlaces(fields: readonly SendField[], part: string, width: number | undefined, refuse: Refuse): void {
  const placed = fields.toSorted((a, b) => a.from! - b.from!);
  for (const [index, { name, from, to }] of placed.entries()) {
    if (to! < from!)
      throw refuse(`o campo ${name} de ${part} termina em ${to}, antes de ${from}`, 'Troque as posições');
    const before = placed[index - 1];
    if (before && before.to! >= from!)
      throw refuse(`os campos ${before.name} e ${name} de ${part} se cobrem em ${from}`, 'Separe as posições');
    if (width !== undefined && to! > width)
      throw refuse(`o campo ${name} de ${part} termina em ${to}, além da largura ${width}`, 'Corrija width ou to');
  }
}
