import { type Column, UNKNOWN } from './table.ts';

/** How a dimension's values are written and ordered: texts by their size, the others in an order of their own. */
export type DimensionKind = 'text' | 'day' | 'week' | 'month' | 'weekday' | 'hour' | 'half-hour';

/** A column that figures are split by, and perhaps filtered by. */
export interface Dimension {
  readonly name: string;
  readonly label: { readonly pt: string; readonly en: string };
  readonly kind: DimensionKind;
  /** What a figure is split by, in SQL over the columns of a mart; the dimension's own column when it is not given. */
  readonly split?: string;
  /** The column that marts have of it: its type, and its value in SQL over a `contact` and what is `known` of its source. */
  readonly column?: {
    readonly name: string;
    readonly type: Column['type'];
    readonly of: string;
    readonly meaning: string;
  };
  /** The cuts of the marts that know it; none for what every row of a mart knows. */
  readonly grains: readonly string[];
  /** Whether a scope may be narrowed to some of its values. */
  readonly filters: boolean;
  /** Whether repeats count with whom or what they are charged to, not where they happened, when it splits or filters. */
  readonly charged: boolean;
  /** Whether the legs of one contact may differ in it; `agent`: each leg is another's work, and counts. */
  readonly legs: 'same' | 'differ' | 'agent';
}

/** A text that contacts are grouped and filtered by, and that repeats are charged by. */
function text<const Name extends string>(
  name: Name,
  pt: string,
  en: string,
  { legs, of = `contact.${name}`, grains }: Pick<Dimension, 'legs' | 'grains'> & { readonly of?: string },
) {
  const column = { name, type: 'VARCHAR', of, meaning: pt } as const;
  return { name, label: { pt, en }, kind: 'text', column, grains, filters: true, charged: true, legs } as const;
}

/** A part of time, of the day or of the start of a contact. */
function time<const Name extends string, const Kind extends DimensionKind>(
  name: Name,
  kind: Kind,
  pt: string,
  en: string,
  { split, grains = [], legs = 'same' }: { readonly split: string } & Partial<Pick<Dimension, 'grains' | 'legs'>>,
) {
  return { name, label: { pt, en }, kind, split, grains, filters: false, charged: false, legs } as const;
}

const HALF_HOUR = {
  name: 'half_hour',
  type: 'TINYINT',
  of: `CASE WHEN known.has_time THEN CAST(2 * hour(contact.started_at) + minute(contact.started_at) // 30 AS TINYINT) END`,
  meaning: 'Meia hora de início, de 0 a 47; nula em fonte sem horas',
} as const;

/**
 * Every dimension, in the order that people read them. Marts, splits, filters, the API, the screens, the commands and
 * the files take theirs from here. A grain costs rows of the marts: on a day an agent has one supervisor, a queue few
 * channels, an area code one state, and a reason seldom two categories or queues, so those go together. Who answers what
 * (`work`) costs the most, and is what a supervisor of one queue asks all day.
 */
export const DIMENSIONS = [
  time('day', 'day', 'Dia', 'Day', { split: 'CAST(day AS VARCHAR)' }),
  time('week', 'week', 'Semana', 'Week', { split: 'CAST(week_start(day) AS VARCHAR)' }),
  time('month', 'month', 'Mês', 'Month', { split: `CAST(CAST(date_trunc('month', day) AS DATE) AS VARCHAR)` }),
  time('weekday', 'weekday', 'Dia da semana', 'Weekday', { split: 'CAST(isodow(day) AS INTEGER)' }),
  time('hour', 'hour', 'Hora', 'Hour', {
    split: 'CAST(half_hour // 2 AS INTEGER)',
    grains: ['half_hour'],
    legs: 'differ',
  }),
  {
    ...time('half_hour', 'half-hour', 'Meia hora', 'Half-hour', {
      split: `printf('%02d:%02d', half_hour // 2, 30 * (half_hour % 2))`,
      grains: ['half_hour'],
      legs: 'differ',
    }),
    column: HALF_HOUR,
  },
  text('queue', 'Fila', 'Queue', { grains: ['queue', 'reason', 'work'], legs: 'differ' }),
  text('agent', 'Agente', 'Agent', { of: 'contact.agent_id', grains: ['agent', 'work'], legs: 'agent' }),
  text('supervisor', 'Supervisor', 'Supervisor', { grains: ['agent', 'work'], legs: 'agent' }),
  text('reason', 'Motivo', 'Reason', { grains: ['reason'], legs: 'differ' }),
  text('reason_category', 'Categoria do motivo', 'Reason category', { grains: ['reason'], legs: 'differ' }),
  text('account', 'Conta', 'Account', { grains: ['queue'], legs: 'differ' }),
  text('channel', 'Canal', 'Channel', { grains: ['queue', 'status'], legs: 'same' }),
  text('status', 'Situação', 'Status', { grains: ['status'], legs: 'differ' }),
  text('uf', 'UF', 'State', { grains: ['ddd'], legs: 'same' }),
  text('ddd', 'DDD', 'Area code', { of: `coalesce(contact.ddd, '${UNKNOWN}')`, grains: ['ddd'], legs: 'same' }),
  {
    ...{ name: 'source', label: { pt: 'Fonte', en: 'Source' }, kind: 'text', grains: [] },
    ...{ filters: false, charged: false, legs: 'same' },
  },
] as const satisfies readonly Dimension[];

export type DimensionName = (typeof DIMENSIONS)[number]['name'];
export const DIMENSION_NAMES: readonly DimensionName[] = DIMENSIONS.map(({ name }) => name);

/** The dimension of that name. */
export function dimension(name: string): Dimension | undefined {
  return DIMENSIONS.find((one) => one.name === name);
}

/** What a dimension is called, or its name when there is none such. */
export function dimensionLabel(name: string, lang: 'pt' | 'en'): string {
  return dimension(name)?.label[lang] ?? name;
}

/** Likewise within a sentence: `fila`, but `UF`. */
export function dimensionInText(name: string, lang: 'pt' | 'en'): string {
  const label = dimensionLabel(name, lang);
  return label === label.toUpperCase() ? label : label.toLowerCase();
}

/** What scopes can be narrowed by. */
export const FILTERS: readonly Dimension[] = DIMENSIONS.filter(({ filters }) => filters);

/** The columns that marts have of dimensions, beside source and day. */
export const CUTS = (DIMENSIONS as readonly Dimension[]).flatMap(({ column }) => (column ? [column] : []));

/** The cuts a mart keeps sums for, the coarsest first; a question that no cut knows is answered from the rows. */
export const GRAINS: readonly { readonly name: string; readonly columns: readonly string[] }[] = [
  'source',
  ...new Set(DIMENSIONS.flatMap(({ grains }) => grains as readonly string[])),
]
  .map((name) => ({
    name,
    columns: (DIMENSIONS as readonly Dimension[]).flatMap(({ grains, column }) =>
      column && grains.includes(name) ? [column.name] : [],
    ),
  }))
  .sort((a, b) => a.columns.length - b.columns.length);
