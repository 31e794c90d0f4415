import { describe, expect, test } from 'vitest';
import { planOf } from '../src/intake/reference/plan.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const PHONE = 390;

describe.skipIf(!chromium())('notes and decisions', () => {
  const screens = useScreens(useChromium());

  test('a manager notes what happened, decides, and sees a due decision’s figure before and after', async () => {
    const { references, notes } = screens().app;
    const by = { name: 'admin', role: 'administrator' } as const;
    const kind = referenceKind('deploys');
    const entry = (day: string, text: string) => ({
      ...{ key: { day, system: 'portal' }, values: { description: text }, from: null, to: null, monthly: false },
    });
    const entries = [entry('2026-11-10', 'Portal 8.4'), entry('2026-10-07', 'Portal 8.3')];
    await references.apply(kind, planOf(kind, await references.entries(kind), entries), { action: 'set', by: 'teste' });
    await notes.write(
      {
        ...{ kind: 'decision', day: '2026-10-19', text: 'Roteiro N2 na fila Financeiro', metric: 'avgHandleTime' },
        ...{
          rule: 'house',
          sources: [],
          filters: ['queue=Financeiro'],
          owner: 'admin',
          due: '2026-11-09',
          cause: null,
        },
      },
      by,
    );
    const { page, complaints } = await screens().visit('/', { own: true });
    page.setDefaultTimeout(10_000);
    await page.getByRole('heading', { name: 'Notas e decisões' }).waitFor();
    await page.getByText('vencida').waitFor();
    await page.getByText(/TMA: .* antes, .* depois/).waitFor();
    await page.getByRole('button', { name: 'Anotar…' }).click();
    const form = page.getByRole('dialog', { name: 'Anotar…' });
    await form.getByRole('button', { name: 'Salvar' }).click();
    await form.getByText('Falta preencher.').waitFor();
    await form.getByLabel('Texto').fill('cliente 529.982.247-25 reclamou');
    await form.getByRole('button', { name: 'Salvar' }).click();
    await form.getByText('O texto parece trazer um documento').waitFor();
    await form.getByLabel('Texto').fill('Portal 8.4 desfeito às 15h');
    await form.getByLabel('Dia', { exact: true }).fill('2026-11-11');
    await settled(page);
    await shot(page, 'notas-escrever-pt-1440');
    expect(await violations(page)).toEqual([]);
    await form.getByRole('button', { name: 'Salvar' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Portal 8.4 desfeito às 15h' }).first().waitFor();
    await page.getByText('Marcas: 10/11 Portal 8.4; 11/11 Portal 8.4 desfeito às 15h.').waitFor();
    await settled(page);
    await shot(page, 'notas-inicio-pt-1440');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Foi cumprida' }).click();
    await page.getByText('cumprida em sex 20/11').waitFor();
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
    await page.close();
  }, 60_000);

  test('a manager decides on a cause, and the decision stands beside it', async () => {
    const by = { name: 'admin', role: 'administrator' } as const;
    const note = {
      kind: 'note',
      day: '2026-11-12',
      rule: 'house',
      metric: null,
      sources: [],
      owner: null,
      due: null,
    } as const;
    const cause = 'several-names/customers';
    await screens().app.notes.write({ ...note, text: 'Pedido o código à Vivaz', filters: [], cause }, by);
    await screens().app.notes.write({ ...note, text: 'De outra fila', filters: ['queue=Ouvidoria'], cause }, by);
    const { page, complaints } = await screens().visit('/causas', { own: true });
    page.setDefaultTimeout(10_000);
    const finding = page.getByRole('listitem').filter({ hasText: 'Cadastros repetidos' }).first();
    await finding.getByText('Pedido o código à Vivaz').waitFor();
    expect(await page.getByText('De outra fila').count()).toBe(0);
    await finding.getByRole('button', { name: 'Anotar…' }).click();
    const form = page.getByRole('dialog', { name: 'Anotar…' });
    await form.getByText('aparecem com dois ou mais nomes').waitFor();
    await form.getByLabel('O que é').selectOption('decision');
    await form.getByRole('button', { name: 'Salvar' }).click();
    expect(await form.locator('[aria-invalid="true"]').count()).toBe(2);
    await settled(page);
    await shot(page, 'causas-decidir-pt-1440');
    expect(await violations(page)).toEqual([]);
    await form.getByLabel('Texto').fill('Unir os cadastros da Vivaz');
    await form.getByLabel('Quem responde').selectOption('admin');
    await form.getByRole('button', { name: 'Salvar' }).click();
    await finding.getByText('Unir os cadastros da Vivaz').waitFor();
    await settled(page);
    await shot(page, 'causas-decidida-pt-1440');
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('marks on the control chart, on a phone and in English', async () => {
    const { page } = await screens().visit('/rechamadas', { lang: 'en', width: PHONE });
    await page.getByText('Marks:').waitFor();
    await settled(page);
    await shot(page, 'notas-rechamadas-en-390');
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await page.close();
    const wide = await screens().visit('/indicadores?from=2026-09-14&to=2026-11-16', { lang: 'en' });
    await settled(wide.page);
    await shot(wide.page, 'notas-indicadores-en-1440');
    expect((await portugueseIn(wide.page)).filter((word) => !/fila|desfeito|Roteiro|na/.test(word))).toEqual([]);
    await wide.page.close();
  }, 60_000);
});
