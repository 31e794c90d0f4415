import { type Static, Type } from 'typebox';
import { DRIFT_KINDS, DRIFT_POLICIES, type DriftKind, type DriftPolicy } from './drift/drift.ts';
import { Mapping } from './mapping.ts';
import { RuleSchema, ruleColumns } from './rules/index.ts';
import { columnsBefore, Steps } from './steps/index.ts';

const Texts = Type.Object({ pt: Type.String(), en: Type.String() });

/** The column of a file of fixed width in bronze: its lines whole, so that another layout can cut them elsewhere. */
export const WHOLE_LINE = '_linha';

/** A field at fixed places of a line, from 1, both in it. */
const Field = Type.Object(
  { name: Type.String(), from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
export type Field = Static<typeof Field>;

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

export const LayoutSchema = Type.Object(
  {
    source: Type.String({ pattern: '^[a-z0-9-]+$' }),
    version: Type.Integer({ minimum: 1 }),
    label: Texts,
    license: Type.Optional(Type.String()),
    into: Type.Optional(
      Type.Union([Type.Literal('contact'), Type.Literal('list'), Type.Literal('event'), Type.Literal('agent_time')], {
        description:
          'O que as linhas são: atendimentos (padrão), uma lista com colunas próprias, eventos de atendimentos, ou trechos do tempo dos agentes',
      }),
    ),
    of: Type.Optional(
      Type.String({ pattern: '^[a-z0-9-]+$', description: 'A fonte dos atendimentos a que os eventos aconteceram' }),
    ),
    agents: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9-]+$',
        description: 'De quem são os códigos dos agentes; sem ele, do centro: as fontes que nada dizem os dividem',
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

/** Every column of the file that the layout reads, for its steps or as it is. */
export function sourceColumns(layout: Layout): string[] {
  return columnsBefore(layout.steps ?? [], mappedColumns(layout));
}

/** The columns that the layout maps or names its rows by, as they are after its steps. */
export function mappedColumns(layout: Layout): string[] {
  const names = Object.values(layout.columns).flatMap((mapping) => mapping.from ?? []);
  return [...new Set([...layout.key, ...names, ...ruleColumns(layout.rules ?? [])])];
}
