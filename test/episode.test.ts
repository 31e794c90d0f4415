import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { age } from './home.ts';
import { openWeek, type Week } from './week.ts';

let week: Week;

/** The first of Ana's people, who called on the 26th and the 27th, calls sixty times more on 03/11, each ten minutes. */
beforeAll(async () => {
  week = await openWeek();
  const [header, first] = week.lines as [string, string];
  const calls = Array.from({ length: 60 }, (_, index) => {
    const minutes = 480 + 10 * index;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
    const [, , , ...rest] = first.split(';');
    return ['03/11/2026', time, 30_260_000 + index, ...rest].join(';');
  });
  const path = join(week.api.app.config.home, 'outras.csv');
  writeFileSync(path, `${[header, ...calls].join('\r\n')}\r\n`, 'latin1');
  age(path);
  await week.api.job('/api/intake', { paths: [path], source: 'demo-calls' });
}, 60_000);
afterAll(() => week?.api.close());

interface Told {
  readonly rows: Record<string, unknown>[];
  readonly earlier: number;
  readonly later: number;
}
const episode = (row: number, rule = 'house') => week.api.json<Told>(`/api/contacts/${row}/episode?rule=${rule}`);
const rowAt = async (moment: string, agent = 'A9') => {
  const [found] = await week.api.app.lake.rows<{ row_id: number }>(
    'SELECT row_id FROM silver.contact WHERE started_at = CAST($moment AS TIMESTAMP) AND agent_id = $agent ORDER BY row_id',
    { moment, agent },
  );
  return found!.row_id;
};

test('what a rule says of each contact of the person, in time order, masked', async () => {
  const [anchor, repeat] = [await rowAt('2026-10-26 10:00:00'), await rowAt('2026-10-27 10:00:00')];
  const { rows, earlier, later } = await episode(repeat);
  expect([rows.length, earlier, later]).toEqual([27, 0, 35]);
  expect(
    rows.slice(0, 4).map(({ started_at, role, why, bucket, of_row }) => [started_at, role, why, bucket, of_row]),
  ).toEqual([
    ['2026-10-26T10:00:00', 'anchor', 'first', 'none', anchor],
    ['2026-10-27T10:00:00', 'repeat', 'repeat', 'D1_3', anchor],
    ['2026-11-03T08:00:00', 'anchor', 'late', 'none', rows[2]!.row_id],
    ['2026-11-03T08:10:00', 'repeat', 'repeat', 'D0', rows[2]!.row_id],
  ]);
  expect(rows[1]).toMatchObject({ row_id: repeat, same_reason: true, agent_name: 'Ana Prado', queue: 'Retenção' });
  for (const { protocol } of rows) expect(protocol).toMatch(/^\*{3}\d{3}$/);
  // The classic rule charges the contact before, and 24 hours later is still in time.
  const classic = await episode(repeat, 'previous-24h');
  expect(classic.rows.slice(1, 5).map(({ role }) => role)).toEqual(['repeat', 'anchor', 'repeat', 'repeat']);
  expect(classic.rows[4]!.of_row).toBe(classic.rows[3]!.row_id);
});

test('of very many contacts those around it, and how many more there are', async () => {
  const middle = await rowAt('2026-11-03 13:00:00');
  const { rows, earlier, later } = await episode(middle);
  expect([rows.length, earlier, later]).toEqual([51, 7, 4]);
  expect(rows[25]!.row_id).toBe(middle);
});

test('a contact that is not there, or a rule that is none, is told', async () => {
  for (const url of ['/api/contacts/999999999/episode', '/api/contacts/1/episode?rule=antiga'])
    expect((await week.api.ask(url, { as: 'manager' })).status).toBe(404);
});
