import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { contactRows } from '../../lake/measures.ts';
import { builtContacts } from '../../lake/reference/resolved.ts';
import type { Lake, Parameters } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';
import { askedColumns, conditions, type Scope } from '../scope.ts';

const HALF_MEASURES = [
  ...['offered', 'offered_timed', 'answered', 'answered_in_time', 'abandoned', 'abandoned_timed', 'abandoned_short'],
  ...['wait_s', 'abandoned_wait_s'],
] as const;

/** The sums that a half-hour's figures are made of, by the contact mart's names. */
export type HalfSums = Readonly<Record<(typeof HALF_MEASURES)[number] | 'handled' | 'handle_s', number>>;

/** What came in a half-hour to a queue. */
export interface DaySums extends HalfSums {
  readonly source: string;
  /** As contacts have it, without accents and capitals. */
  readonly channel: string;
  readonly queue: string;
  readonly account: string;
  /** 0 is 00:00 to 00:30. */
  readonly half: number;
  readonly excluded: boolean;
}

/** The sums by name, of a relation with the contact mart's measures; `worked` says which rows' work counts (SQL). */
export function halfSums(worked = 'true'): string {
  const sums = [
    ...HALF_MEASURES.map((name) => [name, `sum(${name})`] as const),
    ...(['handled', 'handle_s'] as const).map((name) => [name, `sum(${name}) FILTER (${worked})`] as const),
  ];
  return sums.map(([name, sum]) => `coalesce(CAST(${sum} AS DOUBLE), 0) AS ${name}`).join(', ');
}

interface DayScope {
  readonly where: Scope['where'];
  readonly sources: readonly SourceFacts[];
  readonly day: Day;
  readonly until: number;
}

/**
 * The contacts of one day that began before a minute, of sources that have hours and hold all contacts, summed by
 * queue and half-hour. One statement over the rows of that day.
 */
export async function daySums(lake: Lake, scope: DayScope): Promise<DaySums[]> {
  const { sql, parameters } = daySumsStatement(scope);
  return lake.rows<DaySums>(sql, parameters);
}

/** The statement of {@link daySums} with its parameters. */
export function daySumsStatement({ where, sources, day, until }: DayScope): { sql: string; parameters: Parameters } {
  const { sql, parameters } = conditions({ where, from: day, to: addDays(day, 1) }, sources);
  const columns = [...askedColumns({ where }), 'account'];
  const contacts = `(SELECT * FROM ${builtContacts(columns)} WHERE ${sql} AND started_at < $from_day + to_minutes(CAST($until AS BIGINT)))`;
  return {
    sql: `SELECT source, lower(strip_accents(channel)) AS channel, queue, account, CAST(half_hour AS INTEGER) AS half, excluded,
       ${halfSums(`status = 'answered'`)}
     FROM (${contactRows(contacts, columns)}) WHERE half_hour IS NOT NULL
     GROUP BY ALL HAVING sum(offered) > 0 OR sum(handled_legs) > 0 ORDER BY ALL`,
    parameters: { ...parameters, until },
  };
}
