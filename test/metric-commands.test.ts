import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowPage } from '../src/api/schema.ts';
import type { LikeMix, SameAge } from '../src/api/schema-metrics.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import { clientOf, type TestApi } from './app.ts';
import { openWeek } from './week.ts';

let api: TestApi;
beforeAll(async () => {
  ({ api } = await openWeek());
}, 120_000);
afterAll(() => api?.close());

const run = (...args: string[]) => runCommand(clientOf(api), readArguments(args), process.stdout);
const WEEK = ['--from', '2026-10-26', '--to', '2026-11-02'];
/** Cells of a text table's line, by the lines that begin with a text. */
const line = (text: string | null, start: string) =>
  text!
    .split('\n')
    .find((one) => one.startsWith(start))!
    .split(/ {2,}/)
    .map((cell) => cell.trim());

test('teams on a like mix, by name; what is not asked together', async () => {
  const answer = await api.json<LikeMix>('/api/metrics/avgHandleTime/mix?from=2026-10-26&to=2026-11-02&by=agent');
  const text = await run('metric', 'avgHandleTime', '--mix', '--by', 'agent', ...WEEK);
  expect(text!.split('\n').filter((one) => one.endsWith('poucos casos'))).toHaveLength(
    answer.rows.filter(({ few }) => few).length,
  );
  for (const { label, n } of answer.rows) expect(line(text, label!)).toContain(String(n));
  await expect(run('metric', 'avgHandleTime', '--mix', ...WEEK)).rejects.toMatchObject({ code: 'usage' });
  await expect(run('metric', 'contacts', '--mix', '--months', ...WEEK)).rejects.toMatchObject({ code: 'usage' });
  await expect(run('metric', 'contacts', '--months', '--receipt', '--json')).rejects.toMatchObject({ code: 'usage' });
});

test('a period beside earlier ones at the same age', async () => {
  const asked = ['repeats', 'age', ...WEEK, '--before', '2'];
  const answer = await api.json<SameAge>('/api/repeats/age?from=2026-10-26&to=2026-11-02&before=2');
  expect(JSON.parse((await run(...asked, '--json'))!)).toEqual(answer);
  const text = await run(...asked);
  const [first] = answer.periods;
  expect(line(text, '26/10/2026 a 01/11/2026').slice(2, 4)).toEqual([String(first!.anchors), String(first!.repeated)]);
  await expect(run('repeats', '--before', '2')).rejects.toMatchObject({ code: 'usage' });
});

test('who contacted the most, masked', async () => {
  const { rows, total } = await api.json<RowPage>('/api/repeats/callers/ranking?from=2026-10-26&to=2026-11-02');
  const text = await run('repeats', 'customers', ...WEEK);
  expect(text).toContain(`Os ${rows.length} primeiros de ${total} clientes identificados.`);
  expect(text!.split('\n')[2]).toContain(String(rows[0]!.contacts));
  expect(JSON.parse((await run('repeats', 'customers', ...WEEK, '--json'))!)).toEqual(rows);
  // Each has the handle time and the wait of one agent's calls, as openWeek tells them.
  const [heads, , ...told] = text!.split('\n').map((one) => one.split(/ {2,}/));
  expect(heads!.slice(3, 6)).toEqual(['acumulado', 'TMA', 'TME']);
  expect(told.slice(0, 19).map((cells) => cells.slice(4, 6).join(' '))).toEqual(
    expect.arrayContaining(['5:48 0:10', '1:02:15 0:30', '4:40 0:05']),
  );
  const ranked = await run('repeats', 'customers', ...WEEK, '--order', 'avgHandleTime');
  expect(ranked).toContain('Os 0 primeiros de 0 clientes identificados que têm ao menos 5 casos de TMA. 82 têm menos');
  await expect(run('repeats', 'customers', '--order', 'backlog')).rejects.toThrow('"usage"');
  await expect(run('repeats', '--order', 'avgHandleTime')).rejects.toMatchObject({ code: 'usage' });
});
