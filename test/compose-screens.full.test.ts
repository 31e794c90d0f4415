import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { age } from './home.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';
import { ROOT } from './tree.ts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const CASOS = {
  'casos-devedores': 'casos_cpfs.csv',
  'casos-contratos': 'contratos.csv',
  'casos-telefones': 'telefones.csv',
};

describe.skipIf(!chromium())('composing steps and sending files on', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  const load = async (folder: string, layout: string, source: string, file: string) => {
    const { app } = screens();
    const definition = JSON.parse(readFileSync(join(ROOT, 'data', folder, layout), 'utf8'));
    await app.layouts.save(definition, { by: 'teste' });
    const home = join(app.config.home, 'sent');
    mkdirSync(home, { recursive: true });
    const path = join(home, file);
    copyFileSync(join(ROOT, 'data', folder, file), path);
    age(path);
    const user = { name: 'teste', role: 'administrator' } as const;
    await intakeFiles(app, { paths: [path], source, build: false }, user, silent);
  };
  beforeAll(async () => {
    await load('pratica', '1-ler.json', 'pratica-ler', 'devedores.csv');
    for (const [source, file] of Object.entries(CASOS)) await load('casos', `${source}.json`, source, file);
    await build(screens().app);
  }, 60_000);

  const visit = async (path: string, lang: 'pt' | 'en' = 'pt') => {
    const { page, complaints } = await screens().visit(path, { own: true, lang });
    page.setDefaultTimeout(5000);
    return { page, complaints };
  };
  const steady = async (page: Page) => {
    await page.waitForTimeout(400);
    await settled(page);
  };
  /** What each card says of the rows before and after it. */
  const told = (page: Page) => page.locator('ol[aria-label] .told').allInnerTexts();

  test('a person filters, pads, keeps one per CPF by keyboard, computes, and saves a version from a day', async () => {
    const { page, complaints } = await visit('/recepcao/layouts/pratica-ler');
    await page.getByRole('link', { name: 'Passos: compor e ver o efeito' }).click();
    await page.getByRole('heading', { name: 'Prática 1: ler e mostrar: as linhas seguem como vieram' }).waitFor();
    await page.getByText('7 linhas').waitFor();
    await shot(page, 'passos-0-pt-1440');
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Acrescentar passo' }).press('Enter');
    await page.getByRole('button', { name: /^Calcular/ }).press('Enter');
    await page.getByLabel('Coluna em que fica o resultado').fill('CPF');
    await page.getByLabel('Conta', { exact: true }).fill('DÍGITOS(CPF');
    await page.getByText('No lugar 12', { exact: false }).waitFor();
    await shot(page, 'passos-1-erro-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Conta', { exact: true }).fill('DÍGITOS(CPF)');
    await page.getByText('A conta está certa.').waitFor();
    await page.getByText('Funções', { exact: true }).click();
    await shot(page, 'passos-1-conta-pt-1440');
    await page.getByRole('button', { name: 'Pronto o passo 1' }).click();
    expect(await page.locator('td.marked').count()).toBeGreaterThan(0);

    await page.getByRole('button', { name: 'Acrescentar passo' }).click();
    await page.getByRole('button', { name: /^Completar/ }).click();
    await page.getByRole('checkbox', { name: 'CPF' }).press('Space');
    await page.getByRole('button', { name: 'Pronto o passo 2' }).click();

    await page.getByRole('button', { name: 'Acrescentar passo' }).click();
    await page.getByRole('button', { name: /^Uma por chave/ }).click();
    await page.getByRole('checkbox', { name: 'CPF' }).press('Space');
    await page.getByRole('button', { name: 'Escolher por uma ordem' }).click();
    await page.getByRole('combobox', { name: 'Coluna', exact: true }).selectOption('DIVIDA');
    await page.getByText('Fica só a linha de maior DIVIDA de cada CPF').waitFor();
    await page.getByRole('button', { name: 'No empate, a de' }).click();
    await page.getByRole('combobox', { name: 'No empate, a de' }).selectOption('latest');
    await page.getByRole('combobox', { name: 'Coluna', exact: true }).nth(1).selectOption('DESDE');
    await page.getByRole('button', { name: 'Pronto o passo 3' }).click();

    await page.getByRole('button', { name: 'Acrescentar passo' }).click();
    await page.getByRole('button', { name: /^Filtrar/ }).click();
    await page.getByRole('combobox', { name: 'Coluna', exact: true }).selectOption('DIVIDA');
    await page.getByRole('combobox', { name: 'Comparação' }).selectOption('>');
    await page.getByLabel('Valor', { exact: true }).fill('0');
    await page.getByRole('button', { name: 'Pronto o passo 4' }).click();
    await steady(page);
    // The filter goes before what keeps one, by keyboard, and the keyboard stays on it.
    await page.getByRole('button', { name: 'Subir o passo 4' }).press('Enter');
    await steady(page);
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Subir o passo 3');
    expect(await told(page)).toEqual(['7 → 7 linhas', '7 → 7 linhas', '7 → 6 linhas', '6 → 4 linhas']);
    expect(await page.locator('table', { hasText: 'Saíram neste passo' }).innerText()).toContain('ficou de fora');
    await shot(page, 'passos-2-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await sideways(page)).toBe(0);
    await shot(page, 'passos-2-pt-390');
    await page.setViewportSize(DESK);

    // The exercise on this source is judged by what the steps leave.
    await page.getByRole('button', { name: 'Conferir' }).click();
    await page.getByText('As linhas estão certas; os valores de NOME ainda não.').waitFor();
    await page.getByRole('button', { name: 'Acrescentar passo' }).click();
    await page.getByRole('button', { name: /^Calcular/ }).click();
    await page.getByLabel('Coluna em que fica o resultado').fill('NOME');
    await page.getByLabel('Conta', { exact: true }).fill('MAIÚSCULA(NOME)');
    await page.getByText('A conta está certa.').waitFor();
    await page.getByRole('button', { name: 'Conferir' }).click();
    await page.getByText('Está certo.', { exact: true }).waitFor();
    await shot(page, 'passos-2-certo-pt-1440');
    await page.getByRole('button', { name: 'Tirar o passo 5' }).click();

    await page.getByLabel('Vale para arquivos a partir de').fill('2026-11-21');
    await page.getByText('Nasce a versão 2, para os arquivos de', { exact: false }).waitFor();
    await page.getByText('1 arquivo já carregado fica como está', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Salvar nova versão' }).click();
    await page.getByText('Versão 2 salva', { exact: false }).waitFor();
    await steady(page);
    await shot(page, 'passos-3-salvo-pt-1440');
    expect(complaints).toEqual([]);
    const { layouts } = screens().app;
    expect(layouts.at('pratica-ler', '2026-11-20').version).toBe(1);
    const { version, steps = [] } = layouts.at('pratica-ler', '2026-11-21');
    expect([version, steps.map((step) => step.do)]).toEqual([2, ['compute', 'pad', 'filter', 'keep-one']]);
    await page.close();
  });

  test('the steps read in English, on a phone too', async () => {
    const { page } = await visit('/recepcao/layouts/pratica-ler/passos', 'en');
    await steady(page);
    await page.getByText('Of each CPF only the row of the highest DIVIDA', { exact: false }).waitFor();
    expect((await portugueseIn(page)).filter((word) => word !== 'linhas')).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'passos-4-en-1440');
    await page.setViewportSize(PHONE);
    await page.getByRole('button', { name: 'Change step 4' }).click();
    expect(await sideways(page)).toBe(0);
    await shot(page, 'passos-4-en-390');
    await page.close();
  });

  test('three lists become one file of fixed width, previewed, written and downloaded', async () => {
    const { page, complaints } = await visit('/recepcao');
    await page.getByRole('link', { name: 'Envio: gravar' }).click();
    await page.getByRole('link', { name: 'Casos: importação do CRM' }).click();
    await page.getByText('79 linhas entram no arquivo').waitFor();
    await settled(page);
    await shot(page, 'envio-1-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await sideways(page)).toBe(0);
    await shot(page, 'envio-1-pt-390');
    await page.setViewportSize(DESK);
    await page.getByRole('button', { name: 'Escrever o arquivo' }).click();
    await page.getByText('Gravado: 79 registros, 7.452 bytes.').waitFor({ timeout: 15_000 });
    await shot(page, 'envio-2-gravado-pt-1440');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Baixar o arquivo' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('casos-crm-2026-11-20.txt');
    const bytes = readFileSync(await download.path());
    const told = await page.getByText('SHA-256').innerText();
    expect(told).toContain(createHash('sha256').update(bytes).digest('hex'));
    const lines = bytes.toString('latin1').split('\r\n');
    expect(lines.map((line) => line.length)).toEqual([...Array(81).fill(90), 0]);
    expect([lines[0]!.slice(0, 17), lines[80]!.slice(0, 9)]).toEqual(['0CASOS   20112026', '900000079']);
    await page.getByText('Baixado.').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a layout of sending is composed: a list, a lookup, fields of fixed width, and what does not fit is told', async () => {
    const { page, complaints } = await visit('/recepcao/envio');
    await page.getByRole('link', { name: 'Compor um layout de envio' }).click();
    await page.getByLabel('Nome', { exact: true }).fill('CRM da Alfa');
    await page.getByRole('combobox', { name: 'O que se envia' }).selectOption('casos-devedores');
    await page.getByText('79 linhas').waitFor();
    await page.getByRole('button', { name: 'Acrescentar passo' }).click();
    await page.getByRole('button', { name: /^Procurar/ }).click();
    await page.getByRole('combobox', { name: 'Lista', exact: true }).selectOption('casos-contratos');
    await page.getByRole('combobox', { name: 'Coluna daqui' }).selectOption('cliente');
    await page.getByRole('checkbox', { name: 'numero', exact: true }).check();
    await page.getByRole('checkbox', { name: 'valor', exact: true }).check();
    await page.getByRole('button', { name: 'Escolher por uma ordem' }).first().click();
    await page.getByRole('combobox', { name: 'Coluna', exact: true }).selectOption('valor');
    await steady(page);
    await shot(page, 'envio-3-passo-pt-1440');
    await page.getByRole('button', { name: 'Pronto o passo 1' }).click();
    await page.getByRole('combobox', { name: 'Arquivo', exact: true }).selectOption('fixed');
    const fields = page.locator('section', { has: page.getByRole('heading', { name: 'Os campos de um registro' }) });
    await fields.getByRole('button', { name: 'Acrescentar campo' }).click();
    await fields.getByRole('combobox', { name: 'De onde vem' }).selectOption('column:cliente');
    await fields.getByLabel('Largura', { exact: true }).fill('8');
    await fields.getByRole('button', { name: 'Pronto o campo 1' }).click();
    await fields.getByRole('button', { name: 'Acrescentar campo' }).click();
    await fields.getByRole('combobox', { name: 'De onde vem' }).selectOption('column:valor');
    await fields.getByRole('combobox', { name: 'Como se escreve' }).selectOption('decimal');
    await fields.getByRole('combobox', { name: 'Marca decimal' }).selectOption('implied');
    await fields.getByLabel('Largura', { exact: true }).fill('3');
    await page.getByText('tem 5 sinais onde cabem 3', { exact: false }).first().waitFor();
    await page.getByText('Dê mais largura ao campo', { exact: false }).first().waitFor();
    await steady(page);
    await shot(page, 'envio-4-recusa-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await sideways(page)).toBe(0);
    await shot(page, 'envio-4-recusa-pt-390');
    await page.setViewportSize(DESK);
    await fields.getByLabel('Largura', { exact: true }).fill('12');
    await fields.getByRole('button', { name: 'Pronto o campo 2' }).click();
    await steady(page);
    await shot(page, 'envio-5-pt-1440');
    await page.getByRole('button', { name: 'Salvar', exact: true }).click();
    await page.getByRole('heading', { name: 'CRM da Alfa' }).waitFor();
    await page.getByText('79 linhas entram no arquivo').waitFor();
    const saved = await screens().app.sendLayouts.get('crm-da-alfa');
    expect(saved.fields.map(({ name, from, to, column }) => [name, from, to, column])).toEqual([
      ['cliente', 1, 8, 'cliente'],
      ['valor', 9, 20, 'valor'],
    ]);
    await page.getByRole('link', { name: 'Mudar este layout' }).click();
    await page.getByRole('heading', { name: 'CRM da Alfa: versão 1' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the exercises are prepared, and the third is done by composing', async () => {
    const { page, complaints } = await visit('/recepcao/pratica');
    await shot(page, 'pratica-0-pt-1440');
    await page.getByRole('button', { name: 'Preparar os exercícios' }).click();
    await page.getByText('Os exercícios estão preparados.').waitFor({ timeout: 30_000 });
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'pratica-1-pt-1440');
    await page.setViewportSize(PHONE);
    expect(await sideways(page)).toBe(0);
    await shot(page, 'pratica-1-pt-390');
    await page.setViewportSize(DESK);
    await page.getByRole('button', { name: 'Conferir' }).click();
    await page.getByText('Ainda não há um lote de devedores.csv', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Compor o envio' }).click();
    await page.getByRole('combobox', { name: 'O que se envia' }).selectOption('pratica-devedores');
    await page.getByRole('button', { name: 'Pôr todas as colunas' }).click();
    await page.getByRole('button', { name: 'Conferir' }).click();
    await page.getByText('os valores de CONTRATO, VALOR, TELEFONE ainda não', { exact: false }).waitFor();
    await steady(page);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'pratica-2-pt-1440');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('sending reads in English, on a phone too', async () => {
    const { page } = await visit('/recepcao/envio/casos-crm/mudar', 'en');
    await page.getByText('79 rows go into the file').waitFor();
    await steady(page);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'envio-6-en-1440');
    await page.setViewportSize(PHONE);
    expect(await sideways(page)).toBe(0);
    await shot(page, 'envio-6-en-390');
    await page.close();
  });
});
