import { readXlsx } from 'hucre/xlsx';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowPage } from '../src/api/schema.ts';
import * as schema from '../src/api/schema-shift.ts';
import type { ErlangAnswer } from '../src/api/schema-staffing.ts';
import { addDays, weekdayOf } from '../src/kernel/brazil/dates.ts';
import { lakeFacts } from '../src/metrics/facts.ts';
import { pastDemand } from '../src/metrics/shift/past-demand.ts';
import { demandOf } from '../src/metrics/staffing/demand.ts';
import { TestApi } from './app.ts';
import { call, callsFile, loadInto } from './shift-calls.ts';

let api: TestApi;
/** A Thursday, with weeks before it on which every weekday brings four calls at 08:00, two at 08:30 and three at 09:00. */
const DAY = '2026-11-19';
const WEEKS = 9;
const DAY_CALLS = [
  call(DAY, '08:00:00'),
  // Answered late, and until 08:31:30: its agent is there in both half-hours.
  call(DAY, '08:05:00', { agent: 'A2', wait: '00:00:30', talk: '00:25:00' }),
  call(DAY, '08:10:00', { agent: null, wait: '00:00:08', phone: '98765-4301' }),
  call(DAY, '08:12:00', { agent: null, wait: '00:00:45', phone: '98765-4302' }),
  // Twelve of another queue, each a minute late.
  ...Array.from({ length: 12 }, (_, index) =>
    call(DAY, `08:15:${String(index * 2).padStart(2, '0')}`, {
      ...{ queue: 'Cobrança', agent: 'A3', wait: '00:01:01', talk: '00:00:30', wrapup: '00:00:00' },
    }),
  ),
  call(DAY, '08:20:00', { wait: '00:00:10' }),
  call(DAY, '08:33:00', { wait: '00:00:03' }),
  call(DAY, '08:44:10', { agent: null, wait: '00:00:50' }),
];

const loadCalls = (rows: readonly string[], name: string) => loadInto(api, 'demo-calls', name, callsFile(rows));

const shift = async (query = ''): Promise<schema.Shift> => {
  const found = await api.json<schema.Shift>(`/api/shift${query}`);
  expect([...Value.Errors(schema.Shift, found)]).toEqual([]);
  return found;
};
const soFar = async (query = ''): Promise<schema.ShiftSoFar> => (await shift(query)).shift!;

beforeAll(async () => {
  api = await TestApi.open();
  // 11:00 of that Thursday where the center is.
  api.clock.at = new Date(`${DAY}T14:00:00Z`);
});
afterAll(() => api?.close());

test('a home without a call has no shift, and says so', async () => {
  expect(await shift()).toEqual({ now: `${DAY}T11:00:00`, sources: [], shift: null });
  const list = await api.json<RowPage>('/api/shift/callbacks');
  expect([list.rows, list.total]).toEqual([[], 0]);
  expect((await api.ask('/api/shift/callbacks?format=csv', { as: 'manager' })).status).toBe(404);
});

describe('a shift that began at eight', () => {
  beforeAll(async () => {
    const days = Array.from({ length: 7 * WEEKS }, (_, index) => addDays(DAY, index - 7 * WEEKS));
    const past = days
      .filter((day) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6)
      .flatMap((day) =>
        ['08:01', '08:08', '08:15', '08:22', '08:31', '08:50', '09:00', '09:10', '09:20'].map((time) =>
          call(day, `${time}:00`),
        ),
      );
    await loadCalls(past, 'antes.csv');
    // Last Thursdays' files came at nine.
    const { sql } = api.app.ledger;
    await sql`UPDATE batch SET received_at = '2026-10-20T12:00:00Z'`;
    await loadCalls(DAY_CALLS, 'hoje.csv');
    await api.job('/api/reference/targets/rows', {
      cells: { indicator: 'Nível de serviço', queue: '', account: '', target: '80' },
    });
  }, 60_000);

  test('is of today, up to its last call', async () => {
    const { day, isToday, at, last, newest, previous, excluded } = await soFar();
    expect({ day, isToday, at, last, newest, previous, excluded }).toEqual({
      ...{ day: DAY, isToday: true, at: '08:45', last: '08:44', newest: DAY, previous: '2026-11-18', excluded: 0 },
    });
  });

  test('names the queue below its target, and the half-hour', async () => {
    const { queues, whole } = await soFar();
    expect(queues.map(({ queue, against }) => [queue, against])).toEqual([
      ['Cobrança', 'below'],
      ['Vendas', 'few'],
    ]);
    expect(queues[0]).toMatchObject({
      ...{ offered: 12, answered: 12, abandoned: 0, target: 0.8, level: { value: 0, n: 12 } },
      worst: { from: '08:00', n: 12, inTime: 0 },
    });
    expect(queues[0]!.worst!.short).toBeCloseTo(9.6, 9);
    // Three of six in time: Wilson's interval is 18.8 to 81.2 %.
    expect(queues[1]).toMatchObject({
      offered: 7,
      answered: 4,
      abandoned: 2,
      shortAbandons: 1,
      level: { value: 0.5, n: 6 },
    });
    expect(queues[1]!.level.low).toBeCloseTo(0.1876, 4);
    expect(queues[1]!.level.high).toBeCloseTo(0.8124, 4);
    expect(whole).toMatchObject({ offered: 19, answered: 16, abandoned: 2, shortAbandons: 1, against: 'below' });
    expect(whole.level.value).toBeCloseTo(3 / 18, 9);
  });

  test('holds what came against what was foreseen, and foresees the rest', async () => {
    const { halfHours, forecast } = await soFar();
    expect(
      halfHours.map(({ from, state, offered, answered, abandoned }) => [from, state, offered, answered, abandoned]),
    ).toEqual([
      ['08:00', 'over', 17, 15, 1],
      ['08:30', 'filling', 2, 1, 1],
      ['09:00', 'ahead', null, null, null],
    ]);
    expect(halfHours.map(({ forecast: told }) => told!.naive)).toEqual([4, 2, 3]);
    expect(halfHours.map(({ outside }) => outside)).toEqual(['above', null, null]);
    expect(halfHours[2]!.forecast!.calls).toBeCloseTo(3, 0);
    expect(forecast).toMatchObject({ days: 63, came: 17, noGain: true });
    expect(forecast!.expected).toBeCloseTo(4, 0);
  });

  test('counts who was on a call, and reckons who was needed', async () => {
    const { halfHours, staffing } = await soFar();
    expect(halfHours.map(({ present, rostered, lack }) => [present, rostered, lack])).toEqual([
      [3, null, null],
      [2, null, null],
      [null, null, null],
    ]);
    // 180 calls of 300 s in four weeks, four of 2,460 s and twelve of 30 s today.
    expect(staffing).toMatchObject({ model: 'erlang-c', level: 0.8, within: 20 });
    expect(staffing.aht).toBeCloseTo((54_000 + 2460 + 360) / 196, 9);
    const needed = async (calls: number) =>
      (await api.json<ErlangAnswer>(`/api/staffing/erlang?calls=${calls}&interval=1800&aht=${staffing.aht}&level=0.8`))
        .agents;
    const foreseen = halfHours.map(({ forecast: told }) => told!.calls);
    expect(halfHours.map((half) => half.needed)).toEqual([
      await needed(17),
      await needed(Math.max(2, foreseen[1]!)),
      await needed(foreseen[2]!),
    ]);
  });

  test('with a roster, says how many are missing; a kept answer knows of it', async () => {
    const add = (agent: string, start: string, end: string) =>
      api.job('/api/reference/rosters/rows', { cells: { agent, day: DAY, start, end, channel: 'VOZ' } });
    await add('A1', '08:00', '10:00');
    await add('A2', '08:30', '09:00');
    const { halfHours } = await soFar();
    expect(halfHours.map(({ rostered }) => rostered)).toEqual([1, 2, 1, 1]);
    expect(halfHours[0]!.lack).toBe(halfHours[0]!.needed! - 1);
  });

  test('as it stood at another hour, or on another day', async () => {
    const early = await soFar('?at=08:12');
    expect([early.whole.offered, early.whole.shortAbandons, early.callbacks.today]).toEqual([3, 1, 0]);
    expect(early.halfHours[0]).toMatchObject({ state: 'filling', offered: 3, present: 2 });
    const eve = await soFar('?day=2026-11-18');
    expect(eve).toMatchObject({ day: '2026-11-18', isToday: false, at: '24:00', previous: '2026-11-17' });
    expect(eve.halfHours.map(({ state, offered }) => [state, offered])).toEqual([
      ['over', 4],
      ['over', 2],
      ['over', 3],
    ]);
    expect((await soFar('?day=2026-11-15')).whole).toMatchObject({ offered: 0, level: { value: null } });
  });

  test('of one queue alone, with its own target', async () => {
    await api.job('/api/reference/targets/rows', {
      cells: { indicator: 'Nível de serviço', queue: 'Vendas', account: '', target: '40' },
    });
    const { queues, whole, staffing, callbacks } = await soFar('?where=queue=Vendas');
    expect(queues.map(({ queue, target }) => [queue, target])).toEqual([['Vendas', 0.4]]);
    expect([whole.target, staffing.level]).toEqual([0.4, 0.4]);
    expect(callbacks).toEqual({ today: 1, before: 0, anonymous: 1, anonymousBefore: 0 });
    const { status, text } = await api.ask('/api/shift?where=agent=A1', { as: 'manager' });
    expect([status, JSON.parse(text).error.message]).toEqual([
      400,
      'O turno não se filtra por agent. Use queue ou account',
    ]);
    for (const wrong of ['at=25:00', 'at=9', 'day=ontem'])
      expect((await api.ask(`/api/shift?${wrong}`, { as: 'manager' })).status).toBe(400);
  });

  test('when nothing of today came, is of the last day that has calls', async () => {
    api.clock.at = new Date('2026-11-23T14:00:00Z');
    expect(await soFar()).toMatchObject({ day: DAY, isToday: false, at: '08:45' });
    api.clock.at = new Date(`${DAY}T14:00:00Z`);
  });

  test('says how old the data is, and when that is older than usual', async () => {
    const { sql } = api.app.ledger;
    const [first, second] = await sql<{ batch_id: number }[]>`SELECT batch_id FROM batch ORDER BY batch_id`;
    const came = async (batch: number, at: string) =>
      sql`UPDATE batch SET received_at = ${at} WHERE batch_id = ${batch}`;
    // At eleven, four weeks long, the last file was two hours old.
    await came(first!.batch_id, '2026-10-08T12:00:00Z');
    await came(second!.batch_id, `${DAY}T12:00:00Z`);
    const [known] = (await shift()).sources;
    expect(known).toMatchObject({
      ...{ source: 'demo-calls', newest: `${DAY}T08:44:10`, received: `${DAY}T09:00:00`, minutes: 120 },
      late: false,
    });
    const arrivals = { source: 'demo-calls', weekday: '4', opens: '09:30', closes: '10:10', due_at: '', deadline: '' };
    await api.job('/api/reference/arrivals/rows', { cells: arrivals });
    await came(second!.batch_id, '2026-11-18T12:00:00Z');
    expect((await shift()).sources[0]).toMatchObject({ minutes: 1560, opens: '09:30', closes: '10:10', late: true });
    await came(second!.batch_id, `${DAY}T12:00:00Z`);
  });

  test('lists whom to call back, masked, and the file says the same', async () => {
    const list = await api.json<RowPage>('/api/shift/callbacks', { as: 'intake' });
    expect(list).toMatchObject({ total: 1, page: 1, size: 50 });
    expect(list.rows[0]).toMatchObject({
      ...{ since: `${DAY}T08:12:00`, last: `${DAY}T08:12:00`, queue: 'Vendas', tries: 1, waited_s: 45, before: false },
      ...{ phone: '(11) *****-**02', contact_name: 'Sigismunda R.', channel: 'voz', source: 'demo-calls' },
    });
    const csv = await api.ask('/api/shift/callbacks?format=csv', { as: 'manager' });
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffPrimeira tentativa;Do dia anterior;Telefone;Nome;Cliente na fonte;Fila;Tentativas;Maior espera;Último abandono;Conta;Canal;Fonte',
      '19/11/2026 08:12:00;não;(11) *****-**02;Sigismunda R.;;Vendas;1;0:00:45;19/11/2026 08:12:00;Banco;voz;Demonstração: ligações',
    ]);
    const xlsx = await api.ask('/api/shift/callbacks?format=xlsx', { as: 'manager' });
    const { sheets } = await readXlsx(xlsx.bytes);
    const about = Object.fromEntries(sheets[0]!.rows.map(([name, text]) => [name, text]));
    expect(about).toMatchObject({
      Ramal: 'Chamar de volta',
      Mostra: 'quem abandonou e até 19/11/2026 08:45 não foi atendido por canal nenhum',
      'Dados pessoais': 'mascarados',
    });
    expect((await api.ask('/api/shift', { as: 'operator' })).status).toBe(403);
  });

  test('a supervisor sees the phone and the name of who waits to be called back, nothing else, and that is recorded', async () => {
    const [waiting] = (await api.json<RowPage>('/api/shift/callbacks', { as: 'supervisor' })).rows;
    const reveal = (row: unknown, as: 'supervisor' | 'manager' | 'intake') =>
      api.ask(`/api/shift/callbacks/${String(row)}/reveal`, { method: 'POST', as });
    const { status, text } = await reveal(waiting!.row_id, 'supervisor');
    expect([status, JSON.parse(text)]).toEqual([
      200,
      {
        row: {
          row_id: Number(waiting!.row_id),
          phone: expect.stringMatching(/02$/),
          contact_name: expect.stringMatching(/^Sigismunda /),
        },
      },
    ]);
    for (const as of ['manager', 'intake'] as const) expect((await reveal(waiting!.row_id, as)).status).toBe(403);
    const { rows } = await api.json<RowPage>('/api/contacts?size=50', { as: 'supervisor' });
    const other = rows.find((row) => row.row_id !== waiting!.row_id && row.agent_id !== null)!;
    expect((await reveal(other.row_id, 'supervisor')).status).toBe(404);
    expect(
      (await api.ask(`/api/contacts/${String(waiting!.row_id)}/reveal`, { method: 'POST', as: 'supervisor' })).status,
    ).toBe(403);
    const recorded = await api.app.ledger.sql`
      SELECT user_name, object, details FROM audit WHERE action = 'reveal'`;
    expect(recorded).toEqual([
      { user_name: 'pessoa-supervisor', object: `contact ${String(waiting!.row_id)}`, details: { callback: 1 } },
    ]);
  });

  test('the whole page is a workbook, and a view of it that goes by the day or stays as it was', async () => {
    const report = async (screen: string, more = '') => {
      const { status, bytes, text, headers } = await api.ask(
        `/api/report?screen=${encodeURIComponent(screen)}${more}`,
        { as: 'intake' },
      );
      expect(status, text.slice(0, 200)).toBe(200);
      const { sheets } = await readXlsx(bytes);
      return { sheets, name: String(headers['content-disposition']) };
    };
    const { sheets, name } = await report('/hoje?where=agent%3DA1');
    expect(name).toContain(`ramal-hoje-${DAY}_${DAY}.xlsx`);
    expect(sheets.map((sheet) => sheet.name)).toEqual(['Sobre', 'Filas', 'Meias horas', 'Chamar de volta']);
    const [about, queues, halves, callbacks] = sheets;
    const told = new Map(about!.rows.map(([label, text]) => [label, String(text)]));
    expect(told.get('Período')).toBe('19/11/2026');
    expect(told.get('Filtros')).toBe('nenhum');
    expect(told.get('Planilha Filas')).toContain('Mostra: quem começou antes de 19/11/2026 08:45');
    expect(told.get('Planilha Chamar de volta')).toContain('Dados pessoais: mascarados');
    const of = (sheet: typeof queues) => {
      const [heads, ...rows] = sheet!.rows;
      return rows.map((row) => Object.fromEntries(heads!.map((head, index) => [head, row[index]])));
    };
    // As the screen has them: twelve a minute late, 9.6 of them too many; three of six in time.
    expect(of(queues)).toMatchObject([
      { Fila: 'Cobrança', Situação: 'abaixo', Nível: 0, Meta: 0.8, Oferecidos: 12, 'Faltou atender no tempo': 9.6 },
      { Fila: 'Vendas', Nível: 0.5, Casos: 6, Oferecidos: 7, Atendidos: 4, Abandonados: 2, 'Abandonos curtos': 1 },
    ]);
    expect(of(halves).map((row) => [row.Situação, row.Oferecidos, row.Escaladas, row.Atenderam])).toEqual([
      ['terminou', 17, 1, 3],
      ['em curso', 2, 2, 2],
      ['à frente', null, 1, null],
      ['à frente', null, 1, null],
    ]);
    expect(of(callbacks)).toMatchObject([{ Telefone: '(11) *****-**02', Nome: 'Sigismunda R.', Fila: 'Vendas' }]);
    expect((await report('/hoje?at=08:12', '&lang=en')).sheets[1]!.rows.length).toBe(2);

    const save = (followed: string) =>
      api.ask('/api/views', {
        method: 'POST',
        as: 'intake',
        body: { name: followed, screen: '/hoje?from=2026-01-01&to=2026-02-01&where=queue%3DVendas', followed },
      });
    const screenOf = async (followed: string) => (JSON.parse((await save(followed)).text) as { screen: string }).screen;
    expect(await screenOf('page')).toBe(`/hoje?where=queue%3DVendas&day=${DAY}`);
    // Today is not over: the last whole day is the one before.
    expect(await screenOf('day')).toBe('/hoje?where=queue%3DVendas&day=2026-11-18');
    expect(await screenOf('fixed')).toBe(`/hoje?where=queue%3DVendas&day=${DAY}&at=08%3A45`);
    expect((await save('week')).status).toBe(400);
    api.clock.at = new Date('2026-11-23T14:00:00Z');
    const { views } = await api.json<{ views: { name: string; screen: string }[] }>('/api/views', { as: 'intake' });
    expect(views.map(({ name: view, screen }) => [view, screen.split('day=')[1]])).toEqual([
      // Nothing came since that morning: of its day it is not known whether all did.
      ['day', '2026-11-18'],
      ['fixed', `${DAY}&at=08%3A45`],
      ['page', DAY],
    ]);
    api.clock.at = new Date(`${DAY}T14:00:00Z`);
  });

  test('says where its figures come from', async () => {
    const { receipt } = await shift('?receipt=true&where=queue=Vendas');
    expect(receipt).toMatchObject({ sources: ['demo-calls'], batches: 1, exclusions: [] });
    expect(receipt!.statement).toMatch(/^SELECT source/);
    expect((await shift()).receipt).toBeUndefined();
  });

  test('takes the past from the mart as the rows have it', async () => {
    const { lake } = api.app;
    const { sources } = await lakeFacts(lake);
    const question = { sources, channel: 'voz', within: 20, view: 'net' as const };
    const scope = { from: '2026-09-01', to: '2026-11-20' };
    const { halfHours, queues } = await demandOf(lake, { ...question, scope });
    expect(await pastDemand(lake, { ...question, scope })).toEqual({ halfHours, queues: queues.toSorted() });
    expect(halfHours.length).toBeGreaterThan(130);
  });
});
