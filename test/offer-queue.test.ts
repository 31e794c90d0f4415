import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  BarList,
  OfferRows,
  OffersByCustomer,
  OffersNow,
  OffersView,
  OfferView,
} from '../src/api/schema-offers.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-offer-queue-'));
const PRODUCTS = ['Alfa', 'Beta', 'Gama', 'Delta'];
const SEGMENTS = ['Varejo', 'Saúde', 'Logística'];
let api: TestApi;
let paths: string[];
let offers: OffersView;
let all: OfferView[];

const file = (name: string, rows: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
};
async function rowsOf(filter = ''): Promise<OfferView[]> {
  const rows: OfferView[] = [];
  for (let page = 1; ; page++) {
    const found = await api.json<OfferRows>(`/api/offers/${offers.id}/rows?page=${page}${filter}`);
    rows.push(...found.rows);
    if (rows.length >= found.total) return rows;
  }
}
const queue = (filter = '') => api.json<OffersByCustomer>(`/api/offers/${offers.id}/customers?${filter}`);

beforeAll(async () => {
  api = await TestApi.open();
  const people = Array.from({ length: 600 }, (_, of) => `C${of};${SEGMENTS[of % 3]};V${of % 4}`);
  const owned = Array.from({ length: 600 }, (_, of) =>
    PRODUCTS.filter((_, at) => at === 0 || (of >> at) % 2 === 0).map(
      (product, at) => `C${of};${product};${1 + (of % 28)}/${1 + ((of + at) % 12)}/2025;${100 + at + of};ATIVO`,
    ),
  );
  paths = [
    file('pessoas.csv', ['CD_CLIENTE;DS_SEGMENTO;VENDEDOR', ...people]),
    file('contratos.csv', ['CD_CLIENTE;PRODUTO;DT_ASSINATURA;VL_MENSAL;SITUACAO_CONTRATO', ...owned.flat()]),
  ];
  const base = await keepFiles(api.app, paths);
  offers = await api.job<OffersView>('/api/offers', { base: base.id, segments: SEGMENTS });
  all = await rowsOf();
  expect(all.length).toBeGreaterThan(200);
}, 60_000);
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('offers come by customer, first those who would bring most, each once', async () => {
  const sums = new Map<number, number>();
  for (const { row, mrr } of all) sums.set(row, (sums.get(row) ?? 0) + (mrr ?? 0));
  const first = await queue();
  expect([first.total, first.offers, first.customers.length]).toEqual([sums.size, all.length, 20]);
  const pages = [first];
  for (let page = 2; page <= Math.ceil(first.total / 20); page++) pages.push(await queue(`page=${page}`));
  const customers = pages.flatMap((one) => one.customers);
  expect(new Set(customers.map(({ row }) => row))).toEqual(new Set(sums.keys()));
  expect(customers).toHaveLength(sums.size);
  for (const { row, mrr } of customers) expect(mrr).toBeCloseTo(sums.get(row)!, 6);
  for (const [at, one] of customers.slice(1).entries())
    expect(customers[at]!.mrr).toBeGreaterThanOrEqual(one.mrr - 1e-9);
  for (const { offers: own, row } of customers) {
    expect(own.map(({ place }) => place)).toEqual(own.map((_, at) => at + 1));
    expect(own.every((one) => one.row === row)).toBe(true);
  }
});

test('filters leave of each customer what they ask for, in the page and in its files', async () => {
  const wanted = all.filter(({ product, segment, seller }) => [product, segment, seller].join() === 'Gama,Varejo,V2');
  expect(wanted.length).toBeGreaterThan(3);
  const filter = `product=Gama&segment=Varejo&seller=${offers.sellers.indexOf('V2')}`;
  const found = await queue(filter);
  expect([found.total, found.offers]).toEqual([wanted.length, wanted.length]);
  expect(
    found.customers.every((one) => one.seller === 'V2' && one.offers.every(({ product }) => product === 'Gama')),
  ).toBe(true);
  const fileOf = (format: string) =>
    api.ask(`/api/offers/${offers.id}/file?format=${format}&${filter}`, { as: 'manager' });
  const lines = (await fileOf('csv')).text.trim().split('\r\n').slice(1);
  expect(lines.map((line) => line.split(';')[0]).sort()).toEqual(wanted.map(({ customer }) => customer).sort());
  const { sheets } = await readXlsx((await fileOf('xlsx')).bytes);
  expect(sheets.map(({ name, rows }) => [name, rows.length - 1]).slice(1)).toEqual([
    ['V2', wanted.length],
    ['Não vender agora', 0],
  ]);
  expect(sheets[0]!.rows.flat()).toContain('Gama, Varejo, V2');
});

test('each rule tells how many of the offers it would take, and takes them when they are made again', async () => {
  const bars = [
    { product: 'gama', kind: 'segment', value: 'saude' },
    { product: 'Delta', kind: 'requires', value: 'Beta' },
    { product: 'Beta', kind: 'never', value: null },
  ];
  let list: BarList = { bars: [] };
  for (const body of bars) list = await api.json<BarList>('/api/offers/bars', { method: 'POST', body });
  const beta = await api.app.lake.rows<{ customer: string }>(
    `SELECT CAST(customer AS VARCHAR) AS customer FROM read_parquet(${literal(api.app.bases.holdingsOf(offers.base))}) WHERE product = 'Beta'`,
  );
  const has = new Set(beta.map(({ customer }) => customer));
  const counts = [
    all.filter(({ product, segment }) => product === 'Gama' && segment === 'Saúde').length,
    all.filter(({ product, customer }) => product === 'Delta' && !has.has(customer)).length,
    all.filter(({ product }) => product === 'Beta').length,
  ];
  expect(list.bars.map(({ takes }) => takes)).toEqual(counts.toReversed());
  expect(Math.min(...counts)).toBeGreaterThan(0);
  await api.job<OffersView>('/api/offers', { base: offers.base, segments: SEGMENTS });
  list = await api.json<BarList>('/api/offers/bars');
  expect(list.bars.map(({ takes }) => takes)).toEqual([0, 0, 0]);
  for (const { id } of list.bars) await api.json(`/api/offers/bars/${id}`, { method: 'DELETE' });
});

test('what offers were made of is told where something newer is in use, and whom the next may be made to', async () => {
  const now = () => api.json<OffersNow>('/api/offers');
  const { base, divided } = await now();
  expect(base!.segments.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: 'Logística', customers: 200, usual: true },
    { name: 'Saúde', customers: 200, usual: false },
    { name: 'Varejo', customers: 200, usual: true },
  ]);
  expect(divided).toBeNull();
  const path = join(api.app.config.home, 'groups.parquet');
  await api.app.lake.use((session) =>
    session.run(`COPY (SELECT 'C0' AS id, 1 AS "group", 1.0 AS membership) TO ${literal(path)} (FORMAT parquet)`),
  );
  const user = { name: 'ana', role: 'administrator' } as const;
  const { id } = await api.app.divisions.keep({ base: base!.id, personas: [] } as never, path, user);
  api.clock.at = new Date('2026-11-21T09:30:00Z');
  await api.app.divisions.approve(id, user);
  expect((await now()).divided).toBe('2026-11-21T09:30:00.000Z');
});
