import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offerRows } from '../src/customers/offers/offer-rows.ts';
import { writeDemo } from '../src/demo/demo.ts';
import { keepFiles } from './kept-base.ts';
import { useChromium } from './services/chromium.ts';
import { portugueseIn, settled, shot, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-offers-screen-'));

describe.skipIf(!chromium())('offers', () => {
  const screens = useScreens(useChromium());
  beforeAll(() => writeDemo({ contacts: 100, customers: 700, seed: 1, out: folder }), 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const visit = async (own = true) => {
    const visited = await screens().visit('/recomendacoes', { own });
    visited.page.setDefaultTimeout(15_000);
    return visited;
  };

  test('lead to the base first, and to a list of contracts where it tells of no products', async () => {
    const { page, complaints } = await visit();
    await page.getByRole('heading', { name: 'Nenhuma oferta ainda' }).waitFor();
    expect(await page.getByRole('link', { name: 'Montar a base em Clientes' }).getAttribute('href')).toBe('/clientes');
    await shot(page, 'recomendacoes-vazia-pt-1440');
    expect(await violations(page)).toEqual([]);
    const files = ['clientes_desde.csv', 'mrr.csv'].map((name) => join(folder, 'customers', name));
    await keepFiles(screens().app, files);
    await page.reload();
    await page.getByText('A base não diz que produtos os clientes têm').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('are made by one button, filtered, marked, barred, and told by the customers who wait', async () => {
    const names = readdirSync(join(folder, 'customers')).sort();
    await keepFiles(
      screens().app,
      names.map((name) => join(folder, 'customers', name)),
    );
    const { page, complaints } = await visit();
    await page.getByText(/^Para quem: /).click();
    const logistics = page.getByLabel('LOGISTICA');
    expect(await logistics.isChecked()).toBe(true);
    expect(await page.getByLabel('SAUDE').isChecked()).toBe(false);
    await logistics.uncheck();
    await page.getByRole('button', { name: 'Fazer as ofertas' }).click();
    await page.getByRole('heading', { name: /^[\d.]+ clientes a visitar, [\d.]+ ofertas$/ }).waitFor();
    await page.getByText(/^R\$.*por mês, se todas fossem aceitas$/).waitFor();
    await settled(page);
    const kept = (await screens().app.offers.newest())!;
    expect(kept.audience.segments).toEqual(['MANUFATURA', 'SERVICOS', 'VAREJO']);
    const list = page.getByRole('table', { name: 'Ofertas', exact: true });
    const offers = page.locator('section').filter({ has: list });
    await offers.getByLabel('Produto').selectOption('Folha de Pagamento');
    await expect.poll(() => list.getByRole('row').filter({ hasText: 'Folha de Pagamento' }).count()).toBeGreaterThan(3);
    await expect.poll(() => list.getByRole('row').filter({ hasText: 'Financeiro' }).count()).toBe(0);
    const told = list.getByRole('combobox').first();
    await told.focus();
    await page.route('**/outcomes', (one) => one.fulfill({ status: 500, body: '{}' }));
    await told.selectOption('aceita');
    await list.getByText('“aceita” não foi guardado.').waitFor();
    expect(await told.inputValue()).toBe('');
    await page.unroute('**/outcomes');
    await list.getByRole('button', { name: 'Tentar de novo' }).click();
    await list.getByText('guardado', { exact: true }).waitFor();
    expect(await told.inputValue()).toBe('accepted');
    await page.getByText('1 de 1 ofertas com resultado foram aceitas').waitFor();
    await settled(page);
    const answered = (await screens().app.outcomes.outcomes(kept.id)).map(({ product, outcome }) => [product, outcome]);
    expect(answered).toEqual([['Folha de Pagamento', 'accepted']]);
    const filters = () => new URL(page.url()).searchParams.toString();
    expect(filters()).toBe('product=Folha+de+Pagamento');
    expect(await offers.getByRole('link', { name: 'CSV' }).getAttribute('href')).toContain(
      'product=Folha+de+Pagamento',
    );
    await offers.getByLabel('Segmento').selectOption('MANUFATURA');
    await expect.poll(filters).toBe('product=Folha+de+Pagamento&segment=MANUFATURA');
    await page.reload();
    await expect.poll(() => offers.getByLabel('Segmento').inputValue()).toBe('MANUFATURA');
    await expect.poll(() => list.getByRole('row').filter({ hasText: 'Financeiro' }).count()).toBe(0);
    await list.getByRole('link').first().click();
    await page
      .getByText(/^Cliente /)
      .first()
      .waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await expect.poll(() => offers.getByLabel('Produto').inputValue()).toBe('Folha de Pagamento');
    await page.goBack();
    await expect.poll(filters).toBe('product=Folha+de+Pagamento');
    await page.goBack();
    await expect.poll(filters).toBe('');
    await page.goto(`${page.url()}?segment=MANUFATURA&page=999`);
    await expect.poll(filters).toBe('segment=MANUFATURA');
    await expect.poll(() => list.getByRole('row').count()).toBeGreaterThan(10);
    const rules = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Regras' }) });
    await rules.getByLabel('Não oferecer').first().selectOption('Financeiro');
    await rules.getByLabel('a quem').selectOption('a quem não tem');
    expect(await rules.getByLabel('qual').getByRole('option').allTextContents()).not.toContain('Financeiro');
    await rules.getByLabel('a quem').selectOption('ao segmento');
    await rules.getByLabel('qual').selectOption('VAREJO');
    await rules.getByRole('button', { name: 'Pôr a regra' }).click();
    const lift = rules.getByRole('button', { name: 'Tirar a regra: Não oferecer Financeiro ao segmento VAREJO' });
    await lift.waitFor();
    await rules.getByText(/^tira \d+ das ofertas de agora$/).waitFor();
    await rules.getByLabel('qual').selectOption('VAREJO');
    await rules.getByRole('button', { name: 'Pôr a regra' }).click();
    await rules.getByText('Essa regra já vale').waitFor();
    await rules.getByRole('button', { name: 'Refazer agora' }).click();
    await expect.poll(() => rules.getByText(/das ofertas de agora/).count(), { timeout: 30_000 }).toBe(0);
    expect((await screens().app.offers.newest())!.id).toBeGreaterThan(kept.id);
    await lift.click();
    await expect.poll(() => rules.locator('select:focus').count()).toBe(1);
    await rules.getByText('Regras tiradas (1)').click();
    await rules.getByText('tirada por admin').waitFor();
    const remade = (await screens().app.offers.newest())!.id;
    const path = screens().app.offers.pathOf(remade);
    const [sold] = (await offerRows(screens().app.lake, path, { held: false }, { size: 1 })).rows;
    const lines = ['NINGUEM;Fiscal;aceita', 'NINGUEM;Fiscal;recusada', `${sold!.customer};${sold!.product};aceita`];
    await page.setInputFiles('input[type=file]', {
      name: 'resultados.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Cliente;Produto;Resultado\n${lines.join('\n')}\n`),
    });
    await page.getByText('linhas com resultado', { exact: false }).first().waitFor();
    const refused = page.getByRole('table', { name: 'Linhas que não se guardaram' });
    expect((await refused.getByRole('row').allInnerTexts()).map((row) => row.split('\t'))).toEqual([
      ['Linha', 'Cliente', 'Produto', 'Recebido', 'Por que não'],
      ['2', 'N***', 'Fiscal', 'aceita', 'o cliente não tem ofertas aqui'],
      ['3', 'N***', 'Fiscal', 'recusada', 'o cliente não tem ofertas aqui'],
    ]);
    await page.locator('summary', { hasText: 'Tudo o que se marcou (2)' }).click();
    const history = page.getByRole('table', { name: 'Tudo o que se marcou (2)' });
    await history.getByRole('button', { name: 'Desfazer o resultado de Folha de Pagamento' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Desfazer' }).click();
    await history.getByText(/^desfeito por admin/).waitFor();
    await page.getByText('1 de 1 ofertas com resultado foram aceitas').waitFor();
    await page.getByRole('button', { name: /^Desfazer este envio: resultados.csv/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Desfazer este envio' }).click();
    await page.getByText('Nenhum resultado ainda.').waitFor();
    await expect.poll(() => history.getByText(/^desfeito por admin/).count()).toBe(2);
    expect(await screens().app.outcomes.outcomes(remade)).toEqual([]);
    const waiting = page.getByRole('table', { name: 'Não vender agora' });
    await settled(page);
    expect(await waiting.getByRole('row').nth(1).textContent()).toMatch(/NPS|chamado|uso caiu/);
    expect(await violations(page)).toEqual([]);
    // The outcome that was refused and the rule that stood already, and nothing else.
    expect(complaints.map((one) => /\d{3} \(.*\/api.*$/.exec(one)?.[0].replace(/ .*\/api/, ' /api'))).toEqual([
      `500 /api/offers/${kept.id}/outcomes`,
      '400 /api/offers/bars',
    ]);
    const code = await waiting.getByRole('link').first().textContent();
    await waiting.getByRole('link').first().click();
    await page.getByText(`Cliente ${code}`).first().waitFor();
    await page.getByRole('heading', { name: 'Ofertas' }).waitFor();
    await page.getByText(/^Não vender agora: /).waitFor();
    await settled(page);
    await shot(page, 'cliente-ofertas-pt-1440');
    expect(new URL(page.url()).pathname).toMatch(/^\/clientes\/\d+\/\d+$/);
    await page.route('**/api/offers/customer/**', (one) => one.fulfill({ status: 500, body: '{}' }));
    await page.reload();
    await page.getByRole('button', { name: 'Tentar de novo' }).waitFor();
    await page.unroute('**/api/offers/customer/**');
    const now = (await screens().app.offers.newest())!;
    const [free] = (
      await offerRows(screens().app.lake, screens().app.offers.pathOf(now.id), { held: false }, { size: 1 })
    ).rows;
    await page.goto(`${new URL(page.url()).origin}/clientes/${now.base}/${free!.row}`);
    await page.getByRole('table', { name: 'Ofertas' }).getByRole('combobox').first().selectOption('recusada');
    await page.getByText('guardado', { exact: true }).waitFor();
    expect((await screens().app.outcomes.outcomes(now.id)).map((one) => one.outcome)).toContain('refused');
    expect(now.products.reduce((sum, one) => sum + one.offers, 0)).toBe(now.offers);
    await page.close();
  });

  test.each([1440, 390])('reads well in both languages, at %i px', async (width) => {
    for (const lang of ['pt', 'en'] as const) {
      const { page, complaints } = await screens().visit('/recomendacoes', { width, lang });
      expect(await page.locator('h1').count()).toBe(1);
      await shot(page, `recomendacoes-${lang}-${width}`);
      expect(await sideways(page)).toBe(0);
      const list = page.getByRole('table', { name: lang === 'pt' ? 'Ofertas' : 'Offers', exact: true });
      const price = await list.getByText(/R\$/).nth(1).boundingBox();
      expect(price!.x + price!.width).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);
      if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });
});
