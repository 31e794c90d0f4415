import { missingAt } from '../intake/reference/arrivals.ts';
import { referenceKind } from '../intake/reference/registry.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { instantOf, wallTime } from '../kernel/clock.ts';
import { currentSources, lakeFacts } from '../metrics/facts.ts';
import { chosenSources } from '../metrics/scope.ts';
import { batchAge, newestContacts } from '../metrics/shift/data-age.ts';
import type { App } from './app.ts';
import { expectedOn } from './intake-today.ts';
import type { Shift } from './schema-shift.ts';

/** Days of arrivals that say what is usual. */
const DAYS = 63;

/** How old the data of each source is now, and whether that is older than it usually is. */
export async function dataAges(
  app: App,
  asked: readonly string[] | undefined,
): Promise<Pick<Shift, 'now' | 'sources'>> {
  const { batches, cache, clock, config, lake, references } = app;
  const now = wallTime(clock.now(), config.timeZone);
  const day = now.slice(0, 10);
  const [facts, table, arrived] = await Promise.all([
    lakeFacts(lake),
    references.entries(referenceKind('arrivals')),
    batches.arrivedSince(instantOf(addDays(day, -DAYS), '00:00', config.timeZone)),
  ]);
  const chosen = asked ? chosenSources(facts.sources, { sources: asked }) : currentSources(facts.sources);
  const newest = await cache.answer(lake, newestContacts, [chosen]);
  const came = arrived.map(({ source, received_at }) => ({ source, at: wallTime(received_at, config.timeZone) }));
  const expected = expectedOn(table, day);
  const missing = missingAt(expected, came, now);
  return {
    now,
    sources: chosen.map(({ source }) => {
      const received = came.filter((one) => one.source === source).map(({ at }) => at);
      const age = batchAge(received, now);
      const told = expected.find((one) => one.source === source);
      const waited = missing.some((one) => one.source === source && one.state === 'late');
      return {
        source,
        newest: newest.get(source) ?? null,
        received: received.toSorted().at(-1) ?? null,
        minutes: age?.minutes ?? null,
        usualMinutes: age?.usual ?? null,
        opens: told?.opens ?? null,
        closes: told?.closes ?? null,
        late: waited || (age?.usual != null && age.minutes > age.usual),
      };
    }),
  };
}
