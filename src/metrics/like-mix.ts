import { RamalError } from '../kernel/errors.ts';
import { builtRows } from '../lake/measures.ts';
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
/** Hours of the day in a band: contacts of one reason and one band are alike. */
export const BAND_HOURS = 4;
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

interface CellRow {
  readonly team: string | null;
  readonly reason: string | null;
  readonly band: number | null;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** The band of a contact, over a mart's columns. */
const BAND = { of: 'hour', sql: `CAST(half_hour // ${2 * BAND_HOURS} AS INTEGER)` };
/** Cells of teams: a thousand agents who do everything at any time have fewer. */
const MOST_CELLS = 400_000;

const cellName = (reason: unknown, band: number | null) => `${band} ${reason}`;

/** Sums of contacts one by one, as their squares need. */
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
  const rows = await lake.rows<CellRow>(
    `SELECT ${splitSql(by)} AS team, reason, ${BAND.sql} AS band,
       CAST(sum(${denominator}) AS DOUBLE) AS n, CAST(sum(${numerator}) AS DOUBLE) AS sum,
       CAST(sum(${square}) AS DOUBLE) AS squares
     FROM (${builtRows(askedColumns(scope, [by, 'reason']))}) WHERE ${condition}${view === 'net' ? ' AND NOT excluded' : ''}
     GROUP BY ALL HAVING n > 0 ORDER BY team, reason, band LIMIT ${MOST_CELLS + 1}`,
    parameters,
  );
  refuseMany(rows.length, MOST_CELLS);
  return rows.map(({ team, reason, band, ...sums }) => ({ team, cell: cellName(reason, band), ...sums }));
}

/** Sums of what a rule counts, where it is charged. */
async function repeatCells(
  lake: Lake,
  indicator: RepeatFigure,
  { scope, by, rule: name }: LikeMixQuestion,
): Promise<CellSums[]> {
  const rule = ruleNamed(name ?? 'house');
  const { chosen: sources, watermark } = identifiedSources((await lakeFacts(lake)).sources, scope);
  const asked = { scope, sources, watermark, by: [by, 'reason', BAND], most: MOST_CELLS };
  const { slices } = await slicedRepeats(lake, rule, asked);
  const charged = charges(scope, [by]);
  return slices.flatMap(({ key: [team, reason, band], sums }): CellSums[] => {
    const found = indicator.trials(sums, { house: rule.kind === 'house', charged });
    if (!found || found.trials === 0) return [];
    const { successes, trials } = found;
    return [
      {
        team: team as string | null,
        cell: cellName(reason, band as number | null),
        n: trials,
        sum: successes,
        squares: successes,
      },
    ];
  });
}
