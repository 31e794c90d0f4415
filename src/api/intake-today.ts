import type { BatchRecord } from '../intake/batches.ts';
import { isUnchanged } from '../intake/drift/drift.ts';
import { type ExpectedArrival, isoWeekday, missingAt } from '../intake/reference/arrivals.ts';
import { holds } from '../intake/reference/dated.ts';
import { holidayName, placeOf } from '../intake/reference/holidays.ts';
import type { Entry } from '../intake/reference/plan.ts';
import { referenceKind } from '../intake/reference/registry.ts';
import { type Day, daysBetween } from '../kernel/brazil/dates.ts';
import { businessDay, instantOf, wallTime } from '../kernel/clock.ts';
import { sharedCodes } from '../lake/reference/shared-codes.ts';
import type { App } from './app.ts';
import { type BatchView, batchView } from './batch-view.ts';
import type { ArrivalToday, WaitingBatch } from './schema-today.ts';

type Arrived = Omit<ArrivalToday, 'batch'> & { readonly batch: BatchView | null };

/** What Recepção opens with: what came and did not come today, and what waits for whom. */
export async function intakeToday(app: App) {
  const { batches, cache, clock, config, lake, references } = app;
  const at = wallTime(clock.now(), config.timeZone);
  const day = at.slice(0, 10);
  const [table, holidays, received, waiting, refused, shared] = await Promise.all([
    references.entries(referenceKind('arrivals')),
    references.entries(referenceKind('holidays')),
    batches.receivedSince(instantOf(day, '00:00', config.timeZone)),
    batches.inState('waiting'),
    batches.inState('refused'),
    cache.answer(lake, sharedCodes, []),
  ]);
  const holiday = holidayName(holidays, day, placeOf(config.place));
  const came = received.map((batch) => ({ batch, at: wallTime(batch.received_at, config.timeZone) }));
  const waits = (batch: BatchRecord) => waitingView(batch, table, day, config.timeZone);
  return {
    at,
    holiday,
    known: table.length > 0,
    arrivals: arrivalsToday(expectedOn(table, day), came, at, holiday !== null),
    waiting: waiting.map(waits).sort(pressing),
    returned: refused.filter(({ answered_by }) => answered_by === null).map(waits),
    sharedCodes: shared,
  };
}

/** The deadline that a batch feeds: what the table says of its source on the day it came. */
export async function deadlineOf(
  { config, references }: Pick<App, 'config' | 'references'>,
  batch: Pick<BatchRecord, 'source' | 'received_at'>,
): Promise<Deadline> {
  const table = await references.entries(referenceKind('arrivals'));
  return deadlineOn(table, batch.source, businessDay(batch.received_at, config.timeZone));
}

/** The arrivals that the table expects on a day. */
export function expectedOn(table: readonly Entry[], day: Day): ExpectedArrival[] {
  return table
    .filter((entry) => holds(entry, day) && Number(entry.key.weekday) === isoWeekday(day))
    .map(({ key, values }) => ({
      source: key.source ?? '',
      weekday: Number(key.weekday),
      opens: values.opens ?? '',
      closes: values.closes ?? '',
      dueAt: values.due_at ?? '',
      deadline: values.deadline ?? '',
    }));
}

/** By what time of day a file is needed, and what for; null where nobody said. */
interface Deadline {
  readonly dueAt: string | null;
  readonly deadline: string | null;
}

function deadlineOn(table: readonly Entry[], source: string, day: Day): Deadline {
  const told = expectedOn(table, day).find((one) => one.source === source);
  return { dueAt: told?.dueAt || null, deadline: told?.deadline || null };
}

/** Each source that is expected today or sent something, those that need a person first. */
export function arrivalsToday(
  expected: readonly ExpectedArrival[],
  received: readonly { readonly batch: BatchRecord; readonly at: string }[],
  at: string,
  holiday: boolean,
): Arrived[] {
  const good = received.filter(({ batch }) => batch.state !== 'failed');
  const missing = missingAt(
    expected,
    good.map((one) => ({ source: one.batch.source, at: one.at })),
    at,
  );
  const states = new Map(missing.map(({ source, state }) => [source, holiday ? ('holiday' as const) : state]));
  const of = Map.groupBy(received, ({ batch }) => batch.source);
  const sources = [...new Set([...expected.map(({ source }) => source), ...of.keys()])];
  return sources
    .map((source): Arrived => {
      const batches = (of.get(source) ?? []).map(({ batch }) => batch);
      const told = expected.find((one) => one.source === source);
      const shown = batches.find(({ state }) => state === 'waiting') ?? batches[0];
      return {
        source,
        state: states.get(source) ?? 'came',
        opens: told?.opens ?? null,
        closes: told?.closes ?? null,
        dueAt: told?.dueAt || null,
        deadline: told?.deadline || null,
        batch: shown ? batchView(shown) : null,
        files: batches.length,
        ...countsOf(batches),
      };
    })
    .sort((a, b) => rank(a) - rank(b) || before(missedAt(a), missedAt(b)) || order(a, b));
}

function countsOf(batches: readonly BatchRecord[]) {
  const counted = batches.filter(({ state }) => state === 'loaded' || state === 'superseded');
  const sum = (name: 'rows_read' | 'loaded' | 'quarantined' | 'duplicate') =>
    counted.reduce((total, batch) => total + batch[name], 0);
  return {
    read: sum('rows_read'),
    loaded: sum('loaded'),
    quarantined: sum('quarantined'),
    duplicate: sum('duplicate'),
  };
}

/** By the signs themselves: a language's order puts `~` before the digits. */
const before = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The deadline, or the end of the usual time, whichever is first. */
const missedAt = ({ closes, dueAt }: Arrived): string => [closes ?? '~', dueAt ?? '~'].sort()[0]!;

const order = (a: Arrived, b: Arrived) => a.source.localeCompare(b.source);

function rank({ state, batch, quarantined }: Arrived): number {
  if (state === 'late') return 0;
  if (batch?.state === 'failed' || batch?.state === 'waiting') return 1;
  if (quarantined > 0) return 2;
  return { due: 3, expected: 4, holiday: 5, came: 6 }[state];
}

function waitingView(batch: BatchRecord, table: readonly Entry[], day: Day, timeZone: string) {
  const came = businessDay(batch.received_at, timeZone);
  return {
    ...batchView(batch),
    ...deadlineOn(table, batch.source, came),
    together: batch.effect !== null && isUnchanged(batch.drift),
    days: daysBetween(came, day),
  };
}

/** Those that feed a deadline first, by its time, then the oldest. */
function pressing(a: Pick<WaitingBatch, 'deadline' | 'dueAt' | 'batch'>, b: typeof a): number {
  const rank = ({ deadline, dueAt }: typeof a) => dueAt ?? (deadline === null ? '~~' : '~');
  return before(rank(a), rank(b)) || a.batch - b.batch;
}
