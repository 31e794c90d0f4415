import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CustomerView } from '../src/api/schema-customers.ts';
import { writeEarlierCustomers } from '../src/demo/customers/earlier-customers.ts';
import { writeCustomers } from '../src/demo/customers/write-customers.ts';
import { keepFiles } from './kept-base.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const ASKED = { seed: 1, until: '2026-11-15', customers: 300 };
const BEFORE = '2026-08-16';

describe.skipIf(!chromium())('one customer', () => {
  const screens = useScreens(useChromium(), false);
  let bases: number[];
  beforeAll(async () => {
    const { app } = screens();
    bases = [];
    for (const day of [BEFORE, ASKED.until]) {
      const folder = join(app.config.home, `files-${day}`);
      const files = join(folder, 'customers');
      mkdirSync(files, { recursive: true });
      const turn = async () => {};
      if (day === BEFORE) await writeEarlierCustomers(folder, { ...ASKED, day }, turn);
      else await writeCustomers(folder, ASKED, turn);
      const paths = readdirSync(files).map((name) => join(files, name));
      bases.push((await keepFiles(app, paths, { day })).id);
    }
  }, 120_000);

  /** The first customer whose usage fell by 30 % or more, in the order of codes. */
  async function fallen(page: Page): Promise<CustomerView> {
    for (let row = 1; row <= ASKED.customers; row++) {
      const answer = await page.request.get(`${screens().origin}/api/customers/bases/${bases[1]}/rows/${row}`);
      const one = (await answer.json()) as CustomerView;
      const usage = one.signals.find(({ kind }) => kind === 'usage')!;
      if (usage.state === 'attention' && usage.now! > 0) return one;
    }
    throw new Error('nobody uses less');
  }

  test('is found without anything of it in an address, opened by keyboard, and followed to the base before', async () => {
    const { page, complaints } = await screens().visit('/clientes', { own: true });
    page.setDefaultTimeout(15_000);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('heading', { name: '300 clientes em dom 15/11' }).waitFor();
    const one = await fallen(page);
    const code = String(one.key.value);
    const box = page.getByRole('searchbox').first();
    await box.fill('ninguém se chama assim');
    await page.getByText('Nenhum cliente com “ninguém se chama assim” nesta base.').waitFor();
    await shot(page, 'cliente-nenhum-pt-1440');
    await box.fill(code.toLowerCase());
    const list = page.getByRole('table', { name: 'Procurar um cliente' });
    await expect.poll(() => list.getByRole('row').count()).toBe(2);
    await list.getByRole('link', { name: code }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Como vai' }).waitFor();
    await settled(page);
    expect(new URL(page.url()).pathname).toBe(`/clientes/${bases[1]}/${one.row}`);
    expect(asked.filter((url) => decodeURIComponent(url).toLowerCase().includes(code.toLowerCase()))).toEqual([]);
    expect(asked.filter((url) => url.includes('assim'))).toEqual([]);

    const usage = one.signals.find(({ kind }) => kind === 'usage')!;
    const share = (100 * (1 - usage.now! / usage.before!)).toFixed(1).replace('.', ',');
    await page.getByText(`Uso caiu ${share}% desde dom 16/08: de ${usage.before} a ${usage.now}`).waitFor();
    const standing = one.standings.find(({ field }) => field === 'telemetria_linhas')!;
    const row = page.getByRole('table', { name: 'Onde está' }).getByRole('row').filter({ hasText: 'telemetria' });
    expect(await row.textContent()).toContain(`${standing.rank}º de 300`);
    const course = page.getByRole('table', { name: 'Ao longo do tempo' });
    expect(await course.textContent()).toContain(`${usage.now} (−${usage.before! - usage.now!})`);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'cliente-pt-1440');

    // A name is shown to who may see it, and is masked again by leaving the page.
    const masked = await page.getByRole('heading', { level: 1 }).innerText();
    expect(masked).toMatch(/ \S\.$/);
    await page.getByRole('button', { name: 'Revelar' }).click();
    await page.getByText('Revelado; ficou registrado.').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe(masked);
    await course.getByRole('link', { name: 'dom 16/08' }).click();
    await page.getByText('base de dom 16/08').waitFor();
    await settled(page);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(masked);
    expect(await page.innerText('main')).toContain('sem base anterior com que comparar');

    // Back among the customers, what was sought still stands.
    await page.getByRole('navigation', { name: 'Caminho' }).getByRole('link', { name: 'Clientes' }).click();
    await page.getByRole('heading', { name: /clientes em dom 16\/08/ }).waitFor();
    await expect.poll(() => page.getByRole('searchbox').first().inputValue()).toBe(code.toLowerCase());
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('a manager sees it masked, without a way to reveal it', async () => {
    const { accounts } = screens().app;
    const token = await accounts.createToken(await accounts.ensure('Marta Reis', 'manager'));
    const { page, complaints } = await screens().visit(`/entrar#${token}`, { stranger: true });
    await page.waitForSelector('nav a[aria-current]');
    await page.goto(`${screens().origin}/clientes/${bases[1]}/1`);
    await page.getByText('Nome e documentos estão mascarados.').waitFor();
    expect(await page.getByRole('button', { name: 'Revelar' }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('one that is not there is told', async () => {
    const { page } = await screens().visit(`/clientes/${bases[1]}`);
    await page.goto(`${screens().origin}/clientes/${bases[1]}/9999`);
    await page.getByRole('alert').waitFor();
    expect(await page.innerText('[role=alert]')).toContain('9999');
    await page.close();
  });

  test.each([1440, 390])('reads well in both languages, at %i px', async (width) => {
    for (const lang of ['pt', 'en'] as const) {
      for (const path of ['/clientes', `/clientes/${bases[1]}/1`]) {
        const { page, complaints } = await screens().visit(path, { width, lang });
        await settled(page);
        expect(await page.locator('h1').count()).toBe(1);
        expect(await sideways(page)).toBe(0);
        expect(await violations(page)).toEqual([]);
        await shot(page, `cliente-${path.split('/').length}-${lang}-${width}`);
        // The names of fields and their values are as the files have them.
        if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      }
    }
  });
});
