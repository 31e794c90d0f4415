import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OffersView } from '../src/api/schema-offers.ts';
import type { SendPreview, StepPreview } from '../src/api/schema-steps.ts';
import type { Sent } from '../src/intake/send/send-file.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-offers-mailing-'));
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

const CUSTOMERS = 400;
const PRODUCTS = ['Alfa', '=Beta', 'Gama', 'Delta'];
const file = (name: string, rows: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
};

/** A CPF with its check digits. */
function cpf(of: number): string {
  const nine = String(100_000_000 + of * 7919);
  return nine + cpfCheckDigits(nine);
}
const phone = (of: number) => `119${String(80_000_000 + of * 97)}`;
const phones = new Map(Array.from({ length: CUSTOMERS }, (_, of) => [cpf(of), phone(of)]));

/** Writes the file of a layout and fetches it. */
async function written(layout: string): Promise<{ sent: Sent; rows: string[] }> {
  const sent = await api.job<Sent & { file: string | null }>('/api/send/files', { layout, what: 'offers' });
  const { text } = await api.ask(`/api/send/files/${sent.file}`, { as: 'intake' });
  return { sent, rows: text.replace('\ufeff', '').trimEnd().split('\r\n') };
}

const OWN = {
  ...{ name: 'discador', version: 1, label: { pt: 'Discador', en: 'Dialer' }, takes: { offers: {} } },
  steps: [{ do: 'filter', keep: { column: 'product', is: '=', value: 'Gama' } }],
  format: { kind: 'delimited', names: false, delimiter: '|' },
  fields: [
    { name: 'fone', column: 'TELEFONE', required: true },
    { name: 'documento', column: 'customer' },
    { name: 'produto', column: 'product' },
  ],
};

test('without offers the layout says so, and nothing is written', async () => {
  const { status, text } = await api.ask('/api/send/preview', {
    ...{ method: 'POST', as: 'intake', body: { layout: 'mailing-ofertas' } },
  });
  expect([status, JSON.parse(text).error.message]).toEqual([
    422,
    'Layout mailing-ofertas v1: não há ofertas. Faça-as antes em Recomendações',
  ]);
  const asked = { method: 'POST', as: 'intake', body: { offers: true, steps: [] } } as const;
  expect((await api.ask('/api/steps/preview', asked)).status).toBe(404);
});

describe('offers of customers known by a document, sent to a dialer', () => {
  let offers: OffersView;
  /** The best offer of each customer, of the file of offers. */
  const best = () =>
    api.app.lake.rows<{ customer: string; product: string; mrr: number; place: number }>(
      `SELECT customer, arg_min(product, place) AS product, arg_min(mrr, place) AS mrr, min(place) AS place
       FROM read_parquet(${literal(api.app.offers.pathOf(offers.id))}) WHERE reasons = 0 GROUP BY 1`,
    );

  beforeAll(async () => {
    const people = Array.from({ length: CUSTOMERS }, (_, of) => `${cpf(of)};VAREJO;${phone(of)}`);
    const contracts = Array.from({ length: CUSTOMERS }, (_, of) =>
      PRODUCTS.filter((_, at) => at === 0 || (of >> at) % 2 === 0).map(
        (product, at) => `${cpf(of)};${product};${1 + (of % 28)}/${1 + ((of + at) % 12)}/2025;${100 + at};ATIVO`,
      ),
    ).flat();
    const base = await keepFiles(api.app, [
      file('pessoas.csv', ['CPF_CLIENTE;DS_SEGMENTO;TELEFONE', ...people]),
      file('contratos.csv', ['CPF_CLIENTE;PRODUTO;DT_ASSINATURA;VL_MENSAL;SITUACAO_CONTRATO', ...contracts]),
    ]);
    offers = await api.job<OffersView>('/api/offers', { base: base.id });
    await api.json('/api/send/layouts', { method: 'POST', body: { layout: OWN } });
  });

  test('the layout that ships writes the best of each, in clear, the dearest first', async () => {
    const { sent, rows } = await written('mailing-ofertas');
    const expected = await best();
    expect(sent).toMatchObject({ rows: expected.length, refused: 0, duplicate: offers.offers - expected.length });
    expect(expected).toHaveLength(offers.customers);
    const [head, ...lines] = rows.map((row) => row.split(';'));
    expect(head!.slice(0, 8)).toEqual([
      ...['cliente', 'nome', 'segmento', 'porte', 'vendedor', 'grupo', 'produto', 'mrr_esperado'],
    ]);
    const told = (product: string) => (product.startsWith('=') ? `'${product}` : product);
    expect(new Map(lines.map((line) => [line[0], line[6]]))).toEqual(
      new Map(expected.map(({ customer, product }) => [customer, told(product)])),
    );
    const worth = lines.map((line) => Number(line[7]!.replace(',', '.')));
    expect(worth).toEqual(worth.toSorted((one, other) => other - one));
    expect(worth.reduce((all, one) => all + one, 0)).toBeCloseTo(
      expected.reduce((all, { mrr }) => all + mrr, 0),
      1,
    );
  });

  test('a layout of one’s own takes what the base knows, as phones', async () => {
    const { rows } = await written('discador');
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const [called, customer, product] = row.split('|');
      expect([called, product]).toEqual([phones.get(customer!), 'Gama']);
    }
  });

  test('before, whoever composes it sees no document and no phone', async () => {
    const preview = await api.json<SendPreview>('/api/send/preview', {
      ...{ method: 'POST', body: { layout: 'discador' } },
    });
    expect(preview.lines).toHaveLength(10);
    expect(preview.lines.join()).not.toMatch(/\d{4}/);
    expect(preview.lines.join()).toContain('Gama');
    const steps = await api.json<StepPreview>('/api/steps/preview', {
      ...{ method: 'POST', as: 'intake', body: { offers: true, steps: OWN.steps } },
    });
    expect(steps.steps[0]!.columns.slice(0, 3)).toEqual(['customer', 'name', 'segment']);
    expect(steps.steps[0]!.columns).toContain('TELEFONE');
    expect(JSON.stringify(steps.steps)).not.toMatch(/\d{9,}/);
    expect(steps.steps[1]!.rows + steps.steps[1]!.leftOut).toBe(offers.offers);
  });

  test('who accepted or refused is not called again for it; who did not answer is', async () => {
    const [accepted, refused, silent] = (await best()).slice(0, 3);
    // Offers made after those that the answers are of.
    const newer = await api.job<OffersView>('/api/offers', { base: offers.base });
    const by = { name: 'teste', role: 'manager' } as never;
    const tell = (of: typeof accepted, outcome: 'accepted' | 'refused' | 'noAnswer') =>
      api.app.outcomes.told(offers.id, { customer: of!.customer, product: of!.product, outcome }, by);
    await tell(accepted, 'accepted');
    await tell(refused, 'refused');
    await tell(silent, 'noAnswer');
    const { sent, rows } = await written('mailing-ofertas');
    expect(sent.rows + sent.duplicate).toBe(newer.offers - 2);
    const product = new Map(rows.slice(1).map((row) => [row.split(';')[0], row.split(';')[6]!.replace(/^'/, '')]));
    expect(product.get(accepted!.customer)).not.toBe(accepted!.product);
    expect(product.get(refused!.customer)).not.toBe(refused!.product);
    expect(product.get(silent!.customer)).toBe(silent!.product);
  });
});
