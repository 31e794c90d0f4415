import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = 390;
const TEAM = [
  'Matrícula;Supervisora;Mês',
  'A1001;Inês Prado;out/2026',
  'A1002;Rui Melo;out/2026',
  ';Rui Melo;out/2026',
];
const file = (rows: readonly string[]) => {
  return { name: 'equipe.csv', mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\r\n')}\r\n`, 'latin1') };
};

describe.skipIf(!chromium())('Tabelas de apoio', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  test('a roster is sent, looked at and approved; a row is changed in a form, and that is taken back', async () => {
    const { page, complaints } = await screens().visit('/tabelas', { own: true });
    await page.click('main a[href="/tabelas/supervisors"]');
    await page.setInputFiles('input[type=file]', file(TEAM));
    await page.waitForSelector('.counts');
    const counts = await page.locator('.counts > span').allInnerTexts();
    expect(counts.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      ...['2 novas', '0 mudam', '0 terminam', '0 sem mudança', '1 linha não entra'],
    ]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Aprovar e carregar' }).click();
    await page.waitForSelector('.counts', { state: 'detached', timeout: 60_000 });
    const change = page.getByRole('button', { name: 'Mudar A1002' });
    await change.waitFor();
    expect(await page.textContent('h1')).toMatch(/^Supervisores: 2 linhas valem em/);
    expect(await page.locator('tr[data-row]').first().innerText()).toMatch(
      /A1001\s+Inês Prado\s+desde 01\/10, estendido além de 31\/10\s.*admin/s,
    );

    await change.click();
    await page.waitForSelector('dialog[open]');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Supervisor', { exact: true }).fill('Ana Reis');
    await page.getByRole('button', { name: 'Salvar' }).click();
    await page.waitForSelector('dialog[open]', { state: 'detached', timeout: 60_000 });
    await page.waitForSelector('tr[data-row] td:has-text("Ana Reis")');
    await page.getByRole('button', { name: 'Desfazer', exact: true }).click();
    await page.waitForSelector('tr[data-row] td:has-text("Rui Melo")', { timeout: 60_000 });
    await page.locator('section', { hasText: 'Histórico' }).locator('tr[data-row] button').first().click();
    await page.waitForSelector('dialog[open] li');
    const what = (await page.locator('dialog[open] li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    expect(what).toEqual(['tirou A1002: Ana Reis · out/2026', 'acrescentou A1002: Rui Melo · out/2026']);
    expect(complaints).toEqual([]);
    await page.close();
  }, 240_000);

  test.for(['/tabelas', '/tabelas/supervisors', '/tabelas/excluded-numbers', '/tabelas/nada'])(
    '%s reads well, in both languages and on a phone',
    { timeout: 60_000 },
    async (path) => {
      for (const lang of ['pt', 'en'] as const) {
        const { page, complaints } = await screens().visit(path, { lang });
        expect(await page.locator('h1').count()).toBe(1);
        expect(await sideways(page)).toBe(0);
        expect(await violations(page)).toEqual([]);
        if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
        await page.setViewportSize({ width: PHONE, height: 844 });
        await settled(page);
        expect(await sideways(page)).toBe(0);
        expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
        await page.close();
      }
    },
  );
});
