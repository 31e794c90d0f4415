import { beforeAll, expect, test } from 'vitest';
import { metricAnswer } from '../src/metrics/metric.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import { cellFile, KEYED } from './call-files.ts';
import { useHome } from './home.ts';

const home = useHome();
const TIMED = { ...KEYED, source: 'timed' };
const UNTIMED = { ...KEYED, source: 'untimed' };
/** Says how long the answered ones waited, and not how long the others did. */
const HALF = { ...KEYED, source: 'half-timed' };

/** Calls of one day, each by its status and its wait. */
const file = (calls: readonly (readonly [status: string, wait: string])[]) =>
  cellFile(
    calls.map(([status, wait], index) => ({ id: `c${index}`, leg: '1', start: '2026-03-02T10:00:00', status, wait })),
  );

beforeAll(async () => {
  await home().know(TIMED);
  await home().know(UNTIMED);
  await home().know(HALF);
  const timed = [
    ...[['answered', '5'] as const, ['answered', '20'] as const, ['answered', '30'] as const],
    ...[['answered', ''] as const, ['abandoned', '10'] as const, ['abandoned', '40'] as const],
    ...[['abandoned', ''] as const, ['abandoned', ''] as const],
  ];
  await home().load({ content: file(timed) }, TIMED);
  await home().load(
    { name: 'outro.csv', content: file([...Array(6).fill(['answered', '']), ['abandoned', '']]) },
    UNTIMED,
  );
  await home().load(
    {
      name: 'meio.csv',
      content: file([
        ['answered', '5'],
        ['answered', '60'],
        ['abandoned', ''],
      ]),
    },
    HALF,
  );
  await home().build();
});

const ask = (name: string, sources?: string[], by: string[] = []) =>
  metricAnswer(home().lake, indicatorNamed(name), { scope: { sources }, by });

test.each([
  // Five waits are known: 5 s and 20 s are in time, and who left after 10 s gave up at once.
  ['serviceLevel', 2 / 4, 4],
  ['abandonRate', 1 / 4, 4],
  ['grossAbandonRate', 4 / 8, 8],
])('%s leaves out the contacts whose wait is unknown, above and below', async (name, value, n) => {
  expect(await ask(name, ['timed'])).toMatchObject({ total: value, n });
});

test.each(['serviceLevel', 'abandonRate'])(
  '%s of a source without waits is null, and lowers no total',
  async (name) => {
    expect(await ask(name, ['untimed'])).toMatchObject({ total: null, n: 0, reasonCode: 'not-given' });
    const [alone, both] = [await ask(name, ['timed']), await ask(name, undefined, ['source'])];
    expect([both.total, both.n]).toEqual([alone.total, alone.n]);
    expect(both.rows).toMatchObject([{ source: 'timed', value: alone.total, n: 4 }]);
    expect(await ask('grossAbandonRate', ['untimed'])).toMatchObject({ total: 1 / 7, n: 7 });
  },
);

test('the limits of a wait are told by the figures that are made with them', async () => {
  expect((await ask('serviceLevel')).rule.parameters).toEqual({ answerWithinSeconds: 20, shortAbandonSeconds: 10 });
  expect((await ask('abandonRate')).rule.parameters).toEqual({ shortAbandonSeconds: 10 });
});
