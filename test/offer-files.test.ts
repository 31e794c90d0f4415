import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OffersNow, OffersView, OutcomesRead } from '../src/api/schema-offers.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-offer-files-'));
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

const PRODUCTS = ['Alfa', '=Beta', 'Gama', 'Delta'];
const file = (name: string, rows: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
};
/** Everybody has Alfa, and each of the others half of them. */
const contracts = (name: string, customers: number, key: (of: number) => string) =>
  file(name, [
    'CD_CLIENTE;PRODUTO;DT_ASSINATURA;VL_MENSAL;SITUACAO_CONTRATO',
    ...Array.from({ length: customers }, (_, of) =>
      PRODUCTS.filter((_, at) => at === 0 || (of >> at) % 2 === 0).map(
        (product, at) => `${key(of)};${product};${1 + (of % 28)}/${1 + ((of + at) % 12)}/2025;${100 + at};ATIVO`,
      ),
    ).flat(),
  ]);
/** A CPF with its check digits. */
function cpf(of: number): string {
  const nine = String(100_000_000 + of * 7919);
  return nine + cpfCheckDigits(nine);
}
const fileOf = (id: number, format: string) => api.ask(`/api/offers/${id}/file?format=${format}`, { as: 'manager' });
async function upload(id: number, name: string, content: string | Uint8Array): Promise<OutcomesRead> {
  const form = new FormData();
  form.set('file', new File([typeof content === 'string' ? content : new Uint8Array(content)], name));
  const request = new Request('http://x', { method: 'POST', body: form });
  const answer = await api.server.fastify.inject({
    ...{ method: 'POST', url: `/api/offers/${id}/outcomes/upload`, payload: Buffer.from(await request.arrayBuffer()) },
    headers: { cookie: await api.cookie('manager'), 'content-type': request.headers.get('content-type')! },
  });
  expect(answer.statusCode).toBe(200);
  return JSON.parse(answer.payload);
}

describe('the file of offers, filled and sent back, where customers are known by a document', () => {
  let offers: OffersView;
  beforeAll(async () => {
    const people = Array.from({ length: 400 }, (_, of) => `${cpf(of)};VAREJO`);
    const paths = [file('pessoas.csv', ['CPF_CLIENTE;DS_SEGMENTO', ...people]), contracts('contratos.csv', 400, cpf)];
    const base = await keepFiles(api.app, paths);
    offers = await api.job<OffersView>('/api/offers', { base: base.id });
    expect(offers.offers).toBeGreaterThan(200);
  });

  test('as CSV all are known, and the outcomes are those of the file', async () => {
    const { text } = await fileOf(offers.id, 'csv');
    const [head, ...rows] = text.trim().split('\r\n');
    expect(head).toBe(
      'Cliente;Nome;Segmento;Porte;Vendedor;Grupo;Base;Linha na base;Ordem;Produto;Linha;Preço mediano por mês;Preço de;Nota;Evidência;Avisos;Resultado',
    );
    expect(text).not.toMatch(/\d{11}/);
    expect(rows).toHaveLength(offers.offers);
    const filled = rows.map((row, at) => `${row}${at % 3 === 0 ? 'aceita' : at % 3 === 1 ? 'recusada' : ''}`);
    const told = Math.ceil(rows.length / 3) + Math.ceil((rows.length - 1) / 3);
    expect(await upload(offers.id, 'ofertas.csv', `${[head, ...filled].join('\r\n')}\r\n`)).toMatchObject({
      ...{ rows: told, kept: told, duplicate: 0, refused: 0, why: [], notKept: [], blank: rows.length - told },
    });
    const again = (await fileOf(offers.id, 'csv')).text.trim().split('\r\n').slice(1);
    expect(again).toEqual(filled);
  });

  test('as XLSX every sheet is read; one of another base is not of these offers', async () => {
    const { bytes } = await fileOf(offers.id, 'xlsx');
    const { sheets } = await readXlsx(bytes);
    expect(sheets.length).toBeGreaterThan(3);
    const filled = (base?: number) =>
      writeXlsx({
        sheets: sheets.map(({ name, rows }, at) => ({
          name,
          rows: rows.map((row, line) => {
            if (at === 0 || line === 0) return row;
            const cells = Array.from({ length: 17 }, (_, cell) => row[cell] ?? null);
            return [...cells.slice(0, 6), base ?? cells[6]!, ...cells.slice(7, 16), 'sem resposta'];
          }),
        })),
      });
    const none = { duplicate: 0, blank: 0 };
    const rows = offers.offers + offers.held.offers;
    const { outcomes: before } = await api.json<OffersNow>('/api/offers');
    expect(await upload(offers.id, 'outra.xlsx', await filled(offers.base + 1))).toMatchObject({
      ...{ ...none, rows, kept: 0, refused: rows, why: [{ why: 'otherBase', n: rows }] },
    });
    expect((await api.json<OffersNow>('/api/offers')).outcomes).toEqual(before);
    expect(await upload(offers.id, 'ofertas.xlsx', await filled())).toMatchObject({
      ...none,
      rows,
      kept: rows,
      refused: 0,
    });
    const { outcomes } = await api.json<OffersNow>('/api/offers');
    expect(outcomes).toMatchObject({ told: rows, accepted: 0 });
  });
});

test('of more sellers than have a sheet the others have one together: the sheets hold all offers', async () => {
  const people = Array.from({ length: 1400 }, (_, of) => `C${of};VAREJO;${of < 14 ? '' : `V${of % 700}`}`);
  const key = (of: number) => `C${of}`;
  const paths = [
    file('cadastro.csv', ['CD_CLIENTE;DS_SEGMENTO;VENDEDOR', ...people]),
    contracts('muitos.csv', 1400, key),
  ];
  const base = await keepFiles(api.app, paths);
  const offers = await api.job<OffersView>('/api/offers', { base: base.id });
  const { sheets } = await readXlsx((await fileOf(offers.id, 'xlsx')).bytes);
  const counts = sheets.map(({ rows }) => rows.length - 1);
  expect(sheets).toHaveLength(504);
  expect(sheets.map(({ name }) => name).slice(-3)).toEqual(['Outros vendedores', 'Sem vendedor', 'Não vender agora']);
  const { sellers } = await api.app.offers.get(offers.id);
  const found = await api.app.lake.rows<{ seller: string | null; n: number }>(
    `SELECT seller, count(*) AS n FROM read_parquet(${literal(api.app.offers.pathOf(offers.id))}) WHERE reasons = 0 GROUP BY 1`,
  );
  const by = new Map(found.map(({ seller, n }) => [seller, n]));
  const named = sellers.map((name) => by.get(name)!);
  expect(counts.slice(1, 501)).toEqual(named);
  const others = found.filter(({ seller }) => seller !== null && !sellers.includes(seller)).map(({ n }) => n);
  const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0);
  expect(others.length).toBeGreaterThan(50);
  expect(counts.slice(501)).toEqual([sum(others), by.get(null), offers.held.offers]);
  // No seller without a sheet of its own has more offers than one who has.
  expect(Math.max(...others)).toBeLessThanOrEqual(Math.min(...named));
  expect(sum(counts.slice(1))).toBe(offers.offers + offers.held.offers);
});
