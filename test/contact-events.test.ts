import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { BatchDetail } from '../src/api/schema.ts';
import type { ContactEvents } from '../src/api/schema-callers.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import { Layouts } from '../src/intake/layouts.ts';
import { loadFile } from '../src/intake/load.ts';
import { silent } from '../src/kernel/progress.ts';
import { clientOf, TestApi } from './app.ts';
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

function load(source: string, content: string, name = source) {
  const path = join(api.app.config.home, 'received', `${name}.csv`);
  writeFileSync(path, content);
  age(path);
  const user = { name: 'teste', role: 'administrator' } as const;
  return intakeFiles(api.app, { paths: [path], source, build: true }, user, silent);
}

beforeAll(async () => {
  api = await TestApi.open();
  mkdirSync(join(api.app.config.home, 'received'));
  const files = {
    tickets: ticketFile([
      ['T1', '02 09:00:00', ''],
      ['T3', '02 09:00:00', ''],
    ]),
    'ticket-events': TOLD,
  };
  for (const layout of [TICKETS, eventLayout()]) await api.json('/api/layouts', { method: 'POST', body: { layout } });
  for (const [source, content] of Object.entries(files)) await load(source, content);
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

describe('events of contacts that are not here', () => {
  const detail = (batch: number) => api.json<BatchDetail>(`/api/batches/${batch}`);
  const check = async () => {
    const { checks, healthy } = await api.json<{ healthy: boolean; checks: { check: string; detail: string }[] }>(
      '/api/system',
    );
    return [healthy, checks.find(({ check: name }) => name === 'eventos')?.detail];
  };

  test('are told by their batch, until the contact comes', async () => {
    expect((await detail(2)).warnings).toEqual([
      {
        ...{ kind: 'events-without-contact', rows: 1, detail: 'tickets' },
        message: '1 de 5 eventos são de atendimentos que ainda não estão aqui, e até lá não contam: tickets',
      },
    ]);
    const { batches } = await api.json<{ batches: { batch: number; eventsWithoutContact?: number }[] }>('/api/batches');
    expect(batches.map(({ batch, eventsWithoutContact }) => [batch, eventsWithoutContact])).toEqual([
      [2, 1],
      [1, undefined],
    ]);
    expect(await check()).toEqual([true, '5 eventos, 1 de atendimentos que não estão aqui']);
    const run = (...args: string[]) => runCommand(clientOf(api), readArguments(args), process.stdout);
    expect(await run('batch', 'list')).toMatch(/^ +2 .* carregado, 1 evento sem atendimento +5 /m);
    expect(await run('batch', 'show', '2')).toContain('aviso: 1 de 5 eventos');
    await load('tickets', ticketFile([['T2', '02 09:00:00', '']]), 'later');
    expect(await detail(2)).toMatchObject({ warnings: [] });
    expect(await check()).toEqual([true, '5 eventos, 0 de atendimentos que não estão aqui']);
  });

  test('when none of a source is here, the installation is not well', async () => {
    const layout = eventLayout({ source: 'misnamed', of: 'demo-tickets' });
    await api.json('/api/layouts', { method: 'POST', body: { layout } });
    const { batches } = await load('misnamed', TOLD);
    expect(batches).toMatchObject([{ loaded: 5, eventsWithoutContact: 5 }]);
    expect(await check()).toEqual([
      false,
      '10 eventos, 5 de atendimentos que não estão aqui; de demo-tickets nenhum atendimento está: confira a coluna contact_id do layout',
    ]);
  });

  test('a layout of events of a source that has no layout of contacts is neither kept nor used', async () => {
    for (const named of ['ticketz', 'demo-agent-states', 'ticket-events']) {
      const layout = eventLayout({ source: 'nowhere', of: named });
      const { status, text } = await api.ask('/api/layouts', { as: 'intake', method: 'POST', body: { layout } });
      expect([status, JSON.parse(text).error.message]).toEqual([
        422,
        expect.stringMatching(
          new RegExp(
            `^Layout nowhere: os eventos são de ${named}, e nenhum layout de atendimentos tem este nome\\. Em of use um de anonymous-bank, .*tickets, ou registre`,
          ),
        ),
      ]);
    }
    const { sql } = api.app.ledger;
    const former = eventLayout({ source: 'former', of: 'gone' });
    await sql`INSERT INTO layout (source, version, definition, created_at, created_by)
      VALUES ('former', 1, ${sql.json(former as never)}, now(), 'test')`;
    const layouts = await Layouts.open(api.app.ledger, api.clock);
    const path = join(api.app.config.home, 'received', 'ticket-events.csv');
    const options = { layout: layouts.get('former'), by: 'teste', progress: silent };
    await expect(loadFile({ ...api.app, layouts }, path, options)).rejects.toThrow('os eventos são de gone');
  });
});
