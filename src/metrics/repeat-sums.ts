import type { Day } from '../kernel/brazil/dates.ts';
import { repeatRows } from '../lake/measures.ts';
import { maturityDays, type RepeatRule } from '../lake/rules/rules.ts';
import { dateParameter, type Lake, quoted } from '../storage/lake.ts';
import type { SourceFacts } from './facts.ts';
import { askedColumns, conditions, grainFor, type Scope, someDimension, splitSql } from './scope.ts';
import { inOrder, MOST_ROWS, refuseMany } from './sums.ts';

/** What the marks of a rule sum up to. */
export interface RepeatSums {
  readonly eligible: number;
  readonly anchors: number;
  readonly matured: number;
  readonly repeated: number;
  readonly repeated_same: number;
  readonly repeats: number;
  readonly repeats_same: number;
  readonly charged: number;
  readonly charged_same: number;
  readonly d0: number;
  readonly d1_3: number;
  readonly d4_w: number;
}

const SUMS = [
  ...['eligible', 'anchors', 'matured', 'repeated', 'repeated_same', 'repeats', 'repeats_same'],
  ...['charged', 'charged_same', 'd0', 'd1_3', 'd4_w'],
] as (keyof RepeatSums)[];

export interface RepeatSlice {
  /** The value of each column of the split. */
  readonly key: readonly (string | number | null)[];
  readonly sums: RepeatSums;
}

export interface SlicedRepeats {
  readonly statement: string;
  /** In the order of their keys, what is unknown last. */
  readonly slices: readonly RepeatSlice[];
  readonly whole: RepeatSums;
}

interface RepeatSumsQuestion {
  readonly scope: Scope;
  readonly sources: readonly SourceFacts[];
  readonly watermark: Day | null;
  readonly by: readonly string[];
}

/** Sums of what a rule marked in a scope, split by columns: from the mart, or from the rows where no grain knows the columns. */
export async function slicedRepeats(
  lake: Lake,
  rule: RepeatRule,
  { scope, sources, watermark, by }: RepeatSumsQuestion,
): Promise<SlicedRepeats> {
  const { sql: condition, parameters } = conditions(scope, sources);
  const columns = askedColumns(scope, by);
  const grain = grainFor(columns);
  const relation = grain
    ? `(SELECT * FROM gold.repeat_mart WHERE grain = '${grain}')`
    : `(${repeatRows(rule.name, columns)})`;
  const matured = maturedSql(rule);
  const ripe = matured ? `FILTER (${matured})` : '';
  const sum = (name: string, filter = '') => `CAST(coalesce(sum(${name}) ${filter}, 0) AS BIGINT)`;
  const splits = by.map((column, index) => ({ name: quoted(`split_${index}`), sql: splitSql(column) }));
  const names = splits.map(({ name }) => name);
  const statement = `
    SELECT ${names.map((name) => `${name},`).join(' ')}
      ${sum('eligible')} AS eligible, ${sum('anchors')} AS anchors, ${sum('anchors', ripe)} AS matured,
      ${sum('repeated', ripe)} AS repeated, ${sum('repeated_same', ripe)} AS repeated_same,
      ${sum('repeats')} AS repeats, ${sum('repeats_same')} AS repeats_same, ${sum('charged')} AS charged,
      ${sum('charged_same')} AS charged_same, ${sum('repeats_d0')} AS d0, ${sum('repeats_d1_3')} AS d1_3, ${sum('repeats_d4_w')} AS d4_w
    FROM (SELECT ${splits.map(({ name, sql }) => `${sql} AS ${name},`).join(' ')} * FROM ${relation} WHERE rule = $rule AND ${condition})
    ${names.length > 0 ? `GROUP BY ${names.join(', ')} LIMIT ${MOST_ROWS + 1}` : ''}`;
  const rows = await lake.rows<RepeatSums & Record<string, string | number | null>>(statement, {
    ...parameters,
    rule: rule.name,
    watermark: watermark && dateParameter(watermark),
  });
  refuseMany(rows.length);
  // Sums add up, so the whole needs no grouping set of its own, which costs the engine as much as the split.
  const add = (name: keyof RepeatSums) => rows.reduce((total, row) => total + row[name], 0);
  const slices = rows.map((row) => ({ key: by.map((_, index) => row[`split_${index}`]!), sums: row }));
  return {
    statement,
    slices: by.length > 0 ? slices.sort((a, b) => inOrder(a.key, b.key)) : [],
    whole: Object.fromEntries(SUMS.map((name) => [name, add(name)])) as Record<keyof RepeatSums, number>,
  };
}

/** Anchors that have had their whole window by `$watermark`, under a rule that has one: a condition over what it marks. */
export function maturedSql({ parameters }: RepeatRule): string | null {
  return 'windowDays' in parameters ? `ended_on + ${maturityDays(parameters)} <= $watermark` : null;
}

/** Whether a scope, or a split, chooses repeats by whom or what they are charged to. */
export function charges(scope: Scope, by: readonly string[] = []): boolean {
  return someDimension(askedColumns(scope, by), ({ charged }) => charged);
}

/** Repeats as a scope counts them: where they are charged, or where they happened. */
export function repeatsOf(sums: RepeatSums, charged: boolean): { repeats: number; same: number } {
  return charged
    ? { repeats: sums.charged, same: sums.charged_same }
    : { repeats: sums.repeats, same: sums.repeats_same };
}
