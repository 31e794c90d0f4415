import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ShiftAnswer, StaffingAnswer } from '../src/api/schema-staffing.ts';
import { age } from './home.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, type Screens, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const PAGE = '/dimensionamento';
/** The last four weeks of the demonstration's data, the usual period of the page. */
const PERIOD = 'from=2026-10-19&to=2026-11-16';

const hours = (value: number) =>
  new Intl.NumberFormat('pt-BR', { maximumFractionDigits: value < 9.95 ? 1 : 0 }).format(value);

/** `falta 0,5 h`, `faltam 2 h`. */
const verb = (amount: number, one: string) => (amount < 1.95 ? one : `${one}m`);

async function looks(page: Page, name: string) {
  await settled(page);
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    await settled(page);
    expect(await sideways(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await shot(page, `${name}-${size.width}`);
  }
  await page.setViewportSize(DESK);
}

/** What the API says of the same, asked by the page's own session. */
async function asked<T>(page: Page, screens: Screens, url: string): Promise<T> {
  const response = await page.request.get(screens.origin + url);
  expect(response.status()).toBe(200);
  return (await response.json()) as T;
}

const section = (page: Page, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) });

describe.skipIf(!chromium())('Dimensionamento', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  describe('before a roster is loaded', () => {
    test('what is needed is there, and how to load the roster', async () => {
      const { page, complaints } = await screens().visit(PAGE);
      expect(await page.textContent('h1')).toMatch(/^De 19\/10 a 15\/11 o atendimento pediu \d+\sh de gente\.$/);
      expect(await page.getByRole('link', { name: 'Carregar a escala' }).getAttribute('href')).toBe('/tabelas/rosters');
      await page.getByRole('heading', { name: /^Onde mais se precisa: / }).waitFor();
      expect(await page.textContent('main')).not.toMatch(/sobraram|sobram? \d/);
      await looks(page, '1-sem-escala');
      expect(complaints).toEqual([]);
      await page.close();
    });

    test.each([
      [`${PAGE}?from=2026-01-05&to=2026-01-12`, 'Nenhuma ligação de voz em 05–11/01', 'Ver 09–15/11'],
      [`${PAGE}?from=2024-01-05&to=2026-01-12`, 'O período tem 738 dias', 'Ver os últimos 28 dias'],
    ])('%s says why there is nothing, and one thing to do leads on', async (address, why, action) => {
      const { page } = await screens().visit(address);
      expect(((await page.textContent('h1')) ?? '').replaceAll('\u2060', '')).toContain(why);
      await page.getByRole('button', { name: action }).click();
      await page.getByRole('heading', { name: /^O dia: / }).waitFor();
      await page.close();
    });

    test('filters that rosters do not know are told and taken away', async () => {
      const { page } = await screens().visit(`${PAGE}?where=reason=Fatura&where=account=Nexo%20Fibra`);
      expect(await page.textContent('main')).toContain('Aqui só se filtra por fila e conta; não contam: motivo.');
      expect(await page.textContent('main')).toContain('A escala não diz a conta');
      await page.getByRole('button', { name: 'Tirar', exact: true }).click();
      await page.waitForURL((url) => !url.search.includes('reason'));
      expect(new URL(page.url()).searchParams.getAll('where')).toEqual(['account=Nexo Fibra']);
      await page.getByRole('button', { name: '+ filtro' }).click();
      expect(await page.getByLabel('Filtrar por').locator('option').allInnerTexts()).toEqual(['Fila', 'Conta']);
      await page.close();
    });
  });

  describe('with a roster', () => {
    beforeAll(async () => {
      const { page } = await screens().visit('/tabelas');
      const path = join(screens().app.config.home, 'world', 'support', 'escala.csv');
      age(path);
      const send = async (action: string, data: object) => {
        const response = await page.request.post(`${screens().origin}/api/reference/rosters/${action}`, { data });
        expect(response.ok()).toBe(true);
        return (await response.json()) as { digest: string };
      };
      const { digest } = await send('preview', { path });
      await send('load', { path, digest });
      await screens().app.jobs.idle();
      await page.close();
    }, 120_000);

    test('the sentence, the week and a day are those of the answer', async () => {
      const { page, complaints } = await screens().visit(PAGE);
      const { usual, rows } = await asked<StaffingAnswer>(page, screens(), `/api/staffing?${PERIOD}&horizon=14`);
      expect(usual.lack! + usual.surplus!).toBeGreaterThan(0);
      const title = (await page.textContent('h1'))!.replaceAll('\u00a0', ' ');
      expect(title).toContain(`sobraram ${hours(usual.surplus!)} h`);
      expect(title).toContain(usual.lack === 0 ? 'não faltou gente' : `faltaram ${hours(usual.lack!)} h de gente`);

      // Every cell is in the table: Mondays at 10:00, the mean of what is rostered less what is needed.
      await page.keyboard.press('t');
      const week = page.locator('figure').first();
      const cells = await week
        .locator('tr', { has: page.locator('th:text-is("10:00")') })
        .locator('td')
        .allInnerTexts();
      const mondays = rows.filter(({ day, from }) => from === '10:00' && new Date(`${day}T00:00Z`).getUTCDay() === 1);
      const mean = mondays.reduce((sum, row) => sum + row.rostered! - row.usualNeeded, 0) / mondays.length;
      expect(mondays).toHaveLength(4);
      const shown = cells[0]!.replace('−', '-').replace(',', '.').replace('+', '');
      expect(Math.abs(Number(shown) - mean)).toBeLessThan(0.051);
      await looks(page, '2-tabelas');

      await week.getByRole('link', { name: 'qui', exact: true }).click();
      await page.waitForURL('**/dimensionamento?day=4');
      await page.getByRole('heading', { name: 'O dia: qui, de costume' }).waitFor();
      await page.keyboard.press('t');
      // A click on a cell chooses its weekday too.
      await week.locator('svg > g rect').last().click();
      await page.getByRole('heading', { name: 'O dia: dom, de costume' }).waitFor();

      await page.getByRole('button', { name: 'sex', exact: true }).click();
      await page.getByRole('button', { name: '13/11', exact: true }).click();
      await page.getByRole('heading', { name: /^O dia: sex.13\/11$/ }).waitFor();
      const came = rows.filter(({ day }) => day === '2026-11-13').reduce((sum, { offered }) => sum + offered, 0);
      await page.getByRole('heading', { name: new RegExp(`^Vieram ${came} ligações; costumam vir \\d+$`) }).waitFor();
      expect(complaints).toEqual([]);
      await page.close();
    });

    test('a coming day has its forecast beside the naive one, and says how near both were', async () => {
      const { page } = await screens().visit(`${PAGE}?day=2026-11-17`);
      const { forecast } = await asked<StaffingAnswer>(page, screens(), `/api/staffing?${PERIOD}&horizon=14`);
      const text = (await page.textContent('main'))!;
      const share = (value: number) => `${(value * 100).toFixed(1).replace('.', ',')}%`;
      expect(text).toContain(`a previsão errou ${share(forecast!.usual.wape!)} das ligações`);
      expect(text).toContain(`repetir a semana anterior, ${share(forecast!.naive.wape!)}`);
      const verdicts = { naive: 'Repetir a semana anterior erra menos', usual: 'Não há ganho certo' };
      for (const [used, verdict] of Object.entries(verdicts)) {
        const said = used === 'naive' ? forecast!.used === 'naive' : forecast!.used === 'usual' && forecast!.noGain;
        expect(text.includes(verdict)).toBe(said);
      }
      await looks(page, '3-previsto');
      await page.close();
    });

    test('where it comes from: the hours needed, their formula and the sources', async () => {
      const { page, complaints } = await screens().visit(PAGE, { own: true });
      await page.getByRole('button', { name: 'De onde vem ›' }).first().click();
      const drawer = page.getByRole('dialog', { name: 'De onde vem' });
      const { usual, model } = await asked<StaffingAnswer>(page, screens(), `/api/staffing?${PERIOD}&horizon=14`);
      await drawer.getByText(`${hours(usual.needed)}\u00a0h`, { exact: true }).waitFor();
      await drawer.getByText(`por ${model === 'erlang-a' ? 'Erlang A' : 'Erlang C'}`).waitFor();
      await drawer.getByText('Horas de gente necessárias').waitFor();
      await drawer.getByText('lotes contribuem').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    });

    test('aims are changed on the page, kept in the address, and the figures follow', async () => {
      const { page } = await screens().visit(PAGE, { own: true });
      const before = await page.textContent('h1');
      await page.getByRole('button', { name: /^Metas:/ }).click();
      await page.getByLabel('Atender quantas de cada 100').fill('120');
      await page.getByText('De 1 a 99,9.').waitFor();
      expect(await page.getByLabel('Atender quantas de cada 100').getAttribute('aria-describedby')).toBe(
        'aim-level-wrong',
      );
      expect(await page.getByRole('button', { name: 'Usar estas metas' }).isDisabled()).toBe(true);
      await page.getByLabel('Atender quantas de cada 100').fill('95');
      await page.getByLabel('Ausências, %').fill('30');
      await page.getByRole('button', { name: 'nunca', exact: true }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('Dias de vencimento').fill('5-10');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/dimensionamento?level=0.95&shrinkage=0.3&patience=none&due=5-10');
      await page.getByText('95% atendidas em 20 s · ausências 30%').waitFor();
      await settled(page);
      const address = `/api/staffing?${PERIOD}&level=0.95&shrinkage=0.3&patience=none&due=5-10&horizon=14`;
      const { usual, model } = await asked<StaffingAnswer>(page, screens(), address);
      expect(model).toBe('erlang-c');
      const after = (await page.textContent('h1'))!;
      expect(after).not.toBe(before);
      expect(after.replaceAll('\u00a0', ' ')).toContain(`faltaram ${hours(usual.lack!)} h`);
      expect(await page.textContent('main')).toContain('ninguém desiste de esperar');
      await page.reload();
      await page.waitForSelector('h1');
      await settled(page);
      expect(await page.textContent('h1')).toBe(after);
      await page.setViewportSize(PHONE);
      await page.getByRole('button', { name: 'Filtros', exact: true }).click();
      await page.getByRole('button', { name: /^Metas:/ }).click();
      expect(await page.getByLabel('Atender quantas de cada 100').inputValue()).toBe('95');
      expect(await sideways(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      await shot(page, '4-metas-390');
      await page.close();
    });

    test('shifts are suggested for coming days, with their files', async () => {
      const { page, complaints } = await screens().visit(PAGE, { own: true });
      const shifts = section(page, 'Turnos para os dias que vêm');
      await shifts.getByRole('button', { name: 'Sugerir turnos' }).click();
      await shifts.getByText('Escolha de 1 a 7 dias.').waitFor();
      await shifts.getByRole('button', { name: 'ter 17/11' }).click();
      await shifts.getByRole('button', { name: '8 h', exact: true }).click();
      await shifts.getByLabel('No máximo quantas pessoas').fill('dez');
      await shifts.getByText('Um número inteiro.').waitFor();
      await shifts.getByLabel('No máximo quantas pessoas').fill('');
      await shifts.getByRole('button', { name: 'Sugerir turnos' }).click();
      await page.waitForURL('**days=2026-11-17**');
      const { searchParams } = new URL(page.url());
      const rules = { days: '2026-11-17', lengths: '360,480', rest: '30:120-240' };
      expect(Object.fromEntries(searchParams)).toMatchObject(rules);
      await shifts.locator('table[data-list] tr[data-row]').first().waitFor();
      const query = new URLSearchParams({ ...Object.fromEntries(searchParams), horizon: '14' });
      const { days } = await asked<ShiftAnswer>(page, screens(), `/api/staffing/plan?${PERIOD}&${query}`);
      const { people, lack, surplus, optimal, shifts: planned } = days[0]!;
      const plural = people === 1 ? 'pessoa' : 'pessoas';
      await shifts
        .getByRole('heading', {
          name: `${people} ${plural}: ${verb(lack, 'falta')} ${hours(lack)} h, ${verb(surplus, 'sobra')} ${hours(surplus)} h`,
        })
        .waitFor();
      expect(optimal).toBe(true);
      await shifts.getByText('Nenhum plano é melhor.').waitFor();
      expect(await shifts.locator('table[data-list] tr[data-row]').count()).toBe(planned.length);
      await looks(page, '5-turnos');

      const file = async (name: string, index: number) => {
        const link = await shifts.getByRole('link', { name, exact: true }).nth(index).getAttribute('href');
        const response = await page.request.get(screens().origin + link);
        expect(response.status()).toBe(200);
        return { text: await response.text(), name: response.headers()['content-disposition'] };
      };
      const csv = await file('CSV', 0);
      expect(csv.name).toContain('ramal-turnos-2026-11-17_2026-11-17.csv');
      expect(csv.text.trimEnd().split('\r\n')).toHaveLength(planned.length + 1);
      expect((await file('CSV', 1)).text).toMatch(
        /^\ufeffDia;Meia hora;Necessárias;Nos turnos;Faltam;Sobram\r\n17\/11\/2026;/,
      );
      expect((await file('XLSX', 1)).name).toContain('ramal-turnos-meias-horas-2026-11-17_2026-11-17.xlsx');
      expect(complaints).toEqual([]);
      await page.close();
    });

    test('rules that no shift fits are refused in place', async () => {
      const { page } = await screens().visit(`${PAGE}?days=2026-11-17&lengths=600&earliest=08:00&latest=12:00`);
      const shifts = section(page, 'Turnos para os dias que vêm');
      expect(await shifts.locator('figure').count()).toBe(0);
      await shifts.getByRole('button', { name: 'Sugerir turnos' }).click();
      await shifts.getByText('O turno mais curto não cabe neste horário.').waitFor();
      await page.close();
    });
  });

  describe('on an empty home', () => {
    const empty = useScreens(browser, false);

    test('the page says where to begin, and the calculator works', async () => {
      const { page, complaints } = await empty().visit(PAGE);
      expect(await page.textContent('h1')).toMatch(/^Ainda não há arquivos/);
      expect(await page.getByRole('link', { name: 'Abrir a Recepção' }).getAttribute('href')).toBe('/recepcao');
      await section(page, 'Calculadora').getByText('Com 14 pessoas, 88,8% são atendidas em 20 s.').waitFor();
      await looks(page, '7-vazia');
      expect(complaints).toEqual([]);
      await page.close();
    });
  });

  test('the calculator: 100 calls in 30 min, 180 s, 14 people, 20 s', async () => {
    const { page } = await screens().visit('/', { own: true });
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL('**/dimensionamento');
    const queue = section(page, 'Calculadora');
    await queue.getByText('Com 14 pessoas, 88,8% são atendidas em 20 s.').waitFor();
    const facts = (await queue.locator('dd').allInnerTexts()).map((text) => text.trim());
    expect(facts).toEqual(['88,8%', '7,8 s', '17,4%', '71,4%', '0,0%']);
    await queue.getByLabel('Pessoas ao telefone').fill('13,5');
    await queue.getByText('Um número inteiro, até 10.000.').waitFor();
    await queue.getByLabel('Pessoas ao telefone').fill('10');
    await queue.getByText('Com 10 pessoas a fila só cresce: é gente de menos.').waitFor();
    await queue.getByRole('button', { name: 'quantas pessoas bastam' }).click();
    await queue.getByText('Bastam 14 pessoas: 88,8% são atendidas em 20 s.').waitFor();
    await queue.getByLabel('Desistem após, segundos').fill('60');
    await queue.getByLabel('Ligações').focus();
    await page.waitForURL(/aim=80&leaves=60/);
    await page.close();
  });

  test('it is wholly English when asked, found by the palette and on a phone under Mais', async () => {
    const { page } = await screens().visit(`${PAGE}?day=2026-11-17&days=2026-11-17&lengths=360`, {
      lang: 'en',
      own: true,
    });
    await page.getByRole('heading', { name: /^The day: Tue.17.Nov$/ }).waitFor();
    await section(page, 'Shifts for the coming days').locator('table[data-list] tr[data-row]').first().waitFor();
    expect(await portugueseIn(page)).toEqual([]);
    await looks(page, '6-english');
    await page.setViewportSize(PHONE);
    await page.goto(screens().origin);
    await page.getByRole('button', { name: 'More' }).click();
    await page.locator('dialog[open]').getByRole('link', { name: 'Staffing' }).click();
    await page.waitForURL('**/dimensionamento');
    await page.close();
  });
});
