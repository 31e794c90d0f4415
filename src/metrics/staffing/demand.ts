import { folded } from '../../intake/reference/value.ts';
import type { Day } from '../../kernel/brazil/dates.ts';
import { builtContacts } from '../../lake/reference/resolved.ts';
import { type Lake, sqlFile } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';
import { askedColumns, conditions, type Scope } from '../scope.ts';

/** What came in one half-hour, and what it took. */
export interface HalfHourDemand {
  readonly day: Day;
  /** 0 is 00:00 to 00:30. */
  readonly half: number;
  /** First legs that were answered or abandoned. */
  readonly offered: number;
  readonly abandoned: number;
  /** Answered within the target. */
  readonly in_time: number;
  /** Offered whose wait is known, how many of them gave up, and what all of them waited, seconds. */
  readonly waits: number;
  readonly given_up: number;
  readonly waited_s: number;
  /** Answered first legs with a known talk, and the handle seconds of every leg that began here, transferred ones too. */
  readonly handled: number;
  readonly handle_s: number;
  /** Offered that exclusions leave out of the net view. */
  readonly left_out: number;
}

export interface Demand {
  readonly statement: string;
  readonly halfHours: readonly HalfHourDemand[];
  /** Queues that calls came to. */
  readonly queues: readonly string[];
}

export interface DemandQuestion {
  readonly scope: Scope;
  readonly sources: readonly SourceFacts[];
  /** As contacts have it; accents and capitals do not count. */
  readonly channel: string;
  /** The service level's time, seconds. */
  readonly within: number;
  readonly view: 'net' | 'gross';
}

type DemandRow = HalfHourDemand & { readonly day: Day | null; readonly queue: string | null };

/**
 * Calls by half-hour of sources that hold all of them and their times, half-hours without any left out. One statement
 * over the contacts of the scope's days.
 */
export async function demandOf(lake: Lake, question: DemandQuestion): Promise<Demand> {
  const { sql, parameters } = conditions(question.scope, question.sources);
  const statement = sqlFile(import.meta.dirname, 'demand.sql', {
    contacts: `(SELECT * FROM ${builtContacts(askedColumns(question.scope))} WHERE ${sql})`,
  });
  const rows = await lake.rows<DemandRow>(statement, {
    ...parameters,
    within: question.within,
    gross: question.view === 'gross',
    channel: folded(question.channel),
  });
  return {
    statement,
    halfHours: rows.filter(({ day }) => day !== null).map(({ queue: _queue, ...halfHour }) => halfHour),
    queues: rows.flatMap(({ day, queue }) => (day === null && queue !== null ? [queue] : [])),
  };
}
