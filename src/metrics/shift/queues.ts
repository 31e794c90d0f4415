import type { NullReason } from '../answers.ts';
import type { SourceFacts } from '../facts.ts';
import { FEW } from '../few.ts';
import { reasonOf, tellingSources } from '../found.ts';
import { wilson } from '../interval.ts';
import { indicatorNamed } from '../registry.ts';
import { clockOf } from '../staffing/half-hours.ts';
import type { DaySums } from './day-sums.ts';
import type { AgainstTarget, Level, Served, ShiftQueue, WorstHalf } from './shift-answers.ts';

/** Whether a level and its interval are below a target; null where one of them is not known. */
export function againstTarget({ value, n, low, high }: Level, target: number | null): AgainstTarget | null {
  if (target === null || value === null || low === undefined || high === undefined) return null;
  if (high < target) return 'below';
  if (low >= target) return 'met';
  return n < FEW ? 'few' : 'near';
}

/** What the sums say of all of them together: who came, who was answered in time, and that against a target. */
export function servedOf(sums: readonly DaySums[], sources: readonly SourceFacts[], target: number | null): Served {
  const add = (of: (one: DaySums) => number) => sums.reduce((total, one) => total + of(one), 0);
  const telling = tellingOf(sums, sources);
  const n = telling.reduce((total, one) => total + one.offered_timed - one.abandoned_short, 0);
  const inTime = telling.reduce((total, one) => total + one.answered_in_time, 0);
  const bounds = wilson(inTime, n);
  const level: Level = bounds
    ? { value: inTime / n, n, ...bounds }
    : { value: null, n: 0, reasonCode: whyNone(sums, sources) };
  return {
    offered: add(({ offered }) => offered),
    answered: add(({ answered }) => answered),
    abandoned: add(({ abandoned, abandoned_short }) => abandoned - abandoned_short),
    shortAbandons: add(({ abandoned_short }) => abandoned_short),
    level,
    target,
    against: againstTarget(level, target),
    short: target === null || level.value === null ? null : Math.max(0, target * n - inTime),
  };
}

/** Sums of the sources that can tell who was answered in time. */
function tellingOf(sums: readonly DaySums[], sources: readonly SourceFacts[]): DaySums[] {
  const telling = new Set(tellingSources(indicatorNamed('serviceLevel'), sources).map(({ source }) => source));
  return sums.filter(({ source }) => telling.has(source));
}

function whyNone(sums: readonly DaySums[], sources: readonly SourceFacts[]): NullReason {
  const here = sources.filter(({ source }) => sums.some((one) => one.source === source));
  return reasonOf(indicatorNamed('serviceLevel'), here, sums.length > 0);
}

/**
 * Each queue that contacts came to, those surely below their target first, by the contacts short of it; then the
 * others, the largest first. A queue's target is that of its account where all of its contacts are of one.
 */
export function queuesOf(
  sums: readonly DaySums[],
  sources: readonly SourceFacts[],
  aimOf: (queue: string, account: string | undefined) => number | null,
  account: string | undefined,
): ShiftQueue[] {
  const offered = sums.filter((one) => one.offered > 0);
  return [...Map.groupBy(offered, ({ queue }) => queue)]
    .map(([queue, ofQueue]): ShiftQueue => {
      const accounts = new Set(ofQueue.map((one) => one.account));
      const target = aimOf(queue, account ?? (accounts.size === 1 ? ofQueue[0]!.account : undefined));
      const served = servedOf(ofQueue, sources, target);
      return { queue, ...served, worst: target === null ? null : worstHalf(tellingOf(ofQueue, sources), target) };
    })
    .sort(
      (a, b) =>
        Number(b.against === 'below') - Number(a.against === 'below') ||
        (a.against === 'below' ? b.short! - a.short! : 0) ||
        b.offered - a.offered ||
        (a.queue < b.queue ? -1 : 1),
    );
}

/** The half-hour that lacks most contacts for the target, the earlier of two. */
function worstHalf(sums: readonly DaySums[], target: number): WorstHalf | null {
  let worst: WorstHalf | null = null;
  for (const [half, ofHalf] of [...Map.groupBy(sums, (one) => one.half)].sort(([a], [b]) => a - b)) {
    const n = ofHalf.reduce((total, one) => total + one.offered_timed - one.abandoned_short, 0);
    const inTime = ofHalf.reduce((total, one) => total + one.answered_in_time, 0);
    const short = target * n - inTime;
    if (short > (worst?.short ?? 0)) worst = { from: clockOf(half), n, inTime, short };
  }
  return worst;
}
