import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import { MONDAY_WEEKS } from '../src/kernel/brazil/weeks.ts';
import { usualWeek } from '../src/reports/usual-week.ts';
import { periodOf } from '../src/reports/view.ts';
import { addDays, closedWeek, countWeeks, lastDays, monthOf } from '../web/format/days.ts';
import { usualWeek as weekShown } from '../web/state/staffing.ts';
import { clientOf, type TestApi } from './app.ts';
import { openWeek } from './week.ts';

let api: TestApi;

beforeAll(async () => {
  ({ api } = await openWeek());
}, 60_000);
afterAll(() => api?.close());
// Test files share their modules: the screens' weeks are put back.
afterEach(() => countWeeks(MONDAY_WEEKS));

async function reportOf(screen: string, more = '') {
  const answer = await api.ask(`/api/report?screen=${encodeURIComponent(screen)}${more}`, { as: 'manager' });
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  const { sheets } = await readXlsx(answer.bytes, { readStyles: true });
  return { name: String(answer.headers['content-disposition']), sheets };
}
const texts = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.map((cell) => cell ?? null));

test('Rechamadas: the weeks, when they return, by agent and supervisor, and the repeats themselves', async () => {
  const { name, sheets } = await reportOf('/rechamadas?from=2026-10-26&to=2026-11-02');
  expect(name).toBe('attachment; filename="ramal-rechamadas-2026-10-26_2026-11-01.xlsx"');
  expect(sheets.map((sheet) => sheet.name)).toEqual([
    'Sobre',
    'Por semana',
    'Quando voltam',
    'Clientes por atendimentos',
    'Quem mais entrou em contato',
    'Por agente',
    'Por supervisor',
    'Rechamadas, linhas',
  ]);
  const [about, weeks, when, callers, ranking, agents, , rows] = sheets;
  const told = new Map(about!.rows.map(([label, value]) => [label, value]));
  expect(told.get('Ramal')).toBe('Rechamadas');
  expect(told.get('Dados até')).toBe('15/11/2026');
  expect(told.get('Período')).toBe('26/10/2026 a 01/11/2026');
  expect(String(told.get('Planilha Por semana'))).toContain('Período: 27/07/2026 a 01/11/2026');
  expect(String(told.get('Planilha Por agente'))).not.toContain('Período');
  // 40 + 30 + 12 people of the 26th came back 10, 3 and 6 times on the 27th.
  const [heads, ...byWeek] = weeks!.rows;
  expect(heads!.slice(0, 3)).toEqual(['Semana', 'Âncoras', 'Com rechamada']);
  expect(byWeek[0]!.slice(1, 3)).toEqual([82, 19]);
  expect(byWeek[0]![0]).toEqual(new Date('2026-10-26T00:00:00Z'));
  expect(texts(when!.rows)).toEqual([
    ['Quando voltam', 'Rechamadas', 'Do total'],
    ['no mesmo dia', 0, 0],
    ['1 a 3 dias', 19, 1],
    ['mais de 3 dias', 0, 0],
  ]);
  // 82 people on the 26th, of whom 19 called again, and five more who gave up; every one is identified.
  expect(texts(callers!.rows).slice(1)).toEqual([
    ['1', 68, 0.781609, 68, 0.641509],
    ['2', 19, 0.218391, 38, 0.358491],
    ...[['3'], ['4'], ['5 ou mais']].map(([name]) => [name, 0, 0, 0, 0]),
    ['sem identificação', null, null, 0, 0],
  ]);
  expect(ranking!.rows).toHaveLength(1 + 68 + 19);
  expect(ranking!.rows[1]!.slice(2, 5)).toEqual([2, 0.018868, 0.018868]);
  expect(agents!.rows.slice(1).map((row) => row.slice(0, 3))).toEqual([
    ['Ana Prado', 40, 10],
    ['Caio Lins', 30, 3],
    ['Davi Sá', 12, 6],
  ]);
  expect(rows!.rows).toHaveLength(20);
  const [markedHeads, ...marked] = rows!.rows;
  // After Davi's six, the first of Ana's people: on the 26th and again on the 27th, at ten.
  const first = marked[6];
  const repeat = Object.fromEntries(markedHeads!.map((head, index) => [head, first![index]]));
  expect(repeat).toMatchObject({
    ...{ Início: new Date('2026-10-27T10:00:00Z'), Papel: 'rechamada', Quando: '1 a 3 dias', 'Mesmo motivo': 'sim' },
    ...{ Agente: 'Ana Prado', 'Código do agente': 'A9', 'Supervisor naquele dia': 'Não mapeado', Conta: 'Vivaz' },
    ...{ Motivo: 'Cancelamento', Situação: 'atendido', DDD: '11', UF: 'SP', Semana: new Date('2026-10-26') },
    'Início de quem recebe o débito': new Date('2026-10-26T10:00:00Z'),
    'Nome do agente que recebe o débito': 'Ana Prado',
  });
  expect([repeat.Protocolo, repeat['Protocolo de quem recebe o débito']]).toEqual(['***041', '***001']);
  const handled = markedHeads!.indexOf('Tempo de atendimento');
  expect(rows!.cells?.get(`1,${handled}`)?.style?.numFmt).toBe('[h]:mm:ss');
});

test('Início: five figures of the period beside the one before, their weeks, and reasons', async () => {
  const { sheets } = await reportOf('/?from=2026-10-26&to=2026-11-02');
  expect(sheets.map((sheet) => sheet.name)).toEqual(['Sobre', 'Números do período', 'Semanas', 'Por motivo']);
  const [, figures, , reasons] = sheets;
  const [heads, now, , , before] = figures!.rows;
  expect(heads!.slice(0, 4)).toEqual(['O que é', 'Primeiro dia', 'Último dia', 'Atendimentos']);
  // 82 on the 26th, 19 on the 27th, five that gave up; the two of the queue of tests are excluded.
  expect(now!.slice(0, 4)).toEqual(['Números do período', new Date('2026-10-26'), new Date('2026-11-01'), 106]);
  expect(before!.slice(0, 3)).toEqual(['Período anterior', new Date('2026-10-19'), new Date('2026-10-25')]);
  const handle = heads!.indexOf('TMA, h:min:s');
  expect(figures!.cells?.get(`1,${handle}`)?.style?.numFmt).toBe('[h]:mm:ss');
  expect(reasons!.rows.slice(1).map(([name, count]) => [name, count])).toEqual([
    ['Cancelamento', 55],
    ['Fatura', 33],
    ['desconhecido', 18],
  ]);
});

test('Indicadores and Atendimentos: what was chosen on them; in English too', async () => {
  const chosen = await reportOf(
    '/indicadores?from=2026-10-26&to=2026-11-02&metric=avgHandleTime&by=queue&where=queue%3DRetenção',
    '&lang=en',
  );
  expect(chosen.sheets.map((sheet) => sheet.name)).toEqual(['About', 'Figures of the period', 'Weeks', 'By queue']);
  expect(chosen.sheets[3]!.rows.slice(1).map(([name]) => name)).toEqual(['Retenção']);
  expect(chosen.sheets[0]!.rows.find(([label]) => label === 'Filters')?.[1]).toBe('Queue = Retenção');
  const rows = await reportOf('/linhas?from=2026-10-26&to=2026-11-02&where=queue%3DOuvidoria');
  expect(rows.sheets[1]!.rows).toHaveLength(34);
});

test('Causas: what was found, with its hours and its interval, or that nothing was', async () => {
  const { name, sheets } = await reportOf('/causas?from=2026-10-26&to=2026-11-02');
  expect(name).toContain('ramal-causas-2026-10-26_2026-11-01.xlsx');
  expect(sheets.map((sheet) => sheet.name)).toEqual(['Sobre', 'Causas']);
  expect(sheets[1]!.rows[0]).toEqual([
    ...['O que se achou', 'Horas de gente', 'IC 95%, de', 'IC 95%, até', 'p ajustado', 'Casos', 'O que fazer'],
  ]);
  expect(sheets[0]!.rows.flat().join('\n')).toMatch(/\d+ testes; a chance de que alguma frase seja alarme falso é 1%/);
});

test('a period that follows the data is told by its days; a page without report says which have one', async () => {
  const { name } = await reportOf('/rechamadas', '&followed=page');
  expect(name).toContain('ramal-rechamadas-2026-10-26_2026-11-01.xlsx');
  expect((await reportOf('/linhas?from=2020-01-01&to=2020-02-01', '&followed=month')).name).toContain(
    '2026-10-01_2026-10-31',
  );
  const refused = await api.ask('/api/report?screen=/conexoes', { as: 'manager' });
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('De /conexoes não se faz relatório')]);
});

test('without a program that prints, or without screens, the PDF says what is missing', async () => {
  const asked = '/api/report?screen=/&format=pdf';
  const unset = await api.ask(asked, { as: 'manager' });
  expect([unset.status, unset.text]).toEqual([409, expect.stringContaining('RAMAL_CHROMIUM')]);
  const { config } = api.app as { config: { chromium: string } };
  config.chromium = '/usr/bin/chromium';
  const off = await api.ask(asked, { as: 'manager' });
  config.chromium = '';
  expect([off.status, off.text]).toEqual([409, expect.stringContaining('ramal serve')]);
});

test('workbooks that nobody reads to their end leave room for the next download', async () => {
  for (let left = 0; left < 4; left++)
    expect((await api.ask('/api/report?format=pdf&screen=/linhas', { as: 'manager' })).status).toBe(409);
  const { status, text } = await api.ask('/api/contacts?format=csv', { as: 'manager' });
  expect([status, text.split('\n').length > 50]).toEqual([200, true]);
});

test.each([MONDAY_WEEKS, { first: '2025-06-13', number: 25 }])(
  'the server opens a page with the days that the screen does',
  (weeks) => {
    countWeeks(weeks);
    for (let day = 0; day < 400; day++) {
      const last = addDays('2025-12-01', day);
      expect(periodOf('page', '/', 'house', last, weeks)).toEqual(closedWeek(last));
      expect(periodOf('page', '/rechamadas', 'house', last, weeks)).toEqual(closedWeek(last, 8));
      expect(periodOf('page', '/rechamadas', 'previous-72h', last, weeks)).toEqual(closedWeek(last, 4));
      expect(periodOf('page', '/indicadores', 'house', last, weeks)).toEqual(lastDays(last, 28));
      expect(periodOf('28d', '/', 'house', last, weeks)).toEqual(lastDays(last, 28));
      expect(periodOf('day', '/', 'house', last, weeks)).toEqual(lastDays(last, 1));
      const inMonth = periodOf('month', '/', 'house', last, weeks);
      expect(monthOf(inMonth.from)).toEqual(inMonth);
      // Whole by the last day, and the next one is not.
      expect(inMonth.to <= addDays(last, 1) && monthOf(inMonth.to).to > addDays(last, 1)).toBe(true);
    }
  },
);

test('the server sees the usual week as the screen does', () => {
  const people = fc.option(fc.integer({ min: 0, max: 9 }));
  const half = fc.record({
    day: fc.integer({ min: 0, max: 20 }).map((day) => addDays('2026-11-02', day)),
    from: fc.constantFrom('08:00', '08:30', '09:00'),
    usualCalls: fc.integer({ min: 0, max: 9 }),
    usualNeeded: fc.integer({ min: 0, max: 9 }),
    ...{ rostered: people, usualLack: people, usualSurplus: people },
  });
  const rows = fc.uniqueArray(half, { selector: ({ day, from }) => day + from, maxLength: 30 });
  fc.assert(
    fc.property(rows, (some) => {
      expect(usualWeek(some as never)).toEqual(weekShown(some as never));
    }),
  );
});

test('by command: a whole screen into a file, and what it takes', async () => {
  const out = join(api.app.config.home, 'rechamadas.xlsx');
  const run = (...words: string[]) => runCommand(clientOf(api), readArguments(['report', ...words]), process.stdout);
  expect(await run('rechamadas', '--rule', 'previous-72h', '--out', out)).toBeNull();
  const { sheets } = await readXlsx(readFileSync(out));
  expect(sheets[0]!.rows.find(([label]) => label === 'Regra')?.[1]).toContain('72 h');
  expect(sheets.map(({ name }) => name)).toContain('Por supervisor');
  expect(await run('hoje', '--day', '26/10/2026', '--at', '11:00', '--out', out)).toBeNull();
  const [, queues] = (await readXlsx(readFileSync(out))).sheets;
  // Before eleven Ana’s forty came and Davi’s twelve; Caio’s came at eleven.
  const offered = queues!.rows[0]!.indexOf('Oferecidos');
  expect(queues!.rows.slice(1).map((row) => [row[0], row[offered]])).toEqual([
    ['Retenção', 40],
    ['Vendas', 12],
  ]);
  await expect(run('conexoes', '--out', out)).rejects.toMatchObject({ code: 'usage' });
  await expect(run('rechamadas')).rejects.toMatchObject({ code: 'usage' });
});
