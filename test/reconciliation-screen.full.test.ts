import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { type Lang, portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const WEEK = 'from=2026-10-26&to=2026-11-02';
const HEADER = { pt: 'Protocolo;Data e hora;Telefone;Atendente', en: 'Protocol;Start;Phone;Agent' };

describe.skipIf(!chromium())('the client’s list on the screen', () => {
  const screens = useScreens(useChromium());

  /** The week’s calls as the client lists them: two lacking, one twice, one of another agent, one that nobody knows. */
  async function listOf(
    lang: Lang,
  ): Promise<{ file: { name: string; mimeType: string; buffer: Buffer }; ours: number }> {
    const rows = await screens().app.lake.rows<{ line: string }>(
      `SELECT concat_ws(';', protocol, strftime(started_at, '%d/%m/%Y %H:%M:%S'), phone, agent_name) AS line FROM gold.contact
       WHERE leg_no = 1 AND source = 'demo-calls' AND day >= '2026-10-26' AND day < '2026-11-02' AND phone IS NOT NULL
         AND row_id NOT IN (SELECT row_id FROM gold.excluded) ORDER BY started_at, row_id`,
    );
    const [{ ours }] = (await screens().app.lake.rows<{ ours: number }>(
      `SELECT count(*) AS ours FROM gold.contact WHERE leg_no = 1 AND day >= '2026-10-26' AND day < '2026-11-02'
         AND row_id NOT IN (SELECT row_id FROM gold.excluded)`,
    )) as [{ ours: number }];
    const [first, second, ...others] = rows.slice(2).map(({ line }) => line);
    const lines = [first, first, second!.replace(/[^;]*$/, 'Fulana Outra'), ...others];
    const stranger = '9990001112;27/10/2026 10:00:00;11912340001;Ana';
    const text = `${[HEADER[lang], ...lines, stranger].join('\r\n')}\r\n`;
    const buffer = Buffer.from(text, 'latin1');
    return { file: { name: 'lista.csv', mimeType: 'text/csv', buffer }, ours: ours - rows.length };
  }

  test.for([
    ['pt', 1440],
    ['en', 1440],
    ['pt', 390],
    ['en', 390],
  ] as const)('%s at %i: from Rechamadas to each difference and its file', async ([lang, width]) => {
    const { page, complaints } = await screens().visit(`/rechamadas?${WEEK}&source=demo-calls`, { lang, width });
    await page.getByRole('link', { name: lang === 'pt' ? /Conferir com a lista/ : /Check against the client/ }).click();
    await settled(page);
    expect(new URL(page.url()).pathname).toBe('/rechamadas/conferencia');
    expect(await violations(page)).toEqual([]);
    const { file } = await listOf(lang);
    await page.setInputFiles('input[type=file]', file);
    await page.waitForSelector('.sums');
    await settled(page);
    const [sums] = await page.locator('.sums .sum').allInnerTexts();
    const [list, paired, alone] = sums!.match(/[\d.,]+/g)!.map((text) => Number(text.replace(/\D/g, '')));
    expect([list, alone]).toEqual([paired! + 2, 2]);
    expect(await page.textContent('h1')).toMatch(
      lang === 'pt'
        ? /conferem, 1 difere, 2 só na lista, \d+ só aqui/
        : /agree, 1 differs, 2 only in the list, \d+ only here/,
    );
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
    await shot(page, `conferencia-${lang}-${width}`);

    await page.getByRole('link', { name: lang === 'pt' ? 'Agente difere' : 'Agent differs' }).click();
    await settled(page);
    expect(new URL(page.url()).searchParams.get('why')).toBe('differs agent_name');
    const row = page.locator('table').nth(1).locator('tbody tr');
    expect(await row.count()).toBe(1);
    expect(await row.innerText()).toMatch(lang === 'pt' ? /Fulana Outra · aqui / : /Fulana Outra · here /);
    await row.getByRole('button').click();
    await settled(page);
    expect(await page.getByRole('dialog').innerText()).toContain('Fulana Outra');
    await page.keyboard.press('Escape');

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    expect((await saved).suggestedFilename()).toMatch(
      /^ramal-(conferencia|reconciliation)-2026-10-26_2026-11-01\.csv$/,
    );

    await page.locator('summary').click();
    await page.locator('details select').first().selectOption('');
    await settled(page);
    expect(await page.locator('.sums .note').innerText()).toMatch(
      lang === 'pt' ? /^0 por protocolo/ : /^0 by protocol/,
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a list of strangers: those of ours that nobody answered are told too; another kind is told anew', async () => {
    const asked = `${WEEK}&source=demo-calls&where=status%3Dabandoned`;
    const { page, complaints } = await screens().visit(`/rechamadas/conferencia?${asked}`);
    const buffer = Buffer.from('Protocolo;Data e hora\r\n9990001112;27/10/2026 10:00:00\r\n');
    await page.setInputFiles('input[type=file]', { name: 'lista.csv', mimeType: 'text/csv', buffer });
    await page.waitForSelector('.sums');
    await settled(page);
    expect(await page.locator('main').innerText()).toContain('desconhecido');
    await page.getByLabel('A lista é de').selectOption('repeats');
    await settled(page);
    const [, ours] = await page.locator('.sums .sum').allInnerTexts();
    expect(ours).toMatch(/rechamadas aqui = 0 com par \+ \d+ só aqui/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a file that is no list says why', async () => {
    const { page } = await screens().visit(`/rechamadas/conferencia?${WEEK}`);
    const buffer = Buffer.from('%PDF-1.7 nada');
    await page.setInputFiles('input[type=file]', { name: 'lista.pdf', mimeType: 'application/pdf', buffer });
    await page.waitForSelector('[role=alert], .error');
    expect(await page.locator('main').innerText()).toContain('e não uma tabela');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
