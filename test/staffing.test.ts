import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readXlsx } from 'hucre/xlsx';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSOLE } from '../src/access/roles.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import * as schema from '../src/api/schema-staffing.ts';
import { addDays, weekdayOf } from '../src/kernel/brazil/dates.ts';
import { silent } from '../src/kernel/progress.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';
import { ROOT } from './tree.ts';

let api: TestApi;
/** A Monday, with weeks before it on which every weekday but this brings four calls at 08:00 and two at 08:30. */
const DAY = '2026-11-09';
const WEEKS = 9;
const COLUMNS =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';

let serial = 0;
interface Said {
  leg?: 1 | 2;
  queue?: string;
  status?: 'ATENDIDA' | 'ABANDONADA';
  wait?: string;
  talk?: string;
  wrapup?: string;
}
function call(day: string, time: string, said: Said = {}): string {
  const { leg = 1, queue = 'Vendas', status = 'ATENDIDA' } = said;
  if (leg === 1) serial++;
  const gone = status === 'ABANDONADA';
  const date = day.split('-').reverse().join('/');
  const durations = [
    said.wait ?? '00:00:05',
    gone ? '' : (said.talk ?? '00:04:00'),
    gone ? '' : (said.wrapup ?? '00:01:00'),
  ];
  const agent = gone ? ';' : 'A1;Ana Reis';
  return `${date};${time};P${serial};${leg};C;${queue};Banco;11;98765-4321;Fulana de Tal;;${agent};Fatura;${status};${durations.join(';')};`;
}

const DAY_CALLS = [
  call(DAY, '08:00:00'),
  call(DAY, '08:10:00', { talk: '00:09:00' }),
  // Transferred: the second leg is work, not one more call.
  call(DAY, '08:20:00'),
  call(DAY, '08:26:00', { leg: 2, queue: 'Suporte', talk: '00:09:30', wrapup: '00:00:30' }),
  call(DAY, '08:29:59', { status: 'ABANDONADA', wait: '00:00:40' }),
  call(DAY, '08:30:00', { wait: '00:00:21', queue: 'Suporte' }),
];

beforeAll(async () => {
  api = await TestApi.open();
  const rows = Array.from({ length: 7 * WEEKS }, (_, index) => addDays(DAY, index - 7 * WEEKS)).flatMap((day) =>
    weekdayOf(day) === 0 || weekdayOf(day) === 6
      ? []
      : ['08:01', '08:08', '08:15', '08:22', '08:31', '08:50'].map((time) => call(day, `${time}:00`)),
  );
  const folder = join(api.app.config.home, 'sent');
  mkdirSync(folder);
  const path = join(folder, 'ligacoes.csv');
  writeFileSync(path, Buffer.from(`${[COLUMNS, ...rows, ...DAY_CALLS].join('\r\n')}\r\n`, 'latin1'));
  age(path);
  await intakeFiles(api.app, { paths: [path], source: 'demo-calls', build: true }, CONSOLE, silent);
}, 60_000);
afterAll(() => api?.close());

async function staffing(query = ''): Promise<schema.StaffingAnswer> {
  const found = await api.json<schema.StaffingAnswer>(`/api/staffing?from=${DAY}&to=${addDays(DAY, 1)}${query}`);
  expect([...Value.Errors(schema.StaffingAnswer, found)]).toEqual([]);
  return found;
}

async function refused(url: string): Promise<string> {
  const { status, text } = await api.ask(url, { as: 'manager' });
  expect(status).toBe(400);
  return (JSON.parse(text) as { error: { message: string } }).error.message;
}

const rostered = (agent: string, start: string, end: string, channel = 'VOZ') =>
  api.job('/api/reference/rosters/rows', { cells: { agent, day: DAY, start, end, channel } });

test('calls of a day by half-hour: first legs offered, the work of every leg, what was answered in time', async () => {
  const answer = await staffing('&patience=none&horizon=0');
  const [first, second] = answer.rows;
  expect(answer.rows).toHaveLength(2);
  expect(first).toMatchObject({ day: DAY, from: '08:00', offered: 4, abandoned: 1, answeredInTime: 3 });
  expect(second).toMatchObject({ from: '08:30', offered: 1, abandoned: 0, answeredInTime: 0 });
  // 300 + 600 + 300 + 600 + 300 s of work for four answered calls.
  expect(answer.aht).toBeCloseTo(2100 / 4, 9);
  expect([answer.offered, answer.abandoned, answer.excluded]).toEqual([5, 1, 0]);
  expect(answer).toMatchObject({ model: 'erlang-c', sources: ['demo-calls'], watermark: DAY, forecast: null });
  // 4 calls × 525 s are 1.17 erlangs: 2 agents answer 58.4 % in 20 s, 3 answer 87.7 %. One call takes 2: 1 answers 71.6 %.
  expect([first!.needed, second!.needed]).toEqual([3, 2]);
  expect(first!.usualCalls).toBeCloseTo(4, 0);
  expect(second!.usualCalls).toBeCloseTo(2, 0);
  expect([first!.rostered, first!.lack, answer.withoutRoster]).toEqual([null, null, 2]);
  expect(answer.came).toEqual({ needed: 2.5, rostered: null, lack: null, surplus: null });
});

test('patience is told of the waits of everybody and of those who gave up', async () => {
  const { patience, model } = await staffing('&horizon=0');
  // 5 + 5 + 5 + 40 + 21 s waited, one gone: too few to reckon with.
  expect(patience).toMatchObject({ seconds: 76, abandons: 1, given: false });
  expect(patience!.low).toBeLessThan(76);
  expect(model).toBe('erlang-c');
  const given = await staffing('&patience=60&horizon=0');
  expect(given).toMatchObject({ model: 'erlang-a', patience: { seconds: 60, given: true } });
  expect(given.rows[0]!.needed).toBe(3);
});

describe('with a roster', () => {
  test('people of the channel stand against those needed, and a kept answer knows of each change', async () => {
    await staffing('&patience=none&horizon=0');
    await rostered('A1', '08:00', '09:00');
    await rostered('A2', '08:15', '09:00', '');
    await rostered('A3', '08:00', '08:30', 'chat');
    const { rows, came, usual, withoutRoster } = await staffing('&patience=none&horizon=0');
    expect(rows.map((row) => [row.rostered, row.lack, row.surplus])).toEqual([
      [1.5, 1.5, 0],
      [2, 0, 0],
    ]);
    expect(came).toEqual({ needed: 2.5, rostered: 1.75, lack: 0.75, surplus: 0 });
    expect(usual.rostered).toBe(1.75);
    expect(withoutRoster).toBe(0);
  });

  test('shrinkage asks for more people, a target of its own for others', async () => {
    const { rows } = await staffing('&patience=none&horizon=0&shrinkage=0.3');
    expect(rows.map(({ needed }) => needed)).toEqual([5, 3]);
    await api.job('/api/reference/targets/rows', {
      cells: { indicator: 'serviceLevel', queue: '', account: '', target: '95%' },
    });
    const aimed = await staffing('&patience=none&horizon=0');
    expect([aimed.target.level, aimed.rows[0]!.needed]).toEqual([0.95, 4]);
    expect((await staffing('&level=0.8&patience=none&horizon=0')).rows[0]!.needed).toBe(3);
  });

  test('of a queue only rows that name it count', async () => {
    const none = await staffing('&where=queue=Suporte&horizon=0');
    expect([none.offered, none.rows[0]!.rostered]).toEqual([1, null]);
    await rostered('A9', '08:00', '09:00', 'suporte');
    const own = await staffing('&where=queue=Suporte&horizon=0');
    expect(own.rows.map((row) => [row.from, row.rostered])).toEqual([
      ['08:00', 1],
      ['08:30', 1],
    ]);
  });
});

test('the coming days have their calls, their agents and how near both forecasts were', async () => {
  const { forecast } = await staffing('&horizon=7&patience=none&level=0.8');
  expect(forecast).toMatchObject({ from: '2026-11-10', to: '2026-11-17', noGain: true });
  const tuesday = forecast!.rows.filter(({ day }) => day === '2026-11-10');
  expect(tuesday.map(({ from, naive }) => [from, naive])).toEqual([
    ['08:00', 4],
    ['08:30', 2],
  ]);
  // The 15th is a Sunday, closed.
  expect([...new Set(forecast!.rows.map(({ day }) => day))]).not.toContain('2026-11-15');
  // Every week is the same; it misses the holidays alone, on which this center worked.
  expect(forecast!.naive.wape).toBeGreaterThan(0);
  expect(forecast!.naive.wape).toBeLessThan(0.1);
  // Four calls of five minutes: 2 agents answer 84.7 % in 20 s.
  expect(tuesday[0]!.needed).toBe(2);
});

describe('on an empty home', () => {
  let empty: TestApi;
  beforeAll(async () => {
    empty = await TestApi.open();
  });
  afterAll(() => empty?.close());

  test.each([
    ['', null, null],
    ['?from=2026-11-09&to=2026-11-16', '2026-11-09', '2026-11-16'],
  ])('%s there are no rows, and a reason', async (query, from, to) => {
    const answer = await empty.json<schema.StaffingAnswer>(`/api/staffing${query}`);
    expect([...Value.Errors(schema.StaffingAnswer, answer)]).toEqual([]);
    expect(answer).toMatchObject({ from, to, rows: [], reasonCode: 'no-data', forecast: null, patience: null });
    expect(answer.usual).toEqual({ needed: 0, rostered: null, lack: null, surplus: null });
  });
});

describe.each([
  ['only-answered', 'answered'],
  ['not-given', 'all'],
])('complaints of a day without a time of day are %s', (code, holds) => {
  let sample: TestApi;
  beforeAll(async () => {
    sample = await TestApi.open();
    const whole = gunzipSync(readFileSync(join(ROOT, 'data', 'sample', 'consumidor-gov', '2014-08.csv.gz')));
    const path = join(sample.app.config.home, '2014-08.csv');
    writeFileSync(path, `${whole.toString('latin1').split('\n').slice(0, 100).join('\n')}\n`, 'latin1');
    age(path);
    await intakeFiles(sample.app, { paths: [path], source: 'consumidor-gov', build: true }, CONSOLE, silent);
    await sample.app.lake.use((session) => session.run(`UPDATE gold.source SET holds = '${holds}'`));
  }, 60_000);
  afterAll(() => sample?.close());

  test(`where the source holds ${holds}`, async () => {
    const answer = await sample.json<schema.StaffingAnswer>('/api/staffing');
    expect(answer).toMatchObject({ rows: [], offered: 0, reasonCode: code, forecast: null });
  });
});

test('a period without calls says so', async () => {
  const empty = await api.json<schema.StaffingAnswer>('/api/staffing?from=2027-01-01&to=2027-01-08&horizon=0');
  expect(empty).toMatchObject({ rows: [], reasonCode: 'no-data', aht: null });
});

test.each([
  ['where=agent=A1', 'Dimensionamento não se filtra por agent. Use queue ou account'],
  ['due=5-40', 'Recebido 5-40 em due. Use dias do mês, como 5-10,20'],
  ['patience=logo', 'Recebido logo em patience. Use segundos, até 7200, data ou none'],
  ['from=2020-01-01', 'O período tem mais de 366 dias. Escolha um período menor'],
])('%s is refused with what to do', async (query, message) => {
  expect(await refused(`/api/staffing?${query}`)).toBe(message);
});

describe('one queue by formula', () => {
  const url = '/api/staffing/erlang?calls=100&interval=1800&aht=180&target=20';

  test('Erlang C and A for so many agents', async () => {
    const patient = await api.json<schema.ErlangAnswer>(`${url}&agents=14`);
    expect(Object.keys(patient)).toEqual(['serviceLevel', 'asa', 'pWait', 'occupancy', 'abandon']);
    expect(patient.serviceLevel).toBeCloseTo(0.88835, 5);
    expect(patient.asa).toBeCloseTo(7.83594, 5);
    const leaving = await api.json<schema.ErlangAnswer>(`${url}&agents=14&patience=60`);
    expect(leaving.serviceLevel).toBeCloseTo(0.9437761, 6);
    expect(leaving.abandon).toBeCloseTo(0.0303218, 6);
    expect((await api.json<schema.ErlangAnswer>(`${url}&agents=10`)).asa).toBeNull();
  });

  test('or the fewest that meet a target, and how many to roster', async () => {
    const answer = await api.json<schema.ErlangAnswer>(`${url}&level=0.8&shrinkage=0.3`);
    expect(answer).toMatchObject({ agents: 14, people: 20 });
    expect(await refused(url)).toBe('Faltam agents ou level. Diga quantas pessoas há, ou a meta');
    expect(await refused('/api/staffing/erlang?calls=100000&interval=60&aht=86400&agents=1')).toMatch(
      /^São \d+ pessoas ocupadas ao mesmo tempo\. Até 10000/,
    );
  });
});

describe('shifts', () => {
  const needed = Array.from({ length: 48 }, (_, half) => (half >= 16 && half < 32 ? 2 : 0));
  const plan = (body: object) =>
    api.json<schema.ShiftAnswer>('/api/staffing/plan', {
      method: 'POST',
      body: { days: [{ day: DAY, needed }], ...body },
    });

  test('two people all day long are two shifts of eight hours, and no plan is better', async () => {
    const { days } = await plan({ lengths: [480] });
    expect(days).toEqual([
      {
        day: DAY,
        shifts: [{ from: '08:00', to: '16:00', rest: null, people: 2 }],
        halfHours: Array.from({ length: 16 }, (_, index) => ({
          from: `${String(8 + (index >> 1)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
          needed: 2,
          covered: 2,
        })),
        ...{ people: 2, lack: 0, surplus: 0, cost: 0, bound: 0, optimal: true },
      },
    ]);
  });

  test('with a break somebody is missing', async () => {
    const { days } = await plan({ lengths: [480], rest: { minutes: 60, from: 180, to: 240 }, people: 2 });
    expect(days[0]).toMatchObject({ people: 2, lack: 2, surplus: 0, optimal: true });
    for (const { rest } of days[0]!.shifts) expect(['11:00', '11:30', '12:00']).toContain(rest);
  });

  test('days of the calendar take the people that the forecast or the usual calls ask for', async () => {
    const url = '/api/staffing/plan?patience=none&level=0.8&lengths=120,60';
    // The usual Monday: four calls take 3 agents at 525 s, two take 2.
    const past = await api.json<schema.ShiftAnswer>(`${url}&from=${DAY}&to=${addDays(DAY, 1)}`);
    expect(past.days[0]!.halfHours.flatMap(({ needed }) => needed || [])).toEqual([3, 2]);
    const coming = await api.json<schema.ShiftAnswer>(`${url}&days=2026-11-10,2026-11-12`);
    expect(coming.days.map(({ day }) => day)).toEqual(['2026-11-10', '2026-11-12']);
    // One hour, two people in its first half and as many in its second: nothing lacks and nothing is left over.
    expect(coming.days[0]).toMatchObject({
      shifts: [{ from: '08:00', to: '09:00', rest: null, people: 2 }],
      ...{ people: 2, lack: 0, surplus: 0, optimal: true },
    });
    const rests = await api.json<schema.ShiftAnswer>(`${url}&days=2026-11-10&rest=30:0-60&people=1`);
    expect(rests.days[0]!.people).toBe(1);
  });

  test.each([
    ['days=2026-11-10&lengths=', /^Recebido {2}em lengths\. Use até 6 durações em minutos/],
    ['days=2026-11-10&lengths=60&rest=30', /^Recebido 30 em rest\. Use minutos/],
    ['days=2026-02-31&lengths=60', /^Dia inválido em days/],
    ['days=2031-01-06&lengths=60', /^Há 0 dias com ligações conhecidas ou previstas\. Peça de 1 a 7 dias/],
    ['from=2026-10-01&to=2026-11-01&lengths=60', /^Há 22 dias com ligações/],
  ])('%s is refused', async (query, message) => {
    expect(await refused(`/api/staffing/plan?${query}`)).toMatch(message);
  });

  test.each([
    [{ lengths: [100] }, /^Recebido 100 min em lengths/],
    [{ lengths: [480], earliest: '20:00' }, /^Nenhum turno cabe nestas regras/],
    [
      { lengths: [600, 660, 720, 780, 840, 900], rest: { minutes: 30, from: 0, to: 1440 } },
      /^Estas regras dão \d+ turnos/,
    ],
  ])('%j is refused', async (rules, message) => {
    const body = { days: [{ day: DAY, needed }], ...rules };
    const { status, text } = await api.ask('/api/staffing/plan', { as: 'intake', method: 'POST', body });
    expect(status).toBe(400);
    expect((JSON.parse(text) as { error: { message: string } }).error.message).toMatch(message);
  });
});

describe('files', () => {
  const csv = async (url: string) => {
    const { status, text, headers } = await api.ask(url, { as: 'manager' });
    expect(status).toBe(200);
    const name = /filename="(.+)"/.exec(String(headers['content-disposition']))?.[1];
    return { name, lines: text.slice(1).trimEnd().split('\r\n') };
  };
  const period = `from=${DAY}&to=${addDays(DAY, 1)}`;
  const plan = '/api/staffing/plan?days=2026-11-10&patience=none&level=0.8&lengths=60';

  test('half-hours of the period', async () => {
    const { name, lines } = await csv(`/api/staffing?${period}&patience=none&level=0.8&horizon=0&format=csv`);
    expect(name).toBe('ramal-dimensionamento-2026-11-09_2026-11-09.csv');
    expect(lines[0]).toMatch(/^Dia;Meia hora;Ligações;Abandonadas;Atendidas no tempo;TMA;Necessárias;Na escala/);
    expect(lines[1]).toMatch(/^09\/11\/2026;08:00;4;1;3;0:08:45;3;2,5;0,5;0;3,8464;3;0,5;0;0,61/);
    expect(lines).toHaveLength(3);
  });

  test('half-hours of the coming days', async () => {
    const { name, lines } = await csv(
      `/api/staffing?${period}&horizon=2&table=coming&format=csv&lang=en&patience=none`,
    );
    expect(name).toBe('ramal-staffing-forecast-2026-11-10_2026-11-11.csv');
    expect(lines[0]).toBe('Day;Half-hour;Forecast;From;Up to;Naive;Needed;Needed for the upper limit;Rostered');
    expect(lines[1]).toMatch(/^2026-11-10;08:00;/);
  });

  test('shifts, and the half-hours of a plan', async () => {
    const shifts = await csv(`${plan}&format=csv`);
    expect(shifts).toEqual({
      name: 'ramal-turnos-2026-11-10_2026-11-10.csv',
      lines: ['Dia;Entrada;Saída;Pessoas', '10/11/2026;08:00;09:00;2'],
    });
    const halves = await csv(`${plan}&table=half-hours&format=csv`);
    expect(halves).toEqual({
      name: 'ramal-turnos-meias-horas-2026-11-10_2026-11-10.csv',
      lines: [
        'Dia;Meia hora;Necessárias;Nos turnos;Faltam;Sobram',
        '10/11/2026;08:00;2;2;0;0',
        '10/11/2026;08:30;2;2;0;0',
      ],
    });
  });

  test('a sheet says by which aim and formula', async () => {
    const { bytes } = await api.ask(`${plan}&format=xlsx`, { as: 'manager' });
    const { sheets } = await readXlsx(bytes);
    const about = new Map((sheets[0]!.rows as [string, string][]).map(([label, text]) => [label, text]));
    expect(about.get('Ramal')).toBe('Turnos');
    expect(about.get('Meta')).toBe('80% atendidas em 20 s; ausências 0%');
    expect(about.get('Quem espera desiste')).toBe('nunca');
    expect(about.get('Fórmula')).toMatch(/^Erlang C/);
  });

  test('the whole page is a workbook, with the shifts that were planned on it', async () => {
    const screen = `/dimensionamento?${period}&patience=none&level=0.8&where=agent%3DA1`;
    const sheetsOf = async (more = '', followed = 'fixed') => {
      const asked = `/api/report?screen=${encodeURIComponent(screen + more)}&followed=${followed}`;
      const { status, bytes, text } = await api.ask(asked, { as: 'manager' });
      expect(status, text.slice(0, 200)).toBe(200);
      return (await readXlsx(bytes)).sheets;
    };
    const plain = ['Sobre', 'Semana comum', 'Dimensionamento', 'Dimensionamento, previsão'];
    const [, week] = await sheetsOf();
    // One Monday is the usual week: three needed at eight, two and a half rostered.
    const [monday] = week!.rows.slice(1).map((row) => [row[0], ...row.slice(2)]);
    expect(monday).toEqual(['seg', 3.8464, 3, 2.5, 0.5, 0]);
    const planned = await sheetsOf('&days=2026-11-10&lengths=60&rest=0');
    expect(planned.map(({ name }) => name)).toEqual([...plain, 'Turnos', 'Turnos, meias horas']);
    expect(planned[4]!.rows[1]!.at(-1)).toBe(2);
    // A plan is of days of the calendar: what follows the data leaves it behind.
    expect((await sheetsOf('&days=2026-11-10&lengths=60', 'day')).map(({ name }) => name)).toEqual(plain);
    for (const wrong of ['&level=2', '&due=40', '&days=ontem', '&days=2026-11-10&lengths=7'])
      expect(
        await refused(`/api/report?screen=${encodeURIComponent(screen.replace('&level=0.8', '') + wrong)}`),
      ).toMatch(/^(Recebido|Dia inválido)/);
  });
});
