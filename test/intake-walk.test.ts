import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

/** A creditor's portfolio as its system writes it; `names` calls columns otherwise. */
function portfolio(from: number, to: number, names: Record<string, string> = {}): Buffer {
  const columns = ['CONTRATO', 'CPF', 'NOME', 'VALOR', 'VENCIMENTO', 'FONE', 'UF'];
  const rows = Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    const nine = String(300_000_000 + number * 7919);
    const day = String((number % 28) + 1).padStart(2, '0');
    return [
      `CT${10_000 + number}`,
      `${nine}${cpfCheckDigits(nine)}`,
      `Pessoa ${['Ana', 'Bia', 'Caio'][number % 3]} Lima`,
      `1.${100 + (number % 800)},50`,
      `${day}/12/2026`,
      `1198${String(1_000_000 + number * 37)}`,
      ['SP', 'RJ', 'MG'][number % 3]!,
    ];
  });
  const lines = [columns.map((name) => names[name] ?? name), ...rows].map((cells) => cells.join(';'));
  return Buffer.from(`Carteira Beta - posição do dia\n${lines.join('\r\n')}\r\n`, 'latin1');
}

const drop = (page: Page, name: string, buffer: Buffer) =>
  page.setInputFiles('input[type="file"]', { name, mimeType: 'text/csv', buffer });

/** The walk of somebody who never saw it: each step is what the page itself asks for. */
async function walk(page: Page, lang: 'pt' | 'en', width: number): Promise<void> {
  const say = <T>(pt: T, en: T) => (lang === 'pt' ? pt : en);
  const name = `Beta ${lang} ${width}`;
  await shot(page, `1-recepcao-${lang}-${width}`);
  await drop(page, 'carteira.csv', portfolio(0, 400));
  const confirm = page.getByRole('button', { name: say('Confirmar e carregar', 'Confirm and load') });
  const another = page.getByRole('button', { name: say('É de um cliente novo', 'It is of a new client') });
  // Where a known source reads the same columns, the page asks first whether it is that one.
  await confirm.or(another).first().waitFor();
  if (await another.isVisible()) await another.click();
  await confirm.waitFor();
  await shot(page, `2-novo-${lang}-${width}`);
  if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await page.getByLabel(say('Nome do cliente ou da fonte', 'Name of the client or source')).fill(name);
  await page.getByLabel(say('Como se chama uma linha', 'What a row is called')).fill('contrato');
  await page.getByLabel(say('E várias', 'And several')).fill('contratos');
  await confirm.click();
  await page.getByText(say('carteira.csv recebido.', 'carteira.csv received.')).waitFor({ timeout: 30_000 });
  await shot(page, `3-carregado-${lang}-${width}`);

  await drop(page, 'carteira-20.csv', portfolio(30, 457, { VENCIMENTO: 'DT_VENCTO' }));
  await page.getByRole('button', { name: say('Sim, carregar em', 'Yes, load into') }).waitFor();
  await page.getByLabel(say('É de outra fonte', 'It is of another source')).selectOption({ label: name });
  const waiting = page.getByText(
    say('O arquivo mudou. Nada foi gravado ainda.', 'The file changed. Nothing was stored yet.'),
  );
  await waiting.first().waitFor({ timeout: 30_000 });
  await page.locator('.outcome a[href^="/recepcao/"]').first().click();
  const approve = page.getByRole('button', { name: say('Aprovar e carregar', 'Approve and load') });
  await approve.waitFor();
  await settled(page);
  await shot(page, `4-mudou-${lang}-${width}`);
  if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  const effect = await page.locator('.effect').innerText();
  expect(effect).toContain(say('30 contratos baixados', '30 contratos gone'));
  expect(effect).toContain(say('57 novos', '57 new'));
  await page.getByRole('button', { name: say('Devolver ao cliente…', 'Send back to the client…') }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: say('Baixar as linhas em Excel', 'Download the rows as Excel') }).click();
  expect((await coming).suggestedFilename()).toMatch(/\.xlsx$/);
  await shot(page, `4-devolver-${lang}-${width}`);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: say('Fechar', 'Close') }).click();
  await approve.click();
  await page.locator('.sum').waitFor({ timeout: 30_000 });
  await settled(page);
  await shot(page, `5-aprovado-${lang}-${width}`);
  expect(await page.locator('.sum').innerText()).toMatch(/427/);

  await page.locator('a[href^="/recepcao/layouts/"]').click();
  const second = page.locator('section', { hasText: say('Versão 2', 'Version 2') });
  await second.waitFor();
  await settled(page);
  await shot(page, `6-layout-${lang}-${width}`);
  expect(await violations(page)).toEqual([]);
  expect(await second.innerText()).toMatch(/VENCIMENTO.*\s.*DT_VENCTO/s);
  await page.getByRole('link', { name: 'Layouts', exact: true }).click();
  await page.getByRole('link', { name }).waitFor();
  await settled(page);
  await shot(page, `7-layouts-${lang}-${width}`);
  expect(await violations(page)).toEqual([]);
}

describe.skipIf(!chromium())('a new client, and its file a day later, without reading anything first', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  const walks = [
    ['pt', 1440],
    ['en', 390],
  ] as const;
  test.each(process.env.RAMAL_TEST_FULL === '1' ? walks : walks.slice(0, 1))(
    'in %s at %d pixels',
    async (lang, width) => {
      const { page, complaints } = await screens().visit('/recepcao', { lang, width, own: true });
      await walk(page, lang, width);
      expect(complaints).toEqual([]);
      const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(beyond)).toBe(0);
    },
    120_000,
  );
});
