import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeDemo } from '../src/demo/demo.ts';
import { keepFiles } from './kept-base.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

describe.skipIf(!chromium())('customers in groups, and who they are', () => {
  const screens = useScreens(useChromium(), false);

  beforeAll(async () => {
    const { app } = screens();
    const out = join(app.config.home, 'tmp', 'demo');
    await writeDemo({ contacts: 100, customers: 1200, seed: 1, out });
    const paths = readdirSync(join(out, 'customers')).map((name) => join(out, 'customers', name));
    await keepFiles(app, paths);
  }, 120_000);

  test('a division is made by one button, approved, and its personas are told, renamed and kept', async () => {
    const { page, complaints } = await screens().visit('/personas', { own: true });
    page.setDefaultTimeout(60_000);
    await page.getByRole('heading', { name: 'Nenhuma divisão em uso' }).waitFor();
    await settled(page);
    await shot(page, 'personas-vazia-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Ir para Segmentos' }).click();
    await page.getByRole('button', { name: 'Dividir' }).waitFor();
    await settled(page);
    await shot(page, 'segmentos-vazia-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dividir' }).click();
    await page.getByRole('heading', { name: /^1\.200 clientes em \d+ grupos/ }).waitFor();
    await page.getByRole('button', { name: 'Aprovar e usar' }).waitFor();
    await settled(page);
    await shot(page, 'divisao-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Aprovar e usar' }).click();
    await page.getByRole('link', { name: 'Ver as personas' }).click();
    await page.getByRole('heading', { name: /^1\.200 clientes em \d+ personas/ }).waitFor();
    await settled(page);
    await shot(page, 'personas-pt-1440');
    expect(await violations(page)).toEqual([]);
    const [first] = await page.getByRole('article').all();
    const name = await first!.getByRole('heading').textContent();
    await first!.getByRole('button').click();
    await page.getByLabel('Nome').fill('Contas-chave');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('heading', { name: 'Contas-chave' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('contas-ch');
    await page.getByRole('option', { name: 'Contas-chave persona' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#persona-\d+$/);
    await page
      .getByRole('article', { name: 'Contas-chave' })
      .and(page.locator(new URL(page.url()).hash))
      .waitFor();
    await page.getByRole('button', { name: 'Editar Contas-chave' }).click();
    await page.getByText('O que já se escreveu').waitFor();
    await shot(page, 'personas-editar-pt-1440');
    await page.getByLabel('Nome').fill('');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('article', { name: name! }).waitFor();
    const config = screens().app.config as { chromium: string };
    config.chromium = chromium()!;
    const pages = await page.evaluate(async () => {
      const pdf = await (await fetch('/api/personas/pdf?lang=pt')).text();
      return [pdf.slice(0, 5), pdf.match(/\/Type \/Page\b/g)?.length];
    });
    expect(pages).toEqual(['%PDF-', 1]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);

  test.each([1440, 390])(
    'read well in both languages, at %i px',
    async (width) => {
      for (const [name, path] of [
        ['segmentos', '/segmentos'],
        ['divisao', '/segmentos/1'],
        ['personas', '/personas'],
      ] as const)
        for (const lang of ['pt', 'en'] as const) {
          const { page, complaints } = await screens().visit(path, { width, lang });
          await settled(page);
          expect(await page.locator('h1').count()).toBe(1);
          await shot(page, `${name}-${lang}-${width}`);
          expect([name, lang, await sideways(page)]).toEqual([name, lang, 0]);
          expect(await violations(page)).toEqual([]);
          if (name === 'segmentos') {
            const link = page.getByRole('link', {
              name: lang === 'pt' ? /^Divisão 1: \d+ grupos por/ : /^Division 1: \d+ groups by/,
            });
            await link.focus();
            const edges = await link.evaluate((one) => {
              const [own, box] = [one, one.closest('.scrolls > div')!].map((each) => each.getBoundingClientRect().left);
              return own! - box!;
            });
            // The ring is 2 px wide: it stands inside the box that scrolls.
            expect(edges).toBeGreaterThanOrEqual(2);
          }
          if (name === 'divisao') {
            const trail = page.getByRole('navigation', { name: lang === 'pt' ? 'Caminho' : 'Path' });
            expect(await trail.getByRole('link').getAttribute('href')).toBe('/segmentos');
            const rail = page.locator('nav a[aria-current]');
            if (width > 700) expect(await rail.allInnerTexts()).toEqual([lang === 'pt' ? 'Segmentos' : 'Segments']);
            const map = page.locator('figure', { has: page.getByRole('combobox') });
            const rows = page.getByRole('table', { name: lang === 'pt' ? 'Os grupos' : 'The groups' });
            const called = await rows.getByRole('rowheader').allInnerTexts();
            const drawn = await map.locator('svg text').allTextContents();
            expect(drawn.toSorted()).toEqual(called.toSorted());
            await map.getByRole('button', { name: lang === 'pt' ? 'Tabela' : 'Table' }).click();
            expect(await map.getByRole('rowheader').allInnerTexts()).toEqual(called);
            expect(await violations(page)).toEqual([]);
            const known = lang === 'pt' ? 'não têm MRR (12 meses)' : 'have no MRR (12 months)';
            expect(await page.getByText(known).count()).toBe(1);
            expect(await page.locator('main [lang="pt-BR"]').count()).toBe(0);
            const head = rows.getByRole('columnheader', {
              name: lang === 'pt' ? 'Dias de cliente' : 'Days as a customer',
            });
            expect(await head.getAttribute('title')).toBe('CLIENTE_DESDE_dias');
            expect(await rows.getByText(/^n \d+/).count()).toBeGreaterThan(0);
          }
          // Columns are named as the files call them: telemetria_linhas, Linha de Produto.
          if (lang === 'en') expect((await portugueseIn(page)).filter((word) => !/^linhas?$/i.test(word))).toEqual([]);
          expect(complaints).toEqual([]);
          await page.close();
        }
    },
    120_000,
  );
});
