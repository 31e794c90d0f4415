import { renameSync, rmSync } from 'node:fs';
import { readXlsx } from 'hucre';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonaCustomers, PersonaMovers, PersonasView } from '../src/api/schema-segments.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { twoDivisions } from './two-divisions.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await twoDivisions(api.app);
});
afterAll(() => api?.close());

const ask = <T>(path: string) => api.json<T>(path, { as: 'manager' });

test('movers, newcomers and leavers are told apart, a group that is gone among them, and add up', async () => {
  const { since, worth, segments } = await ask<PersonasView>('/api/personas');
  expect(worth).toEqual({ pt: 'MRR', en: 'MRR' });
  expect(since?.groups).toMatchObject([
    { group: 1, came: { customers: 1, worth: 90 }, joined: { worth: 500 }, went: { worth: 200 }, left: { worth: 30 } },
    { group: 2, came: { customers: 2, worth: 330 }, went: { customers: 1, worth: 0 }, stayed: { worth: -10 } },
    { group: 9, went: { customers: 1, worth: 70 }, before: 70, now: 0 },
  ]);
  expect(since?.total).toMatchObject({ came: { customers: 3 }, stayed: { worth: 40 }, before: 450, now: 1110 });
  expect([since?.halfKnown, since?.former]).toEqual([1, [{ group: 9, name: { pt: 'Grupo 9', en: 'Group 9' } }]]);
  expect(segments?.stability.map(({ number, warning }) => [number, warning?.pt ?? null])).toEqual([
    [1, 'grupo que se desfaz: não convém dar-lhe nome'],
    [2, null],
  ]);
});

test('fields are told in words, one of each column, and the customary playbook in both languages', async () => {
  const { personas } = await ask<PersonasView>('/api/personas');
  const [first] = personas;
  expect(first?.traits.map(({ label, unit }) => [label.pt, label.en, unit])).toEqual([
    ['valor total (soma)', 'total value (sum)', 'money'],
  ]);
  expect(first?.aches.map(({ label }) => label.pt)).toEqual(['nota de suporte técnico, agilidade']);
  expect(first?.said).toMatchObject({
    pt: { name: 'VIPs da Indústria', action: 'Gestão de contas-chave' },
    en: { name: 'Industry VIPs', pain: 'Expects first-rate support and partnership', action: 'Key account management' },
  });
});

test('the customers of a persona, those worth most first, names masked, and their place in the base', async () => {
  const { total, customers, base } = await ask<PersonaCustomers>('/api/personas/1/customers');
  expect(total).toBe(3);
  expect(customers.map(({ customer, segment, worth }) => [customer, segment, worth])).toEqual([
    ['CLI-G', 'VAREJO', 500],
    ['CLI-A', 'VAREJO', 150],
    ['CLI-D', 'VAREJO', 90],
  ]);
  expect(customers[0]!.name).not.toContain('Souza');
  const one = await ask<{ key: { value: string } }>(`/api/customers/bases/${base}/rows/${customers[0]!.row}`);
  expect(one.key.value).toBe('CLI-G');
  expect((await ask<PersonaCustomers>('/api/personas/1/customers?page=2')).customers).toEqual([]);
  expect((await api.ask('/api/personas/7/customers', { as: 'manager' })).status).toBe(404);
  expect((await api.ask('/api/personas/1/customers', { as: 'supervisor' })).status).toBe(403);
});

test('who came and who went, apart, with what they were worth and are', async () => {
  const came = await ask<PersonaMovers>('/api/personas/1/movers');
  expect(came.total).toBe(2);
  expect(came.movers.map(({ customer, from, to, before, now }) => [customer, from, to, before, now])).toEqual([
    ['CLI-G', null, 1, null, 500],
    ['CLI-D', 2, 1, null, 90],
  ]);
  const went = await ask<PersonaMovers>('/api/personas/1/movers?way=went');
  expect(went.movers.map(({ customer, to, before, now, row }) => [customer, to, before, now, row === null])).toEqual([
    ['CLI-B', 2, 200, 260, false],
    ['CLI-F', null, 30, null, true],
  ]);
  expect(went.movers.map(({ name }) => name?.includes('Souza'))).toEqual([false, false]);
  expect((await ask<PersonaMovers>('/api/personas/9/movers?way=went')).total).toBe(1);
});

test('all of them as files, recorded, and the workbook in the words of its language', async () => {
  const { bytes } = await api.ask('/api/personas/1/customers?format=csv&lang=pt', { as: 'manager' });
  const lines = bytes.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n');
  expect(lines[0]).toBe('Cliente;Nome;Segmento;MRR');
  expect(lines.slice(1).map((line) => line.split(';').filter((_, at) => at !== 1))).toEqual([
    ['CLI-G', 'VAREJO', '500'],
    ['CLI-A', 'VAREJO', '150'],
    ['CLI-D', 'VAREJO', '90'],
  ]);
  const moved = await api.ask('/api/personas/1/movers?way=went&format=csv&lang=en', { as: 'manager' });
  const rows = moved.text.replace('\ufeff', '').trimEnd().split('\r\n');
  expect(rows[0]).toBe('Customer;Name;MRR before;MRR now;Difference;From;To');
  expect(rows[1]!.split(';').filter((_, at) => at !== 1)).toEqual([
    'CLI-B',
    '200',
    '260',
    '60',
    'Industry VIPs',
    'Group 2',
  ]);
  const recorded = await api.app.ledger.sql<{ object: string }[]>`
    SELECT object FROM audit WHERE action = 'export' ORDER BY audit_id`;
  expect(recorded.map(({ object }) => object)).toEqual([
    'ramal-persona-1-clientes-2026-11-15',
    'ramal-persona-1-left-2026-11-15',
  ]);
  const { bytes: book } = await api.ask('/api/personas/workbook?lang=en', { as: 'manager' });
  const { sheets } = await readXlsx(book);
  const [head, vips] = sheets[1]!.rows;
  expect(head).toEqual([
    ...['Persona', 'Group', 'Customers', 'Share of the base', 'MRR', 'Share of MRR', 'Portrait', 'What sets it apart'],
    ...['Likeness to the play', 'Stability', 'Mind'],
  ]);
  expect(vips![7]).toBe('total value (sum): R$ 4,528,077 (base R$ 338,400)');
  expect(vips!.slice(9)).toEqual([0.4, 'group that dissolves: better not named']);
  const actions = sheets[4]!.rows.map((row) => row.at(-1));
  expect(actions).toContain('Key account management');
});

test('NPS of each persona by the last grade of each customer; a persona without grades says so', async () => {
  expect((await ask<PersonasView>('/api/personas')).nps).toBeNull();
  const [now] = await api.app.divisions.approved();
  // Persona 1 has A, D and G; persona 2 B, C and E. B's answers have no day: its median counts.
  const told =
    "('CLI-A', 10, 4), ('CLI-D', 6, 9), ('CLI-G', 9, 9), ('CLI-B', NULL, 8.5), ('CLI-C', NULL, NULL), ('NOBODY', 0, 0)";
  await writeCare(now!.base, told);
  const { nps } = await ask<PersonasView>('/api/personas');
  expect(nps!.groups).toMatchObject([
    { group: 1, customers: 3, n: 3, promoters: 2, passives: 0, detractors: 1 },
    { group: 2, customers: 3, n: 1, promoters: 0, passives: 1, detractors: 0, score: 0, interval: null },
  ]);
  expect(nps!.groups[0]!.score).toBeCloseTo(33.333, 3);
  expect(nps!.base).toMatchObject({ customers: 6, n: 4, promoters: 2, passives: 1, detractors: 1, score: 25 });
  const { bytes } = await api.ask('/api/personas/workbook?lang=en', { as: 'manager' });
  const sheet = (await readXlsx(bytes)).sheets.at(-1)!;
  expect([sheet.name, sheet.rows[0]!.slice(0, 2)]).toEqual(['NPS', ['Persona', 'NPS']]);
  expect(sheet.rows.slice(1).map((row) => [row[0], row[4], row[5], row[6], row[7], row[8]])).toEqual([
    ['Industry VIPs', 3, 3, 2, 0, 1],
    ['Group 2', 3, 1, 0, 1, 0],
    ['Whole base', 6, 4, 2, 1, 1],
  ]);
  await writeCare(now!.base, "('CLI-A', 10, 10)");
  const alone = (await ask<PersonasView>('/api/personas')).nps!.groups[1];
  expect(alone).toMatchObject({ group: 2, n: 0, score: null, interval: null });
  await writeCare(now!.base, "('CLI-A', NULL, NULL)");
  expect((await ask<PersonasView>('/api/personas')).nps).toBeNull();
  rmSync(api.app.bases.careOf(now!.base));
});

const writeCare = (base: number, rows: string) =>
  api.app.lake.use((session) =>
    session.run(
      `COPY (SELECT customer, last_nps::DOUBLE AS last_nps, median_nps::DOUBLE AS median_nps
         FROM (VALUES ${rows}) AS t(customer, last_nps, median_nps)) TO ${literal(api.app.bases.careOf(base))} (FORMAT parquet)`,
    ),
  );

test('without the file of an earlier base, or of its groups, personas are told but for what changed, and it says why', async () => {
  const { since: whole, ...before } = await ask<PersonasView>('/api/personas');
  expect([before.lost, whole?.total.stayed.customers]).toEqual([null, 2]);
  const [, earlier] = await api.app.divisions.approved();
  const { base, id } = earlier!;
  for (const [what, path] of [
    ['base', api.app.bases.pathOf(base)],
    ['groups', api.app.divisions.pathOf(id)],
  ] as const) {
    renameSync(path, `${path}.away`);
    const { since, lost, ...rest } = await ask<PersonasView>('/api/personas');
    expect([since, lost]).toEqual([null, { day: '2026-08-16', what }]);
    expect({ ...rest, lost: null }).toEqual(before);
    const moved = await api.ask('/api/personas/1/movers', { as: 'manager' });
    expect([moved.status, moved.text.includes('2026-08-16')]).toEqual([404, true]);
    expect((await ask<PersonaCustomers>('/api/personas/1/customers')).total).toBe(3);
    const groups = await ask<{ groups: readonly unknown[] }>('/api/customers/bases/2/rows/1/groups');
    expect(groups.groups).toHaveLength(what === 'base' ? 2 : 1);
    renameSync(`${path}.away`, path);
  }
  expect((await ask<PersonasView>('/api/personas')).since).toEqual(whole);
});
