import { beforeAll, describe, expect, test } from 'vitest';
import { CRM_PASSWORD, CRM_USER, useCrm } from './crm.ts';
import { useChromium } from './services/chromium.ts';
import { settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium, postgres } from './services.ts';

describe.skipIf(!chromium() || !postgres())('Conexões, with the tables of a CRM', () => {
  const crm = useCrm();
  const browser = useChromium();
  const screens = useScreens(browser);
  beforeAll(async () => {
    await crm().sql`INSERT INTO contratos (numero, saldo) VALUES ('A-1', 10.5), ('A-2', 20)`;
  });

  test('an administrator makes the connection and reads its tables', async () => {
    const { page, complaints } = await screens().visit('/conexoes', { own: true });
    await page.getByRole('button', { name: 'Nova conexão…' }).click();
    await page.getByLabel('Nome', { exact: true }).fill('crm');
    await page.getByLabel('Tipo de fonte').selectOption('crm-postgres');
    await page.getByLabel('Endereço').fill(crm().url);
    await page.locator('#secret-username').fill(CRM_USER);
    await page.locator('#secret-password').fill(CRM_PASSWORD);
    await page.getByLabel('Tabelas ou visões').fill('contratos:numero,saldo\nnenhuma');
    await shot(page, 'crm-1-formulario');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Criar' }).click();
    await page.waitForURL(/\/conexoes\/crm$/);
    await settled(page);
    await shot(page, 'crm-2-nova');
    await page.getByRole('button', { name: 'Extrair agora' }).click();
    await page.getByText('nenhuma').last().waitFor();
    await page.locator('main', { hasText: 'não há a tabela nenhuma' }).waitFor({ timeout: 30_000 });
    await settled(page);
    await shot(page, 'crm-3-lida');
    expect(await violations(page)).toEqual([]);
    expect(await page.content()).not.toContain(CRM_PASSWORD);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test.for([1440, 390])('its page and the list at %i px, in English', async (width) => {
    for (const path of ['/conexoes', '/conexoes/crm']) {
      const { page, complaints } = await screens().visit(path, { width, lang: 'en' });
      await settled(page);
      await shot(page, `crm-en-${path.split('/').length}-${width}`);
      expect(await sideways(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });
});
