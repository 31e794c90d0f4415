import { DIMENSION_NAMES, type Dimension, dimension, FILTERS, GRAINS } from '../contracts/index.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { dateParameter, type Parameters, quoted } from '../storage/lake.ts';
import { currentSources, type SourceDays, type SourceFacts } from './facts.ts';

/** What a figure is asked of: sources, period `[from, to)` and filters. */
export interface Scope {
  readonly sources?: readonly string[] | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly where?: readonly Filter[] | undefined;
}

export interface Filter {
  /** A dimension that filters. */
  readonly column: string;
  readonly value: string;
}

/** @throws RamalError `usage` when the text is not `column=value` of a column that filters. */
export function parseFilter(text: string): Filter {
  const at = text.indexOf('=');
  const column = text.slice(0, at);
  if (at > 0 && FILTERS.some(({ name }) => name === column)) return { column, value: text.slice(at + 1) };
  throw new RamalError('usage', {
    what: at > 0 ? `Não se filtra por ${column}` : 'Filtro não entendido',
    todo: `Use coluna=valor, com ${FILTERS.map(({ name }) => name).join(', ')}`,
  });
}

/** What splits a figure by a dimension, in SQL over a mart's columns. @throws RamalError `usage` for none such. */
export function splitSql(name: string): string {
  const found = dimension(name);
  if (found) return found.split ?? name;
  throw new RamalError('usage', { what: `Não se divide por ${name}`, todo: `Use ${DIMENSION_NAMES.join(', ')}` });
}

/** Whether one of the columns is a dimension of that nature. */
export function someDimension(columns: readonly string[], is: (dimension: Dimension) => boolean): boolean {
  return columns.some((name) => {
    const found = dimension(name);
    return found !== undefined && is(found);
  });
}

/** The chosen sources that have data in the period; all of them when none is named. @throws RamalError `notFound` for one without data. */
export function chosenSources<One extends SourceDays>(facts: readonly One[], { sources, from, to }: Scope): One[] {
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

/**
 * The sources that a saved choice is of, with the last day that all of them tell, and the one that pages open at: those of its names that have data or,
 * where it names none, the current ones. Null where it names some and none of them has data: it never becomes everybody's.
 */
export function openScope(
  facts: readonly SourceFacts[],
  names: readonly string[],
): { readonly sources: readonly SourceFacts[]; readonly watermark: Day | null; readonly opening: Day | null } | null {
  const sources = names.length > 0 ? facts.filter(({ source }) => names.includes(source)) : currentSources(facts);
  return names.length > 0 && sources.length === 0
    ? null
    : { sources, watermark: watermarkOf(sources), opening: openingDay(sources) };
}

/** Of the contacts, the part whose sources must tell a day for pages to open at it. */
const MOST = 0.9;

/** The last day that sources with most of the contacts tell: a small one that is behind does not hold pages back. */
export function openingDay(sources: readonly Pick<SourceFacts, 'complete_to' | 'contacts'>[]): Day | null {
  const enough = MOST * sources.reduce((sum, { contacts }) => sum + contacts, 0);
  let told = 0;
  for (const { complete_to, contacts } of sources.toSorted((a, b) => b.complete_to.localeCompare(a.complete_to))) {
    told += contacts;
    if (told >= enough) return complete_to;
  }
  return null;
}

/** The chosen sources without data in the period: of those named or, when none is, of the current ones. */
export function missingSources<One extends SourceDays>(facts: readonly One[], scope: Scope): One[] {
  const held = chosenSources(facts, scope);
  const asked = scope.sources ? facts.filter(({ source }) => scope.sources?.includes(source)) : currentSources(facts);
  return asked.filter((fact) => !held.includes(fact));
}

/** Minimum over sources of the last complete day; one that is missing from the period holds it back. */
export function watermarkOf(sources: readonly SourceDays[]): Day | null {
  return sources.reduce<Day | null>(
    (lowest, { complete_to: last }) => (lowest === null || last < lowest ? last : lowest),
    null,
  );
}

/** The dimensions that a question names: those that filter, and those that split. */
export function askedColumns({ where = [] }: Scope, by: readonly string[] = []): string[] {
  return [...by, ...where.map(({ column }) => column)];
}

/** Likewise of a scope's sources: where it names none, one that ended long before the others does not hold them back. */
export function watermarkIn({ sources: named }: Scope, sources: readonly SourceDays[]): Day | null {
  return watermarkOf(named ? sources : currentSources(sources));
}

/** The smallest grain of a mart that knows the columns, or null when only the rows do. */
export function grainFor(columns: readonly string[], grains = GRAINS): string | null {
  const cuts = columns.flatMap((name) => {
    const found = dimension(name);
    return found && found.grains.length > 0 ? [found.column?.name ?? found.grains[0]!] : [];
  });
  return grains.find(({ columns: known }) => cuts.every((cut) => known.includes(cut)))?.name ?? null;
}

/**
 * The scope as a condition, with its parameters: over the dimensions of a mart, or over a relation called `contact` with
 * the columns of `gold.contact`.
 */
export function conditions(
  scope: Scope,
  sources: readonly SourceDays[],
  over: 'mart' | 'contact' = 'mart',
): { sql: string; parameters: Parameters } {
  const parameters: Parameters = {};
  const named = (column: string) =>
    over === 'mart' ? quoted(column) : (dimension(column)?.column?.of ?? `contact.${column}`);
  const day = over === 'mart' ? 'day' : 'contact.day';
  const parts = [`${named('source')} IN (${sources.map((_, index) => `$source_${index}`).join(', ') || 'NULL'})`];
  for (const [index, { source }] of sources.entries()) parameters[`source_${index}`] = source;
  if (scope.from) {
    parts.push(`${day} >= $from_day`);
    parameters.from_day = dateParameter(scope.from);
  }
  if (scope.to) {
    parts.push(`${day} < $to_day`);
    parameters.to_day = dateParameter(scope.to);
  }
  const byColumn = new Map<string, string[]>();
  for (const [index, { column, value }] of (scope.where ?? []).entries()) {
    parameters[`where_${index}`] = value;
    byColumn.set(column, [...(byColumn.get(column) ?? []), `$where_${index}`]);
  }
  for (const [column, values] of byColumn) parts.push(`${named(column)} IN (${values.join(', ')})`);
  return { sql: parts.join(' AND '), parameters };
}

/** The period as asked, or as the data spans it: `[from, to)`. */
export function spanOf(scope: Scope, sources: readonly SourceDays[]): { from: Day | null; to: Day | null } {
  const first = sources.map((source) => source.first_day).sort()[0];
  const last = sources
    .map((source) => source.last_day)
    .sort()
    .at(-1);
  return { from: scope.from ?? first ?? null, to: scope.to ?? (last ? addDays(last, 1) : null) };
}
