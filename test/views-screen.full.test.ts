import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = 390;

describe.skipIf(!chromium())('views', () => {
  const screens = useScreens(useChromium());
  const by = { name: 'admin', role: 'administrator' } as const;

  test('a manager saves what is in view, shares it and sends it on Mondays', async () => {
    await screens().app.accounts.create({ name: 'Ana Prado', role: 'manager', email: 'ana@alfa.example' }, by);
    const { page, complaints } = await screens().visit('/rechamadas?by=supervisor', { own: true });
    page.setDefaultTimeout(10_000);
    await settled(page);
    await page.getByRole('button', { name: 'Visões' }).click();
    const menu = page.getByRole('dialog', { name: 'Visões' });
    await menu.getByText('Nenhuma visão ainda.').waitFor();
    const follows = menu.getByLabel('O período segue').locator('option');
    expect((await follows.allInnerTexts()).slice(0, 2).map((text) => text.replaceAll('\u2060', ''))).toEqual([
      ...['sempre a última semana de janela fechada', 'estes dias: 26/10–01/11'],
    ]);
    await menu.getByLabel('Nome da visão').fill('Supervisores N2');
    await menu.getByLabel('Outras pessoas também a veem').check();
    await menu.getByRole('button', { name: 'Salvar visão' }).click();
    await menu.getByText('Salva: Supervisores N2.').waitFor();
    await settled(page);
    await shot(page, 'visoes-menu-pt-1440');
    expect(await violations(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      menu.getByRole('link', { name: 'Baixar a página, XLSX' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('ramal-rechamadas-2026-10-26_2026-11-01.xlsx');
    await menu.getByRole('link', { name: 'Todas as visões, envios por e-mail e alertas' }).click();
    await page.getByRole('heading', { name: '1 visão; nenhuma vai por e-mail.' }).waitFor();
    await page.getByRole('button', { name: 'Enviar por e-mail…' }).click();
    const form = page.getByRole('dialog', { name: 'Enviar “Supervisores N2” por e-mail' });
    await form.getByRole('button', { name: 'Criar envio' }).click();
    await form.getByText('Escolha ao menos um.').waitFor();
    await form.getByLabel('Ana Prado').check();
    await settled(page);
    await shot(page, 'visoes-envio-pt-1440');
    expect(await violations(page)).toEqual([]);
    await form.getByRole('button', { name: 'Criar envio' }).click();
    await page.getByText('seg às 07:30, XLSX').waitFor();
    await page.getByText('Ainda não foi enviado.').waitFor();
    // Nobody said by which server.
    expect(await page.getByRole('button', { name: 'Enviar agora' }).isDisabled()).toBe(true);
    await page.getByText('um administrador ajusta RAMAL_SMTP_URL').waitFor();
    const [mail] = await screens().app.mails.list();
    const { outbox } = screens().app;
    const [failed] = await outbox.put({ mail: mail!.id, due: null }, ['Ana Prado']);
    const reasons = [{ code: 'mailFailed', details: { cause: 'ECONNREFUSED' } }] as const;
    await outbox.end(failed!, { outcome: 'failed', files: [], reasons });
    const [killed] = await outbox.put({ mail: mail!.id, due: null }, ['Ana Prado']);
    await outbox.take([killed!]);
    await outbox.put({ mail: mail!.id, due: new Date('2026-11-16T10:30:00Z') }, ['Ana Prado']);
    await page.getByRole('button', { name: 'Desligar' }).click();
    await page.getByText('(desligado)').waitFor();
    await page.getByText('falhou').waitFor();
    await page.getByText('O servidor de e-mail não aceitou a mensagem: ECONNREFUSED.').waitFor();
    await page.getByText('pode não ter saído').waitFor();
    // What still waited was not sent any more.
    await page.getByText('O envio foi desligado antes de sair.').waitFor();
    await settled(page);
    await shot(page, 'visoes-pt-1440');
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('on a phone and in English', async () => {
    const { page } = await screens().visit('/visoes', { lang: 'en', width: PHONE });
    await page.getByText('Mon at 07:30').waitFor();
    await page.getByText('The mail server did not accept the message: ECONNREFUSED.').waitFor();
    await page.getByText('may not have left').waitFor();
    await settled(page);
    await shot(page, 'visoes-en-390');
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(await portugueseIn(page)).toEqual([]);
    await page.goto(`${screens().origin}/rechamadas`);
    await settled(page);
    await page.getByRole('button', { name: 'Views' }).click();
    await settled(page);
    await shot(page, 'visoes-menu-en-390');
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await page.close();
  }, 60_000);

  test('a deleted view is gone', async () => {
    const { page } = await screens().visit('/visoes', { own: true });
    await page.getByRole('button', { name: 'Apagar', exact: true }).click();
    await page.getByText('o envio dela termina').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Apagar' }).click();
    await page.getByText('Ainda não há visões.').waitFor();
    await shot(page, 'visoes-vazia-pt-1440');
    await page.close();
  }, 60_000);
});
