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
          // Fields are called as the files call them: telemetria_linhas, Linha de Produto.
          if (lang === 'en') expect((await portugueseIn(page)).filter((word) => !/^linhas?$/i.test(word))).toEqual([]);
          expect(complaints).toEqual([]);
          await page.close();
        }
    },
    120_000,
  );
});
