import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Monthly } from '../src/api/schema-metrics.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import { clientOf, loadWorld, TestApi } from './app.ts';
import { type Leg, silverLegs } from './recount.ts';

let api: TestApi;
let legs: Leg[];

// The demonstration's calls, chats and tickets go from 18/05 to 15/11/2026.
beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 6000);
  legs = await silverLegs(api.app.lake);
}, 120_000);
afterAll(() => api?.close());

const ask = (query: string) => api.json<Monthly>(`/api/metrics/contacts/months?${query}`, { as: 'intake' });
const firstLegs = (part: (leg: Leg) => boolean) => legs.filter((leg) => leg.leg === 1 && part(leg));
const inside = (from: string, to: string) => (leg: Leg) => leg.day >= from && leg.day < to;

test('the whole months of a period, by queue: the sum by how many, and by the days that had any', async () => {
  const answer = await ask('from=2026-07-15&to=2026-10-20&by=queue');
  expect(answer).toMatchObject({
    months: ['2026-08-01', '2026-09-01'],
    partial: ['2026-07-01', '2026-10-01'],
    ofYear: false,
    watermark: '2026-11-15',
  });
  const counted = firstLegs(inside('2026-08-01', '2026-10-01'));
  expect(answer.total).toMatchObject({ perMonth: counted.length / 2, months: 2 });
  const queues = Map.groupBy(counted, ({ queue }) => queue);
  expect(answer.rows).toHaveLength(queues.size);
  for (const row of answer.rows) {
    const own = queues.get(String((row as { queue?: string }).queue))!;
    const days = new Set(own.map(({ day }) => day)).size;
    expect([row.perMonth, row.days, row.months]).toEqual([
      own.length / 2,
      days,
      new Set(own.map(({ day }) => day.slice(0, 7))).size,
    ]);
    expect(row.perDay).toBeCloseTo(own.length / days, 9);
  }
  expect(answer.rows.map(({ perMonth }) => perMonth)).toEqual(
    answer.rows.map(({ perMonth }) => perMonth).sort((a, b) => b - a),
  );
});

test('a period without a whole month takes those of its year; months that are not whole are told', async () => {
  const { channel } = legs[0]!;
  const answer = await ask(`from=2026-10-19&to=2026-11-16&by=account&where=channel=${channel}`);
  expect(answer).toMatchObject({
    months: ['2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'],
    partial: ['2026-05-01', '2026-11-01'],
    ofYear: true,
  });
  const counted = firstLegs((leg) => inside('2026-06-01', '2026-11-01')(leg) && leg.channel === channel);
  expect(answer.total?.perMonth).toBe(counted.length / 5);
  const sum = answer.rows.reduce((all, { perMonth }) => all + perMonth, 0);
  expect(sum).toBeCloseTo(counted.length / 5, 9);
  expect(await ask('from=2030-01-05&to=2030-01-06')).toMatchObject({ months: [], total: null, rows: [] });
});

test('by agent legs are counted; beyond the mart’s cuts too', async () => {
  const answer = await ask('from=2026-09-01&to=2026-10-01&by=agent&where=reason=Lentidão');
  const own = legs.filter((leg) => inside('2026-09-01', '2026-10-01')(leg) && leg.reason === 'Lentidão');
  expect(answer.rows.reduce((all, { perMonth }) => all + perMonth, 0)).toBe(own.length);
});

test('what does not add up, and parts of time, are refused', async () => {
  for (const url of [
    '/api/metrics/avgHandleTime/months',
    '/api/metrics/backlog/months',
    '/api/metrics/contacts/months?by=hour',
  ]) {
    const { status, text } = await api.ask(url, { as: 'intake' });
    expect([status, JSON.parse(text).error.code]).toEqual([400, 'usage']);
  }
});

test('as a file, and as a sheet of the page', async () => {
  const { bytes } = await api.ask('/api/metrics/contacts/months?from=2026-08-01&to=2026-10-10&by=account&format=xlsx', {
    as: 'manager',
  });
  const { sheets } = await readXlsx(bytes);
  const [about, data] = sheets;
  expect(about!.rows).toContainEqual(['Meses inteiros', '08/2026; 09/2026']);
  expect(about!.rows).toContainEqual(['Fora, incompletos', '10/2026']);
  expect(data!.rows[0]).toEqual([
    ...['Conta', 'Atendimentos, média por mês', 'Por dia com atendimento', 'Dias', 'Meses com algum'],
  ]);
  const answer = await ask('from=2026-08-01&to=2026-10-10&by=account');
  expect(data!.rows.at(-1)!.slice(0, 2)).toEqual(['Todas', answer.total!.perMonth]);
  const page = await api.ask(
    `/api/report?screen=${encodeURIComponent('/indicadores?metric=contacts&by=hour&from=2026-08-01&to=2026-10-10')}`,
    { as: 'manager' },
  );
  const names = (await readXlsx(page.bytes)).sheets.map(({ name }) => name);
  expect(names.at(-1)).toMatch(/^Média por mês inteiro, por fila/);
});

test('a period without end has no more whole months; days that no data can have are refused', async () => {
  const endless = await ask('by=queue&from=2026-01-01&to=2199-12-31');
  expect(endless.months).toEqual((await ask('by=queue&from=2026-01-01&to=2027-01-01')).months);
  for (const days of ['to=9999-12-31', 'from=1500-01-01'])
    expect((await api.ask(`/api/metrics/contacts/months?by=queue&${days}`, { as: 'intake' })).status).toBe(400);
  const { rows } = await api.json<{ rows: unknown[] }>('/api/metrics/backlog?by=day&from=1900-01-01', { as: 'intake' });
  expect(rows.length).toBeLessThan(400);
});

test('by command, the same in a table and as it is', async () => {
  const asked = ['metric', 'contacts', '--months', '--from', '2026-07-15', '--to', '2026-10-20'];
  const run = (...more: string[]) => runCommand(clientOf(api), readArguments([...asked, ...more]), process.stdout);
  const answer = await ask('from=2026-07-15&to=2026-10-20&by=queue');
  expect(JSON.parse((await run('--json'))!)).toEqual(answer);
  const text = (await run())!;
  expect(text).toContain('meses inteiros: 08/2026, 09/2026; fora da média: 07/2026, 10/2026');
  const tenths = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  for (const row of [{ queue: 'todos', ...answer.total! }, ...answer.rows]) {
    const { queue } = row as { queue?: string };
    const cells = text
      .split('\n')
      .find((line) => line.startsWith(`${queue} `))!
      .split(/ {2,}/);
    expect(cells.slice(1)).toEqual([
      tenths.format(row.perMonth),
      String(row.months),
      tenths.format(row.perDay),
      String(row.days),
    ]);
  }
});

test('by command, of many months the first and the last', async () => {
  const asked = readArguments(['metric', 'contacts', '--months', '--from', '2026-01-01', '--to', '2026-11-01']);
  const { months } = await ask('from=2026-01-01&to=2026-11-01&by=queue');
  expect(months).toHaveLength(5);
  expect(await runCommand(clientOf(api), asked, process.stdout)).toContain('meses inteiros: 5, de 06/2026 a 10/2026');
});
