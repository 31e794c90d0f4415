import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RepeatAnswer } from '../src/metrics/answers.ts';
import { TestApi } from './app.ts';
import { call, callsFile, loadInto } from './shift-calls.ts';

let api: TestApi;
/** 11:00 of a day where the center is. */
const at = (day: string) => {
  api.clock.at = new Date(`${day}T14:00:00Z`);
};
const load = (name: string, rows: readonly string[]) => loadInto(api, 'demo-calls', name, callsFile(rows));
const found = async () => {
  const { sources, watermark } = await api.json<{
    sources: { name: string; to: string; watermark: string }[];
    watermark: string;
  }>('/api/sources');
  const { to } = sources.find(({ name }) => name === 'demo-calls')!;
  const answer = await api.json<RepeatAnswer>('/api/repeats?from=2026-11-12&to=2026-11-13');
  return [to, watermark, answer.watermark, answer.maturedAnchors, answer.repeatedAnchors, answer.provisional];
};

beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

test('the day that runs closes no window: whoever comes back in its afternoon is counted', async () => {
  at('2026-11-19');
  await load('manha.csv', [
    call('2026-11-12', '09:00:00', { phone: '98765-4301' }),
    call('2026-11-19', '08:00:00', { phone: '98765-4302' }),
  ]);
  expect(await found()).toEqual(['2026-11-19', '2026-11-18', '2026-11-18', 0, 0, true]);
  // The morning is all that came of that day: that it is over now adds nothing to it.
  at('2026-11-20');
  expect((await found()).slice(0, 3)).toEqual(['2026-11-19', '2026-11-18', '2026-11-18']);
  await load('tarde.csv', [call('2026-11-19', '08:30:00', { phone: '98765-4301' })]);
  expect(await found()).toEqual(['2026-11-19', '2026-11-19', '2026-11-19', 1, 1, false]);
});

test('a contact of years ahead neither ends its source there nor makes the day that runs complete', async () => {
  at('2026-11-20');
  const before = await found();
  await load('futuro.csv', [call('2036-11-20', '08:00:00', { phone: '98765-4303' })]);
  expect(await found()).toEqual(before);
  await load('hoje.csv', [call('2026-11-20', '08:00:00', { phone: '98765-4304' })]);
  expect((await found()).slice(0, 3)).toEqual(['2026-11-20', '2026-11-19', '2026-11-19']);
});
