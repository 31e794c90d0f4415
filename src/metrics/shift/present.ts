import { folded } from '../../intake/reference/value.ts';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { builtContacts } from '../../lake/reference/resolved.ts';
import { dateParameter, type Lake, sqlFile } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';
import { askedColumns, conditions, type Scope } from '../scope.ts';

interface PresentQuestion {
  readonly where: Scope['where'];
  readonly sources: readonly SourceFacts[];
  readonly day: Day;
  readonly until: number;
  readonly channel: string;
}

/**
 * How many agents were on a contact of the channel in each half-hour of a day, from its answer to its end. Who waited
 * for one is not seen: sources tell of contacts, not of who was logged in. One statement over the rows of two days.
 */
export async function presentAt(
  lake: Lake,
  { where, sources, day, until, channel }: PresentQuestion,
): Promise<ReadonlyMap<number, number>> {
  const { sql, parameters } = conditions({ where, from: addDays(day, -1), to: addDays(day, 1) }, sources);
  const started = '$from_day + to_minutes(CAST($until AS BIGINT))';
  const contacts = `(SELECT * FROM ${builtContacts(askedColumns({ where }))} WHERE ${sql.replaceAll('$from_day', '$eve')} AND started_at < ${started})`;
  const rows = await lake.rows<{ half: number; agents: number }>(
    sqlFile(import.meta.dirname, 'present.sql', { contacts }),
    {
      ...parameters,
      eve: parameters.from_day ?? null,
      from_day: dateParameter(day),
      until,
      channel: folded(channel),
    },
  );
  return new Map(rows.map(({ half, agents }) => [half, agents]));
}
