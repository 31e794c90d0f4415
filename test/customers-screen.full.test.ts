import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { silent } from '../src/kernel/progress.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const USER = { name: 'ana', role: 'administrator' } as const;
const LISTS = {
  cadastro: {
    key: ['CD_CLIENTE'],
    columns: {
      codigo_cliente: { from: ['CD_CLIENTE'], as: 'text', personal: false },
      segmento: { from: ['SEGMENTO'], as: 'text', personal: false },
      desde: { from: ['DESDE'], as: 'date', format: 'dd/mm/yyyy' },
    },
    rows: ['CD_CLIENTE;SEGMENTO;DESDE', 'T1;VAREJO;01/11/2020', 'T2;SAÚDE;21/11/2025', 'T3;SAÚDE;', 'T4;VAREJO;'],
  },
  faturas: {
    key: [],
    columns: {
      cliente: { from: ['CLIENTE'], as: 'text', personal: false },
      valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' },
    },
    rows: ['CLIENTE;VALOR', 'T1;1.000,50', 'T1;99,50', 'T3;10,00', 'X9;5,00', ';7,00'],
  },
  parceiros: {
    key: ['CLIENTE'],
    columns: { cliente: { from: ['CLIENTE'], as: 'text', personal: false } },
    rows: ['CLIENTE', 'Z1', 'Z2'],
  },
};

describe.skipIf(!chromium())('the base of customers', () => {
  const screens = useScreens(useChromium());

  test('is explained, built by one button, and tells where it came from and what it knows', async () => {
    const { page, complaints } = await screens().visit('/clientes', { own: true });
    page.setDefaultTimeout(15_000);
    await page.getByRole('heading', { name: 'Nenhuma base de clientes ainda' }).waitFor();
    await settled(page);
    // Without a list there is nothing to build a base of: it is said where lists come from.
    expect(await page.getByRole('button', { name: 'Montar a base' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Ir para Recepção' }).getAttribute('href')).toBe('/recepcao');
    await shot(page, 'clientes-vazia-pt-1440');
    expect(await violations(page)).toEqual([]);
    const { app } = screens();
    for (const [source, { rows, ...more }] of Object.entries(LISTS)) {
      const format = { kind: 'delimited', header: true, delimiter: ';' };
      const named = { source, version: 1, label: { pt: source, en: source }, into: 'list', holds: 'all', format };
      await app.layouts.save(parseLayout({ ...named, ...more }, source), { by: 'ana' });
      const path = join(app.config.home, `${source}.csv`);
      writeFileSync(path, `${rows.join('\n')}\n`);
      utimesSync(path, new Date('2026-11-01'), new Date('2026-11-01'));
      await intakeFiles(app, { paths: [path], source, build: true }, USER, silent);
    }
    await page.reload();
    await page.getByText('Das listas carregadas: cadastro, faturas, parceiros.').waitFor();
    await page.getByRole('button', { name: 'Montar a base' }).click();
    await page.getByRole('heading', { name: /^4 clientes em / }).waitFor();
    await settled(page);
    await page.getByRole('heading', { name: 'De onde veio' }).click();
    await page.getByRole('heading', { name: 'O que se sabe de cada cliente' }).click();
    const invoices = page.getByRole('table', { name: 'De onde veio' }).getByRole('row').filter({ hasText: 'faturas' });
    expect(await invoices.locator('td, th').allTextContents()).toEqual(
      ['faturas', 'cliente', '5', '3', '1', '1', '50,0%'].map((text) => expect.stringContaining(text)),
    );
    await page.getByText('Do que foi dado, 1 ficou de fora').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'parceiros' }).textContent()).toBe(
      'parceiros: da coluna cliente, menos de 5% são clientes da base',
    );
    const since = page.getByRole('table', { name: 'O que se sabe de cada cliente' }).getByRole('row');
    expect(await since.filter({ hasText: 'desde' }).textContent()).toContain('50,0%');
    await page.getByRole('searchbox').last().fill('valor');
    const fields = page.getByRole('table', { name: 'O que se sabe de cada cliente' });
    await expect.poll(() => fields.getByRole('row').count()).toBe(3);
    await shot(page, 'clientes-pt-1440');
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('its fields are explored, by a field of few values, at both widths', async () => {
    const { page, complaints } = await screens().visit('/clientes', { own: true });
    await page.getByRole('link', { name: 'Explorar os campos' }).click();
    await page.getByRole('heading', { name: /campos de [\d.]+ clientes$/ }).waitFor({ timeout: 30_000 });
    await page.getByRole('heading', { name: 'Números' }).waitFor();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      await shot(page, `campos-pt-${width}`);
      expect(await sideways(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test.each([1440, 390])('reads well in both languages, at %i px', async (width) => {
    for (const lang of ['pt', 'en'] as const) {
      const { page, complaints } = await screens().visit('/clientes', { width, lang });
      expect(await page.locator('h1').count()).toBe(1);
      await shot(page, `clientes-${lang}-${width}`);
      expect(await sideways(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });
});
