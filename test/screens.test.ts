import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { EXCLUDED_QUEUE, portugueseIn, settled, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const EMPTY = '/indicadores?from=2026-01-05&to=2026-01-12';
const WEEK = 'from=2026-10-26&to=2026-11-02';
const PAGES = [
  ...['/', '/hoje', '/indicadores', '/rechamadas', '/dimensionamento', '/recepcao', '/linhas', EMPTY, '/nada'],
  ...['/recepcao/layouts/demo-calls/passos', '/recepcao/envio', '/recepcao/envio/novo', '/recepcao/pratica'],
];
const PHONE = 390;

const COLUMNS =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';
const ROW =
  '04/11/2026;10:00:00;TESTE1;1;SP;Comercial;Nexo Fibra;11;987654321;Ana Prado;;A1;Caio Lins;Senha e acesso;ATENDIDA;00:00:05;00:03:00;00:00:10;5';
/** One row to load, the same once more, and one with a day that does not exist. */
const SENT = [COLUMNS, ROW, ROW, ROW.replace('04/11', '31/02').replace('TESTE1', 'TESTE2'), ''].join('\r\n');

describe.skipIf(!chromium())('the screens', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  test.for(PAGES)('%s reads well, by assistive technology and on a phone', async (path) => {
    const { page, complaints } = await screens().visit(path);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.getAttribute('html', 'lang')).toBe('pt-BR');
    expect(await sideways(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: PHONE, height: 844 });
    expect(await sideways(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.for(PAGES)('%s is wholly English when asked', async (path) => {
    const { page } = await screens().visit(path, { lang: 'en' });
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await portugueseIn(page)).toEqual([]);
    await page.close();
  });

  test('the language is switched on the spot and kept', async () => {
    const { page } = await screens().visit('/', { own: true });
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.textContent('h1')).toMatch(/^The week .+ had [\d,]+ contacts/);
    await page.reload();
    await page.waitForSelector('h1');
    expect(await page.textContent('nav a[aria-current]')).toBe('Home');
    await page.close();
  });

  test('without a session the page asks for the address of the command', async () => {
    const { page } = await screens().visit('/', { stranger: true });
    await page.fill('#token', 'wrong');
    await page.click('button[type=submit]');
    expect(await page.textContent('#token-failure')).toContain('já usado ou vencido');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test('an operator, for whom no page is, is told so and can leave; intake begins at Recepção, a supervisor at Hoje', async () => {
    const enter = async (role: 'operator' | 'intake' | 'supervisor') => {
      const { accounts } = screens().app;
      const token = await accounts.createToken(await accounts.ensure(`pessoa-${role}`, role));
      return (await screens().visit(`/entrar#${token}`, { stranger: true })).page;
    };
    const barred = await enter('operator');
    await barred.waitForSelector('h1');
    expect(await barred.textContent('h1')).toBe('Seu perfil não tem telas');
    expect(await barred.textContent('main')).toContain('pessoa-operator, com o perfil operador');
    expect(await violations(barred)).toEqual([]);
    await barred.getByRole('button', { name: 'English' }).click();
    expect(await barred.textContent('h1')).toBe('Your role has no screens');
    await barred.getByRole('button', { name: 'Sign out' }).click();
    await barred.waitForSelector('#token');
    await barred.close();
    const intake = await enter('intake');
    expect(new URL(intake.url()).pathname).toBe('/recepcao');
    await intake.close();
    const supervisor = await enter('supervisor');
    expect(new URL(supervisor.url()).pathname).toBe('/hoje');
    expect(await supervisor.locator('nav a').allInnerTexts()).toEqual([
      ...['Início', 'Hoje', 'Indicadores', 'Rechamadas', 'Causas', 'Dimensionamento'],
    ]);
    await supervisor.goto(`${screens().origin}/recepcao`);
    await supervisor.waitForSelector('h1');
    expect(await supervisor.textContent('h1')).toBe('Esta página não é do seu perfil');
    await supervisor.goto(screens().origin);
    await supervisor.getByRole('button', { name: 'Anotar…' }).waitFor();
    await settled(supervisor);
    expect(await supervisor.locator('.error').count()).toBe(0);
    await supervisor.close();
  });

  test('what a proxy answers in the place of Ramal is said in words', async () => {
    const { page } = await screens().visit('/', { own: true });
    await page.route('**/api/figures?*', (asked) => asked.fulfill({ status: 502, body: '<html>Bad Gateway</html>' }));
    await page.reload();
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain('pode estar reiniciando');
    await page.close();
  });

  test('the address keeps what the reader chose, also for whoever opens it later', async () => {
    const { page } = await screens().visit('/');
    await page.keyboard.press('[');
    await settled(page);
    const headline = await page.textContent('h1');
    const address = page.url();
    expect(address).toMatch(/from=\d{4}-\d{2}-\d{2}&to=/);
    await page.reload();
    await page.waitForSelector('h1');
    expect(await page.textContent('h1')).toBe(headline);
    await page.goBack();
    await settled(page);
    expect(page.url()).not.toBe(address);
    await page.close();
  });

  test('Início shows the newest closed week where its own has no closed anchors', async () => {
    const { page } = await screens().visit('/');
    const figure = page.locator('section.line li', { hasText: 'Rechamada 7 dias' });
    expect(await figure.locator('.value').textContent()).toMatch(/^\s*\d+,\d%\s*$/);
    expect(await figure.locator('.change').first().textContent()).toMatch(/semana .+, janela fechada/);
    expect(await figure.locator('.change').nth(1).textContent()).toMatch(/média \d+,\d%, n \d+/);
    await page.close();
  });

  test('by keyboard: to repeat contacts, their table, where it comes from, and down to the rows', async () => {
    const { page } = await screens().visit('/');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL('**/rechamadas*');
    await page.waitForSelector('figure svg[role=img]');
    await settled(page);
    const charts = await page.locator('figure svg[role=img]').count();
    await page.keyboard.press('t');
    expect(await page.locator('figure table').count()).toBe(charts);
    await page.keyboard.press('o');
    await page.waitForSelector('dialog[open] dl');
    await settled(page);
    const told = (await page.locator('dialog[open] dl').innerText()).replaceAll('\u00a0', ' ');
    expect(told).toContain('janela de 7 dias corridos');
    expect(told).toContain('transferência em até 15 min');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/linhas?*');
    await page.waitForSelector('tr[data-row]');
    await page.close();
  });

  test('a figure leads to exactly its rows', async () => {
    const { page } = await screens().visit('/indicadores?metric=contacts&by=agent');
    const row = page.locator('table[data-list] tr[data-row]').first();
    const count = await row.locator('td').first().textContent();
    await row.locator('a').click();
    await page.waitForURL('**/linhas?*');
    await page.waitForSelector('tr[data-row]');
    await settled(page);
    expect(await page.textContent('h1')).toMatch(new RegExp(`^${count?.trim()} linhas`));
    await page.close();
  });

  test('a repeat rate leads to the rows above its line and below it; of many rows the first, until all are asked for', async () => {
    const { page } = await screens().visit('/rechamadas?from=2026-08-01&to=2026-11-01&by=agent');
    const rows = page.locator('table[data-list] tr[data-row]:visible');
    expect(await rows.count()).toBe(15);
    const more = page.getByRole('button', { name: /^Ver todas as linhas/ });
    const all = Number(/\d+/.exec((await more.textContent()) ?? '')?.[0]);
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ver só as 15 primeiras', expanded: true }).waitFor();
    expect(await rows.count()).toBe(all);
    const counts = rows.first().locator('td a');
    const [matured, repeated] = await counts.allTextContents();
    const heads = [
      `${matured?.trim()} âncoras de janela fechada em`,
      `${repeated?.trim()} âncoras de janela fechada com rechamada em`,
    ];
    for (const [place, head] of heads.entries()) {
      await counts.nth(place).click();
      await page.waitForURL('**/linhas?*');
      await page.waitForSelector('tr[data-row]');
      await settled(page);
      expect(await page.textContent('h1')).toContain(head);
      await page.getByText(`${repeated?.trim()} de ${matured?.trim()} âncoras de janela fechada`).waitFor();
      await page.goBack();
      await page.waitForURL('**/rechamadas?*');
      await settled(page);
    }
    await page.close();
  });

  test('a mark of a chart filters its page, and a point becomes its period', async () => {
    const { page } = await screens().visit('/indicadores?metric=contacts&by=queue');
    const first = await page.locator('table[data-list] tr[data-row] a').first().textContent();
    await page.locator('figure svg rect[style*="pointer"]').first().click();
    await page.waitForURL(`**/indicadores?*where=queue*`);
    expect(new URL(page.url()).searchParams.getAll('where')).toEqual([`queue=${first?.trim()}`]);
    await settled(page);
    expect(await page.locator('table[data-list] tr[data-row]').count()).toBe(1);
    const day = page.locator('figure svg circle[style*="pointer"]').first();
    await day.click({ force: true });
    await page.waitForURL('**/indicadores?from=*');
    const { searchParams } = new URL(page.url());
    expect(Date.parse(searchParams.get('to')!) - Date.parse(searchParams.get('from')!)).toBe(86_400_000);
    await page.close();
  });

  test('excluded contacts are there in gross only, from the figure down to the rows', async () => {
    const { page } = await screens().visit('/indicadores?metric=contacts&by=queue');
    const queue = page.locator('table[data-list] a', { hasText: EXCLUDED_QUEUE });
    await page.keyboard.press('b');
    await queue.waitFor();
    await queue.click();
    await page.waitForURL('**/linhas?*gross=1*');
    await page.waitForSelector('tr[data-row]');
    await page.getByRole('button', { name: 'Líquido', exact: true }).click();
    await page.waitForSelector('tr[data-row]', { state: 'detached' });
    expect(await page.textContent('h1')).toContain('Nenhum atendimento');
    await page.close();
  });

  test('on a phone two rows ask the page, and one button holds the filters', async () => {
    const { page, complaints } = await screens().visit('/rechamadas', { width: PHONE, own: true });
    const bar = page.getByRole('region', { name: 'Período e filtros' });
    expect((await bar.boundingBox())!.height).toBeLessThan(130);
    await page.getByRole('button', { name: 'Filtros', exact: true }).click();
    const sheet = page.locator('dialog[open]');
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole('button', { name: '+ filtro' }).click();
    await sheet.getByRole('checkbox', { name: EXCLUDED_QUEUE }).check();
    await page.keyboard.press('Escape');
    await sheet.getByRole('button', { name: `Tirar o filtro Fila: ${EXCLUDED_QUEUE}` }).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Filtros (1)');
    expect(new URL(page.url()).searchParams.get('where')).toBe(`queue=${EXCLUDED_QUEUE}`);
    expect(await bar.textContent()).toContain(`Fila: ${EXCLUDED_QUEUE} · Regra: casa, 7 dias`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('repeat contacts are always net, and say so', async () => {
    const { page } = await screens().visit(`/rechamadas?${WEEK}&gross=1`);
    expect(await page.getByRole('button', { name: 'Bruto', exact: true }).count()).toBe(0);
    expect(await page.textContent('main')).toMatch(/Sempre no líquido: \d+ atendimentos? expurgados?/);
    const link = await page.locator('tr[data-row] a').first().getAttribute('href');
    expect(link).not.toContain('gross');
    await page.close();
  });

  test('a file is sent, adds up, is looked at in both languages and rolled back', async () => {
    const { page, complaints } = await screens().visit('/recepcao', { own: true });
    const file = { name: 'envio.csv', mimeType: 'text/csv', buffer: Buffer.from(SENT, 'latin1') };
    await page.setInputFiles('input[type=file]', file);
    await page.getByRole('button', { name: 'Sim, carregar em Demonstração: ligações' }).click();
    // Three lines are fewer than this source ever sent: somebody has to say so.
    await page.locator('.outcome a', { hasText: 'Lote' }).click();
    await page.waitForURL(/\/recepcao\/\d+$/);
    await page.getByRole('button', { name: 'Aprovar e carregar' }).click();
    await page.waitForSelector('.sum', { timeout: 30_000 });
    const sum = (await page.textContent('.sum'))?.replace(/\s+/g, ' ').trim();
    expect(sum).toBe('3 linhas = 1 carregada + 1 em quarentena + 1 repetida');
    await page.waitForSelector('table[data-list] tr[data-row]');
    expect(await page.textContent('table[data-list]')).toMatch(/31\/02\/2026.*/);
    expect(await page.textContent('table[data-list]')).toContain('data ou hora que não existe');
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.textContent('table[data-list]')).toContain('a date or time that does not exist');
    expect(await portugueseIn(page)).toEqual([]);
    await page.setViewportSize({ width: PHONE, height: 844 });
    expect(await sideways(page)).toBe(0);
    await page.getByRole('button', { name: 'Roll back the batch…' }).click();
    await page.locator('dialog[open]').getByRole('button', { name: 'Roll back', exact: true }).click();
    await page.getByRole('heading', { name: 'This batch was rolled back' }).waitFor({ timeout: 30_000 });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a refused file says what is wrong in the language of the reader', async () => {
    const { page } = await screens().visit('/recepcao', { lang: 'en' });
    await page.setInputFiles('input[type=file]', { name: 'vazio.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await page.waitForSelector('.outcome [role=alert]', { timeout: 30_000 });
    expect(await page.textContent('.outcome [role=alert]')).toContain('The file vazio.csv is empty.');
    await page.close();
  });

  test('personal values arrive masked and one row is revealed on request', async () => {
    const { page } = await screens().visit('/linhas');
    await page.locator('tr[data-row] button').first().click();
    await page.getByRole('button', { name: 'Revelar' }).click();
    await page.waitForSelector('text=Revelado; o acesso ficou registrado');
    await page.close();
  });

  test('the table can be taken along as CSV, in the form a Brazilian Excel opens', async () => {
    const { page } = await screens().visit('/rechamadas');
    const link = await page.locator('a[download]', { hasText: 'CSV' }).getAttribute('href');
    const response = await page.request.get(screens().origin + link);
    expect(response.status()).toBe(200);
    const body = await response.body();
    expect([...body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(body.toString('utf8').split('\n')[0]).toContain(';');
    await page.close();
  });

  test.each([
    ['of the screens', /\/assets\/index-[^/]*\.js$/, (page: Page) => page.reload(), 2],
    ['of a page', /\/assets\/repeats-[^/]*\.js$/, (page: Page) => page.click('nav a[href^="/rechamadas"]'), 1],
  ] as const)('a file %s that a rebuild took away loads the page anew, once', async (_, file, go, expected) => {
    const { page } = await screens().visit('/indicadores', { own: true });
    let [gone, loads] = [0, 0];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loads += 1;
    });
    await page.route(file, (route) => {
      gone += 1;
      return gone === 1 ? route.fulfill({ status: 404, body: '' }) : route.fallback();
    });
    await go(page);
    await expect.poll(() => gone).toBeGreaterThan(1);
    await page.waitForSelector('main#content h1');
    expect(loads).toBe(expected);
    await page.close();
  });

  test('what the browser fetches first is packed, and a packed file is the file', async () => {
    const html = await (await fetch(`${screens().origin}/`)).text();
    const path = /\/assets\/index-[^"]*\.js/.exec(html)![0];
    const get = (encoding: string) => fetch(screens().origin + path, { headers: { 'accept-encoding': encoding } });
    const [plain, gzip] = [await get('identity'), await get('gzip')];
    expect([plain.headers.get('content-encoding'), gzip.headers.get('content-encoding')]).toEqual([null, 'gzip']);
    expect(await gzip.text()).toBe(await plain.text());
  });
});
