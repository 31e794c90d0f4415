import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TICKETS_TOKEN } from '../src/demo/fake-tickets-server.ts';
import { serveBoth, setClock } from './connectors.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

describe.skipIf(!chromium())('Conexões', () => {
  const browser = useChromium();
  const screens = useScreens(browser);
  let servers: Awaited<ReturnType<typeof serveBoth>>;
  beforeAll(async () => {
    servers = await serveBoth({ clock: setClock() });
  });
  afterAll(() => servers?.close());

  test('an administrator makes a connection, extracts it and reads its days with the keyboard', async () => {
    const { page, complaints } = await screens().visit('/conexoes', { own: true });
    await page.getByRole('button', { name: 'Nova conexão…' }).click();
    await page.getByRole('button', { name: 'Criar' }).click();
    expect(await page.locator('dialog [aria-invalid]').count()).toBe(3);
    await page.getByLabel('Nome', { exact: true }).fill('chamados');
    await page.getByLabel('Tipo de fonte').selectOption('ticket-platform');
    await page.getByLabel('Endereço').fill(servers.tickets.url);
    await page.getByLabel('Token').fill(TICKETS_TOKEN);
    await page.getByLabel('Primeiro dia que se quer').fill('2026-11-17');
    await page.getByRole('button', { name: 'Criar' }).click();
    await page.waitForURL(/\/conexoes\/chamados$/);
    await settled(page);
    expect(await page.locator('h1').innerText()).toBe('chamados ainda não foi extraída.');
    const words = () => page.locator('button.day .state').allInnerTexts();
    expect(await words()).toEqual(['falta', 'falta', 'falta']);

    await page.getByRole('button', { name: 'Extrair agora' }).click();
    await page.locator('h1', { hasText: 'em dia até' }).waitFor({ timeout: 30_000 });
    const { days } = await (await page.request.get(`${screens().origin}/api/connections/chamados/days`)).json();
    const said = { extracted: 'extraído', empty: 'vazio' } as Record<string, string>;
    expect(await words()).toEqual(days.map(({ state }: { state: string }) => said[state]));
    expect(days).toHaveLength(3);

    await page.locator('button.day[tabindex="0"]').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/day=2026-11-18$/);
    expect(await page.locator('button.day[aria-pressed="true"]').getAttribute('data-day')).toBe('2026-11-18');
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Alterar…' }).click();
    expect(await page.getByLabel('Token').inputValue()).toBe('');
    expect(await page.content()).not.toContain(TICKETS_TOKEN);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('one is deleted after a question, and its days can still be read', async () => {
    await screens().app.connections.create(
      'velha',
      { connector: 'ticket-platform', baseUrl: servers.tickets.url, firstDay: '2026-11-18' },
      { token: TICKETS_TOKEN },
      'teste',
    );
    const { page, complaints } = await screens().visit('/conexoes/velha', { own: true });
    await page.getByRole('button', { name: 'Extrair agora' }).click();
    await page.locator('h1', { hasText: 'em dia até' }).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Apagar a conexão…' }).click();
    await page.getByText('Apagar a conexão velha?').waitFor();
    await shot(page, 'conexao-apagar-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Apagar a conexão', exact: true }).click();
    await page.waitForURL(/\/conexoes$/);
    await settled(page);
    await shot(page, 'conexoes-apagadas-pt-1440');
    await page.getByRole('link', { name: 'velha' }).click();
    await page.getByRole('heading', { name: 'velha foi apagada. O que trouxe fica.' }).waitFor();
    await settled(page);
    expect(await page.locator('button.day .state').allInnerTexts()).toEqual(['extraído', 'extraído']);
    expect(await page.getByRole('button', { name: 'Extrair agora' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Alterar…' }).count()).toBe(0);
    await shot(page, 'conexao-apagada-pt-1440');
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
    const english = await screens().visit('/conexoes/velha', { width: 390, lang: 'en' });
    await shot(english.page, 'conexao-apagada-en-390');
    expect(await sideways(english.page)).toBe(0);
    expect(await portugueseIn(english.page)).toEqual([]);
    await english.page.close();
  }, 60_000);

  test.for([1440, 390])('the calendar and the list at %i px, in English', async (width) => {
    for (const path of ['/conexoes', '/conexoes/chamados?month=2026-11']) {
      const { page, complaints } = await screens().visit(path, { width, lang: 'en' });
      expect(await sideways(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });
});
