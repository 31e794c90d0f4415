import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canWalk, launch, origin, type SignedIn, settled, sideways, signIn, violations, visit } from './browser.ts';

const PAGES = ['/', '/indicadores', '/rechamadas', '/recepcao', '/linhas', '/nada'];
const SIZES = [1440, 390];
const LANGS = process.env.RAMAL_TEST_FULL === '1' ? (['pt', 'en'] as const) : (['pt'] as const);

describe.skipIf(!canWalk)('walks', () => {
  let browser: Browser;
  let state: SignedIn;

  beforeAll(async () => {
    browser = await launch();
    state = await signIn(browser);
  });
  afterAll(() => browser?.close());

  for (const lang of LANGS) {
    for (const width of SIZES) {
      test.for(PAGES)(`%s reads well, ${lang}, ${width} px`, async (path) => {
        const { page, complaints } = await visit(browser, path, { state, lang, width });
        expect(await page.locator('h1').count()).toBe(1);
        expect(await page.getAttribute('html', 'lang')).toBe(lang === 'pt' ? 'pt-BR' : 'en');
        expect(await sideways(page)).toBe(0);
        expect(complaints).toEqual([]);
        await page.context().close();
      });
    }
  }

  test.for(PAGES)('%s has no serious accessibility finding', async (path) => {
    const { page } = await visit(browser, path, { state });
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('without a session the page asks for the address of the command', async () => {
    const { page } = await visit(browser, '/');
    expect(await page.locator('#token').count()).toBe(1);
    await page.fill('#token', 'wrong');
    await page.click('button[type=submit]');
    expect(await page.textContent('#token-failure')).toContain('não vale mais');
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('the address keeps what the reader chose, also for whoever opens it later', async () => {
    const { page } = await visit(browser, '/', { state });
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
    await page.context().close();
  });

  test('by keyboard: to repeat contacts, their table, where it comes from, and down to the rows', async () => {
    const { page } = await visit(browser, '/', { state });
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL('**/rechamadas*');
    await settled(page);
    await page.waitForSelector('figure svg[role=img]');
    await settled(page);
    const charts = await page.locator('figure svg[role=img]').count();
    expect(charts).toBeGreaterThan(0);
    await page.keyboard.press('t');
    expect(await page.locator('figure table').count()).toBe(charts);
    await page.keyboard.press('o');
    await page.waitForSelector('dialog[open] dl');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/linhas?*');
    await settled(page);
    expect(await page.locator('tr[data-row]').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test('personal values arrive masked and one row is revealed on request', async () => {
    const { page } = await visit(browser, '/linhas', { state });
    await page.locator('tr[data-row] button').first().click();
    await page.getByRole('button', { name: 'Revelar' }).click();
    await page.waitForSelector('text=Revelado; o acesso ficou registrado');
    await page.context().close();
  });

  test('the table can be taken along as CSV, in the form a Brazilian Excel opens', async () => {
    const { page } = await visit(browser, '/rechamadas', { state });
    const link = await page.locator('a[download]', { hasText: 'CSV' }).getAttribute('href');
    const response = await page.request.get(origin + link);
    expect(response.status()).toBe(200);
    const body = await response.body();
    expect([...body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(body.toString('utf8').split('\n')[0]).toContain(';');
    await page.context().close();
  });
});
