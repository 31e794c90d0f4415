import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { silent } from '../src/kernel/progress.ts';
import { filesIn } from './app.ts';
import { age } from './home.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const ROWS = 400;

/** Calls of the demo company sent again, two of them with the day in another form. */
function sentAgain(folder: string): string {
  const [month] = filesIn(folder);
  const [header = '', ...rows] = readFileSync(month!, 'latin1')
    .split('\r\n')
    .slice(0, ROWS + 1);
  const other = (row: string) => row.replace(/^(\d\d)\/(\d\d)\/(\d{4})/, '$3-$2-$1');
  return [header, ...rows.map((row, index) => (index % 200 === 7 ? other(row) : row)), ''].join('\r\n');
}

describe.skipIf(!chromium())('the quarantine on screen', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  test('a reason is corrected after a preview, replayed, and undone, in both languages and widths', async () => {
    const { app } = screens();
    const path = join(app.config.home, 'de-novo.csv');
    writeFileSync(path, sentAgain(join(app.config.home, 'world', 'calls')), 'latin1');
    age(path);
    const user = { name: 'teste', role: 'administrator' } as const;
    const { batches } = await intakeFiles(app, { paths: [path], source: 'demo-calls', build: true }, user, silent);
    const { batch, quarantined } = batches[0]!;
    expect(quarantined).toBe(2);
    for (const width of [1440, 390])
      for (const lang of ['pt', 'en'] as const) {
        const { page, complaints } = await screens().visit(`/recepcao/${batch}`, { lang, width });
        await page.locator('.reasons button:not(.plain)').first().click();
        await page.locator('dialog label.wide select').first().selectOption('date');
        expect(await violations(page)).toEqual([]);
        expect(await sideways(page)).toBe(0);
        if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      }

    const { page } = await screens().visit(`/recepcao/${batch}`);
    await page.locator('.reasons button:not(.plain)').first().click();
    await page.getByLabel('O que fazer').selectOption('date');
    await page.getByLabel('Como a data está escrita').fill('aaaa-mm-dd');
    await page.keyboard.press('Enter');
    await page.getByText('De 2 linhas, 2 mudam e 2 passam na conferência.').waitFor();
    const keep = page.getByRole('button', { name: 'Guardar correção' });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      const { y = 0, height: tall = 0 } = (await keep.boundingBox()) ?? {};
      expect(y + tall).toBeLessThanOrEqual(height);
      expect(await keep.evaluate((button) => button.closest('dialog')!.getBoundingClientRect().bottom)).toBeGreaterThan(
        y,
      );
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await keep.click();
    await page.getByText('1 mudança espera para valer.').waitFor();
    await page.getByRole('button', { name: 'Reprocessar' }).click();
    await page.getByText('Reprocessado. Agora: 0 carregadas, 0 em quarentena, 400 repetidas.').waitFor();
    await settled(page);
    await page.getByRole('button', { name: 'Desfazer', exact: true }).click();
    await page.getByRole('button', { name: 'Reprocessar' }).click();
    await page.getByText('Reprocessado. Agora: 0 carregadas, 2 em quarentena, 398 repetidas.').waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await page.close();
  }, 120_000);
});
