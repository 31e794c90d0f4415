import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FigureLine } from '../src/metrics/figures.ts';
import type { TestApi } from './app.ts';
import { openWeek } from './week.ts';

let api: TestApi;

// Weeks of Tuesday to Monday: 26/10/2026 is the last day of S95, and the day after begins S96.
beforeAll(async () => {
  ({ api } = await openWeek({ RAMAL_WEEK: '2026-10-27=96' }));
}, 60_000);
afterAll(() => api?.close());

type Rows = { rows: Record<string, unknown>[] };

test('figures, repeats and trends are grouped by the weeks that were set', async () => {
  const counted = await api.json<Rows>('/api/metrics/contacts?by=week');
  expect(counted.rows.map(({ week, value }) => [week, value])).toEqual([
    ['2026-10-20', 82],
    ['2026-10-27', 24],
    ['2026-11-10', 1],
  ]);
  const repeats = await api.json<Rows>('/api/repeats?by=week');
  expect(repeats.rows.map(({ week, anchors, repeats }) => [week, anchors, repeats])).toEqual([
    ['2026-10-20', 82, 0],
    ['2026-10-27', 0, 19],
    ['2026-11-10', 1, 0],
  ]);
  const { figures } = await api.json<FigureLine>('/api/figures?names=contacts&from=2026-10-27&to=2026-11-03');
  expect(figures[0]?.trend.slice(-2).map(({ from, value }) => [from, value])).toEqual([
    ['2026-10-20', 82],
    ['2026-10-27', 24],
  ]);
  expect(await api.json('/api/session')).toMatchObject({ week: { first: '2026-10-27', number: 96 } });
});

test('files tell the number of each week, and a view that follows weeks takes the last closed one', async () => {
  const open = async (url: string) => {
    const answer = await api.ask(url, { as: 'manager' });
    return { name: String(answer.headers['content-disposition']), sheets: (await readXlsx(answer.bytes)).sheets };
  };
  const { sheets } = await open('/api/repeats?by=week&format=xlsx');
  expect(sheets[1]!.rows.map((row) => row[1])).toEqual(['Número da semana', 'S95', 'S96', 'S98']);
  const english = await open('/api/metrics/contacts?by=week&format=xlsx&lang=en');
  expect(english.sheets[1]!.rows.map((row) => row[1])).toEqual(['Week number', 'W95', 'W96', 'W98']);
  const home = await open(`/api/report?screen=${encodeURIComponent('/')}&followed=week`);
  expect(home.name).toContain('2026-11-03_2026-11-09');
  const weeks = home.sheets.find(({ name }) => name === 'Semanas')!;
  expect(weeks.rows.at(-1)![0]).toBe('Semana S96');
});
