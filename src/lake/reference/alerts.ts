import { UNMAPPED } from '../../contracts/index.ts';
import type { Span } from '../../intake/reference/dated.ts';
import { addDays, type Day, daysBetween } from '../../kernel/brazil/dates.ts';
import type { Lake } from '../../storage/lake.ts';

/** Days that data may pass the map of supervisors by, and the share of contacts of the last days that may be unmapped. */
const PASSED_DAYS = 2;
const MOST_UNMAPPED = 0.3;
const LAST_DAYS = 7;

/** What a person should see to in the reference tables. */
export type ReferenceAlert =
  | {
      readonly kind: 'map-old';
      readonly table: 'supervisors';
      readonly mapEnd: Day;
      readonly lastDay: Day;
      readonly days: number;
    }
  | {
      readonly kind: 'unmapped';
      readonly table: 'supervisors';
      readonly from: Day;
      readonly to: Day;
      readonly unmapped: number;
      readonly contacts: number;
      readonly share: number;
    };

/** Contacts of one day that an agent handled, and those whose agent no table knows. */
export interface MappedDay {
  readonly day: Day;
  readonly contacts: number;
  readonly unmapped: number;
}

/**
 * Where the map of supervisors falls behind the data: the newest day with data passes the end of what was said by two
 * days or more, or more than 30 % of the contacts of its last seven days have an agent that is not in it. A map that
 * holds until further notice has no end. An empty one alerts of nothing: nobody keeps it.
 */
export function supervisorAlerts(
  map: readonly (Span & { readonly knownTo: Day | null })[],
  days: readonly MappedDay[],
): ReferenceAlert[] {
  const lastDay = days
    .map(({ day }) => day)
    .sort()
    .at(-1);
  if (map.length === 0 || lastDay === undefined) return [];
  const alerts: ReferenceAlert[] = [];
  const ends = map.map(({ to, knownTo }) => knownTo ?? to);
  const mapEnd = ends.includes(null) ? null : (ends as Day[]).sort().at(-1)!;
  // The map's last day is the one before its end.
  const passed = mapEnd === null ? 0 : daysBetween(addDays(mapEnd, -1), lastDay);
  if (mapEnd !== null && passed >= PASSED_DAYS)
    alerts.push({ kind: 'map-old', table: 'supervisors', mapEnd, lastDay, days: passed });
  const from = addDays(lastDay, 1 - LAST_DAYS);
  const recent = days.filter(({ day }) => day >= from);
  const contacts = recent.reduce((sum, one) => sum + one.contacts, 0);
  const unmapped = recent.reduce((sum, one) => sum + one.unmapped, 0);
  if (contacts > 0 && unmapped / contacts > MOST_UNMAPPED) {
    const to = addDays(lastDay, 1);
    alerts.push({ kind: 'unmapped', table: 'supervisors', from, to, unmapped, contacts, share: unmapped / contacts });
  }
  return alerts;
}

/** The last days of contacts that had an agent, of the sources that have agents. */
export function mappedDays(lake: Lake): Promise<MappedDay[]> {
  return lake.rows<MappedDay>(
    `SELECT CAST(day AS VARCHAR) AS day, CAST(sum(legs) AS BIGINT) AS contacts,
       CAST(coalesce(sum(legs) FILTER (supervisor = $unmapped), 0) AS BIGINT) AS unmapped
     FROM gold.contact_mart
     WHERE grain = 'agent' AND agent <> 'desconhecido'
       AND day > (SELECT coalesce(max(day) FILTER (day <= (SELECT made_on FROM gold.version)), max(day))
         FROM gold.contact_mart WHERE grain = 'agent' AND agent <> 'desconhecido') - ${LAST_DAYS}
     GROUP BY ALL ORDER BY day`,
    { unmapped: UNMAPPED },
  );
}
