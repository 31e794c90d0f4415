import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventList, NoteList, NoteView } from '../src/api/schema-notes.ts';
import { planOf } from '../src/intake/reference/plan.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import type { TestApi } from './app.ts';
import { openWeek } from './week.ts';

let api: TestApi;

beforeAll(async () => {
  ({ api } = await openWeek());
}, 60_000);
afterAll(() => api?.close());

const write = (body: object, as: 'manager' | 'administrator' = 'manager') =>
  api.json<NoteView>('/api/notes', { method: 'POST', body, as });
const listed = async (period = 'from=2026-10-26&to=2026-11-02') =>
  (await api.json<NoteList>(`/api/notes?${period}`, { as: 'intake' })).notes;
const refused = async (body: object) => (await api.ask('/api/notes', { method: 'POST', body, as: 'manager' })).status;

test('a due decision shows its figure in the whole weeks before and after it, in its own scope', async () => {
  const { id } = await write({
    kind: 'decision',
    day: '2026-11-02',
    text: 'Treinar a fila Ouvidoria no novo roteiro',
    metric: 'contacts',
    filters: ['queue=Ouvidoria'],
    owner: 'pessoa-manager',
    due: '2026-11-09',
  });
  // On the 26th 30 people called that queue, and three of them again on the 27th; then nobody did.
  const [decision] = (await listed()).filter((note) => note.id === id);
  expect(decision!.effect).toMatchObject({
    unit: 'count',
    before: { from: '2026-10-26', to: '2026-11-02', value: 33 },
    after: { from: '2026-11-02', to: '2026-11-09', value: null, n: 0 },
  });
  const open = { kind: 'decision', day: '2026-11-02', text: 'Outra', metric: 'repeatRate', owner: 'pessoa-manager' };
  expect((await write({ ...open, due: '2026-11-30' })).effect).toBeNull();
  // The data reach 15 November: two weeks on each side. 19 of 82 had come back within a week.
  const longer = await write({ ...open, due: '2026-11-19' });
  expect(longer.effect).toMatchObject({
    unit: 'ratio',
    before: { from: '2026-10-19', to: '2026-11-02', value: 19 / 82, n: 82 },
    after: { from: '2026-11-02', to: '2026-11-16' },
  });
  expect(longer.effect!.before.low).toBeLessThan(19 / 82);
  const done = await api.json<NoteView>(`/api/notes/${id}`, { method: 'POST', body: { done: true }, as: 'manager' });
  expect(done.doneOn).toBe('2026-11-20');
  // What is owed is told whatever the period; what was carried out before it is not.
  const elsewhere = (await listed('from=2026-12-01&to=2027-01-01')).map((note) => note.id);
  expect([elsewhere.includes(id), elsewhere.includes(longer.id)]).toEqual([false, true]);
});

test('notes stand on the charts beside deploys, by day', async () => {
  await write({ kind: 'note', day: '2026-10-28', text: '  Deploy 8.4   revertido às 15h ' });
  const { references } = api.app;
  const kind = referenceKind('deploys');
  const entry = {
    key: { day: '2026-10-27', system: 'portal' },
    values: { description: 'Portal 8.4' },
    from: null,
    to: null,
    monthly: false,
  };
  await references.apply(kind, planOf(kind, await references.entries(kind), [entry]), { action: 'set', by: 'teste' });
  const { events } = await api.json<EventList>('/api/events?from=2026-10-26&to=2026-11-02', { as: 'intake' });
  expect(events).toEqual([
    { day: '2026-10-27', kind: 'deploy', text: 'Portal 8.4' },
    { day: '2026-10-28', kind: 'note', text: 'Deploy 8.4 revertido às 15h' },
  ]);
});

test('a decision on a cause says which, and nothing else is taken for one', async () => {
  const said = { kind: 'decision', day: '2026-10-30', text: 'Ouvir junto', owner: 'pessoa-manager', due: '2026-11-30' };
  const { id } = await write({ ...said, metric: 'repeatRate', filters: ['agent=1001'], cause: 'agent-repeats/1001' });
  const found = (await listed()).find((note) => note.id === id)!;
  expect([found.cause, found.filters]).toEqual(['agent-repeats/1001', ['agent=1001']]);
  expect((await listed()).filter(({ cause }) => cause === null).length).toBeGreaterThan(0);
  const { notes } = await api.json<NoteList>('/api/notes?causes=true', { as: 'intake' });
  expect(notes.map((note) => note.id)).toEqual([id]);
  for (const cause of ['agent-repeats', '/1001', 'Agente/1001', 'a/'.padEnd(210, 'x')])
    expect(await refused({ ...said, cause })).toBe(400);
});

test('what is refused: persons, decisions that nobody owes, what does not exist', async () => {
  const note = { kind: 'note', day: '2026-10-28', text: 'ok' };
  expect(await refused({ ...note, text: 'cliente 529.982.247-25 reclamou' })).toBe(400);
  expect(await refused({ ...note, text: 'ligar para (11) 98765-4321' })).toBe(400);
  expect(await refused({ ...note, text: ' ' })).toBe(400);
  expect(await refused({ ...note, text: 'a'.repeat(301) })).toBe(400);
  expect(await refused({ ...note, kind: 'decision' })).toBe(400);
  expect(await refused({ ...note, kind: 'decision', owner: 'pessoa-manager', due: '2026-10-27' })).toBe(400);
  expect(await refused({ ...note, kind: 'decision', owner: 'ninguém', due: '2026-10-29' })).toBe(404);
  expect(await refused({ ...note, metric: 'nenhum' })).toBe(404);
  expect(await refused({ ...note, filters: ['phone=11987654321'] })).toBe(400);
  expect(await refused({ ...note, day: '2026-02-30' })).toBe(400);
});

test('who writes and who deletes', async () => {
  const mine = await write({ kind: 'note', day: '2026-10-29', text: 'de outra pessoa' }, 'administrator');
  const asked = async (method: 'POST' | 'DELETE', as: 'intake' | 'manager', url: string, body?: object) =>
    (await api.ask(url, { method, as, body })).status;
  expect(await asked('POST', 'intake', '/api/notes', { kind: 'note', day: '2026-10-29', text: 'x' })).toBe(403);
  expect(await asked('DELETE', 'manager', `/api/notes/${mine.id}`)).toBe(403);
  const own = await write({ kind: 'note', day: '2026-10-29', text: 'minha' });
  expect(await asked('DELETE', 'manager', `/api/notes/${own.id}`)).toBe(200);
  expect((await listed()).map(({ id }) => id)).not.toContain(own.id);
});
