import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { RamalError } from '../kernel/errors.ts';
import { DRIFT_KINDS, DRIFT_POLICIES, type DriftKind, type DriftPolicy } from './drift/drift.ts';
import { RECORD_LAYOUTS } from './record-layouts/index.ts';
import { RuleSchema, ruleColumns, ruleProblem } from './rules/index.ts';
import { checkSteps, columnsBefore, Steps } from './steps/index.ts';
import { targetOf } from './targets/index.ts';
import { TRANSFORMS } from './transforms/index.ts';

const Texts = Type.Object({ pt: Type.String(), en: Type.String() });

/** How one canonical column is made: from which source columns, by which named transform. */
const Mapping = Type.Object(
  {
    from: Type.Optional(Type.Array(Type.String())),
    as: Type.String({ description: 'Transformação' }),
    format: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    unit: Type.Optional(Type.String()),
    value: Type.Optional(Type.String()),
    codes: Type.Optional(Type.Record(Type.String(), Type.String())),
    otherwise: Type.Optional(Type.String({ description: 'Valor de um código fora da lista; sem ele, quarentena' })),
    missing: Type.Optional(Type.Array(Type.String(), { description: 'Textos que a fonte usa para dizer vazio' })),
    separator: Type.Optional(Type.String()),
    required: Type.Optional(Type.Boolean()),
    invalid: Type.Optional(Type.Union([Type.Literal('quarantine'), Type.Literal('empty')])),
    label: Type.Optional(Type.String({ description: 'Como a coluna de uma lista se chama na tela' })),
    personal: Type.Optional(
      Type.Boolean({ description: 'Coluna de uma lista: texto que pode identificar alguém (padrão: sim)' }),
    ),
  },
  { additionalProperties: false },
);
export type Mapping = Static<typeof Mapping>;

/** The column of a file of fixed width in bronze: its lines whole, so that another layout can cut them elsewhere. */
export const WHOLE_LINE = '_linha';

/** A field at fixed places of a line, from 1, both in it. */
const Field = Type.Object(
  { name: Type.String(), from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
type Field = Static<typeof Field>;

const FormatSchema = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('delimited'),
      Type.Literal('fixed'),
      Type.Literal('records'),
      Type.Literal('xlsx'),
      Type.Literal('xls'),
      Type.Literal('parquet'),
      Type.Literal('json-pages'),
    ]),
    header: Type.Optional(Type.Boolean()),
    columns: Type.Optional(Type.Array(Type.String(), { description: 'Nomes, quando o arquivo não tem cabeçalho' })),
    fields: Type.Optional(Type.Array(Field, { description: 'Campos por posição, em um arquivo de largura fixa' })),
    delimiter: Type.Optional(Type.String()),
    quote: Type.Optional(Type.String()),
    encoding: Type.Optional(Type.Union([Type.Literal('utf-8'), Type.Literal('windows-1252')])),
    sheet: Type.Optional(Type.Integer({ minimum: 1 })),
    recordLayout: Type.Optional(
      Type.String({ description: 'Nome do layout de registros, em um arquivo de vários tipos de registro' }),
    ),
    records: Type.Optional(Type.String({ description: 'Onde está a lista de registros em cada página JSON' })),
  },
  { additionalProperties: false },
);
export type FileFormat = Static<typeof FormatSchema>;

const Policy = Type.Unsafe<DriftPolicy>(Type.Union(DRIFT_POLICIES.map((policy) => Type.Literal(policy))));
const KindPolicies = Type.Unsafe<Partial<Record<DriftKind, DriftPolicy>>>(
  Type.Object(Object.fromEntries(DRIFT_KINDS.map((kind) => [kind, Type.Optional(Policy)])), {
    additionalProperties: false,
  }),
);

const LayoutSchema = Type.Object(
  {
    source: Type.String({ pattern: '^[a-z0-9-]+$' }),
    version: Type.Integer({ minimum: 1 }),
    label: Texts,
    license: Type.Optional(Type.String()),
    into: Type.Optional(
      Type.Union([Type.Literal('contact'), Type.Literal('list')], {
        description: 'O que as linhas são: atendimentos (padrão), ou uma lista com colunas próprias',
      }),
    ),
    /** What one and several rows are called, such as contrato and contratos. */
    noun: Type.Optional(Type.Object({ one: Type.String(), many: Type.String() }, { additionalProperties: false })),
    covers: Type.Optional(
      Type.Union([Type.Literal('rows'), Type.Literal('all')], {
        description: 'all: cada arquivo traz a lista inteira e substitui o anterior',
      }),
    ),
    holds: Type.Union([Type.Literal('all'), Type.Literal('answered')], {
      description: 'answered: a fonte só guarda atendidos, e nível de serviço e abandono não existem',
    }),
    format: FormatSchema,
    /** What is done about a file that differs: by kind of difference, and by source column, which goes before. */
    policies: Type.Optional(
      Type.Object(
        {
          kinds: Type.Optional(KindPolicies),
          columns: Type.Optional(Type.Record(Type.String(), Policy)),
        },
        { additionalProperties: false },
      ),
    ),
    steps: Type.Optional(Steps),
    /** Source columns that name a row; without them the k-th identical row matches the k-th stored. */
    key: Type.Array(Type.String()),
    /** The time whose day a contact is counted under. */
    day: Type.Optional(Type.Union([Type.Literal('started_at'), Type.Literal('opened_at'), Type.Literal('ended_at')])),
    /** Columns kept as custom fields, in JSON. */
    columns: Type.Record(Type.String(), Mapping),
    /** What every row, or the file as a whole, must keep to: see docs/regras.md. */
    rules: Type.Optional(Type.Array(RuleSchema)),
  },
  { additionalProperties: false },
);
export type Layout = Static<typeof LayoutSchema>;

/**
 * A layout out of parsed JSON, checked whole.
 * @throws RamalError `layoutInvalid` with the place and what was received.
 */
export function parseLayout(received: unknown, origin: string): Layout {
  for (const error of Value.Errors(LayoutSchema, received)) {
    const where = error.instancePath || '/';
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `${where} ${error.message}`,
      todo: 'Corrija o arquivo',
    });
  }
  const layout = received as Layout;
  const target = targetOf(layout);
  for (const name of Object.keys(layout.columns)) {
    if (target.mappable(name)) continue;
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `coluna canônica desconhecida: ${name}`,
      todo: layout.into === 'list' ? 'Use letras minúsculas, números e _' : 'Use um nome do dicionário',
    });
  }
  for (const [name, { as }] of Object.entries(layout.columns)) {
    if (TRANSFORMS.has(as)) continue;
    const todo = `Use uma de ${[...TRANSFORMS.keys()].join(', ')}`;
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `transformação desconhecida: ${as} em ${name}`,
      todo,
    });
  }
  const lacking = target.mandatory(layout).find((name) => !(name in layout.columns));
  if (lacking !== undefined) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `falta ${lacking}`,
      todo: 'Diga de que colunas ela vem',
    });
  }
  if (layout.steps) checkSteps(layout.steps, mappedColumns(layout), origin);
  if (layout.format.kind === 'fixed') checkFields(layout.format.fields ?? [], origin);
  if (layout.format.kind === 'records' && !RECORD_LAYOUTS.has(layout.format.recordLayout ?? '')) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `layout de registros desconhecido: ${layout.format.recordLayout ?? 'nenhum'}`,
      todo: `Em format.recordLayout use um de ${[...RECORD_LAYOUTS.keys()].join(', ')}`,
    });
  }
  const problem = ruleProblem(layout.rules ?? [], layout.format.kind);
  if (problem !== null)
    throw new RamalError('layoutInvalid', { layout: origin, what: problem, todo: 'Veja docs/regras.md' });
  if (layout.format.kind !== 'fixed' && layout.format.header === false && !layout.format.columns) {
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: 'sem cabeçalho e sem nomes de colunas',
      todo: 'Liste format.columns',
    });
  }
  return layout;
}

function checkFields(fields: readonly Field[], origin: string): void {
  const refuse = (what: string, todo: string) => new RamalError('layoutInvalid', { layout: origin, what, todo });
  if (fields.length === 0) throw refuse('largura fixa sem campos', 'Liste format.fields');
  for (const { name, from, to } of fields)
    if (to < from) throw refuse(`o campo ${name} termina em ${to}, antes de começar em ${from}`, 'Troque as posições');
  const names = fields.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw refuse(`dois campos de nome ${twice}`, 'Dê um nome a cada um');
}

const SHIPPED = join(import.meta.dirname, 'layouts');

/** The layouts that come with the product, newest version of each source. */
export function shippedLayouts(): Layout[] {
  return readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => parseLayout(JSON.parse(readFileSync(join(SHIPPED, name), 'utf8')), name));
}

/** Every column of the file that the layout reads, for its steps or as it is. */
export function sourceColumns(layout: Layout): string[] {
  return columnsBefore(layout.steps ?? [], mappedColumns(layout));
}

/** The columns that the layout maps or names its rows by, as they are after its steps. */
export function mappedColumns(layout: Layout): string[] {
  const names = Object.values(layout.columns).flatMap((mapping) => mapping.from ?? []);
  return [...new Set([...layout.key, ...names, ...ruleColumns(layout.rules ?? [])])];
}
