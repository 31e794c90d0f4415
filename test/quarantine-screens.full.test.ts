import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { silent } from '../src/kernel/progress.ts';
import { age } from './home.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const COLUMNS =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';
const rowOf = (day: string, protocol: string) =>
  `${day};10:00:00;${protocol};1;SP;Comercial;Nexo Fibra;11;987654321;Ana Prado;;A1;Caio Lins;Senha e acesso;ATENDIDA;00:00:05;00:03:00;00:00:10;5`;
const FILE = [COLUMNS, rowOf('04/11/2026', 'X1'), rowOf('2026-11-04', 'X2'), rowOf('2026-11-05', 'X3'), ''].join(
  '\r\n',
);

describe.skipIf(!chromium())('the quarantine on screen', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  test('a reason is corrected after a preview, replayed, and undone, in both languages and widths', async () => {
    const { app } = screens();
    const path = join(app.config.home, 'ligacoes-2026-11-04.csv');
    writeFileSync(path, FILE, 'latin1');
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
    await page.getByRole('button', { name: 'Guardar correção' }).click();
    await page.getByText('1 mudança espera para valer.').waitFor();
    await page.getByRole('button', { name: 'Reprocessar' }).click();
    await page.getByText('Reprocessado. Agora: 3 carregadas, 0 em quarentena, 0 repetidas.').waitFor();
    await settled(page);
    await page.getByRole('button', { name: 'Desfazer', exact: true }).click();
    await page.getByRole('button', { name: 'Reprocessar' }).click();
    await page.getByText('Reprocessado. Agora: 1 carregadas, 2 em quarentena, 0 repetidas.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  }, 120_000);
});
