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
  readonly repeats_d0: number;
  readonly repeats_d1_3: number;
  readonly repeats_d4_w: number;
  readonly charged_d0: number;
  readonly charged_d1_3: number;
  readonly charged_d4_w: number;
}

const SUMS = [
  ...['eligible', 'anchors', 'matured', 'repeated', 'repeated_same', 'repeats', 'repeats_same'],
  ...['repeats_d0', 'repeats_d1_3', 'repeats_d4_w', 'charged', 'charged_same'],
  ...['charged_d0', 'charged_d1_3', 'charged_d4_w'],
] as (keyof RepeatSums)[];
/** Those that only anchors which have had their whole window count in. */
const RIPE = { matured: 'anchors', repeated: 'repeated', repeated_same: 'repeated_same' } as const;

export interface RepeatSlice {
  /** The value of each column of the split. */
  readonly key: readonly (string | number | null)[];
  readonly sums: RepeatSums;
  readonly lastOpen: Day | null;
}

export interface SlicedRepeats {
  readonly statement: string;
  /** In the order of their keys, what is unknown last. */
  readonly slices: readonly RepeatSlice[];
  readonly whole: RepeatSums;
  /** The day on which the last of the anchors that still wait for their window ended; null without any. */
  readonly lastOpen: Day | null;
}

interface RepeatSumsQuestion {
  readonly scope: Scope;
  readonly sources: readonly SourceFacts[];
  readonly watermark: Day | null;
  /** Dimensions, or parts of one. */
  readonly by: readonly (string | Part)[];
  /** Slices that an answer may have; the usual ones when it is not given. */
  readonly most?: number;
}

/** What a dimension's values are put together by: SQL over a mart's columns. */
export interface Part {
  readonly of: string;
  readonly sql: string;
}

/** Sums of what a rule marked in a scope, split by columns: from the mart, or from the rows where no grain knows the columns. */
export async function slicedRepeats(
  lake: Lake,
  rule: RepeatRule,
  question: RepeatSumsQuestion,
): Promise<SlicedRepeats> {
  return (await repeatsUnder(lake, [rule], question))[0]!;
}

/** Likewise under several rules, in their order, read once. */
export async function repeatsUnder(
  lake: Lake,
  rules: readonly RepeatRule[],
  { scope, sources, watermark, by, most = MOST_ROWS }: RepeatSumsQuestion,
): Promise<SlicedRepeats[]> {
  const { sql: condition, parameters } = conditions(scope, sources);
  const parts = by.map((one) => (typeof one === 'string' ? { of: one, sql: splitSql(one) } : one));
  const columns = askedColumns(
    scope,
    parts.map(({ of }) => of),
  );
  const grain = grainFor(columns);
  const names = rules.map(({ name }) => `'${name}'`).join(', ');
  const relation = grain
    ? `(SELECT * FROM gold.repeat_mart WHERE grain = '${grain}' AND rule IN (${names}))`
    : `(${rules.map(({ name }) => repeatRows(name, columns)).join(' UNION ALL ')})`;
  const ripe = rules.map((rule) => `WHEN '${rule.name}' THEN ${maturedSql(rule) ?? 'true'}`).join(' ');
  const sums = SUMS.map((name) => {
    const matured = RIPE[name as keyof typeof RIPE];
    return `CAST(coalesce(sum(${matured ?? name}) ${matured ? 'FILTER (ripe)' : ''}, 0) AS BIGINT) AS ${name}`;
  });
  const splits = parts.map(({ sql }, index) => ({ name: quoted(`split_${index}`), sql }));
  const keys = ['rule', ...splits.map(({ name }) => name)].join(', ');
  const statement = `
    SELECT ${keys}, ${sums.join(', ')}, CAST(max(ended_on) FILTER (anchors > 0 AND NOT ripe) AS VARCHAR) AS last_open
    FROM (SELECT ${splits.map(({ name, sql }) => `${sql} AS ${name},`).join(' ')} CASE rule ${ripe} END AS ripe, * FROM ${relation} WHERE ${condition})
    GROUP BY ${keys} LIMIT ${rules.length * most + 1}`;
  const rows = await lake.rows<
    RepeatSums & { readonly rule: string; readonly last_open: Day | null } & Record<string, string | number | null>
  >(statement, { ...parameters, watermark: watermark && dateParameter(watermark) });
  return rules.map(({ name }) => {
    const own = rows.filter(({ rule }) => rule === name);
    refuseMany(own.length, most);
    // Sums add up, so the whole needs no grouping set of its own, which costs the engine as much as the split.
    const add = (sum: keyof RepeatSums) => own.reduce((total, row) => total + row[sum], 0);
    const slices = own.map((row) => ({
      key: by.map((_, index) => row[`split_${index}`]!),
      sums: row,
      lastOpen: row.last_open,
    }));
    return {
      statement,
      slices: by.length > 0 ? slices.sort((a, b) => inOrder(a.key, b.key)) : [],
      lastOpen: own.reduce<Day | null>((last, { last_open: day }) => (day && (!last || day > last) ? day : last), null),
      whole: Object.fromEntries(SUMS.map((sum) => [sum, add(sum)])) as Record<keyof RepeatSums, number>,
    };
  });
}

/** Anchors that have had their whole window by `$watermark`, under a rule that has one: a condition over what it marks. */
export function maturedSql({ parameters }: RepeatRule): string | null {
  return 'windowDays' in parameters ? `ended_on + ${maturityDays(parameters)} <= $watermark` : null;
}

/** Whether a scope, or a split, chooses repeats by whom or what they are charged to. */
export function charges(scope: Scope, by: readonly string[] = []): boolean {
  return someDimension(askedColumns(scope, by), ({ charged }) => charged);
}

/** Repeats as a scope counts them, and how long after they came: where they are charged, or where they happened. */
export function repeatsOf(sums: RepeatSums, charged: boolean) {
  return charged
    ? {
        repeats: sums.charged,
        same: sums.charged_same,
        buckets: { D0: sums.charged_d0, D1_3: sums.charged_d1_3, D4_W: sums.charged_d4_w },
      }
    : {
        repeats: sums.repeats,
        same: sums.repeats_same,
        buckets: { D0: sums.repeats_d0, D1_3: sums.repeats_d1_3, D4_W: sums.repeats_d4_w },
      };
}
