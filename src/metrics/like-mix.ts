import { mixMart, SQUARES } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import { BAND, builtRows } from '../lake/measures.ts';
import type { Lake } from '../storage/lake.ts';
import { lakeFacts } from './facts.ts';
import { FEW } from './few.ts';
import { tellingSources } from './found.ts';
import type { Indicator, Quotient, RepeatFigure } from './indicator.ts';
import { partsOf } from './quotients.ts';
import { dimensionsOf } from './registry.ts';
import { charges, slicedRepeats } from './repeat-sums.ts';
import { identifiedSources, ruleNamed } from './repeats.ts';
import { askedColumns, chosenSources, conditions, type Scope, splitSql } from './scope.ts';
import { type CellSums, type OnMix, onWholeMix } from './standardised.ts';
import { refuseMany } from './sums.ts';

/** Dimensions whose values are teams: people who may be given different work. */
export const TEAMS: readonly string[] = ['agent', 'supervisor', 'queue'];
/** A team whose cells weigh less than this in the whole is compared on another mix. */
export const LEAST_COVERAGE = 0.5;

export interface LikeMixQuestion {
  readonly scope: Scope;
  readonly by: string;
  readonly view?: 'net' | 'gross';
  /** Of figures of repeat contacts. */
  readonly rule?: string;
}

export interface LikeMixRow extends OnMix {
  /** Too few cases, or too little of the mix, to rank. */
  readonly few: boolean;
  /** An agent's name. */
  readonly label?: string;
  readonly [dimension: string]: unknown;
}

export interface LikeMix {
  readonly metric: string;
  readonly by: string;
  readonly rows: readonly LikeMixRow[];
  readonly lakeVersion: number;
}

type Mixable = Quotient | RepeatFigure;

/**
 * Whether teams can be compared by an indicator on a like mix: it is a mean or a share of cases, and tells of them. Not by
 * how easily they are reached: who gave up waiting has no reason, so contacts without one are no mix but the outcome.
 */
export function mixes(indicator: Indicator, by: string): indicator is Mixable {
  if (indicator.group === 'access') return false;
  const mean = indicator.kind === 'repeat' || (indicator.kind === 'quotient' && indicator.denominator !== undefined);
  return mean && TEAMS.includes(by) && dimensionsOf(indicator).includes(by);
}

/**
 * Teams by an indicator as if each had the whole's mix of reasons and hours: {@link onWholeMix} over cells of a reason
 * and four hours of the day. @throws RamalError `usage` for an indicator that is no mean nor share, or that says nothing
 * by the dimension, and by one of no teams.
 */
export async function likeMix(lake: Lake, indicator: Indicator, question: LikeMixQuestion): Promise<LikeMix> {
  const { by } = question;
  if (!mixes(indicator, by))
    throw new RamalError('usage', {
      what: `${indicator.name} não se compara na mesma mistura por ${by}`,
      todo: `Use uma média ou taxa que exista por ${TEAMS.join(', ')}`,
    });
  const { version, agents } = await lakeFacts(lake);
  const cells = await (indicator.kind === 'repeat'
    ? repeatCells(lake, indicator, question)
    : contactCells(lake, indicator, question));
  const [least, most] = indicator.unit === 'ratio' ? [0, 1] : [indicator.unit === 'points' ? -100 : 0, undefined];
  const rows = onWholeMix(cells).map(({ team, ...found }): LikeMixRow => {
    const { low, high, n, coverage } = found;
    const within = (value: number) => Math.min(most ?? value, Math.max(least, value));
    const label = by === 'agent' ? agents.get(String(team)) : undefined;
    return {
      [by]: team,
      ...(label ? { label } : {}),
      ...found,
      low: low === null ? null : within(low),
      high: high === null ? null : within(high),
      few: n < FEW || coverage < LEAST_COVERAGE,
    };
  });
  return { metric: indicator.name, by, rows, lakeVersion: version };
}

/** Cells of teams: a thousand agents who do everything at any time have fewer. */
const MOST_CELLS = 400_000;

/** Sums of contacts: of the mart that knows all that is asked, or of the rows one by one. */
async function contactCells(
  lake: Lake,
  indicator: Quotient,
  { scope, by, view = 'net' }: LikeMixQuestion,
): Promise<CellSums[]> {
  const sources = tellingSources(indicator, chosenSources((await lakeFacts(lake)).sources, scope));
  const { sql: condition, parameters } = conditions(scope, sources);
  const { numerator, denominator, squares } = partsOf(indicator, askedColumns(scope, [by]));
  // A contact that counts or not is its own square.
  const square = squares ?? (indicator.interval === 'wilson' ? numerator : `CAST(${numerator} AS DOUBLE) ** 2`);
  const summed = (SQUARES as Record<string, string>)[numerator] ?? square;
  const columns = askedColumns(scope, [by, 'reason']);
  const known = [...columns, ...namesIn(numerator, denominator ?? '', summed)].every((name) => name in mixMart.columns);
  const relation = known ? 'gold.mix_mart' : `(SELECT *, ${BAND} AS band FROM (${builtRows(columns)}))`;
  const statement = `
    SELECT ${splitSql(by)} AS team, concat_ws(' ', band, reason) AS cell,
      CAST(sum(${denominator}) AS DOUBLE) AS n, CAST(sum(${numerator}) AS DOUBLE) AS sum,
      CAST(sum(${known ? summed : square}) AS DOUBLE) AS squares
    FROM ${relation} WHERE ${condition}${view === 'net' ? ' AND NOT excluded' : ''}
    GROUP BY ALL HAVING n > 0 ORDER BY team, cell LIMIT ${MOST_CELLS + 1}`;
  const cells: CellSums[] = [];
  await lake.use(async (session) => {
    for await (const chunk of session.chunks(statement, parameters)) {
      const [teams, names, ns, sums, all] = Array.from({ length: 5 }, (_, at) => chunk.getColumnValues(at));
      for (let row = 0; row < chunk.rowCount; row++)
        cells.push({
          team: teams![row] as string | null,
          cell: names![row] as string,
          n: ns![row] as number,
          sum: sums![row] as number,
          squares: all![row] as number,
        });
    }
  });
  refuseMany(cells.length, MOST_CELLS);
  return cells;
}

/** The measures that SQL over a mart names. */
const namesIn = (...expressions: readonly string[]) => expressions.flatMap((sql) => sql.match(/[a-z]\w*/g) ?? []);

/** Sums of what a rule counts, where it is charged. */
async function repeatCells(
  lake: Lake,
  indicator: RepeatFigure,
  { scope, by, rule: name }: LikeMixQuestion,
): Promise<CellSums[]> {
  const rule = ruleNamed(name ?? 'house');
  const { chosen: sources, watermark } = identifiedSources((await lakeFacts(lake)).sources, scope);
  const asked = { scope, sources, watermark, by: [by, 'reason', { of: 'hour', sql: BAND }], most: MOST_CELLS };
  const { slices } = await slicedRepeats(lake, rule, asked);
  const charged = charges(scope, [by]);
  return slices.flatMap(({ key: [team, reason, band], sums }): CellSums[] => {
    const found = indicator.trials(sums, { house: rule.kind === 'house', charged });
    if (!found || found.trials === 0) return [];
    const { successes, trials } = found;
    return [
      {
        team: team as string | null,
        cell: `${band} ${reason}`,
        n: trials,
        sum: successes,
        squares: successes,
      },
    ];
  });
}
