import { expect, test } from 'vitest';
import { nextRun, Schedule, type Task } from './schedule.ts';

const SAO_PAULO = 'America/Sao_Paulo';
const six = { kind: 'daily', at: '06:00' } as const;

test.each([
  // 06:00 in São Paulo is 09:00 UTC.
  ['2026-11-20T08:59:59Z', '2026-11-20T09:00:00.000Z'],
  ['2026-11-20T09:00:00Z', '2026-11-21T09:00:00.000Z'],
  ['2026-11-21T02:00:00Z', '2026-11-21T09:00:00.000Z'],
])('after %s, 06:00 is at %s', (last, next) => {
  expect(nextRun(six, new Date(last), SAO_PAULO).toISOString()).toBe(next);
});

test('where clocks change, a time that is skipped or shown twice comes once', () => {
  const at = (time: string) => ({ kind: 'daily', at: time }) as const;
  const runs = (time: string, from: string, zone: string, count: number) => {
    const found: string[] = [];
    for (let last = new Date(from); found.length < count; ) {
      last = nextRun(at(time), last, zone);
      found.push(last.toISOString());
    }
    return found;
  };
  // Midnight to 01:00 of 4 November 2018 did not exist in São Paulo.
  expect(runs('00:30', '2018-11-03T00:00:00Z', SAO_PAULO, 3)).toEqual([
    '2018-11-03T03:30:00.000Z',
    '2018-11-04T03:30:00.000Z',
    '2018-11-05T02:30:00.000Z',
  ]);
  // 23:00 to midnight of 17 February 2018 came twice.
  expect(runs('23:30', '2018-02-17T00:00:00Z', SAO_PAULO, 3)).toEqual([
    '2018-02-17T01:30:00.000Z',
    '2018-02-18T01:30:00.000Z',
    '2018-02-19T02:30:00.000Z',
  ]);
});

test('every so many minutes is counted from the last run', () => {
  expect(nextRun({ kind: 'every', minutes: 15 }, new Date('2026-11-20T12:00:10Z'), SAO_PAULO).toISOString()).toBe(
    '2026-11-20T12:15:10.000Z',
  );
});

/** A schedule over a clock that is set, its memory outliving it. */
function scheduled(tasks: Task[], kept = new Map<string, Date>()) {
  const clock = { at: new Date('2026-11-20T12:00:00Z'), now: () => clock.at };
  const failures: string[] = [];
  const schedule = new Schedule({
    clock,
    timeZone: SAO_PAULO,
    tasks: async () => tasks,
    memory: { lastRuns: async () => new Map(kept), ran: async (task, at) => void kept.set(task, at) },
    onFailure: (task, error) => failures.push(`${task}: ${(error as Error).message}`),
  });
  const at = async (time: string) => {
    clock.at = new Date(time);
    await schedule.look();
  };
  return { schedule, clock, failures, kept, at };
}

test('a new task waits for its time; one that was missed runs once, also after a restart', async () => {
  let runs = 0;
  const tasks: Task[] = [{ name: 'a', when: six, run: async () => void runs++ }];
  const first = scheduled(tasks);
  await first.at('2026-11-20T12:00:00Z');
  await first.at('2026-11-21T08:59:00Z');
  await first.schedule.idle();
  expect(runs).toBe(0);
  await first.at('2026-11-21T09:00:01Z');
  await first.at('2026-11-21T09:01:00Z');
  await first.schedule.idle();
  expect(runs).toBe(1);
  await first.schedule.stop();
  const second = scheduled(tasks, first.kept);
  await second.at('2026-11-25T15:00:00Z');
  await second.schedule.idle();
  await second.at('2026-11-25T15:01:00Z');
  await second.schedule.idle();
  expect(runs).toBe(2);
});

test('never two runs of one task at once, and a failure stops no other', async () => {
  const every = { kind: 'every', minutes: 1 } as const;
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const seen: string[] = [];
  const { at, failures, schedule } = scheduled([
    { name: 'breaks', when: every, run: () => Promise.reject(new Error('fonte fora do ar')) },
    {
      name: 'slow',
      when: every,
      run: async () => {
        seen.push('slow');
        await gate;
      },
    },
    { name: 'quick', when: every, run: async () => void seen.push('quick') },
  ]);
  await at('2026-11-20T12:00:00Z');
  await at('2026-11-20T12:01:00Z');
  await new Promise((resolve) => setImmediate(resolve));
  await at('2026-11-20T12:02:00Z');
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(['slow', 'quick', 'quick']);
  expect(failures).toEqual(['breaks: fonte fora do ar', 'breaks: fonte fora do ar']);
  open();
  await schedule.idle();
  await at('2026-11-20T12:03:00Z');
  await schedule.idle();
  expect(seen).toEqual(['slow', 'quick', 'quick', 'slow', 'quick']);
});

test('a stop asks what runs to end, waits for it, and starts nothing more', async () => {
  let stopped = false;
  let runs = 0;
  const { at, schedule, failures } = scheduled([
    {
      name: 'a',
      when: { kind: 'every', minutes: 1 },
      run: (signal) => {
        runs++;
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(new Error('parado'));
          }),
        );
      },
    },
  ]);
  await at('2026-11-20T12:00:00Z');
  await at('2026-11-20T12:01:00Z');
  await new Promise((resolve) => setImmediate(resolve));
  await schedule.stop();
  await at('2026-11-20T13:00:00Z');
  expect([stopped, runs, failures]).toEqual([true, 1, []]);
});

test('what a run owes is written down before it counts as begun: a kill in between does it again for the same moment', async () => {
  const owed: string[] = [];
  let killed = true;
  const task: Task = {
    name: 'a',
    when: six,
    owes: async (due) => {
      owed.push(due.toISOString());
      if (killed) throw new Error('killed');
    },
    run: async () => void owed.push('run'),
  };
  const kept = new Map([['a', new Date('2026-11-20T12:00:00Z')]]);
  const first = scheduled([task], kept);
  await first.at('2026-11-21T09:00:01Z');
  await first.schedule.idle();
  killed = false;
  const second = scheduled([task], kept);
  await second.at('2026-11-21T15:00:00Z');
  await second.schedule.idle();
  expect(owed).toEqual(['2026-11-21T09:00:00.000Z', '2026-11-21T09:00:00.000Z', 'run']);
});
