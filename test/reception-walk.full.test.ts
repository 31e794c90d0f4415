import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { type Entry, planOf } from '../src/intake/reference/plan.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import { silent } from '../src/kernel/progress.ts';
import { age } from './home.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = 390;

const COLUMNS =
  'DATA;HORA;PROTOCOLO;PERNA;CENTRAL;FILA;CONVENIO;DDD;TELEFONE;CLIENTE;CPF;COD_ATENDENTE;ATENDENTE;MOTIVO;STATUS;TEMPO_ESPERA;TEMPO_CONVERSA;TEMPO_POS;NOTA';
const call = (day: string, protocol: string) =>
  `${day}/11/2026;10:00:00;${protocol};1;SP;Comercial;Nexo Fibra;11;987654321;Ana Prado;;A1;Caio Lins;Senha e acesso;ATENDIDA;00:00:05;00:03:00;00:00:10;5`;

describe.skipIf(!chromium())('Recepção in the morning', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  const say = async (name: string, key: Entry['key'], values: Entry['values']) => {
    const { references } = screens().app;
    const kind = referenceKind(name);
    const entry = { key, values, from: null, to: null, monthly: false };
    await references.apply(kind, planOf(kind, await references.entries(kind), [entry]), { action: 'set', by: 'teste' });
  };
  const user = { name: 'teste', role: 'administrator' } as const;
  const send = async (name: string, lines: string[]) => {
    const folder = join(screens().app.config.home, 'sent');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, [COLUMNS, ...lines, ''].join('\r\n'), 'latin1');
    age(path);
    await intakeFiles(screens().app, { paths: [path], source: 'demo-calls', build: false }, user, silent);
  };

  /** Friday 20 November 2026, 09:00: a holiday by law on which this house works. */
  beforeAll(async () => {
    await say('holidays', { day: '2026-11-20', place: '' }, { name: 'Consciência Negra', effect: 'open' });
  }, 60_000);

  test('a house without a table of arrivals is offered what its history tells', async () => {
    // Seven chats on seven Fridays at nine, the last one a week ago.
    await screens().app.ledger.sql`
      UPDATE batch SET received_at = received_at - (rank || ' weeks')::interval
      FROM (SELECT batch_id, row_number() OVER (ORDER BY batch_id) AS rank FROM batch WHERE source = 'demo-chat') AS chat
      WHERE batch.batch_id = chat.batch_id`;
    const { page, complaints } = await screens().visit('/recepcao', { own: true });
    page.setDefaultTimeout(5000);
    await shot(page, '0-sem-tabela-pt-1440');
    await page.getByRole('button', { name: 'Aprender do histórico…' }).click();
    await page.getByText('Demonstração: chat · sex · 09:00–09:10').waitFor();
    await settled(page);
    await shot(page, '0-aprender-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Aprovar 1 chegada' }).click();
    await page.getByText('Ainda não chegou: esperado das 09:00 às 09:10').waitFor({ timeout: 15_000 });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('two unchanged files are approved together, and the one that has not come is told', async () => {
    await say(
      'arrivals',
      { source: 'Gama', weekday: '5' },
      { opens: '06:50', closes: '07:10', due_at: '09:30', deadline: 'mailing' },
    );
    await say(
      'arrivals',
      { source: 'Delta', weekday: '5' },
      { opens: '08:30', closes: '09:40', due_at: '', deadline: '' },
    );
    await say(
      'arrivals',
      { source: 'demo-calls', weekday: '5' },
      { opens: '06:00', closes: '09:30', due_at: '11:00', deadline: 'escala' },
    );
    await send('ligacoes-a.csv', [call('04', 'WALK1'), call('04', 'WALK2'), call('05', 'WALK3')]);
    await send('ligacoes-b.csv', [call('05', 'WALK4'), call('06', 'WALK5')]);
    const { page, complaints } = await screens().visit('/recepcao', { own: true });
    page.setDefaultTimeout(5000);
    await page
      .getByRole('heading', { name: 'Um arquivo esperado não chegou. 2 pendências esperam por você.' })
      .waitFor();
    await shot(page, '1-manha-pt-1440');
    const first = page.locator('tr[data-state]').first();
    expect((await first.innerText()).replace(/\s+/g, ' ')).toMatch(
      /^Gama Não chegou: era esperado até 07:10, há 1 h 50 min 09:30, mailing$/,
    );
    expect(await page.locator('tr[data-state=due]', { hasText: 'Delta' }).innerText()).toContain(
      'esperado das 08:30 às 09:40',
    );
    expect(await page.locator('li', { hasText: 'ligacoes-a.csv' }).innerText()).toMatch(/3 linhas \(costuma: .+\)/);
    expect(await page.locator('li', { hasText: 'ligacoes-a.csv' }).innerText()).toContain('Alimenta: 11:00, escala');
    expect(await violations(page)).toEqual([]);

    await page.getByLabel('Marcar ligacoes-a.csv').focus();
    await page.keyboard.press('Space');
    await page.getByText('1 arquivo, 3 linhas').waitFor();
    await page.getByRole('button', { name: 'Marcar os 2 de layout igual' }).click();
    await page.getByText('2 arquivos, 5 linhas').waitFor();
    expect(await page.locator('.effect').innerText()).toContain('5 atendimentos novos');
    await shot(page, '2-marcados-pt-1440');
    await page.setViewportSize({ width: PHONE, height: 844 });
    expect(await sideways(page)).toBe(0);
    await shot(page, '2-marcados-pt-390');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Aprovar e carregar 2 arquivos' }).click();
    await page.getByText('2 arquivos aprovados e carregados.').waitFor({ timeout: 30_000 });
    await settled(page);
    await page.getByRole('heading', { name: 'Um arquivo esperado não chegou.', exact: true }).waitFor();
    await shot(page, '3-aprovados-pt-1440');
    expect(await violations(page)).toEqual([]);

    await page.getByRole('link', { name: 'ligacoes-b.csv' }).first().click();
    await page.waitForSelector('.sum');
    expect((await page.textContent('.sum'))?.replace(/\s+/g, ' ').trim()).toMatch(/^2 linhas = 2 carregadas/);
    await page.getByText('Alimenta: 11:00, escala').waitFor();
    await shot(page, '4-lote-pt-1440');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('Início tells it too, in English, and another who has the batch open is named', async () => {
    const alert = { kind: 'unmapped', table: 'supervisors', text: '', share: 0.41 };
    const { page, complaints } = await screens().visit('/', { own: true, lang: 'en', width: PHONE });
    page.setDefaultTimeout(5000);
    await page.route('**/api/reference/alerts', (route) => route.fulfill({ json: { alerts: [alert] } }));
    await page.reload();
    await page.getByText('41.0% of').waitFor();
    await page.getByText('One expected file has not come: Gama').waitFor();
    await shot(page, '5-inicio-en-390');
    await page.goto(`${screens().origin}/recepcao`);
    await page.getByText('Has not come: it was expected until 07:10, 1 h 50 min ago').waitFor();
    await settled(page);
    expect(await portugueseIn(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await shot(page, '6-recepcao-en-390');
    await screens().app.batches.look(1, 'Marina');
    await page.goto(`${screens().origin}/recepcao/1`);
    await page.getByText('Marina has this batch open too').waitFor();
    await shot(page, '7-lote-en-390');
    expect(await sideways(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
