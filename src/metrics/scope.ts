import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { GRAINS } from '../lake/measures.ts';
import { dateParameter, type Parameters, quoted } from '../storage/lake.ts';
import type { SourceFacts } from './facts.ts';

/** Columns a figure can be split by, as SQL over a mart's dimensions. */
const SPLITS: Record<string, string> = {
  day: 'CAST(day AS VARCHAR)',
  week: `CAST(CAST(date_trunc('week', day) AS DATE) AS VARCHAR)`,
  month: `CAST(CAST(date_trunc('month', day) AS DATE) AS VARCHAR)`,
  weekday: 'CAST(isodow(day) AS INTEGER)',
  hour: 'CAST(hour AS INTEGER)',
  agent: 'agent',
  queue: 'queue',
  account: 'account',
  supervisor: 'supervisor',
  reason: 'reason',
  reason_category: 'reason_category',
  source: 'source',
};
export const DIMENSION_NAMES = Object.keys(SPLITS);
const FILTERS = ['agent', 'supervisor', 'queue', 'account', 'reason', 'reason_category'] as const;

/** Columns that only some grains of a mart know. */
const CUT: readonly string[] = ['hour', ...FILTERS];

/** What a figure is asked of: sources, period `[from, to)` and filters. */
export interface Scope {
  readonly sources?: readonly string[] | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly where?: readonly Filter[] | undefined;
}

export interface Filter {
  readonly column: (typeof FILTERS)[number];
  readonly value: string;
}

/** @throws RamalError `usage` when the text is not `column=value` of a column that filters. */
export function parseFilter(text: string): Filter {
  const at = text.indexOf('=');
  const column = text.slice(0, at) as Filter['column'];
  if (at > 0 && FILTERS.includes(column)) return { column, value: text.slice(at + 1) };
  throw new RamalError('usage', {
    what: at > 0 ? `Não se filtra por ${column}` : 'Filtro não entendido',
    todo: `Use coluna=valor, com ${FILTERS.join(', ')}`,
  });
}

/** @throws RamalError `usage` for a column that does not split. */
export function splitSql(column: string, allowed: readonly string[] = DIMENSION_NAMES): string {
  const sql = SPLITS[column];
  if (sql && allowed.includes(column)) return sql;
  throw new RamalError('usage', { what: `Não se divide por ${column}`, todo: `Use ${allowed.join(', ')}` });
}

/** The chosen sources; all of them when none is named. @throws RamalError `notFound` for one without data. */
export function chosenSources(facts: readonly SourceFacts[], { sources, from, to }: Scope): SourceFacts[] {
  for (const name of sources ?? []) {
    if (facts.some((fact) => fact.source === name)) continue;
    const known = facts.map((fact) => fact.source).join(', ') || 'nenhuma';
    throw new RamalError('notFound', { what: 'fonte com dados', received: name, todo: `Existem: ${known}.` });
  }
  return facts.filter(
    (fact) =>
      (!sources || sources.includes(fact.source)) &&
      (from === undefined || fact.last_day >= from) &&
      (to === undefined || fact.first_day < to),
  );
}

/** Minimum over sources of the last complete day. */
export function watermarkOf(sources: readonly SourceFacts[]): Day | null {
  return sources.reduce<Day | null>(
    (lowest, { last_day }) => (lowest === null || last_day < lowest ? last_day : lowest),
    null,
  );
}

/** The smallest grain of a mart that knows the columns, or null when only the rows do. */
export function grainFor(columns: readonly string[]): string | null {
  const cuts = columns.filter((column) => CUT.includes(column));
  return GRAINS.find((grain) => cuts.every((cut) => (grain.columns as readonly string[]).includes(cut)))?.name ?? null;
}

/** The scope as a condition over mart dimensions, with its parameters; `names` gives a dimension's column where it is called otherwise. */
export function conditions(
  scope: Scope,
  sources: readonly SourceFacts[],
  names: Readonly<Record<string, string>> = {},
): { sql: string; parameters: Parameters } {
  const parameters: Parameters = {};
  const parts = [`source IN (${sources.map((_, index) => `$source_${index}`).join(', ') || 'NULL'})`];
  for (const [index, { source }] of sources.entries()) parameters[`source_${index}`] = source;
  if (scope.from) {
    parts.push('day >= $from_day');
    parameters.from_day = dateParameter(scope.from);
  }
  if (scope.to) {
    parts.push('day < $to_day');
    parameters.to_day = dateParameter(scope.to);
  }
  const byColumn = new Map<string, string[]>();
  for (const [index, { column, value }] of (scope.where ?? []).entries()) {
    parameters[`where_${index}`] = value;
    byColumn.set(column, [...(byColumn.get(column) ?? []), `$where_${index}`]);
  }
  for (const [column, values] of byColumn) parts.push(`${quoted(names[column] ?? column)} IN (${values.join(', ')})`);
  return { sql: parts.join(' AND '), parameters };
}

/** The period as asked, or as the data spans it: `[from, to)`. */
export function spanOf(scope: Scope, sources: readonly SourceFacts[]): { from: Day | null; to: Day | null } {
  const first = sources.map((source) => source.first_day).sort()[0];
  const last = sources
    .map((source) => source.last_day)
    .sort()
    .at(-1);
  return { from: scope.from ?? first ?? null, to: scope.to ?? (last ? addDays(last, 1) : null) };
}
