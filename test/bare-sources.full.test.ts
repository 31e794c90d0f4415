import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { silent } from '../src/kernel/progress.ts';
import { useChromium } from './services/chromium.ts';
import { type Lang, portugueseIn, settled, shot, sideways, useScreens } from './services/screens.ts';
import { chromium } from './services.ts';
import { ROOT } from './tree.ts';

const BANK_HEADER = [
  ...['vru+line', 'call_id', 'customer_id', 'priority', 'type', 'date', 'vru_entry', 'vru_exit', 'vru_time'],
  ...['q_start', 'q_exit', 'q_time', 'outcome', 'ser_start', 'ser_exit', 'ser_time', 'server'],
];

/** Calls of three days of 1999, of customers known by a code alone: no phone, no name, no queue, no whole week. */
function bankFile(): string {
  const call = (day: number, index: number, customer: number, outcome: string) => {
    const entry = `${8 + (index % 12)}:${10 + (index % 50)}:00`;
    const [talk, server] = outcome === 'AGENT' ? [180, 'TOVA'] : [0, 'NO_SERVER'];
    return [
      ...['AA0101', 1000 + 100 * day + index, customer, 0, 'PS', 990200 + day, entry, entry, 10, entry, entry, 30],
      ...[outcome, entry, entry, talk, server],
    ].join('\t');
  };
  const answered = [24, 25, 26].flatMap((day) =>
    Array.from({ length: 60 }, (_, index) =>
      call(day, index, index % 5 === 0 ? 0 : index % 5 === 1 ? 70 : 23317000 + (index % 20), 'AGENT'),
    ),
  );
  // On the 24th nobody known gives up, on the 26th somebody does whom nobody answers.
  const given = [call(24, 70, 0, 'HANG'), call(24, 71, 0, 'HANG'), call(26, 72, 23319511, 'HANG')];
  return [BANK_HEADER.join('\t'), ...answered, ...given, ''].join('\n');
}

const PAGES = [
  ...['/', '/hoje', '/indicadores', '/indicadores?metric=contacts&by=hour', '/rechamadas', '/rechamadas/regras'],
  ...['/rechamadas/conferencia', '/causas', '/dimensionamento', '/linhas'],
];

describe.skipIf(!chromium())('sources that say little', () => {
  const screens = useScreens(useChromium(), false);
  let whileBuilding = '';

  beforeAll(async () => {
    const { app } = screens();
    const path = join(app.config.home, '1999-02.txt');
    writeFileSync(path, bankFile());
    const user = { name: 'teste', role: 'administrator' } as const;
    await intakeFiles(app, { paths: [path], source: 'anonymous-bank', build: false }, user, silent);
    const { page } = await screens().visit('/');
    whileBuilding = await page.innerText('main');
    await page.close();
    const paths = [join(ROOT, 'data', 'sample', 'consumidor-gov', '2014-10.csv.gz')];
    await intakeFiles(app, { paths, source: 'consumidor-gov', build: true }, user, silent);
  }, 60_000);

  const of = (path: string, source: string) => `${path}${path.includes('?') ? '&' : '?'}source=${source}`;
  const open = async (path: string, lang: Lang = 'pt', width = 1440) => screens().visit(path, { lang, width });

  test.each([
    ['anonymous-bank', 'pt', 1440],
    ['anonymous-bank', 'en', 390],
    ['consumidor-gov', 'pt', 390],
    ['consumidor-gov', 'en', 1440],
  ] as const)(
    'every page of %s, in %s at %i: no value that is none, nothing cut, no complaint',
    async (source, lang, width) => {
      for (const path of PAGES) {
        const { page, complaints } = await open(of(path, source), lang, width);
        const text = await page.innerText('main');
        expect(text, path).not.toMatch(/NaN|undefined|Infinity|\[object/);
        expect(await sideways(page), path).toBe(0);
        expect(complaints, path).toEqual([]);
        // The values of consumidor.gov.br are in Portuguese.
        if (lang === 'en' && source === 'anonymous-bank') expect(await portugueseIn(page), path).toEqual([]);
        await shot(page, `${source}-${path.replaceAll(/\W+/g, '-')}-${lang}-${width}`);
        await page.close();
      }
    },
    120_000,
  );

  test('while the figures are made of what is loaded, nobody is told that there are no files', () => {
    expect(whileBuilding).toContain('Os números estão sendo montados com os arquivos que já foram carregados.');
    expect(whileBuilding).toContain('Ver de novo');
    expect(whileBuilding).not.toContain('Ainda não há arquivos');
  });

  test('a source that began this week opens with it, though no week is closed', async () => {
    for (const path of ['/', '/rechamadas']) {
      const { page } = await open(of(path, 'anonymous-bank'));
      expect(await page.innerText('h1'), path).toMatch(/22⁠?–⁠?28\/02\/1999/);
      await page.close();
    }
    const { page } = await open('/?source=anonymous-bank&from=1999-02-15&to=1999-02-22');
    await page.getByText('Há dados de 24/02/1999 a 26/02/1999.').waitFor();
    await page.getByRole('button', { name: /^Ver / }).click();
    await page.getByText('183 atendimentos').first().waitFor();
    await page.close();
  }, 30_000);

  test('whom to call back is not said to be nobody where it is not known', async () => {
    const { page } = await open('/hoje?source=anonymous-bank&day=1999-02-24');
    expect(await page.innerText('h1')).toMatch(
      /2 abandonaram sem identificação: não se sabe a quem chamar de volta\.$/,
    );
    await page.getByText('Ninguém identificado a chamar de volta.').waitFor();
    await page.close();
    const { page: last } = await open('/hoje?source=anonymous-bank');
    expect(await last.innerText('h1')).toMatch(/1 pessoa a chamar de volta\.$/);
    const heads = await last.locator('table').last().locator('thead th').allInnerTexts();
    expect(heads).toContain('Cliente na fonte');
    expect(heads).not.toContain('Telefone');
    await last.close();
  }, 30_000);

  test('who contacted most is told by the code where there is neither name nor phone, masked', async () => {
    const { page } = await open('/rechamadas?source=anonymous-bank');
    await page.getByText('Quem mais entrou em contato').click();
    await settled(page);
    const table = page.locator('details table');
    await table.waitFor();
    expect((await table.locator('thead th').allInnerTexts())[0]).toBe('Cliente na fonte');
    expect(await table.locator('tbody th').first().innerText()).toBe('***');
    expect(await table.locator('tbody th').nth(1).innerText()).toMatch(/^\*{3}\d+$/);
    await page.close();
  }, 30_000);

  test('contacts of a source of days alone have no time of day', async () => {
    const { page } = await open('/linhas?source=consumidor-gov');
    expect(await page.locator('tbody th').first().innerText()).toMatch(/^\d{2}\/\d{2}\/2014$/);
    await page.locator('tbody th button, tbody th a').first().click();
    await page.getByText('Os campos deste atendimento').waitFor();
    expect(await page.getByRole('dialog').innerText()).not.toContain('00:00');
    await page.close();
  }, 30_000);

  test('pages that a source has nothing for say so, and lead on', async () => {
    const { page } = await open('/hoje?source=consumidor-gov');
    expect(await page.innerText('h1')).toBe(
      'A fonte em vista não traz ligações com as abandonadas: não há turno a mostrar.',
    );
    await page.getByRole('button', { name: 'Ver todas as fontes' }).click();
    await page
      .getByText(/1 pessoa a chamar de volta/)
      .first()
      .waitFor();
    await page.close();
    const { page: causes } = await open('/causas?source=consumidor-gov');
    expect(await causes.innerText('h1')).toMatch(/nada se testou/);
    expect(await causes.innerText('main')).not.toContain('alarme falso');
    await causes.close();
  }, 30_000);
});
