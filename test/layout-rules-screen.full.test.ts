import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = 390;

describe.skipIf(!chromium())('the rules of a layout', () => {
  const screens = useScreens(useChromium());

  test('are put together, tried on the last file and saved as the next version', async () => {
    const { page, complaints } = await screens().visit('/recepcao/layouts/demo-calls', { own: true });
    page.setDefaultTimeout(5000);
    await page.getByRole('link', { name: 'Regras e políticas' }).click();
    await page.getByText('Nenhuma regra ainda').waitFor();
    await settled(page);
    await shot(page, 'regras-vazias-pt-1440');
    await page.getByRole('button', { name: 'Acrescentar regra' }).click();
    await page.getByRole('combobox', { name: 'Tipo de regra' }).selectOption({ label: 'tem uma forma' });
    await page.getByRole('combobox', { name: 'Coluna', exact: true }).selectOption('DDD');
    await page.getByLabel('Máscara').fill('99');
    await page.getByRole('combobox', { name: 'Se não passa' }).selectOption({ label: 'a linha entra e é contada' });
    await shot(page, 'regra-nova-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Usar esta regra' }).click();
    await page.getByText('DDD: na forma 99').waitFor();
    await page.getByText(/Experimentadas em ligacoes-/).waitFor();
    await page.getByRole('button', { name: 'Acrescentar regra' }).click();
    await page.getByRole('dialog').getByLabel('Acrescentar coluna').selectOption('NOTA');
    await page.getByRole('button', { name: 'Usar esta regra' }).click();
    await page.getByText('NOTA: obrigatório').waitFor();
    await page
      .getByText(/linhas não passam/)
      .nth(1)
      .waitFor();
    await page.getByLabel('Uma coluna traz valores nunca vistos').selectOption('ask');
    await page.getByText('Há mudanças que ainda não foram salvas.').waitFor();
    await settled(page);
    await shot(page, 'regras-pt-1440');
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    // Neither a link nor the browser's way back loses what is not saved.
    const stay = async (leave: () => Promise<unknown>) => {
      await leave();
      const dialog = page.getByRole('dialog', { name: 'Sair sem salvar?' });
      await dialog.waitFor();
      await dialog.getByRole('button').first().click();
      await dialog.waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe('/recepcao/layouts/demo-calls/regras');
    };
    await stay(() => page.getByRole('link', { name: 'Layouts' }).click());
    await stay(() => page.goBack());
    await page.getByText('NOTA: obrigatório').waitFor();
    await page.getByLabel('Vale para arquivos a partir de').fill('2026-11-20');
    await page.getByRole('button', { name: 'Salvar como versão 2' }).click();
    await page.getByText('Tudo salvo.').waitFor();
    const layout = screens().app.layouts.get('demo-calls');
    expect(layout).toMatchObject({
      version: 2,
      rules: [
        { id: 'pattern-ddd', kind: 'pattern', column: 'DDD', mask: '99', severity: 'warn' },
        { id: 'required-nota', kind: 'required', columns: ['NOTA'] },
      ],
      policies: { kinds: { values: 'ask' } },
    });
    expect(screens().app.layouts.saved(layout).valid_from).toBe('2026-11-20');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each([
    ['en', 1440],
    ['en', PHONE],
    ['pt', PHONE],
  ] as const)('in %s at %i pixels', async (lang, width) => {
    const { page, complaints } = await screens().visit('/recepcao/layouts/demo-calls/regras', {
      lang,
      width,
      own: true,
    });
    page.setDefaultTimeout(5000);
    await page.getByText(lang === 'en' ? /^Tried on / : /^Experimentadas em /).waitFor();
    await settled(page);
    await shot(page, `regras-${lang}-${width}`);
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
    const change = page.getByRole('button', { name: lang === 'en' ? /^Change the rule NOTA/ : /^Mudar a regra NOTA/ });
    await change.click();
    await page.getByRole('dialog').waitFor();
    await shot(page, `regra-${lang}-${width}`);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.close();
  });
});
