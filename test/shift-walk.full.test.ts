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

let serial = 0;
/** A call of 20 November; without an agent it was abandoned. */
function call(time: string, queue: string, agent: string | null, wait: string, phone = '3123-4567'): string {
  serial++;
  const who = agent === null ? ';' : `${agent};Atendente ${agent}`;
  const talk = agent === null ? ';' : '00:04:00;00:01:00';
  const status = agent === null ? 'ABANDONADA' : 'ATENDIDA';
  return `20/11/2026;${time};${99_990_000_000_000_000n + BigInt(serial)};1;SP;${queue};Nexo Fibra;11;${phone};Fulana Inventada;;${who};Senha e acesso;${status};${wait};${talk};`;
}

const minute = (at: number) =>
  `${String(8 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00`;
/** Up to 08:50 one call a minute is answered in time; from 08:30 on those of Comercial wait a minute. */
const TODAY = [
  ...Array.from({ length: 50 }, (_, at) => call(minute(at), 'Financeiro', `A10${10 + (at % 5)}`, '00:00:05')),
  ...Array.from({ length: 20 }, (_, at) => call(minute(30 + at), 'Comercial', `A10${20 + (at % 4)}`, '00:01:00')),
  call('08:31:30', 'Comercial', null, '00:02:10', '91234-0001'),
  call('08:41:30', 'Comercial', null, '00:03:20', '91234-0001'),
  call('08:45:00', 'Financeiro', null, '00:00:40', '91234-0002'),
  call('08:46:00', 'Financeiro', null, '00:00:04', '91234-0003'),
];
const LATER = [
  call('08:52:00', 'Comercial', 'A1020', '00:00:10', '91234-0002'),
  call('08:53:00', 'Comercial', null, '00:01:00', '91234-0004'),
];

describe.skipIf(!chromium())('a supervisor, in the middle of the shift', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  const say = async (name: string, key: Entry['key'], values: Entry['values']) => {
    const { references } = screens().app;
    const kind = referenceKind(name);
    const entry = { key, values, from: null, to: null, monthly: false };
    await references.apply(kind, planOf(kind, await references.entries(kind), [entry]), { action: 'set', by: 'teste' });
  };
  const send = async (name: string, lines: string[]) => {
    const folder = join(screens().app.config.home, 'sent');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, [COLUMNS, ...lines, ''].join('\r\n'), 'latin1');
    age(path);
    const user = { name: 'teste', role: 'administrator' } as const;
    const done = await intakeFiles(
      screens().app,
      { paths: [path], source: 'demo-calls', build: true, yes: true },
      user,
      silent,
    );
    expect(done).toMatchObject({ loaded: lines.length, quarantined: 0 });
  };

  test('before anything of today came, the page says which day it shows', async () => {
    const { page } = await screens().visit('/hoje');
    const text = await page.innerText('main');
    expect(text).toContain('Os dados da demonstração terminam em 15/11/2026, há 5 dias: ela tem datas fixas.');
    expect(await page.textContent('nav a[aria-current]')).toBe('Hoje');
    expect(await page.innerText('main')).toContain('Nenhuma meta de nível de serviço vale aqui');
    await shot(page, 'hoje-domingo-pt-1440');
    await page.close();
  });

  describe('at nine on a working Friday', () => {
    beforeAll(async () => {
      await say('holidays', { day: '2026-11-20', place: '' }, { name: 'Consciência Negra', effect: 'open' });
      await say('targets', { indicator: 'serviceLevel', queue: '', account: '' }, { target: '0.8' });
      for (const agent of ['A1010', 'A1011', 'A1012', 'A1020', 'A1021'])
        await say('rosters', { agent, day: '2026-11-20', start: '08:00' }, { end: '14:00', channel: 'VOZ' });
      await send('ligacoes-2026-11-20-1.csv', TODAY);
    }, 60_000);

    test('which queue and half-hour, how many people short, whom to call back: without reading yesterday', async () => {
      const { page, complaints } = await screens().visit('/');
      await page.keyboard.press('g');
      await page.keyboard.press('h');
      await page.waitForURL('**/hoje*');
      await page.waitForSelector('figure svg[role=img]');
      await settled(page);
      const headline = await page.innerText('h1');
      expect(headline).toMatch(/^Comercial está abaixo da meta \(0,0%, meta 80%\), mais às 08:30; /);
      expect(headline).toMatch(/falta(m)? [\d,]+ pessoas? às \d\d:[03]0; /);
      expect(headline).toMatch(/pessoas? a chamar de volta\.$/);
      expect(await page.textContent('.until')).toContain('Dados até 08:49 de hoje');
      const queue = page.locator('table[data-list] tr[data-row]').first();
      expect((await queue.innerText()).split(/\s*\t\s*/)).toEqual([
        ...['Comercial', 'abaixo', '0,0%', '0,0–14,9', '80%', '22', '20', '2', '08:30 (0 de 22 no tempo)'],
      ]);
      const list = page.locator('table[data-list]').nth(1);
      const first = (await list.locator('tr[data-row]').first().innerText()).split(/\s*\t\s*/);
      expect(first.slice(0, 7)).toEqual([
        ...['08:31', '(11) *****-**01', 'Fulana I.', 'Comercial', '2', '3:20', '08:41'],
      ]);
      expect(complaints).toEqual([]);
      expect(await violations(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      await shot(page, 'hoje-pt-1440');
      await page.close();
    });

    test('where it comes from, and the whole page as a file', async () => {
      const { page, complaints } = await screens().visit('/hoje', { own: true });
      await page.keyboard.press('o');
      const drawer = page.getByRole('dialog', { name: 'De onde vem' });
      // Seventy of TODAY were answered, fifty of them in time; two of Comercial and one of Financeiro gave up after 10 s.
      await drawer.getByText('68,5% (57,1–78,0)').waitFor();
      await drawer.getByText('sex\u00a020/11, até 08:50').waitFor();
      await drawer.getByText('1 lote contribui').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Visões' }).click();
      const menu = page.getByRole('dialog', { name: 'Visões' });
      expect(await menu.locator('select option').allInnerTexts()).toHaveLength(3);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        menu.getByRole('link', { name: 'Baixar a página, XLSX' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('ramal-hoje-2026-11-20_2026-11-20.xlsx');
      expect(complaints).toEqual([]);
      await page.close();
    });

    test('every figure of the charts is in their tables', async () => {
      const { page } = await screens().visit('/hoje');
      await page.keyboard.press('t');
      expect(await page.locator('figure table').count()).toBe(2);
      const [came, people] = await page.locator('figure table').all();
      expect(await came!.locator('tbody tr', { hasText: '08:00' }).innerText()).toMatch(/^08:00\t30\t/);
      expect(await came!.locator('tbody tr', { hasText: '08:30' }).innerText()).toMatch(/^08:30 \(em curso\)\t44\t/);
      const there = (await people!.locator('tbody tr', { hasText: '08:30' }).innerText()).split('\t');
      expect([there[2], there[4]]).toEqual(['5', '9']);
      await page.close();
    });

    test('one caller is revealed at a time, and that is recorded', async () => {
      const { page } = await screens().visit('/hoje');
      await page.locator('table[data-list]').nth(1).locator('tr[data-row] button').first().click();
      await page.getByRole('button', { name: 'Revelar' }).click();
      await page.getByText('(11) 91234-0001').waitFor();
      const rows = await screens().app.ledger.sql`SELECT object FROM audit WHERE action = 'reveal'`;
      expect(rows).toHaveLength(1);
      await page.close();
    });

    test('the address keeps the queue, the day and the time', async () => {
      const { page } = await screens().visit('/hoje');
      await page.locator('table[data-list] a', { hasText: 'Financeiro' }).click();
      await page.waitForURL('**/hoje?where=queue%3DFinanceiro');
      await settled(page);
      expect(await page.locator('table[data-list]').first().locator('tr[data-row]').count()).toBe(1);
      await page.fill('input[type=time]', '08:20');
      await page.waitForURL('**at=08%3A20*');
      await settled(page);
      expect(await page.textContent('.until')).toContain('20/11, até 08:20');
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Dia anterior' }).click();
      await page.waitForURL('**day=2026-11-19*');
      await settled(page);
      expect(await page.innerText('main')).toContain('Nenhuma ligação em qui\u00a019/11, o dia inteiro.');
      await page.getByRole('button', { name: 'Agora' }).click();
      await page.waitForURL((url) => !url.search.includes('day='));
      await page.close();
    });

    test.each(['pt', 'en'] as const)('it reads well in %s, also on a phone', async (lang) => {
      const { page, complaints } = await screens().visit('/hoje', { lang, width: PHONE });
      expect(await sideways(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await shot(page, `hoje-${lang}-${PHONE}`);
      await page.close();
      const wide = await screens().visit('/hoje', { lang });
      await shot(wide.page, `hoje-${lang}-1440`);
      await wide.page.close();
    });

    test('what comes while the page is open is shown without a jump', async () => {
      const { page } = await screens().visit('/hoje', { own: true });
      await page.evaluate('scrollTo(0, 400)');
      await page.evaluate(`document.querySelector('figure svg').dataset.drawn = 'before'`);
      // Coming back to the tab asks at once, as the minute does.
      const back = () => page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
      await back();
      await settled(page);
      const drawn = () => page.getAttribute('figure svg', 'data-drawn');
      expect(await drawn()).toBe('before');
      await send('ligacoes-2026-11-20-2.csv', LATER);
      await back();
      await page.getByText('Dados até 08:53 de hoje').waitFor();
      await settled(page);
      expect(await drawn()).toBeNull();
      expect(await page.evaluate('scrollY')).toBe(400);
      const list = page.locator('table[data-list]').nth(1);
      await list.getByText('(11) *****-**04').waitFor();
      expect(await list.getByText('(11) *****-**02').count()).toBe(0);
      await page.close();
    }, 60_000);
  });
});
