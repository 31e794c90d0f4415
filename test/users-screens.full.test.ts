import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

describe.skipIf(!chromium())('users and data addresses', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  test('an administrator makes a user, who enters, reads by a token from a program, and is turned off', async () => {
    const { page, complaints } = await screens().visit('/usuarios', { own: true });
    await page.getByRole('button', { name: 'Criar usuário…' }).click();
    await page.getByRole('button', { name: 'Criar', exact: true }).click();
    expect(await page.textContent('#user-name-wrong')).toBe('Falta preencher');
    await page.fill('#user-name', 'marina@alfa.example');
    await page.getByRole('button', { name: 'Criar', exact: true }).click();
    expect(await page.textContent('dialog [role=alert]')).toContain('parece um documento, telefone ou e-mail');
    await page.fill('#user-name', 'Márcia Couto');
    await page.fill('#user-email', 'marcia@alfa.example');
    await page.selectOption('#user-role', 'intake');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Criar', exact: true }).click();
    await page.waitForURL('**/usuarios/M%C3%A1rcia%20Couto');
    await settled(page);
    expect(await page.textContent('h1')).toBe('Márcia Couto tem o perfil recepção');
    expect(await page.textContent('main')).toContain('Relatórios para m***@alfa.example');

    await page.getByRole('button', { name: 'Endereço de entrada…' }).click();
    await page.getByRole('button', { name: 'Criar o endereço' }).click();
    const link = await page.locator('#login-link').inputValue();
    expect(link.startsWith(`${screens().origin}/entrar#`)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Fechar' }).click();

    const other = (await screens().visit(link.slice(screens().origin.length), { stranger: true })).page;
    await other.waitForURL('**/recepcao');
    expect(await other.locator('nav a[href^="/usuarios"]').count()).toBe(0);
    await other.goto(`${screens().origin}/usuarios`);
    await other.getByRole('heading', { name: 'Esta página não é do seu perfil' }).waitFor();
    await other.goto(`${screens().origin}/enderecos`);
    await other.waitForSelector('#data-address');
    await settled(other);
    expect(await other.locator('button', { hasText: 'Atendimentos marcados' }).count()).toBe(0);
    await other.getByLabel('Dividir por').selectOption('queue');
    await other.getByLabel('Formato').selectOption('csv');
    const address = await other.locator('#data-address').inputValue();
    expect(address).toBe(`${screens().origin}/api/data/metrics?last=28d&by=queue`);
    await other.getByRole('button', { name: 'Criar token…' }).click();
    await other.fill('#token-name', 'painel da recepção');
    await other.selectOption('#token-days', '90');
    await other.getByRole('button', { name: 'Criar', exact: true }).click();
    const secret = await other.locator('#token-secret').inputValue();
    expect(await violations(other)).toEqual([]);
    await other.getByRole('button', { name: 'Fechar' }).click();
    expect(await other.textContent('main')).not.toContain(secret);

    const read = () => fetch(address, { headers: { authorization: `Basic ${btoa(`ramal:${secret}`)}` } });
    const first = await read();
    expect([first.status, (await first.text()).split('\r\n')[0]]).toEqual([
      200,
      'metric,unit,rule,period,day,dimension,member,label,value,n,low,high,provisional',
    ]);

    await page.getByRole('button', { name: 'Mudar perfil ou e-mail…' }).click();
    await page.selectOption('#user-role', 'manager');
    await page.getByRole('button', { name: 'Salvar' }).click();
    await page.locator('h1', { hasText: 'tem o perfil gestor' }).waitFor();
    await other.reload();
    await other.waitForSelector('#data-address');
    expect(await other.locator('button', { hasText: 'Atendimentos marcados' }).count()).toBe(1);

    await page.getByRole('button', { name: 'Desativar…' }).click();
    expect(await page.textContent('dialog')).toContain('terminam agora');
    await page.getByRole('button', { name: 'Desativar', exact: true }).click();
    await page.locator('h1', { hasText: 'não entra mais' }).waitFor();
    expect((await read()).status).toBe(401);
    await other.reload();
    await other.waitForSelector('#token');
    await page.getByRole('button', { name: 'Reativar' }).click();
    await page.locator('h1', { hasText: 'tem o perfil gestor' }).waitFor();
    expect((await read()).status).toBe(401);
    // The one refusal that was asked for is all that the browser tells.
    expect(complaints).toEqual([expect.stringContaining('422')]);
    await other.close();
    await page.close();
  });

  test('a token is revoked after a question; the last administrator is told why not', async () => {
    await screens().app.readTokens.create('admin', { name: 'antigo' }, { name: 'admin', role: 'administrator' });
    const { page } = await screens().visit('/conta', { own: true });
    expect(await page.textContent('h1')).toBe('Você entrou como admin, com o perfil administrador');
    await page.getByRole('button', { name: 'Revogar…' }).click();
    expect(await page.textContent('dialog')).toContain('Revogar o token “antigo”?');
    await page.getByRole('button', { name: 'Revogar', exact: true }).click();
    await page.getByText('Nenhum token.').waitFor();
    await page.goto(`${screens().origin}/usuarios/admin`);
    await page.getByRole('button', { name: 'Desativar…' }).click();
    await page.getByRole('button', { name: 'Desativar', exact: true }).click();
    await page.waitForSelector('dialog [role=alert]');
    expect(await page.textContent('dialog [role=alert]')).toContain('admin é o último administrador');
    await page.close();
  });

  const pages = [
    '/usuarios',
    '/usuarios/admin',
    '/usuarios/ninguém',
    '/conta',
    '/enderecos',
    '/enderecos?table=repeats',
  ];
  test.for(pages.flatMap((path) => [1440, 390].map((width) => [path, width] as const)))(
    '%s, %i px: reads well in both languages',
    async ([path, width]) => {
      for (const lang of ['pt', 'en'] as const) {
        const { page, complaints } = await screens().visit(path, { width, lang });
        expect(await page.locator('h1').count()).toBe(1);
        expect(await sideways(page)).toBe(0);
        expect(await violations(page)).toEqual([]);
        if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      }
    },
  );
});
