import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { NEWCOMER, newcomerFile } from './newcomer.ts';
import { useChromium } from './services/chromium.ts';
import { type Lang, portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

describe.skipIf(!chromium())('a new client, by the screens alone', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  const looks = async (page: Page, name: string, lang: Lang) => {
    await settled(page);
    if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size);
      expect(await sideways(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      await shot(page, `${name}-${lang}-${size.width}`);
    }
    await page.setViewportSize(DESK);
  };

  test.each(['pt', 'en'] as const)(
    'what is proposed is right, a bad choice is told first, in %s',
    async (lang) => {
      const say = (pt: string, en: string) => (lang === 'pt' ? pt : en);
      const { page, complaints } = await screens().visit('/recepcao', { lang, own: true });
      page.setDefaultTimeout(10_000);
      const file = { name: 'chamadas.csv', mimeType: 'text/csv', buffer: newcomerFile() };
      await page.setInputFiles('input[type="file"]', file);
      const confirm = page.getByRole('button', { name: say('Confirmar e carregar', 'Confirm and load') });
      const another = page.getByRole('button', { name: say('É de um cliente novo', 'It is of a new client') });
      await confirm.or(another).first().waitFor();
      if (await another.isVisible()) await another.click();
      await looks(page, '1-proposto', lang);
      const select = (name: string) => page.getByLabel(`${say('É', 'Is')} ${name}`, { exact: true });
      expect(await select('Hora Início').inputValue()).toBe('started_at');

      await select('Assunto').selectOption('started_at');
      await page
        .getByText(say('Deixou de ser Início: agora é Assunto.', 'Is not Started any more: Assunto is now.'))
        .first()
        .waitFor();
      await select('Assunto').selectOption('');
      await confirm.click();
      await page
        .getByText(say('Faltam 2 respostas, marcadas acima.', '2 answers are missing, marked above.'))
        .waitFor();
      await looks(page, '2-falta', lang);

      await page.getByLabel(say('Nome do cliente ou da fonte', 'Name of the client or source')).fill(`Gama ${lang}`);
      const codes = page.getByLabel(say('De quem são os códigos dos agentes', 'Whose the agents’ codes are'));
      await codes.fill(`Gama ${lang}`);
      await page.getByText(`gama-${lang}/1001`).waitFor();
      await select('Assunto').selectOption('started_at');
      await confirm.click();
      await page.getByText(say('De 200 linhas, 200 não entram:', 'Of 200 rows, 200 do not enter:')).waitFor();
      await looks(page, '3-ruim', lang);

      await select('Data da Chamada').selectOption('started_at');
      await select('Hora Início').selectOption('started_at');
      await select('Assunto').selectOption('reason');
      await page.getByRole('button', { name: say('Experimentar no arquivo', 'Try it on the file') }).click();
      await page.getByText(say('De 200 linhas, 5 não entram:', 'Of 200 rows, 5 do not enter:')).waitFor();
      await looks(page, '4-bom', lang);
      await confirm.click();
      await page.getByText(say('chamadas.csv recebido.', 'chamadas.csv received.')).waitFor({ timeout: 30_000 });
      const sum = (await page.locator('.outcome .sum').innerText()).replace(/\s+/g, ' ');
      expect(sum).toMatch(new RegExp(`^200 .+ 190 .+ ${NEWCOMER.broken} .+ ${NEWCOMER.repeated} `));
      await looks(page, '5-carregado', lang);
      expect(complaints).toEqual([]);
      await page.close();
    },
    120_000,
  );

  test.each(['pt', 'en'] as const)(
    'a bad layout is mended on its page, and its file read again, in %s',
    async (lang) => {
      const say = (pt: string, en: string) => (lang === 'pt' ? pt : en);
      const { page, complaints } = await screens().visit('/recepcao', { lang, own: true });
      page.setDefaultTimeout(15_000);
      const file = { name: 'epsilon.csv', mimeType: 'text/csv', buffer: newcomerFile() };
      await page.setInputFiles('input[type="file"]', file);
      const another = page.getByRole('button', { name: say('É de um cliente novo', 'It is of a new client') });
      const confirm = page.getByRole('button', { name: say('Confirmar e carregar', 'Confirm and load') });
      await confirm.or(another).first().waitFor();
      if (await another.isVisible()) await another.click();
      const select = (name: string) => page.getByLabel(`${say('É', 'Is')} ${name}`, { exact: true });
      await page.getByLabel(say('Nome do cliente ou da fonte', 'Name of the client or source')).fill(`Epsilon ${lang}`);
      await select('Assunto').selectOption('started_at');
      await confirm.click();
      await page
        .getByRole('button', { name: say('Guardar e carregar assim mesmo', 'Keep and load all the same') })
        .click();
      await page.locator('.outcome a[href^="/recepcao/"]').first().click();
      await page
        .getByRole('heading', { name: say('200 linhas; nenhuma linha entrou.', '200 rows; no row entered.') })
        .waitFor();
      await page.getByRole('button', { name: say('Desfazer o lote…', 'Roll back the batch…') }).waitFor();
      await looks(page, '6-lote-ruim', lang);

      await page.locator(`a[href="/recepcao/layouts/epsilon-${lang}"]`).click();
      await page.getByRole('link', { name: say('Mudar as colunas', 'Change the columns') }).waitFor();
      await looks(page, '7-layout', lang);
      await page.getByRole('link', { name: say('Mudar as colunas', 'Change the columns') }).click();
      await select('Data da Chamada').selectOption('started_at');
      await select('Hora Início').selectOption('started_at');
      await select('Assunto').selectOption('reason');
      await page.getByRole('button', { name: say('Experimentar no arquivo', 'Try it on the file') }).click();
      await page.getByText(say('De 200 linhas, 5 não entram:', 'Of 200 rows, 5 do not enter:')).waitFor();
      await looks(page, '8-colunas', lang);
      await page.getByRole('button', { name: say('Salvar como versão 2', 'Save as version 2') }).click();
      await page.getByRole('button', { name: say('Reler com a versão 2', 'Read again by version 2') }).click();
      await page.getByText(say('epsilon.csv foi relido:', 'epsilon.csv was read again:')).waitFor({ timeout: 30_000 });
      expect((await page.locator('.sum').innerText()).replace(/\s+/g, ' ')).toMatch(/^200 .+ 190 .+ 5 .+ 5 /);
      await looks(page, '9-relido', lang);
      expect(complaints).toEqual([]);
      await page.close();
    },
    120_000,
  );
});
