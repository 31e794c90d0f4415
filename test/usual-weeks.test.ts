import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MetricAnswer } from '../src/api/schema.ts';
import type { FigureLine } from '../src/api/schema-figures.ts';
import { loadWorld, TestApi } from './app.ts';

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 4000);
}, 120_000);
afterAll(() => api?.close());

const ask = (name: string, from: string, to: string) =>
  api.json<MetricAnswer>(`/api/metrics/${name}?from=${from}&to=${to}`);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

test('beside a week and a day stands the mean of their four likes before, each asked by itself', async () => {
  const day = (from: string, days: number) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
  for (const [from, length] of [
    ['2026-10-19', 7],
    ['2026-10-21', 1],
  ] as const) {
    const line = await api.json<FigureLine>(
      `/api/figures?names=contacts,avgHandleTime,repeatRate&from=${from}&to=${day(from, length)}`,
    );
    expect(line.usualFrom).toBe(day(from, -28));
    for (const { name, usual } of line.figures) {
      const likes = await Promise.all(
        [7, 14, 21, 28].map((back) => ask(name, day(from, -back), day(from, length - back))),
      );
      const n = total(likes.map((like) => like.n));
      const mean =
        name === 'contacts'
          ? total(likes.map((like) => like.total!)) / 4
          : total(likes.map((like) => like.total! * like.n)) / n;
      expect(usual).toEqual({ value: expect.closeTo(mean, 9), n });
    }
  }
  const fresh = await api.json<FigureLine>('/api/figures?names=contacts&from=2026-05-18&to=2026-05-25');
  expect([fresh.usualFrom, fresh.figures[0]?.usual]).toEqual([null, undefined]);
  const few = await api.json<FigureLine>('/api/figures?names=contacts&from=2026-10-19&to=2026-10-22');
  expect(few.usualFrom).toBeNull();
});
