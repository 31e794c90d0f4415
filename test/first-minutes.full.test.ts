import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../src/access/roles.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { type Entry, planOf } from '../src/intake/reference/plan.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import { silent } from '../src/kernel/progress.ts';
import { age } from './home.ts';
import { useChromium } from './services/chromium.ts';
import { settled, shot, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';
import { HEADER } from './week.ts';

/** The first minutes of two of the readers whom the screens are for, on the day and at the hour when they come. */
describe.skipIf(!chromium())('the first minutes', () => {
  const screens = useScreens(useChromium());

  /** Enters by an address of one's own, as somebody of that role does in the morning. */
  async function enter(name: string, role: Role): Promise<{ page: Page; complaints: string[] }> {
    const { accounts } = screens().app;
    const token = await accounts.createToken(await accounts.ensure(name, role));
    const visit = await screens().visit(`/entrar#${token}`, { stranger: true });
    await visit.page.waitForSelector('nav a[aria-current]');
    await settled(visit.page);
    return visit;
  }

  /** What the API says of the same, asked by the page's own session. */
  async function asked<T>(page: Page, url: string): Promise<T> {
    const response = await page.request.get(screens().origin + url);
    expect(response.status()).toBe(200);
    return (await response.json()) as T;
  }

  test('a manager on Monday: the last closed week, against the weeks before, its causes, and a PDF of it', async () => {
    screens().clock.at = new Date('2026-11-16T11:30:00Z');
    const config = screens().app.config as { chromium: string };
    config.chromium = chromium()!;
    const { page, complaints } = await enter('Marta Reis', 'manager');
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.textContent('nav a[aria-current]')).toBe('Início');
    const week = 'from=2026-11-09&to=2026-11-16';
    interface Told {
      figures: {
        name: string;
        value: number;
        usual: { value: number; n: number };
        trend: { from: string; value: number }[];
      }[];
    }
    const { figures } = await asked<Told>(page, `/api/figures?${week}&names=contacts`);
    const { value, usual, trend } = figures[0]!;
    const change = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const headline = (await page.innerText('h1')).replaceAll('\u2060', '');
    expect(headline).toContain(
      `A semana 09–15/11 teve ${value} atendimentos, ${change.format(Math.abs((100 * value) / usual.value - 100))}% ${value > usual.value ? 'acima' : 'abaixo'} da média das quatro semanas anteriores`,
    );
    // The repeats of that week are still coming: the figure is the newest week whose window closed.
    expect(await page.innerText('main')).toContain('As rechamadas de 09–15/11 ainda são provisórias.');
    expect((await page.innerText('section[aria-label] ul')).replaceAll('\u2060', '')).toContain(
      'semana 02–08/11, janela fechada',
    );
    // The weeks before it are the line under the figure: that week and the four before it at least.
    const weeks = trend.map(({ from }) => from);
    expect(weeks.slice(-5)).toEqual(['2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09']);
    const { causes } = await asked<{ causes: { statement: { pt: string }; effectHours: number }[] }>(
      page,
      '/api/insights?from=2026-05-18&to=2026-11-16',
    );
    const told = causes.filter(({ effectHours }) => Math.round(effectHours) !== 0).slice(0, 3);
    expect(told.length).toBeGreaterThan(1);
    const shown = page.locator('ol li', { hasText: /a mais|poupad/ });
    expect(await shown.count()).toBe(told.length);
    for (const [index, { statement }] of told.entries())
      expect(await shown.nth(index).innerText()).toContain(statement.pt);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'primeiros-minutos-gestora');

    await page.getByRole('button', { name: 'Visões' }).click();
    const take = async (act: () => Promise<void>) => {
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), act()]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const pdf = await take(() => page.getByRole('button', { name: 'Baixar em PDF' }).click());
    expect(pdf.name).toBe('ramal-inicio-2026-11-09_2026-11-15.pdf');
    expect([pdf.bytes.subarray(0, 5).toString(), pdf.bytes.length > 20_000]).toEqual(['%PDF-', true]);
    // Each of those weeks by its figures is in the page's workbook.
    const xlsx = await take(() => page.getByRole('link', { name: 'Baixar a página, XLSX' }).click());
    const sheet = (await readXlsx(xlsx.bytes)).sheets.find(({ name }) => name === 'Semanas')!;
    expect(sheet.rows.slice(-5).map((row) => row[3])).toEqual(trend.slice(-5).map((point) => point.value));
    expect(complaints).toEqual([]);
    await page.context().close();
    config.chromium = '';
  }, 120_000);

  describe('a supervisor at eleven', () => {
    let serial = 0;
    /** A call of Friday, 20 November; without an agent it was abandoned. */
    function call(minute: number, queue: string, agent: string | null, wait: string, phone: string): string {
      serial++;
      const time = `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
      const who = agent === null ? ';' : `${agent};Atendente ${agent}`;
      const [status, talk] = agent === null ? ['ABANDONADA', ';'] : ['ATENDIDA', '00:04:00;00:01:00'];
      return `20/11/2026;${time};${88_880_000_000 + serial};1;SP;${queue};Nexo Fibra;11;${phone};Fulana Inventada;;${who};Senha e acesso;${status};${wait};${talk};`;
    }
    const minutes = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);
    /** From eight a call a minute is answered in time; those of Comercial wait a minute from ten to half past. */
    const LINES = [
      ...minutes(0, 175).map((at) => call(at, 'Financeiro', `A10${10 + (at % 5)}`, '00:00:05', '3123-4567')),
      ...minutes(120, 30).map((at) => call(at, 'Comercial', `A10${20 + (at % 4)}`, '00:01:00', '3123-4568')),
      ...minutes(150, 20).map((at) => call(at, 'Comercial', `A10${20 + (at % 4)}`, '00:00:05', '3123-4568')),
      call(130, 'Comercial', null, '00:02:00', '91234-0001'),
      call(140, 'Comercial', null, '00:03:00', '91234-0001'),
      call(100, 'Financeiro', null, '00:01:00', '91234-0002'),
      // Called back by half past ten.
      call(90, 'Financeiro', null, '00:01:30', '91234-0003'),
      call(151, 'Financeiro', 'A1010', '00:00:05', '91234-0003'),
    ];

    beforeAll(async () => {
      const { app, clock } = screens();
      clock.at = new Date('2026-11-20T14:00:00Z');
      const say = async (name: string, key: Entry['key'], values: Entry['values']) => {
        const kind = referenceKind(name);
        const entry = { key, values, from: null, to: null, monthly: false };
        const plan = planOf(kind, await app.references.entries(kind), [entry]);
        await app.references.apply(kind, plan, { action: 'set', by: 'teste' });
      };
      await say('holidays', { day: '2026-11-20', place: '' }, { name: 'Consciência Negra', effect: 'open' });
      await say('targets', { indicator: 'serviceLevel', queue: '', account: '' }, { target: '0.8' });
      await say('rosters', { agent: 'A1010', day: '2026-11-20', start: '08:00' }, { end: '14:00', channel: 'VOZ' });
      const folder = join(app.config.home, 'sent');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, 'ligacoes-2026-11-20.csv');
      writeFileSync(path, [HEADER, ...LINES, ''].join('\r\n'), 'latin1');
      age(path);
      const files = { paths: [path], source: 'demo-calls', build: true, yes: true };
      const done = await intakeFiles(app, files, { name: 'teste', role: 'administrator' }, silent);
      expect(done).toMatchObject({ loaded: LINES.length, quarantined: 0 });
    }, 60_000);

    test('which queue and half-hour, how many people short from here on, and whom to call back', async () => {
      const { page, complaints } = await enter('Saulo Lima', 'supervisor');
      expect(new URL(page.url()).pathname).toBe('/hoje');
      await page.waitForSelector('figure svg[role=img]');
      await settled(page);
      expect(await page.textContent('.until')).toContain('Dados até 10:54 de hoje');
      interface Half {
        from: string;
        state: string;
        lack: number | null;
      }
      const { shift } = await asked<{ shift: { halfHours: Half[] } }>(page, '/api/shift');
      const [first] = shift.halfHours.filter(({ state, lack }) => state !== 'over' && (lack ?? 0) > 0);
      const people = String(first!.lack).replace('.', ',');
      const headline = await page.innerText('h1');
      // Of 52 calls of Comercial twenty were answered in time, none of the 32 of ten o'clock.
      expect(headline).toContain('Comercial está abaixo da meta (38,5%, meta 80%), mais às 10:00; ');
      expect(headline).toContain(`${people} ${people === '1' ? 'pessoa' : 'pessoas'} às ${first!.from}`);
      expect(headline).toContain('2 pessoas a chamar de volta.');
      const queue = page.locator('table[data-list] tr[data-row]').first();
      expect((await queue.innerText()).split(/\s*\t\s*/)).toEqual([
        ...['Comercial', 'abaixo', '38,5%', '26,5–52,0', '80%', '52', '50', '2', '10:00 (0 de 32 no tempo)'],
      ]);
      const list = page.locator('table[data-list]').nth(1);
      const rows = (await list.locator('tr[data-row]').allInnerTexts()).map((text) =>
        text.split(/\s*\t\s*/).slice(0, 2),
      );
      expect(rows).toEqual([
        ['09:40', '(11) *****-**02'],
        ['10:10', '(11) *****-**01'],
      ]);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await shot(page, 'primeiros-minutos-supervisor');
      await list.getByRole('button', { name: '09:40' }).click();
      await page.getByRole('button', { name: 'Revelar' }).click();
      await page.getByText('Revelado; o acesso ficou registrado').waitFor();
      expect(await page.getByRole('dialog').innerText()).toMatch(
        /Do dia anterior\s+não\s+Telefone\s+\(11\) 91234-0002/,
      );
      expect(await violations(page)).toEqual([]);
      await shot(page, 'primeiros-minutos-supervisor-chamar');
      expect(complaints).toEqual([]);
      await page.context().close();
    }, 60_000);
  });
});
