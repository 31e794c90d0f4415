import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = 390;

describe.skipIf(!chromium())('alerts', () => {
  const screens = useScreens(useChromium());
  const by = { name: 'admin', role: 'administrator' } as const;

  test('a manager asks to be told, is told on Início, says it was seen, and switches the alert off', async () => {
    await screens().app.accounts.create({ name: 'Ana Prado', role: 'manager', email: 'ana@alfa.example' }, by);
    const { page, complaints } = await screens().visit(
      '/indicadores?metric=serviceLevel&from=2026-09-14&to=2026-11-16&source=demo-calls&where=queue%3DFinanceiro',
      { own: true },
    );
    page.setDefaultTimeout(10_000);
    await page.getByRole('button', { name: 'Avisar-me…' }).click();
    const form = page.getByRole('dialog', { name: 'Avisar-me…' });
    await form.getByText('Fora dos limites das 12 semanas anteriores').waitFor();
    expect(await form.getByLabel('Nome do alerta').inputValue()).toMatch(/^Nível de serviço \(fila Financeiro; .+\)$/);
    await form.getByLabel('Nome do alerta').fill('Nível do Financeiro');
    await form.getByLabel('Avisar quando').selectOption('below');
    await form.getByLabel('Limiar').fill('quase tudo');
    await form.getByRole('button', { name: 'Criar alerta' }).click();
    expect(await form.getByLabel('Limiar').getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('Limiar').fill('99,9%');
    await form.getByLabel('Ana Prado').check();
    await settled(page);
    await shot(page, 'alertas-criar-pt-1440');
    expect(await violations(page)).toEqual([]);
    await form.getByRole('button', { name: 'Criar alerta' }).click();
    await form.getByText('Alerta “Nível do Financeiro” criado.').waitFor();
    await form.getByText(/Última olhada, 09–15\/11: .*%.*, avisou\./).waitFor();
    await settled(page);
    await shot(page, 'alertas-criado-pt-1440');
    const [alert] = await screens().app.alerts.list();
    expect(alert).toMatchObject({ threshold: 0.999, recipients: ['Ana Prado'], filters: ['queue=Financeiro'] });
    await page.goto(`${screens().origin}/`);
    const need = page.getByRole('listitem').filter({ hasText: /Nível de serviço \(fila Financeiro/ });
    await need.getByText(/na semana 09.–.15\/11, abaixo do limiar 99,9%/).waitFor();
    await settled(page);
    await shot(page, 'alertas-inicio-pt-1440');
    expect(await violations(page)).toEqual([]);
    expect(await need.getByRole('link').getAttribute('href')).toContain('from=2026-11-09&to=2026-11-16');
    await need.getByRole('button', { name: /^Visto/ }).click();
    await need.waitFor({ state: 'detached' });
    await page.goto(`${screens().origin}/visoes`);
    await page.getByRole('heading', { name: 'Nível do Financeiro' }).waitFor();
    await page.getByText(/visto por admin/).waitFor();
    await settled(page);
    await shot(page, 'alertas-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Desligar' }).click();
    await page.getByText('(desligado)').waitFor();
    await page.getByRole('button', { name: 'Ligar', exact: true }).click();
    await page.getByText('(desligado)').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('on a phone and in English', async () => {
    const { page } = await screens().visit('/visoes', { lang: 'en', width: PHONE });
    await page.getByRole('heading', { name: 'Alerts', exact: true }).waitFor();
    await page.getByText(/Tells when it is below 99.9%, by week/).waitFor();
    await settled(page);
    await shot(page, 'alertas-en-390');
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect((await portugueseIn(page)).filter((word) => !/nível|financeiro|do/i.test(word))).toEqual([]);
    await page.goto(`${screens().origin}/indicadores?metric=avgHandleTime`);
    await page.getByRole('button', { name: 'Tell me…' }).click();
    const form = page.getByRole('dialog', { name: 'Tell me…' });
    await form.getByLabel('Tell when it').selectOption('above');
    await form.getByText('Minutes and seconds, such as 5:48.').waitFor();
    await form.getByLabel('Threshold').fill('0:10');
    await settled(page);
    await shot(page, 'alertas-criar-en-390');
    expect(await violations(page)).toEqual([]);
    await form.getByRole('button', { name: 'Make the alert' }).click();
    await form.getByText(/, told\./).waitFor();
    await page.goto(`${screens().origin}/`);
    await page.getByText(/above the threshold of 0:10/).waitFor();
    await settled(page);
    await shot(page, 'alertas-inicio-en-390');
    expect(await sideways(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.close();
  }, 60_000);
});
