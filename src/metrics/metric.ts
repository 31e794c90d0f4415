import { RamalError } from '../kernel/errors.ts';
import { activeExclusions, type Exclusion } from '../lake/exclusions.ts';
import { BUILT_CONTACTS, contactRows } from '../lake/measures.ts';
import type { Lake } from '../storage/lake.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import { type MetricAnswer, type MetricRow, NULL_REASONS, type NullReason, type Receipt } from './answers.ts';
import { lakeFacts, type SourceFacts } from './facts.ts';
import type { Indicator } from './indicator.ts';
import { wilson } from './interval.ts';
import { chosenSources, conditions, grainFor, type Scope, spanOf, splitSql, watermarkOf } from './scope.ts';

export interface Metrics {
  readonly lake: Lake;
  readonly ledger: Ledger;
}

export interface MetricQuestion {
  readonly scope: Scope;
  readonly by?: readonly string[];
  /** Excluded contacts stay in the gross view. */
  readonly view?: 'net' | 'gross';
  readonly receipt?: boolean;
}

/** Rows of a split answer: beyond them a file or a filter serves better. */
export const MOST_ROWS = 50_000;

/** @throws RamalError `usage` when a split gives more rows than an answer holds. */
export function refuseMany(rows: number): void {
  if (rows <= MOST_ROWS + 1) return;
  throw new RamalError('usage', {
    what: `A divisão dá mais de ${MOST_ROWS} linhas`,
    todo: 'Filtre, ou divida por menos colunas',
  });
}

interface Sums {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly gross_numerator: number | null;
  readonly gross_denominator: number | null;
  readonly excluded: number;
  /** 1 in the row of the whole scope. */
  readonly whole: number;
  readonly [dimension: string]: unknown;
}

/** An indicator over a scope, in total and split by columns; the total is recomputed, never summed. */
export async function metricAnswer(
  { lake, ledger }: Metrics,
  indicator: Indicator,
  question: MetricQuestion,
): Promise<MetricAnswer> {
  const { scope, by = [], view = 'net' } = question;
  const splits = by.map((column) => ({ column, sql: splitSql(column) }));
  const facts = await lakeFacts(lake);
  const chosen = chosenSources(facts.sources, scope);
  const sources = indicator.needsUnanswered ? chosen.filter(({ holds }) => holds === 'all') : chosen;
  const statement = sumsStatement(indicator, scope, sources, splits);
  const sums = await lake.rows<Sums>(statement.sql, statement.parameters);
  refuseMany(sums.length);
  const total = sums.find(({ whole }) => whole === 1);
  const rows = sums.filter(({ whole }) => whole === 0);
  const net = figureOf(indicator, total, view);
  const reasonCode: NullReason | undefined =
    net.value !== null
      ? undefined
      : chosen.length > 0 && sources.length === 0
        ? 'only-answered'
        : net.contacts
          ? 'not-given'
          : 'no-data';
  return {
    metric: indicator.name,
    unit: indicator.unit,
    rule: { name: indicator.name, version: indicator.version, parameters: indicator.parameters ?? {} },
    watermark: watermarkOf(chosen),
    by,
    rows: rows.map((row) => metricRow(indicator, row, by, view, facts.agents)),
    total: net.value,
    n: net.n,
    ...interval(indicator, net),
    gross: figureOf(indicator, total, 'gross').value,
    excluded: total?.excluded ?? 0,
    ...(reasonCode ? { reason: NULL_REASONS[reasonCode], reasonCode } : {}),
    ...spanOf(scope, chosen),
    lakeVersion: facts.version,
    ...(question.receipt
      ? { receipt: await receipt({ lake, ledger }, indicator.formula, statement.sql, sources, scope, facts.version) }
      : {}),
  };
}

type Split = { column: string; sql: string };

/** From the mart when a grain knows the columns, from the rows otherwise. */
function sumsStatement(indicator: Indicator, scope: Scope, sources: readonly SourceFacts[], splits: readonly Split[]) {
  const columns = [...splits.map(({ column }) => column), ...(scope.where ?? []).map(({ column }) => column)];
  const grain = grainFor(columns);
  const { sql: condition, parameters } = conditions(scope, sources);
  const relation = grain
    ? `(SELECT * FROM gold.contact_mart WHERE grain = '${grain}')`
    : `(${contactRows(BUILT_CONTACTS)})`;
  const names = splits.map((_, index) => `split_${index}`);
  const part = partsOf(indicator, columns.includes('agent'));
  const whole = partsOf(
    indicator,
    (scope.where ?? []).some(({ column }) => column === 'agent'),
  );
  const sum = (name: keyof typeof part, filter: string) => {
    const of = (expression: string | undefined) =>
      expression ? `CAST(sum(${expression}) ${filter} AS DOUBLE)` : 'CAST(NULL AS DOUBLE)';
    return part[name] === whole[name]
      ? of(part[name])
      : `CASE WHEN grouping(${names[0]}) = 1 THEN ${of(whole[name])} ELSE ${of(part[name])} END`;
  };
  const net = 'FILTER (NOT excluded)';
  const split = splits.map((one, index) => `${one.sql} AS ${names[index]}`);
  const sql = `
    SELECT ${[
      ...splits.map(({ column }, index) => `${names[index]} AS "${column}"`),
      `${names.length > 0 ? `grouping(${names[0]})` : '1'} AS whole`,
      `${sum('numerator', net)} AS numerator`,
      `${sum('denominator', net)} AS denominator`,
      `${sum('numerator', '')} AS gross_numerator`,
      `${sum('denominator', '')} AS gross_denominator`,
      'CAST(coalesce(sum(contacts) FILTER (excluded), 0) AS BIGINT) AS excluded',
    ].join(', ')}
    FROM (SELECT ${[...split, '*'].join(', ')} FROM ${relation} WHERE ${condition})
    ${names.length > 0 ? `GROUP BY GROUPING SETS ((${names.join(', ')}), ()) ORDER BY ${names.map((name) => `${name} NULLS LAST`).join(', ')} LIMIT ${MOST_ROWS + 2}` : ''}`;
  return { sql, parameters };
}

/** By agent a figure counts legs; the total of the same scope counts contacts, however it is split. */
function partsOf(indicator: Indicator, perLeg: boolean) {
  return {
    numerator: (perLeg && indicator.numeratorPerLeg) || indicator.numerator,
    denominator: (perLeg && indicator.denominatorPerLeg) || indicator.denominator,
  };
}

function figureOf(indicator: Indicator, sums: Sums | undefined, view: 'net' | 'gross') {
  const numerator = (view === 'gross' ? sums?.gross_numerator : sums?.numerator) ?? null;
  const denominator = (view === 'gross' ? sums?.gross_denominator : sums?.denominator) ?? null;
  if (!indicator.denominator) return { value: numerator, n: numerator ?? 0, numerator, contacts: numerator !== null };
  const value = numerator === null || !denominator ? null : numerator / denominator;
  return { value, n: denominator ?? 0, numerator, contacts: denominator !== null };
}

function interval(
  indicator: Indicator,
  { value, n, numerator }: { value: number | null; n: number; numerator: number | null },
) {
  if (indicator.unit !== 'ratio' || value === null || numerator === null) return {};
  return wilson(numerator, n) ?? {};
}

function metricRow(
  indicator: Indicator,
  sums: Sums,
  by: readonly string[],
  view: 'net' | 'gross',
  names: ReadonlyMap<string, string>,
): MetricRow {
  const net = figureOf(indicator, sums, view);
  const dimensions = Object.fromEntries(by.map((column) => [column, sums[column] ?? null]));
  const name = by.includes('agent') ? names.get(String(sums.agent)) : undefined;
  return { ...dimensions, ...(name ? { label: name } : {}), value: net.value, n: net.n, ...interval(indicator, net) };
}

/** What a figure rests on: formula, statement, exclusions, sources and batches. */
export async function receipt(
  { lake, ledger }: Metrics,
  formula: string,
  statement: string,
  sources: readonly SourceFacts[],
  scope: Scope,
  lakeVersion: number,
): Promise<Receipt> {
  const names = sources.map(({ source }) => source);
  const { sql: condition, parameters } = conditions({ from: scope.from, to: scope.to }, sources);
  const [counted] = await lake.rows<{ batches: number }>(
    `SELECT count(DISTINCT batch_id) AS batches FROM gold.contact WHERE ${condition}`,
    parameters,
  );
  return {
    formula,
    statement: statement.replace(/\s+/g, ' ').trim(),
    exclusions: await excludedBy(lake, await activeExclusions(ledger)),
    lakeVersion,
    sources: names,
    batches: counted?.batches ?? 0,
  };
}

async function excludedBy(lake: Lake, exclusions: readonly Exclusion[]): Promise<Receipt['exclusions']> {
  const counts = await lake.rows<{ exclusion: string; contacts: number }>(
    'SELECT exclusion, count(*) AS contacts FROM gold.excluded GROUP BY ALL',
  );
  return exclusions.map(({ name, version, reason }) => ({
    name,
    version,
    reason,
    contacts: counts.find(({ exclusion }) => exclusion === name)?.contacts ?? 0,
  }));
}
