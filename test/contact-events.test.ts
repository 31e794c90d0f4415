import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { ContactEvents } from '../src/api/schema-callers.ts';
import { silent } from '../src/kernel/progress.ts';
import { TestApi } from './app.ts';
import { eventLayout, TICKETS, ticketFile } from './event-files.ts';
import { age } from './home.ts';

const TOLD = `id;ticket;when;what;who;more
1;T1;2026-03-02 09:00:00;cliente;Maria Aparecida Lima;
2;T1;2026-03-02 09:10:00;equipe;A1;
3;T1;2026-03-02 09:20:00;fila;A1;ligar 11 98765-4321
4;T1;2026-03-02 08:59:00;nota;;
5;T2;2026-03-02 09:00:00;cliente;;
`;

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  const folder = join(api.app.config.home, 'received');
  mkdirSync(folder);
  const files = {
    tickets: ticketFile([
      ['T1', '02 09:00:00', ''],
      ['T3', '02 09:00:00', ''],
    ]),
    'ticket-events': TOLD,
  };
  for (const layout of [TICKETS, eventLayout()]) await api.json('/api/layouts', { method: 'POST', body: { layout } });
  for (const [source, content] of Object.entries(files)) {
    const path = join(folder, `${source}.csv`);
    writeFileSync(path, content);
    age(path);
    await intakeFiles(
      api.app,
      { paths: [path], source, build: true },
      { name: 'teste', role: 'administrator' },
      silent,
    );
  }
}, 60_000);
afterAll(() => api?.close());

test('a contact tells what happened to it, in order, and no more than may be seen', async () => {
  const { rows } = await api.json<{ rows: { row_id: number; agent_name: string }[] }>('/api/contacts?source=tickets');
  const told = await Promise.all(
    rows.map(({ row_id }) => api.json<ContactEvents>(`/api/contacts/${row_id}/events`, { as: 'intake' })),
  );
  const [of, none] = told.toSorted((a, b) => b.total - a.total);
  expect(none).toEqual({ rows: [], total: 0 });
  expect(of!.total).toBe(4);
  expect(of!.rows.map(({ row_id: _, ...one }) => one)).toEqual([
    { happened_at: '2026-03-02T08:59:00', kind: 'other', agent_name: null, actor: null, value: null },
    { happened_at: '2026-03-02T09:00:00', kind: 'message', agent_name: null, actor: 'Maria A. L.', value: null },
    { happened_at: '2026-03-02T09:10:00', kind: 'reply', agent_name: 'A1', actor: null, value: null },
    { happened_at: '2026-03-02T09:20:00', kind: 'transfer', agent_name: 'A1', actor: null, value: '***321' },
  ]);
});

test('the layout in use says what its rows are', async () => {
  const { layouts } = await api.json<{ layouts: { source: string; into: string }[] }>('/api/layouts');
  expect(layouts.find(({ source }) => source === 'ticket-events')).toMatchObject({ into: 'event' });
});
