import { describe, expect, test } from 'vitest';
import { sendMail } from '../src/api/outbox-delivery.ts';
import { useChromium } from './services/chromium.ts';
import { settled, useScreens, violations } from './services/screens.ts';
import { startSmtp } from './services/smtp.ts';
import { chromium, fileServices } from './services.ts';

describe.skipIf(!chromium() || !fileServices('python3-aiosmtpd'))('a view as PDF', () => {
  const screens = useScreens(useChromium());
  const by = { name: 'admin', role: 'administrator' } as const;

  test.each([
    ['/', 'pt', 'ramal-inicio-'],
    ['/rechamadas', 'pt', 'ramal-rechamadas-'],
    ['/causas', 'pt', 'ramal-causas-'],
    ['/hoje', 'pt', 'ramal-hoje-'],
    ['/dimensionamento', 'en', 'ramal-staffing-'],
    ['/indicadores', 'en', 'ramal-indicators-'],
    ['/linhas', 'en', 'ramal-contacts-'],
  ] as const)(
    '%s in %s: A4, printed as its reader',
    async (screen, lang, name) => {
      const { app: opened, origin } = screens();
      const smtp = await startSmtp();
      try {
        const config = { ...opened.config, smtpUrl: smtp.url, mailFrom: 'r@alfa.example', chromium: chromium()! };
        const app = { ...opened, config };
        await app.accounts.create({ name: `leitor ${name}`, role: 'manager', email: 'leitor@alfa.example' }, by);
        const view = await app.views.save({ name: `${name}${lang}`, screen, followed: 'page', shared: true }, by);
        const said = {
          view: view.id,
          recipients: [`leitor ${name}`],
          weekdays: [1],
          at: '07:00',
          format: 'pdf',
          lang,
        } as const;
        const sent = await sendMail(app, await app.mails.create(said, by.name), origin);
        expect(sent).toMatchObject([
          { recipient: `leitor ${name}`, outcome: 'sent', files: [expect.stringContaining(name)], reasons: [] },
        ]);
        const [message] = smtp.received();
        const [[file, pdf]] = [...message!.files] as [[string, Buffer]];
        expect(file).toMatch(/^ramal-[a-z]+-\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}\.pdf$/);
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
        // A4 in points (595.3 × 841.9, on whole pixels), upright or on its side.
        const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'))!.map(Number);
        expect([width!, height!].sort((a, b) => a - b).map(Math.round)).toEqual([596, 843]);
        expect(pdf.length).toBeGreaterThan(20_000);
        // Printing is not being here, and leaves no session behind.
        expect((await app.accounts.get(`leitor ${name}`)).seenOn).toBeNull();
        expect(await app.ledger.sql`SELECT 1 FROM login WHERE kind = 'printer'`).toHaveLength(0);
      } finally {
        await smtp.stop();
      }
    },
    120_000,
  );

  test('taken at the screen: the button waits and brings the file; one that fails says why', async () => {
    const { app } = screens();
    const config = app.config as { chromium: string };
    config.chromium = chromium()!;
    try {
      const { page } = await screens().visit('/rechamadas', { own: true });
      await page.getByRole('button', { name: 'Visões' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 60_000 }),
        page.getByRole('button', { name: 'Baixar em PDF' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^ramal-rechamadas-\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}\.pdf$/);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      const pdf = Buffer.concat(chunks);
      expect([pdf.subarray(0, 5).toString(), pdf.length > 20_000]).toEqual(['%PDF-', true]);
      config.chromium = '/bin/false';
      await page.getByRole('button', { name: 'Baixar em PDF' }).click();
      await page.getByText('não imprimiu a tela').waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
    } finally {
      config.chromium = '';
    }
  }, 120_000);

  test('a program that is no Chromium: the workbook comes, and why the PDF does not', async () => {
    const { app: opened, origin } = screens();
    const smtp = await startSmtp();
    try {
      const config = { ...opened.config, smtpUrl: smtp.url, mailFrom: 'r@alfa.example', chromium: '/bin/false' };
      const app = { ...opened, config };
      await app.accounts.create({ name: 'leitora', role: 'manager', email: 'leitora@alfa.example' }, by);
      const view = await app.views.save({ name: 'Início', screen: '/', followed: 'page', shared: true }, by);
      const said = {
        view: view.id,
        recipients: ['leitora'],
        weekdays: [1],
        at: '07:00',
        format: 'pdf',
        lang: 'pt',
      } as const;
      const [sent] = await sendMail(app, await app.mails.create(said, by.name), origin);
      expect(sent!.files).toEqual([expect.stringMatching(/\.xlsx$/)]);
      expect(sent!.reasons.map(({ code }) => code)).toEqual(['printFailed']);
      expect(smtp.received()[0]!.text).toContain('O PDF não veio: O Chromium de RAMAL_CHROMIUM não imprimiu a tela');
    } finally {
      await smtp.stop();
    }
  }, 120_000);
});
