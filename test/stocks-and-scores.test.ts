import { beforeAll, describe, expect, test } from 'vitest';
import { metricAnswer } from '../src/metrics/metric.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import { cellFile, KEYED } from './call-files.ts';
import { useHome } from './home.ts';

const home = useHome();
const TICKETS = { ...KEYED, source: 'tickets' };
const TEN = { ...KEYED, source: 'ten' };
/** A list of what ended: each counts on the day it did. */
const ENDED = { ...KEYED, source: 'ended', day: 'ended_at' as const };

/** Each by its queue, when it opened and when it ended. */
const OPENED = [
  ['A', '2026-03-01T08:00:00', '2026-03-01T20:00:00'],
  ['A', '2026-03-01T12:00:00', '2026-03-02T12:00:00'],
  ['B', '2026-03-01T18:00:00', '2026-03-03T00:00:00'],
  ['A', '2026-03-02T06:00:00', ''],
  ['B', '2026-03-02T06:00:00', '2026-03-06T06:00:00'],
  ['B', '2026-03-04T06:00:00', '2026-03-25T06:00:00'],
] as const;

beforeAll(async () => {
  await home().know(TICKETS);
  await home().know(TEN);
  await home().know(ENDED);
  const tickets = OPENED.map(([queue, opened, end], index) => {
    const status = end === '' ? 'open' : 'closed';
    return { id: `t${index}`, leg: '1', start: opened, opened, end, queue, status, score: String(1 + (index % 5)) };
  });
  await home().load({ content: cellFile(tickets) }, TICKETS);
  const ended = tickets.filter(({ end }) => end !== '');
  await home().load({ name: 'fechados.csv', content: cellFile(ended) }, ENDED);
  const scores = ['10', '9', '9', '8', '7', '6', '0', ''];
  const calls = scores.map((score, index) => {
    return { id: `c${index}`, leg: '1', start: '2026-03-05T10:00:00', status: 'answered', score };
  });
  await home().load({ name: 'notas.csv', content: cellFile(calls) }, TEN);
  await home().build();
});

const MARCH = { from: '2026-03-01', to: '2026-03-05' };
const ask = (name: string, scope = {}, by: string[] = []) =>
  metricAnswer(home().lake, indicatorNamed(name), { scope, by });

describe('what is open', () => {
  test('at the end of each day: opened by then, and not ended by then', async () => {
    const { rows, total, n } = await ask('backlog', { sources: ['tickets'], ...MARCH }, ['day']);
    // The third ends as the 3rd begins: at the end of the 2nd it is open.
    expect(rows.map(({ day, value }) => [day, value])).toEqual([
      ['2026-03-01', 2],
      ['2026-03-02', 3],
      ['2026-03-03', 2],
      ['2026-03-04', 3],
    ]);
    expect([total, n]).toEqual([3, 3]);
  });

  test('is not known of a source that brings contacts once they ended, beside others neither', async () => {
    expect(await ask('backlog', { sources: ['ended'], ...MARCH })).toMatchObject({
      total: null,
      reasonCode: 'not-given',
    });
    expect(await ask('backlogAge', { sources: ['ended'], ...MARCH })).toMatchObject({ total: null });
    expect(await ask('backlog', { sources: ['ended', 'tickets'], ...MARCH })).toMatchObject({ total: 3 });
    expect(await ask('resolvedSameDay', { sources: ['ended'] })).toMatchObject({ n: 5, total: 1 / 5 });
  });

  test('how long it has been open, in days', async () => {
    const { rows, total } = await ask('backlogAge', { sources: ['tickets'], ...MARCH }, ['day']);
    expect(rows.map(({ value }) => value)).toEqual([
      (12 + 6) / 2 / 24,
      (30 + 18 + 18) / 3 / 24,
      (42 + 42) / 2 / 24,
      (66 + 66 + 18) / 3 / 24,
    ]);
    expect(total).toBe(rows.at(-1)!.value);
  });

  test('by queue, and of one: at the last day', async () => {
    const { rows } = await ask('backlog', { sources: ['tickets'], ...MARCH }, ['queue']);
    expect(rows.map(({ queue, value }) => [queue, value])).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
    const one = await ask('backlog', { sources: ['tickets'], ...MARCH, where: [{ column: 'queue', value: 'B' }] });
    expect(one.total).toBe(2);
  });

  test('no later than what is known, and none where nothing opens', async () => {
    const late = await ask('backlog', { sources: ['tickets'], from: '2026-03-03', to: '2026-05-01' }, ['day']);
    expect(late.rows.at(-1)).toMatchObject({ day: '2026-03-04', value: 3 });
    expect(await ask('backlog', { sources: ['ten'] })).toMatchObject({ total: null, reasonCode: 'not-given' });
  });
});

test('days to resolution fall in the groups that are written once', async () => {
  const { total, n, groups } = await ask('resolutionDays', { sources: ['tickets'] });
  expect([total, n]).toEqual([(0 + 1 + 2 + 4 + 21) / 5, 5]);
  expect(groups!.map(({ name, n: cases }) => [name, cases])).toEqual([
    ['resolved_0', 1],
    ['resolved_1', 1],
    ['resolved_2_3', 1],
    ['resolved_4_7', 1],
    ['resolved_8_15', 0],
    ['resolved_16_on', 1],
  ]);
  expect(await ask('resolvedSameDay', { sources: ['tickets'] })).toMatchObject({ total: 1 / 5, n: 5 });
});

describe('scores', () => {
  test('NPS: of sources that score from 0 to 10, with the interval of the multinomial', async () => {
    const [up, down, n] = [3 / 7, 2 / 7, 7];
    const spread = 1.959964 * Math.sqrt((up + down - (up - down) ** 2) / n);
    for (const sources of [['ten'], undefined]) {
      const { total, n: cases, low, high } = await ask('nps', { sources });
      expect([total, cases]).toEqual([expect.closeTo(100 / 7, 9), 7]);
      expect([low, high]).toEqual([
        expect.closeTo(100 * (up - down - spread), 3),
        expect.closeTo(100 * (up - down + spread), 3),
      ]);
    }
    expect(await ask('nps', { sources: ['tickets'] })).toMatchObject({ total: null, n: 0, reasonCode: 'not-given' });
  });

  test('a mean has the interval of its own spread', async () => {
    const values = [10, 9, 9, 8, 7, 6, 0];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const spread = 1.959964 * Math.sqrt(variance / values.length);
    const { total, low, high } = await ask('avgSatisfaction', { sources: ['ten'] });
    expect([total, low, high]).toEqual([
      expect.closeTo(mean, 9),
      expect.closeTo(mean - spread, 6),
      expect.closeTo(mean + spread, 6),
    ]);
  });
});
