import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CustomerBase } from '../src/customers/base/build-base.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

async function baseOf(name: string, rows: readonly string[]) {
  const path = join(api.app.config.home, `${name}.csv`);
  writeFileSync(path, `${rows.join('\n')}\n`);
  const { file, ...told } = await api.job<CustomerBase & { file: string }>('/api/customers/file', {
    paths: [path],
    day: '2026-11-20',
  });
  const out = join(api.app.config.home, `${name}.parquet`);
  const { bytes } = await api.ask(`/api/customers/file/${file}`, { as: 'administrator' });
  writeFileSync(out, bytes);
  return { told, rows: await api.app.lake.rows<Record<string, number | string | null>>(`FROM ${literal(out)}`) };
}

/** Ten buyers, a fifth being two of them: by the last day, then by orders. */
const BUYERS: readonly (readonly [name: string, last: string, orders: number])[] = [
  ['A', '2026-11-19', 9],
  ['B', '2026-11-18', 1],
  ['C', '2026-11-10', 6],
  ['D', '2026-11-09', 1],
  ['E', '2026-10-20', 3],
  ['F', '2026-10-19', 1],
  ['G', '2026-06-01', 8],
  ['H', '2026-05-01', 4],
  ['I', '2026-02-01', 2],
  ['J', '2026-01-01', 1],
];

test('lines of orders give recency, frequency, what they came to, and the group of the 5 × 5 grid', async () => {
  const lines = ['InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID'];
  for (const [name, last, orders] of BUYERS)
    for (let order = 0; order < orders; order++) {
      // Each order has two lines, of 2 × 10 and 1 × 5.
      const day = order === 0 ? last : '2025-12-01';
      lines.push(`${name}-${order},P1,2,${day} 10:30:00,10,${name}`, `${name}-${order},P2,1,${day} 10:30:00,5,${name}`);
    }
  // A return takes its amount off and is no purchase; K only returned; what came after the day is not known yet.
  lines.push(
    'C-99,P1,-1,2026-11-20 09:00:00,10,J',
    'C-98,P1,-3,2026-11-01 09:00:00,10,K',
    'Z,P1,5,2026-11-21 08:00:00,10,J',
  );
  const { told, rows } = await baseOf('vendas', lines);
  expect(told.fields.slice(-4).map(({ name, take }) => [name, take])).toEqual([
    ['compras_recencia', 'recency'],
    ['compras_frequencia', 'frequency'],
    ['compras_valor', 'money'],
    ['compras_rfm', 'rfm'],
  ]);
  const found = Object.fromEntries(
    rows.map((row) => [
      row.CustomerID,
      [row.compras_recencia, row.compras_frequencia, row.compras_valor, row.compras_rfm],
    ]),
  );
  // Recency's fifths: A B 5, C D 4, E F 3, G H 2, I J 1. Frequency's: four of 1 order are in the first, I's 2 and E's 3
  // have 4 and 5 below them (3), H and C 6 and 7 (4), G and A 8 and 9 (5).
  expect(found).toEqual({
    A: [1, 9, 225, 'Campeões'],
    B: [2, 1, 25, 'Novos'],
    C: [10, 6, 150, 'Fiéis'],
    D: [11, 1, 25, 'Promissores'],
    E: [31, 3, 75, 'Pedem atenção'],
    F: [32, 1, 25, 'Quase dormindo'],
    G: [172, 8, 200, 'Não perder'],
    H: [203, 4, 100, 'Em risco'],
    I: [292, 2, 50, 'Em risco'],
    J: [323, 1, 15, 'Hibernando'],
    K: [null, 0, -30, null],
  });
});

test('an amount of the line serves in Portuguese; a table without orders has no purchases', async () => {
  const { rows } = await baseOf('pedidos', [
    'CD_CLIENTE;NR_PEDIDO;DT_PEDIDO;VL_TOTAL;VL_DESCONTO',
    'T1;10;18/11/2026;1.000,50;3,00',
    'T1;10;18/11/2026;99,50;3,00',
    'T1;11;01/11/2026;-100,00;0,00',
    'T2;12;20/10/2026;10,00;1,00',
  ]);
  expect(rows.map((row) => [row.CD_CLIENTE, row.compras_recencia, row.compras_frequencia, row.compras_valor])).toEqual([
    ['T1', 2, 1, 1000],
    ['T2', 31, 1, 10],
  ]);
  const { told } = await baseOf('uso', [
    'CD_CLIENTE,DT_USO,TOTAL',
    'T1,2026-11-01,3',
    'T1,2026-11-02,4',
    'T2,2026-11-02,1',
  ]);
  expect(told.fields.map(({ name }) => name).filter((name) => name.startsWith('compras'))).toEqual([]);
});
