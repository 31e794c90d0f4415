import { expect, test } from 'vitest';
import type { SourceFacts } from '../facts.ts';
import type { DaySums } from './day-sums.ts';
import { againstTarget, queuesOf, servedOf } from './queues.ts';

const facts = (source: string, more: Partial<SourceFacts> = {}): SourceFacts => ({
  ...{
    source,
    holds: 'all',
    has_time: true,
    ended_only: false,
    times_abandoned: true,
    ten_points: false,
    tells_reopenings: false,
    identity: 'phone',
  },
  ...{ first_day: '2026-01-01', last_day: '2026-11-19', complete_to: '2026-11-19', contacts: 1 },
  ...more,
});
const CALLS = [facts('calls')];

/** A queue's half-hour: so many in time, late, given up after 10 s, and given up at once. */
function half(
  queue: string,
  at: number,
  inTime: number,
  late: number,
  gone = 0,
  short = 0,
  more: Partial<DaySums> = {},
) {
  const offered = inTime + late + gone + short;
  const abandoned = gone + short;
  const sums: DaySums = {
    ...{ source: 'calls', channel: 'voz', queue, account: 'Alfa', half: at, excluded: false },
    ...{ offered, offered_timed: offered, answered: inTime + late, answered_in_time: inTime },
    ...{ abandoned, abandoned_timed: abandoned, abandoned_short: short },
    ...{ wait_s: 0, abandoned_wait_s: 0, handled: inTime + late, handle_s: 0 },
  };
  return { ...sums, ...more };
}

test.each([
  // 60 of 100: Wilson's interval is 50.2 to 69.1 %.
  [60, 100, 0.8, 'below'],
  [60, 100, 0.69, 'near'],
  [60, 100, 0.5, 'met'],
  // 7 of 10: 39.7 to 89.2 %.
  [7, 10, 0.8, 'few'],
  // 1 of 10: 1.8 to 40.4 %, few as they are.
  [1, 10, 0.8, 'below'],
] as const)('%i of %i against %f is %s', (inTime, n, target, against) => {
  const { level } = servedOf([half('A', 20, inTime, n - inTime)], CALLS, target);
  expect(againstTarget(level, target)).toBe(against);
});

test('short abandons are in no rate, and those whose wait nobody knows in no level', () => {
  const unknown = half('A', 20, 0, 0, 5, 0, { offered_timed: 0, abandoned_timed: 0 });
  const served = servedOf([half('A', 20, 6, 2, 2, 4), unknown], CALLS, 0.8);
  expect(served).toMatchObject({ offered: 19, answered: 8, abandoned: 7, shortAbandons: 4, target: 0.8 });
  expect(served.level).toMatchObject({ value: 0.6, n: 10 });
  expect(served.short).toBeCloseTo(2, 9);
});

test('the queues surely below stand first by what they lack; the half-hour that lacks most is named', () => {
  const sums = [
    half('Grande', 20, 900, 100),
    half('Ruim', 20, 40, 10),
    half('Ruim', 21, 5, 45),
    half('Ruim', 22, 10, 40),
    half('Pior', 20, 10, 190),
  ];
  const queues = queuesOf(sums, CALLS, () => 0.8, undefined);
  expect(queues.map(({ queue, against }) => [queue, against])).toEqual([
    ['Pior', 'below'],
    ['Ruim', 'below'],
    ['Grande', 'met'],
  ]);
  expect(queues[1]!.worst).toEqual({ from: '10:30', n: 50, inTime: 5, short: 35 });
  expect(queues[2]!.worst).toBeNull();
});

test('a queue of one account takes its target, one of two the queue’s own', () => {
  const asked: unknown[] = [];
  const aimOf = (...aim: unknown[]) => {
    asked.push(aim);
    return null;
  };
  const sums = [half('A', 1, 1, 0), half('B', 1, 1, 0), half('B', 1, 1, 0, 0, 0, { account: 'Beta' })];
  const queues = queuesOf(sums, CALLS, aimOf, undefined);
  expect(asked).toEqual([
    ['A', 'Alfa'],
    ['B', undefined],
  ]);
  expect(queues.map(({ against, target, short }) => [against, target, short])).toEqual([
    [null, null, null],
    [null, null, null],
  ]);
});

test('a source that never says how long those waited who gave up has no level, and says why', () => {
  const { level, offered } = servedOf([half('A', 1, 3, 0, 2)], [facts('calls', { times_abandoned: false })], 0.8);
  expect([offered, level]).toEqual([5, { value: null, n: 0, reasonCode: 'not-given' }]);
});
