import { beforeAll, describe, expect, test } from 'vitest';
import { playsInUse } from '../src/customers/personas/kept-playbook.ts';
import { useChromium } from './services/chromium.ts';
import { settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';
import { twoDivisions } from './two-divisions.ts';

describe.skipIf(!chromium())('what personas gained and lost, and their customers', () => {
  const screens = useScreens(useChromium(), false);
  beforeAll(() => twoDivisions(screens().app), 60_000);

  test('the headline says who gained, the table adds up, and the customers are a click away', async () => {
    const { page, complaints } = await screens().visit('/personas?sort=-customers', { own: true });
    await page.getByRole('heading', { name: /^VIPs da Indústria ganharam R\$\s410 de MRR desde 16\/08$/ }).waitFor();
    await settled(page);
    const moves = page.getByRole('table', { name: 'O que mudou desde 16/08' });
    const cells = async (name: RegExp) =>
      (await moves.getByRole('row', { name }).allInnerTexts())[0]!.replaceAll(/\s+/g, ' ').trim();
    expect(await cells(/^VIPs/)).toBe(
      'VIPs da Indústria +R$ 90 1 cliente +R$ 500 1 cliente −R$ 200 1 cliente −R$ 30 1 cliente +R$ 50 1 cliente +R$ 410',
    );
    expect(await cells(/^Grupo 9/)).toBe('Grupo 9 (já não há) – – −R$ 70 1 cliente – – −R$ 70');
    expect(await cells(/^Todas/)).toBe(
      'Todas +R$ 420 3 clientes +R$ 500 1 cliente −R$ 270 3 clientes −R$ 30 1 cliente +R$ 40 2 clientes +R$ 660',
    );
    await page.getByText('Grupo que se desfaz: não convém dar-lhe nome').waitFor();
    await page.getByText('Valor total (soma): R$ 4.528.077 (base R$ 338.400)').first().waitFor();
    expect(await page.getByRole('columnheader', { name: 'Clientes', exact: true }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    expect(await violations(page)).toEqual([]);
    await moves.getByRole('row', { name: /^VIPs/ }).getByRole('link', { name: '1 cliente' }).last().click();
    await page.getByRole('heading', { name: '2 saíram de VIPs da Indústria' }).waitFor();
    await page.getByRole('link', { name: 'CLI-B' }).waitFor();
    await page.getByRole('link', { name: 'Clientes (1)' }).click();
    await page.getByRole('link', { name: 'CLI-G' }).waitFor();
    await settled(page);
    await shot(page, 'personas-clientes-pt-1440');
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('the playbook is amended, kept with its history, and the customary one comes back', async () => {
    const { page, complaints } = await screens().visit('/personas/roteiro', { own: true });
    await page.getByRole('heading', { name: '8 tipos de clientes' }).waitFor();
    expect(await violations(page)).toEqual([]);
    const vips = page.getByRole('group', { name: 'VIPs da Indústria' });
    await vips.getByLabel('O que fazer').fill('Visita a cada trimestre');
    await vips.getByLabel('Valor').fill('90');
    await page.getByRole('button', { name: 'Tirar Clientes Padrão' }).click();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Guardado: vale da próxima divisão em diante.').waitFor();
    await page.getByRole('heading', { name: '7 tipos de clientes' }).waitFor();
    const kept = (await playsInUse(screens().app))!;
    expect(kept.map(({ name }) => name)).not.toContain('Clientes Padrão');
    expect(kept.find(({ name }) => name === 'VIPs da Indústria')).toMatchObject({
      ...{ action: 'Visita a cada trimestre', segments: ['manufatura'] },
      like: { value: 0.9, tenure: 0.7, usage: 0.6, size: 0.85 },
    });
    await page.getByRole('button', { name: 'Voltar ao de costume' }).click();
    await page.getByRole('heading', { name: '8 tipos de clientes' }).waitFor();
    expect(await playsInUse(screens().app)).toBeUndefined();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      await shot(page, `roteiro-pt-${width}`);
      expect(await sideways(page)).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('what is written begins with what is said, is not lost by a key, and is said to be kept', async () => {
    const { page } = await screens().visit('/personas#persona-2', { own: true });
    const card = page.getByRole('article', { name: 'VIPs da Indústria' });
    await card.getByRole('button').click();
    const pain = page.getByLabel('Dor');
    expect(await pain.inputValue()).toBe('Espera suporte de primeira e parceria');
    await pain.fill('Espera suporte de primeira');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Deixar como está' }).click();
    expect(await pain.inputValue()).toBe('Espera suporte de primeira');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await card.getByText('Guardado.').waitFor();
    await card.getByText('Espera suporte de primeira', { exact: true }).waitFor();
    const [text] = (await screens().app.divisions.history(1)) as [object];
    expect(text).toMatchObject({ name: null, portrait: null, pain: 'Espera suporte de primeira', action: null });
    await page.close();
  }, 60_000);

  test('a PDF that cannot be printed is told in the page', async () => {
    const config = screens().app.config as { chromium: string };
    config.chromium = '/nenhum/chromium';
    const { page } = await screens().visit('/personas', { own: true });
    await page.getByRole('button', { name: 'Baixar PDF' }).click();
    await page.getByRole('alert').waitFor();
    await page.close();
  }, 60_000);

  test.each(['pt', 'en'] as const)(
    'on a phone nothing is pushed aside, in %s',
    async (lang) => {
      for (const path of ['/personas', '/personas?persona=1&ver=vieram']) {
        const { page, complaints } = await screens().visit(path, { width: 390, lang });
        await settled(page);
        expect([path, await sideways(page)]).toEqual([path, 0]);
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      }
    },
    60_000,
  );
});
