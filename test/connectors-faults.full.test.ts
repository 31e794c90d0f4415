import { describe, expect, test } from 'vitest';
import { FAULT_KINDS, type FaultKind, faultless, randomFaults } from '../src/demo/fake-faults.ts';
import type { FakeOptions } from '../src/demo/fake-http.ts';
import { pullNow, smallPages, useBench } from './connectors.ts';
import { full } from './services.ts';

const bench = useBench();
const FIRST = full ? '2026-11-12' : '2026-11-17';

async function both(settings = {}) {
  await bench.tickets(FIRST, settings);
  await bench.calls(FIRST, settings);
  for (const name of ['chamados', 'ligacoes'] as const) await bench.pull(name);
  return state();
}

let known: Awaited<ReturnType<typeof both>> | undefined;

/** What an undisturbed run of both sources gives; the next one begins in an empty home. */
async function undisturbed(options: Partial<FakeOptions> = {}) {
  known ??= await both();
  await bench.begin(options);
  return known;
}

async function state() {
  const [a, b] = [await bench.ledger('chamados'), await bench.ledger('ligacoes')];
  return { a, b, lake: [await bench.lake('chamados'), await bench.lake('ligacoes')] };
}

describe('faults', () => {
  test.each(full ? FAULT_KINDS.map((kind): [FaultKind[]] => [[kind]]) : [[[...FAULT_KINDS]]])(
    '%s with every other page: the days are as without them',
    async (kinds: FaultKind[]) => {
      const expected = await undisturbed({ slowMs: 600 });
      smallPages(bench.home, () => ({ timeoutMs: 300 }));
      const met = new Set<FaultKind>();
      let count = 0;
      for (const server of [bench.servers.tickets, bench.servers.calls])
        server.faults = ({ path }) => {
          if (path.includes('login') || path.includes('oauth') || ++count % 2 > 0) return null;
          const kind = kinds[(count / 2) % kinds.length]!;
          // Late answers take real time: a few are enough.
          if (kind === 'slow' && count % 16 > 0 && kinds.length === 1) return null;
          met.add(kind);
          return kind;
        };
      expect(await both()).toEqual(expected);
      expect([...met].sort()).toEqual([...kinds].sort());
    },
  );

  test('random faults of every kind over many days, pulled until nothing is missing', async () => {
    const expected = await undisturbed();
    const seen = new Set<string>();
    for (let seed = 1; seed <= (full ? 12 : 1); seed++) {
      await bench.begin({ slowMs: 1 });
      bench.servers.tickets.faults = randomFaults(seed, 0.8);
      bench.servers.calls.faults = randomFaults(seed + 100, 0.7);
      await bench.tickets(FIRST);
      await bench.calls(FIRST);
      for (let run = 0; run < 60; run++) {
        const runs = await Promise.all([bench.pull('chamados'), bench.pull('ligacoes')]);
        for (const one of runs.flatMap(({ days }) => days)) seen.add(one.state);
        const entries = [await bench.ledger('chamados'), await bench.ledger('ligacoes')];
        if (
          entries.every(
            (list) =>
              list.length === expected.a.length && list.every(({ state: is }) => is === 'extracted' || is === 'empty'),
          )
        )
          break;
      }
      expect(await state()).toEqual(expected);
    }
    // Which fault meets which request is chance: over all the runs some days came in part.
    expect([...seen]).toEqual(expect.arrayContaining(['extracted', ...(full ? ['partial'] : [])]));
  });

  test.each([
    ['429', 0],
    ['429-date', 0],
    ['429-date', 3_600_000],
    ['429-date', -86_400_000],
  ] as const)('%s is waited for as long as it says, by a server whose clock is %i ms ahead', async (kind, skewMs) => {
    await bench.begin({ skewMs, waitS: 77 });
    await bench.calls('2026-11-19', { skewSeconds: skewMs / 1000 });
    let faults = 1;
    bench.servers.calls.faults = ({ path }) => (path.includes('reports') && faults-- > 0 ? kind : null);
    const { days } = await bench.pull('ligacoes');
    expect(days[0]?.state).toBe('extracted');
    const asked = bench.io.waits.filter((ms) => ms >= 76_000);
    expect(asked.length).toBe(1);
    expect(asked[0]).toBeLessThanOrEqual(78_001);
  });

  test('a wait of hours is not waited for: the day is told and left for the next run', async () => {
    await bench.begin({ waitS: 7200 });
    await bench.tickets('2026-11-19');
    bench.servers.tickets.faults = ({ path }) => (path.includes('tickets') ? '429' : null);
    const { days } = await bench.pull('chamados');
    expect(days[0]).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/HTTP 429, e pediu 12\d min de espera/),
    });
    expect(Math.max(0, ...bench.io.waits)).toBeLessThan(60_000);
    bench.servers.tickets.faults = faultless;
    expect((await bench.pull('chamados')).days[0]?.state).not.toBe('failed');
  });

  test('a code that ends in the middle of the pages is renewed, by its time or because it is refused', async () => {
    await bench.begin({ tokenS: 120 });
    await bench.calls('2026-11-17');
    // Each page takes 50 s, so a code holds two of them.
    const slow = {
      ...bench.io,
      fetch: ((...asked: Parameters<typeof fetch>) => {
        bench.clock.at = new Date(bench.clock.at.getTime() + 50_000);
        return fetch(...asked);
      }) as typeof fetch,
    };
    const { days, error } = await pullNow({ ...bench.pulling, io: slow }, 'ligacoes');
    expect([error, days.map(({ state: is }) => is)]).toEqual([null, ['extracted', 'extracted', 'extracted']]);
    const logins = bench.servers.calls.log.filter(({ path }) => path === '/api/login').length;
    expect(logins).toBeGreaterThan(3);
    expect(bench.servers.calls.log.filter(({ status }) => status === 401)).toEqual([]);
  });
});

describe('another clock', () => {
  test('that is ahead, and says so: days and times are the business’s', async () => {
    const skewMs = 2 * 3_600_000 + 7_000;
    const expected = await undisturbed({ skewMs });
    expect(await both({ skewSeconds: skewMs / 1000 })).toEqual(expected);
  });

  test('in another zone, and says so', async () => {
    // The exchange writes UTC: three hours ahead of São Paulo.
    const expected = await undisturbed({ skewMs: 3 * 3_600_000 });
    await bench.calls(FIRST, { timeZone: 'UTC' });
    await bench.pull('ligacoes');
    expect([await bench.ledger('ligacoes'), await bench.lake('ligacoes')]).toEqual([expected.b, expected.lake[1]]);
  });
});

test('pages by cursor give the same', async () => {
  const expected = await undisturbed();
  smallPages(bench.home, ({ name, request, answer }) => {
    if (name !== 'ticket-platform') return {};
    const { query } = request as { query: { query: { page?: string } } };
    const { page: _, ...rest } = query.query;
    return {
      request: { ...(request as object), query: { query: { ...rest, paging: 'cursor', cursor: '{cursor}' } } },
      paging: { kind: 'cursor', perPage: 2, next: 'nextCursor', total: 'total' },
      corrections: { kind: 'recheck', days: 1 },
      answer,
    };
  });
  bench.servers.tickets.faults = randomFaults(5, 0.2, ['duplicate', 'torn', 'expired']);
  await bench.tickets(FIRST);
  await bench.pull('chamados');
  expect([await bench.ledger('chamados'), await bench.lake('chamados')]).toEqual([expected.a, expected.lake[0]]);
});
