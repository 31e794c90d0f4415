import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RepeatAnswer } from '../src/metrics/answers.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';
import { ROOT } from './tree.ts';

const GOLDEN = join(ROOT, 'test', 'golden', 'seventeen-contacts');

/**
 * The documentation's seventeen contacts, by hand: eight anchors, by whom, when, how many came back within seven days of
 * their end and how many days after it the first did. The data end on 30/03, so the last one's window is open.
 */
const ANCHORS: readonly [start: string, agent: string, repeats: number, days: number | null][] = [
  ['2026-03-02T09:00:00', 'ag1', 3, 0],
  ['2026-03-02T23:50:00', 'ag1', 1, 1],
  ['2026-03-05T10:05:00', 'ag3', 0, null],
  ['2026-03-09T10:00:00', 'ag2', 1, 1],
  ['2026-03-11T10:00:00', 'ag3', 0, null],
  ['2026-03-11T15:00:00', 'ag1', 0, null],
  ['2026-03-14T10:00:00', 'ag2', 0, null],
];
const OPEN = '2026-03-30T10:00:00';

interface AnchorRow {
  readonly started_at: string;
  readonly came_back: boolean | null;
  readonly repeats: number;
  readonly first_repeat_days: number | null;
  readonly matured?: boolean;
}

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
  const layout = JSON.parse(readFileSync(join(GOLDEN, 'layout.json'), 'utf8')) as object;
  await api.json('/api/layouts', { method: 'POST', body: { layout } });
  const path = join(api.app.config.home, 'contacts.csv');
  copyFileSync(join(GOLDEN, 'contacts.csv'), path);
  age(path);
  await api.job('/api/intake', { paths: [path], source: 'seventeen-contacts' });
}, 60_000);
afterAll(() => api?.close());

const rowsOf = (query: Record<string, string>) =>
  api.json<{ columns: { name: string }[]; rows: AnchorRow[]; total: number }>(
    `/api/contacts?${new URLSearchParams({ sort: 'started_at', ...query })}`,
  );

describe('of the seventeen contacts', () => {
  test('the closed anchors say whether they came back, how often and after how many days', async () => {
    const { rows, columns, total } = await rowsOf({ repeat: 'matured' });
    expect(total).toBe(7);
    expect(rows.map((row) => [row.started_at, row.came_back, row.repeats, row.first_repeat_days])).toEqual(
      ANCHORS.map(([start, , repeats, days]) => [start, repeats > 0, repeats, days]),
    );
    expect(columns.slice(-3).map(({ name }) => name)).toEqual(['came_back', 'repeats', 'first_repeat_days']);
  });

  test.each<[string, Record<string, string>, (agent: string) => boolean]>([
    ['all', {}, () => true],
    ...['ag1', 'ag2', 'ag3'].map((agent): [string, Record<string, string>, (own: string) => boolean] => [
      agent,
      { where: `agent=${agent}` },
      (own) => own === agent,
    ]),
  ])('%s: as many rows as the rate counts above and below its line', async (_, query, own) => {
    const { repeatedAnchors, maturedAnchors } = await api.json<RepeatAnswer>(
      `/api/repeats?${new URLSearchParams(query)}`,
    );
    const starts = async (repeat: string) =>
      (await rowsOf({ ...query, repeat })).rows.map(({ started_at }) => started_at);
    const told = ANCHORS.filter(([, agent]) => own(agent));
    const repeated = await starts('repeated');
    const unrepeated = await starts('unrepeated');
    expect(repeated).toEqual(told.filter(([, , repeats]) => repeats > 0).map(([start]) => start));
    expect(unrepeated).toEqual(told.filter(([, , repeats]) => repeats === 0).map(([start]) => start));
    expect([repeated.length, repeated.length + unrepeated.length]).toEqual([repeatedAnchors, maturedAnchors]);
  });

  test('an anchor whose window is open has not come back yet, which is not a no', async () => {
    const { rows } = await rowsOf({ repeat: 'anchor' });
    expect(rows).toHaveLength(8);
    expect(rows.find(({ started_at }) => started_at === OPEN)).toMatchObject({
      matured: false,
      came_back: null,
      repeats: 0,
      first_repeat_days: null,
    });
    expect(rows.filter(({ matured }) => matured)).toHaveLength(7);
  });

  test('a provisional rate says the day that closes the last window: the open anchor’s end and seven days', async () => {
    const all = await api.json<RepeatAnswer>('/api/repeats?by=agent');
    expect([all.provisional, all.closesOn]).toEqual([true, '2026-04-06']);
    expect(Object.fromEntries(all.rows.map(({ agent, closesOn }) => [agent, closesOn]))).toMatchObject({
      ag1: '2026-04-06',
      ag2: null,
    });
    expect((await api.json<RepeatAnswer>('/api/repeats?rule=previous-7d')).closesOn).toBeNull();
  });

  test('other rows are not asked whether they came back', async () => {
    for (const query of [{}, { repeat: 'repeat' }]) {
      const { columns, rows } = await rowsOf(query);
      expect(columns.map(({ name }) => name)).not.toContain('came_back');
      expect(rows[0]).not.toHaveProperty('came_back');
    }
  });

  test('in a file, in its words', async () => {
    const { text } = await api.ask('/api/contacts?repeat=repeated&sort=started_at&format=csv', { as: 'manager' });
    const lines = text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines[0]).toMatch(/^Início;Voltou;Rechamadas;Dias até a primeira rechamada;/);
    expect(lines.slice(1).map((line) => line.split(';').slice(0, 4))).toEqual([
      ['02/03/2026 09:00:00', 'sim', '3', '0'],
      ['02/03/2026 23:50:00', 'sim', '1', '1'],
      ['09/03/2026 10:00:00', 'sim', '1', '1'],
    ]);
  });

  test('the marked contacts say it of anchors alone', async () => {
    const { text } = await api.ask('/api/repeats/rows', { as: 'manager' });
    const [head = '', ...lines] = text.replace('\uFEFF', '').trim().split('\r\n');
    const names = head.split(';');
    expect(names.slice(-3)).toEqual(['matured', 'came_back', 'first_repeat_days']);
    const rows = lines.map((line) => {
      const cells = line.split(';');
      return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    });
    const anchors = rows.filter(({ role }) => role === 'anchor');
    expect(anchors.filter(({ matured }) => matured === 'sim')).toHaveLength(7);
    expect(anchors.filter(({ matured, came_back }) => matured === 'sim' && came_back === 'sim')).toHaveLength(3);
    expect(anchors.map(({ first_repeat_days }) => first_repeat_days)).toEqual([
      ...ANCHORS.map(([, , , days]) => (days === null ? '' : String(days))),
      '',
    ]);
    const others = rows.filter(({ role }) => role !== 'anchor');
    expect(others.map(({ matured, came_back }) => `${matured}${came_back}`)).toEqual(others.map(() => ''));
  });
});
