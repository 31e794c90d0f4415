import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CustomerView } from '../src/api/schema-customers.ts';
import type { CustomerOffers, OfferRows, OffersNow, OffersView, OfferView } from '../src/api/schema-offers.ts';
import type { KeptBase } from '../src/customers/base/kept-bases.ts';
import {
  type BaseOffers,
  type OfferGroups,
  type OfferQuestion,
  offersOfBase,
} from '../src/customers/offers/base-offers.ts';
import { writeDemo } from '../src/demo/demo.ts';
import { silent } from '../src/kernel/progress.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-base-offers-'));
let api: TestApi;
let base: KeptBase;
let groups: OfferGroups;
let made: { told: BaseOffers; path: string };

const RULED = ['VIPs da Indústria', 'Super-Usuários de Elite', 'Usuários Intensivos'];
const SEGMENTS = ['LOGISTICA', 'MANUFATURA', 'SERVICOS', 'VAREJO'];

beforeAll(async () => {
  api = await TestApi.open();
  await writeDemo({ contacts: 100, seed: 1, out: folder });
  const files = readdirSync(join(folder, 'customers')).sort();
  base = await keepFiles(
    api.app,
    files.map((name) => join(folder, 'customers', name)),
  );
  groups = plantedGroups();
  made = await offers();
}, 120_000);
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Each customer's persona, as the demonstration tells it. */
function plantedGroups(): OfferGroups {
  const rows = readFileSync(join(folder, 'customers-truth.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  const names = [...new Set(rows.map((row) => row.split(';')[1]!))].sort();
  return {
    of: new Map(rows.map((row) => [row.split(';')[0]!, names.indexOf(row.split(';')[1]!) + 1])),
    names: new Map(names.map((name, at) => [at + 1, name])),
  };
}

let runs = 0;
async function offers(more: Partial<OfferQuestion> = {}) {
  const path = join(api.app.config.home, `offers-${++runs}.parquet`);
  const { bases, lake, config } = api.app;
  const paths = { base: bases.pathOf(base.id), holdings: bases.holdingsOf(base.id), care: bases.careOf(base.id) };
  const question = {
    base,
    paths,
    groups,
    bars: [],
    answered: [],
    cap: 0.3,
    most: 3,
    seed: 1,
    out: path,
    progress: silent,
    ...more,
  };
  return { told: await offersOfBase(lake, question, join(config.home, 'tmp', 'offers.work')), path };
}

interface Row {
  customer: string;
  product: string;
  first_has: string | null;
  second_has: string | null;
  in_group: boolean;
  n: number;
  also: number;
  of_n: number;
  of_also: number;
  group_name: string;
  segment: string;
  score: number;
  mrr: number;
  mrr_n: number;
  mrr_of: string;
  reasons: number;
  last_nps: number | null;
  open_tickets: number;
  recent_tickets: number;
}
const rowsOf = ({ path }: { path: string }, where = 'true') =>
  api.app.lake.rows<Row & Record<string, unknown>>(`FROM read_parquet(${literal(path)}) WHERE ${where}`);

/** Contracts and personas as a stranger reads them. */
const contracts = () =>
  `(SELECT "CD_CLIENTE" AS customer, "DS_PROD" AS product, "DS_SEGMENTO" AS segment, "FAT_FAIXA" AS size, "SITUACAO_CONTRATO" = 'ATIVO' AS stands,
     CAST(replace(replace("VL_TOTAL_CONTRATO", '.', ''), ',', '.') AS DOUBLE) / 12 AS amount
   FROM read_csv(${literal(join(folder, 'customers/dados_clientes.csv'))}, header = true, all_varchar = true, delim = ';', encoding = 'latin-1'))`;
const truth = () =>
  `read_csv(${literal(join(folder, 'customers-truth.csv'))}, header = true, all_varchar = true, delim = ';')`;

test('are for active customers of logistics, retail, industry and services, and nobody is left without a word', async () => {
  const { told } = made;
  const rows = await api.app.lake.rows<{ segment: string; active: number }>(
    `SELECT segment, count(DISTINCT customer) FILTER (stands) AS active FROM ${contracts()} GROUP BY 1`,
  );
  const sum = (some: typeof rows) => some.reduce((all, { active }) => all + active, 0);
  expect(told.audience).toEqual({
    ...{ base: 2400, active: sum(rows), activeBy: 'contract', segments: SEGMENTS },
    customers: sum(rows.filter(({ segment }) => SEGMENTS.includes(segment))),
  });
  const of = await rowsOf(made);
  expect(new Set(of.map(({ segment }) => segment))).toEqual(new Set(SEGMENTS));
  expect(of).toHaveLength(told.offers + told.held.offers);
  const now = of.filter(({ reasons }) => reasons === 0);
  expect([now.length, new Set(now.map(({ customer }) => customer)).size]).toEqual([told.offers, told.customers]);
  expect(now.reduce((all, { mrr }) => all + mrr, 0)).toBeCloseTo(told.mrr, 4);
});

test('the planted rule is found: payroll for who has the ERP and the time clock, near 78 % of the persona', async () => {
  const has = (product: string) => `bool_or(product = '${product}')`;
  const planted = await api.app.lake.rows<{ persona: string; n: number; also: number }>(
    `SELECT persona, count(*) AS n, count(*) FILTER (payroll) AS also FROM (
       SELECT customer AS id, ${has('Folha de Pagamento')} AS payroll FROM ${contracts()} GROUP BY 1
       HAVING ${has('ERP Núcleo')} AND ${has('Ponto Eletrônico')}) JOIN ${truth()} USING (id) GROUP BY 1`,
  );
  const rows = await rowsOf(
    made,
    `product = 'Folha de Pagamento' AND first_has = 'ERP Núcleo' AND second_has = 'Ponto Eletrônico' AND group_name IN (${RULED.map(literal).join()})`,
  );
  for (const { group_name, n, also, in_group } of rows) {
    const own = planted.find(({ persona }) => persona === group_name)!;
    expect({ n, also, in_group }).toEqual({ n: own.n, also: own.also, in_group: true });
    expect(Math.abs(also / n - 0.78)).toBeLessThan(0.1);
  }
  // Those of the audience whom the rule speaks of and who lack the payroll.
  const due = await api.app.lake.rows<{ customer: string }>(
    `SELECT customer FROM ${contracts()} JOIN ${truth()} ON id = customer
     WHERE persona IN (${RULED.map(literal).join()}) AND segment IN (${SEGMENTS.map(literal).join()})
     GROUP BY 1 HAVING ${has('ERP Núcleo')} AND ${has('Ponto Eletrônico')} AND NOT ${has('Folha de Pagamento')} AND bool_or(stands)`,
  );
  const offered = await rowsOf(made, "product = 'Folha de Pagamento'");
  expect(due.length).toBeGreaterThan(5);
  expect(due.filter(({ customer }) => !offered.some((row) => row.customer === customer))).toEqual([]);
});

test('evidence speaks for what is offered: who has the same has it at least as often as all of the group', async () => {
  const rows = await rowsOf(made);
  expect(rows.filter(({ n, also, of_n, of_also }) => also * of_n < of_also * n)).toEqual([]);
  expect(rows.filter(({ in_group }) => in_group).length).toBeGreaterThan(0.9 * rows.length);
  const one = rows.find(({ in_group }) => in_group)!;
  const [all] = await api.app.lake.rows<{ n: number; also: number }>(
    `SELECT count(*) AS n, count(*) FILTER (has) AS also FROM (
       SELECT customer AS id, bool_or(product = ${literal(one.product)}) AS has FROM ${contracts()} GROUP BY 1
     ) JOIN ${truth()} USING (id) WHERE persona = ${literal(one.group_name ?? '')}`,
  );
  expect([one.of_n, one.of_also]).toEqual([all!.n, all!.also]);
});

test('what was answered not long ago is not offered again; the rest is', async () => {
  const [one, ...others] = await rowsOf(made, 'reasons = 0');
  const { customer, product } = one!;
  const again = await offers({ answered: [{ customer, product, outcome: 'refused' }] });
  expect(await rowsOf(again, `customer = ${literal(customer)} AND product = ${literal(product)}`)).toEqual([]);
  const kept = await rowsOf(again, `customer = ${literal(others.find((row) => row.customer !== customer)!.customer)}`);
  expect(kept.length).toBeGreaterThan(0);
});

test('never what a customer has or had, at most three each, and no product more than its share', async () => {
  const [bad] = await api.app.lake.rows(
    `SELECT count(*) AS n FROM read_parquet(${literal(made.path)}) JOIN ${contracts()} USING (customer, product)`,
  );
  expect(bad).toEqual({ n: 0 });
  const [most] = await api.app.lake.rows(
    `SELECT max(n) AS most, max(same) AS same FROM (SELECT customer, count(*) AS n, count(*) - count(DISTINCT product) AS same FROM read_parquet(${literal(made.path)}) GROUP BY 1)`,
  );
  expect(most).toEqual({ most: 3, same: 0 });
  const capped = await offers({ cap: 0.15, most: 2 });
  const { products, offers: total } = capped.told;
  for (const one of products) expect(one.offers).toBeLessThanOrEqual(Math.ceil(0.15 * total));
  expect(products.filter((one) => one.capped).length).toBeGreaterThan(2);
  expect(products.reduce((sum, one) => sum + one.offers, 0)).toBe(total);
});

test('what a product brings is the median of its present holders of the segment and size, or of more', async () => {
  const rows = await rowsOf(made);
  const medians = async (by: string) =>
    api.app.lake.rows<{ product: string; segment?: string; size?: string; amount: number; n: number }>(
      `SELECT product${by}, median(total) AS amount, count(*) AS n FROM (
         SELECT customer, product, segment, size, sum(amount) AS total FROM ${contracts()} WHERE stands GROUP BY ALL
       ) GROUP BY ALL`,
    );
  const [narrow, wide, all] = [await medians(', segment, size'), await medians(', segment'), await medians('')];
  const seen = new Set<string>();
  for (const row of rows) {
    const one = narrow.find(
      (own) => own.product === row.product && own.segment === row.segment && own.size === row.size,
    );
    const two = wide.find((own) => own.product === row.product && own.segment === row.segment);
    const three = all.find((own) => own.product === row.product)!;
    const [of, own] =
      (one?.n ?? 0) >= 20 ? ['segmentAndSize', one!] : (two?.n ?? 0) >= 20 ? ['segment', two!] : ['all', three];
    seen.add(of);
    expect([row.mrr_of, row.mrr_n]).toEqual([of, own.n]);
    expect(row.mrr).toBeCloseTo(own.amount, 6);
  }
  expect(seen.size).toBeGreaterThan(1);
});

test('angry customers are held back, by their last answers and open tickets', async () => {
  const tickets = await api.app.lake.rows<{ customer: string; open: number }>(
    `SELECT upper(trim("CODIGO_ORGANIZACAO")) AS customer, count(*) AS open FROM read_csv(${literal(join(folder, 'customers/tickets.csv'))}, header = true, all_varchar = true)
     WHERE "STATUS_TICKET" IN ('Aberto', 'Em andamento', 'Aguardando cliente') GROUP BY 1`,
  );
  for (const row of await rowsOf(made)) {
    const open = tickets.find(({ customer }) => customer === row.customer)?.open ?? 0;
    expect([row.customer, row.open_tickets, (row.reasons & 2) > 0]).toEqual([row.customer, open, open > 0]);
    expect((row.reasons & 4) > 0).toBe(row.recent_tickets >= 5);
    if (row.last_nps !== null && row.last_nps <= 6) expect(row.reasons & 1).toBe(1);
  }
  const { held } = made.told;
  expect(held.customers).toBeGreaterThan(100);
  expect(held.reasons.openTickets).toBeGreaterThan(20);
});

test('bars: never, not to a segment, not without another product first', async () => {
  const barred = await offers({
    bars: [
      { product: 'Financeiro', kind: 'never', value: null },
      { product: 'fiscal', kind: 'segment', value: 'Varejo' },
      { product: 'Estoque e Compras', kind: 'requires', value: 'ERP Núcleo' },
    ],
  });
  const rows = await rowsOf(barred);
  const of = (product: string) => rows.filter((row) => row.product === product);
  expect(of('Financeiro')).toEqual([]);
  expect(new Set(of('Fiscal').map(({ segment }) => segment))).toEqual(new Set(['MANUFATURA', 'LOGISTICA', 'SERVICOS']));
  const erp = await api.app.lake.rows<{ customer: string }>(
    `SELECT DISTINCT customer FROM ${contracts()} WHERE product = 'ERP Núcleo' AND stands`,
  );
  const owners = new Set(erp.map(({ customer }) => customer));
  expect(of('Estoque e Compras').length).toBeGreaterThan(20);
  expect(of('Estoque e Compras').every(({ customer }) => owners.has(customer))).toBe(true);
});

test('the winner of a validation is taken, its figures are kept side by side, and the same seed gives the same', async () => {
  const { evaluation, method, unmeasured } = made.told;
  expect(unmeasured).toBeNull();
  expect(evaluation!.chosen).toBe(method);
  expect(evaluation!.methods.map(({ name }) => name)).toEqual([
    'popularity',
    'groupPopularity',
    'rules',
    'cosine',
    'ease',
  ]);
  for (const { interval, ndcg10 } of evaluation!.methods) {
    expect(interval.ndcg10[0]).toBeLessThanOrEqual(ndcg10);
    expect(interval.ndcg10[1]).toBeGreaterThanOrEqual(ndcg10);
  }
  const again = await offers();
  expect(again.told).toEqual(made.told);
  expect(await rowsOf(again)).toEqual(await rowsOf(made));
});

test('without groups the segment is the group; segments may be named, and others are refused', async () => {
  const { told, path } = await offers({ groups: null, segments: ['saude'] });
  expect([told.groupedBy, told.audience.segments]).toEqual(['segment', ['SAUDE']]);
  expect(new Set((await rowsOf({ path })).map(({ group_name }) => group_name))).toEqual(new Set(['SAUDE']));
  await expect(offers({ segments: ['Mineração'] })).rejects.toThrow(
    'Não há segmento Mineração. Use entre AGROINDUSTRIA',
  );
});

describe('offers by the API', () => {
  let view: OffersView;
  const rows = (query = '') => api.json<OfferRows>(`/api/offers/${view.id}/rows${query}`, { as: 'manager' });
  beforeAll(async () => {
    view = await api.job<OffersView>('/api/offers', {});
  });

  test('are kept and read, filtered and paged; a customer by its row', async () => {
    const now = await api.json<OffersNow>('/api/offers', { as: 'manager' });
    expect(now.offers).toEqual(view);
    expect(now.base).toMatchObject({ id: base.id, products: 12 });
    expect((await rows()).total).toBe(view.offers);
    expect((await rows('?held=true')).total).toBe(view.held.offers);
    const payroll = await rows(`?product=${encodeURIComponent('Folha de Pagamento')}&segment=MANUFATURA`);
    expect(payroll.rows.length).toBeGreaterThan(0);
    for (const row of payroll.rows) expect([row.product, row.segment]).toEqual(['Folha de Pagamento', 'MANUFATURA']);
    const [first, next] = [await rows('?page=1'), await rows('?page=2')];
    expect(first.rows).toHaveLength(20);
    expect(first.rows[0]!.mrr!).toBeGreaterThanOrEqual(next.rows[0]!.mrr!);
    const [one] = first.rows;
    expect(one!.evidence).toMatch(/^\d+% dos clientes .* têm ou tiveram .* \([\d.]+ de [\d.]+\)/);
    const own = await api.json<CustomerOffers>(`/api/offers/customer/${base.id}/${one!.row}`, { as: 'manager' });
    const known = await api.json<CustomerView>(`/api/customers/bases/${base.id}/rows/${one!.row}`, { as: 'manager' });
    expect(known.key.value).toBe(one!.customer);
    expect(own.rows.map(({ place }) => place)).toEqual(own.rows.map((_, at) => at + 1));
    expect(own.rows).toContainEqual(one);
    const nobody = await api.json<CustomerOffers>(`/api/offers/customer/${base.id}/999999`, { as: 'manager' });
    expect(nobody.rows).toEqual([]);
  });

  test('CSV and XLSX have them all: a sheet a product, and one of whom not to sell to', async () => {
    const csv = await api.ask(`/api/offers/${view.id}/file?format=csv`, { as: 'manager' });
    const lines = csv.text.trim().split('\r\n');
    expect(lines[0]).toMatch(/Cliente;Nome;Segmento;.*;Evidência;Avisos;Resultado$/);
    expect(lines).toHaveLength(view.offers + 1);
    const [bare] = await rowsOf({ path: api.app.offers.pathOf(view.id) });
    expect(String(bare!.name).length).toBeGreaterThan(8);
    expect(csv.text).not.toContain(bare!.name);
    expect(csv.text).toContain(`\n${bare!.customer};`);
    const xlsx = await api.ask(`/api/offers/${view.id}/file?format=xlsx&lang=en`, { as: 'manager' });
    const { sheets } = await readXlsx(xlsx.bytes);
    const products = view.products.filter((one) => one.offers > 0);
    expect(sheets.map(({ name }) => name)).toEqual([
      'About',
      ...products.map(({ product }) => product),
      'Do not sell now',
    ]);
    expect(sheets.slice(1).map(({ rows: own }) => own.length - 1)).toEqual([
      ...products.map((one) => one.offers),
      view.held.offers,
    ]);
  });

  test('take the personas in use for groups, by the name that people gave them', async () => {
    const user = { name: 'ana', role: 'administrator' } as const;
    const path = join(api.app.config.home, 'groups.parquet');
    await api.app.lake.use((session) =>
      session.run(
        `COPY (SELECT id, CASE WHEN persona = 'VIPs da Indústria' THEN 2 ELSE 1 END AS "group", 1.0 AS membership FROM ${truth()}) TO ${literal(path)} (FORMAT parquet)`,
      ),
    );
    const personas = [{ group: 1 }, { group: 2 }];
    const { id } = await api.app.divisions.keep({ base: base.id, personas } as never, path, user);
    const text = { portrait: null, pain: null, action: null };
    await api.app.divisions.write(1, { name: 'Demais', ...text }, user);
    await api.app.divisions.write(2, { name: 'Indústria grande', ...text }, user);
    await api.app.divisions.approve(id, user);
    const grouped = await api.job<OffersView>('/api/offers', { base: base.id, most: 1 });
    expect(grouped).toMatchObject({ groupedBy: 'groups', most: 1 });
    const found = await rowsOf({ path: api.app.offers.pathOf(grouped.id) }, "group_name = 'Indústria grande'");
    expect(found.length).toBeGreaterThan(20);
    const vips = [...groups.of].filter(([, number]) => groups.names.get(number) === 'VIPs da Indústria');
    const keys = new Set(vips.map(([key]) => key));
    expect(found.every(({ customer }) => keys.has(customer))).toBe(true);
  });

  test('outcomes come back one by one and by a list, whose every row is told', async () => {
    const { rows: some } = await rows();
    const [one, two, three] = some as [OfferView, OfferView, OfferView];
    const url = `/api/offers/${view.id}/outcomes`;
    const body = { row: one.row, product: one.product, outcome: 'refused' };
    const told = await api.json<OfferView>(url, { as: 'manager', method: 'POST', body });
    expect(told).toEqual({ ...one, outcome: 'refused', outcomeId: 1 });
    expect((await api.ask(url, { as: 'manager', method: 'POST', body: { ...body, product: 'X' } })).status).toBe(404);
    const list = [
      'Cliente;Produto;Resultado;Quando',
      `${one.customer.toLowerCase()};${one.product};Aceita;20/11/2026`,
      `${two.customer};${two.product.toUpperCase()};aceitou;20/11/2026`,
      `${two.customer};${two.product};recusou;20/11/2026`,
      `${three.customer};${three.product};Não atendeu;20/11/2026`,
      `${three.customer};${three.product};talvez;20/11/2026`,
      `NINGUEM;${three.product};aceita;20/11/2026`,
      `${one.customer};Nada;aceita;20/11/2026`,
    ];
    const form = new FormData();
    form.set('file', new File([`${list.join('\r\n')}\r\n`], 'resultados.csv'));
    const request = new Request('http://x', { method: 'POST', body: form });
    const answer = await api.server.fastify.inject({
      ...{ method: 'POST', url: `${url}/upload`, payload: Buffer.from(await request.arrayBuffer()) },
      headers: { cookie: await api.cookie('manager'), 'content-type': request.headers.get('content-type')! },
    });
    expect(JSON.parse(answer.payload)).toMatchObject({ rows: 7, kept: 3, duplicate: 1, refused: 3, blank: 0 });
    const { outcomes } = await api.json<OffersNow>('/api/offers');
    expect(outcomes).toMatchObject({ told: 3, accepted: 2, methods: [{ name: view.method, told: 3 }] });
    // Wilson's interval of two of three.
    expect(outcomes.interval![0]).toBeCloseTo(0.2077, 4);
    expect(outcomes.interval![1]).toBeCloseTo(0.9385, 4);
    expect((await rows()).rows.slice(0, 3).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'noAnswer']);
  });
});
