import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../src/kernel/random.ts';
import { TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

const file = (name: string, content: string | Uint8Array) => {
  const path = join(api.app.config.home, name);
  writeFileSync(path, content);
  return path;
};

type Row = [customer: string, item: string, day: Date, units: number, state: string];

/** Customers of two states, each with products of its own; a few return what they bought. */
function drawnRows(): Row[] {
  const random = new Random(3);
  const rows: Row[] = [];
  for (let customer = 0; customer < 200; customer++) {
    const south = customer % 2 === 0;
    for (let month = 0; month < 12; month++) {
      const item = (south ? 0 : 12) + random.int(0, random.chance(0.9) ? 12 : 24);
      const day = new Date(Date.UTC(2025, month, 1 + random.int(0, 28)));
      rows.push([`Cliente ${customer}`, `Produto ${item % 24}`, day, 1 + random.int(0, 3), south ? 'RS' : 'PE']);
    }
  }
  return rows;
}
const ROWS = drawnRows();
const iso = (day: Date) => day.toISOString().slice(0, 10);
const brazilian = (day: Date) => iso(day).split('-').toReversed().join('/');
const csv = (rows: readonly (readonly (string | number)[])[], heading = 'cliente;produto;data;unidades;uf') =>
  [heading, ...rows.map((row) => row.join(';')), ''].join('\r\n');

interface Answer {
  readonly account: { rows: number; used: number; leftOut: Record<string, number> };
  readonly customers: number;
  readonly items: number;
  readonly timeForm: string;
  readonly methods: {
    name: string;
    recall5: number;
    recall10: number;
    ndcg10: number;
    coverage: number;
    interval: Record<string, [number, number]>;
    overPopularity: Record<string, { difference: number; interval: [number, number] }>;
  }[];
  readonly chosen: string;
  readonly beatsPopularity: boolean;
  readonly folds: { test: string; end: string | null; chosen: string; customers: number }[];
  readonly warnings: string[];
}
const NAMES = { customer: 'cliente', item: 'produto', time: 'data' };
const evaluated = (path: string, more: object = {}) => api.job<Answer>('/api/offers/file', { path, ...NAMES, ...more });

describe('ways of offering are measured on a file', () => {
  test('with Brazilian days, returns and holes; every row is used or left out for a reason', async () => {
    const dirty = ROWS.map(([customer, item, day, units, state], at) => [
      ...[at % 400 === 1 ? '' : customer, at % 600 === 2 ? '' : item, at % 300 === 3 ? '' : brazilian(day)],
      ...[at % 100 === 4 ? -units : at % 1000 === 5 ? 'x' : units, state],
    ]);
    const found = await evaluated(file('vendas.csv', csv(dirty)), { quantity: 'unidades', group: 'uf' });
    expect(found.account).toEqual({
      rows: 2400,
      used: 2400 - 6 - 4 - 8 - 24 - 3,
      leftOut: { noCustomer: 6, noItem: 4, noTime: 8, returned: 24, noQuantity: 3 },
    });
    expect(found).toMatchObject({ customers: 200, items: 24, timeForm: 'dd/mm/yyyy', beatsPopularity: true });
    expect(found.methods.map(({ name }) => name)).toEqual(['popularity', 'groupPopularity', 'rules', 'cosine', 'ease']);
    expect(found.methods.find(({ name }) => name === found.chosen)!.overPopularity.ndcg10!.interval[0]).toBeGreaterThan(
      0,
    );
    expect(found.warnings[0]).toContain('6 sem cliente, 4 sem produto, 8 sem data');
  });

  test('the same of a workbook and of text, in any order of rows', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Vendas',
          rows: [['cliente', 'produto', 'data'], ...ROWS.map((row) => row.slice(0, 3) as [string, string, Date])],
        },
      ],
    });
    const sheet = await evaluated(file('vendas.xlsx', bytes));
    const turned = ROWS.toReversed().map(([customer, item, day]) => [customer, item, `${iso(day)} 10:30:00`]);
    const text = await evaluated(file('vendas-ao-contrario.csv', csv(turned, 'cliente;produto;data')));
    expect(text).toEqual({ ...sheet, timeForm: 'yyyy-mm-dd' });
    expect(sheet.methods.map(({ name }) => name)).toEqual(['popularity', 'rules', 'cosine', 'ease']);
    const [fold] = sheet.folds;
    expect(fold!.test > '2025-06-01' && fold!.end === null).toBe(true);
  });

  test('by months, by numbers of periods, and with several tests', async () => {
    const months = ROWS.map(([customer, item, day]) => [customer, item, iso(day).slice(0, 7)]);
    const found = await evaluated(file('meses.csv', csv(months, 'cliente;produto;data')), { folds: 2 });
    expect(found).toMatchObject({ timeForm: 'yyyy-mm' });
    expect(found.folds.map(({ test: from, end }) => [from.slice(8), end?.slice(8) ?? null])).toEqual([
      ['01', '01'],
      ['01', null],
    ]);
    const periods = ROWS.map(([customer, item, day]) => [customer, item, 1 + day.getUTCMonth()]);
    const numbers = await evaluated(file('periodos.csv', csv(periods, 'cliente;produto;data')), { folds: 2 });
    expect(numbers.timeForm).toBe('number');
    expect(numbers.methods).toEqual(found.methods);
  });

  test('days that fit two forms are told', async () => {
    const early = ROWS.map(([customer, item, day]) => [customer, item, `01/${brazilian(day).slice(3)}`]);
    const found = await evaluated(file('dias.csv', csv(early, 'cliente;produto;data')));
    expect(found.timeForm).toBe('dd/mm/yyyy');
    expect(found.warnings).toEqual([
      'as datas de data cabem em dd/mm/aaaa e em mm/dd/aaaa; foram lidas como dd/mm/aaaa',
    ]);
  });
});

describe('what cannot be is refused with what to do', () => {
  const written = (rows: (string | number)[][]) => file(`errado-${rows.length}.csv`, csv(rows, 'cliente;produto;data'));
  const many = (row: (at: number) => (string | number)[]) => written(Array.from({ length: 300 }, (_, at) => row(at)));

  test('columns', async () => {
    const path = many((at) => [`C${at % 50}`, `P${at % 7}`, at % 9]);
    await expect(evaluated(path, { time: 'dia' })).rejects.toThrow(
      'O arquivo não tem a coluna dia. Use entre cliente, produto, data',
    );
    await expect(evaluated(path, { group: 'uf' })).rejects.toThrow('O arquivo não tem a coluna uf');
    await expect(evaluated('/nenhum.csv')).rejects.toThrow('nenhum.csv');
    await expect(evaluated('nenhum.csv')).rejects.toThrow('Caminho relativo');
  });

  test('times that are none, without showing what may be of a person', async () => {
    const path = many((at) => [`C${at % 50}`, `P${at % 7}`, at === 0 ? 'Ana 123.456.789-09' : `Rua ${at}`]);
    await expect(evaluated(path)).rejects.toThrow(
      'A coluna data não é de datas: 300 de 300 valores não se leem, o primeiro na linha 2, da forma “aaa 999.999.999-99”',
    );
  });

  test('three customers, one product, one day, no later', async () => {
    await expect(evaluated(many((at) => [`C${at % 3}`, `P${at % 20}`, `2025-01-${10 + (at % 9)}`]))).rejects.toThrow(
      'São só 3 clientes',
    );
    await expect(evaluated(many((at) => [`C${at % 90}`, 'P', `2025-01-${10 + (at % 9)}`]))).rejects.toThrow(
      'O arquivo tem 1 produto',
    );
    await expect(evaluated(many((at) => [`C${at % 90}`, `P${at % 20}`, '2025-01-10']))).rejects.toThrow(
      'são do mesmo dia',
    );
    await expect(evaluated(many((at) => [`C${at % 90}`, `P${at % 20}`, `2025-01-${10 + (at % 2)}`]))).rejects.toThrow(
      'O tempo dá 2 períodos',
    );
    const again = many((at) => [`C${at % 30}`, `P${Math.floor(at / 30) % 2}`, `2025-01-${10 + Math.floor(at / 60)}`]);
    await expect(evaluated(again)).rejects.toThrow('Nenhum dos 30 clientes de antes tomou um produto novo');
    await expect(evaluated(many((at) => ['', `P${at}`, '2025-01-10']))).rejects.toThrow(
      'Nenhuma das 300 linhas diz o que um cliente tem: 300 sem cliente',
    );
  });

  test('a group in each row', async () => {
    const path = file(
      'grupos.csv',
      csv(
        Array.from({ length: 1200 }, (_, at) => [`C${at}`, `P${at % 7}`, at % 9, `G${at}`]),
        'cliente;produto;data;grupo',
      ),
    );
    await expect(evaluated(path, { group: 'grupo' })).rejects.toThrow(
      'A coluna grupo tem 1200 valores, e grupos são até 1000',
    );
  });
});

interface Rules {
  readonly account: Answer['account'];
  readonly found: number;
  readonly rules: { if: string[]; then: string; support: number; confidence: number; lift: number; n: number }[];
}

describe('rules of a file', () => {
  const BASKETS = [['pão', 'leite', 'café'], ['café', 'leite', 'pão'], ['pão', 'leite'], ['café'], ['sal']];
  // Three of five have bread and milk, two of these coffee, which three have: 2/3 over 3/5.
  const expected = ['leite+pão→café', 0.4, 0.666666666667, 1.11111111111, 2];
  const told = ({ rules }: Rules) =>
    rules.map((one) => [`${one.if.join('+')}→${one.then}`, one.support, one.confidence, one.lift, one.n]);

  test('of which each line is a basket, packed, with blank lines and spaces', async () => {
    const lines = BASKETS.map((basket) => basket.map((item) => `${item} `).join(',')).join('\n\n');
    const path = file('cestas.csv.gz', gzipSync(Buffer.from(`${lines}\n`)));
    const found = await api.job<Rules>('/api/offers/rules', { path, support: 0.4 });
    expect(found.account).toEqual({ rows: 9, used: 5, leftOut: { noItem: 4 } });
    expect(found.rules).toHaveLength(9);
    expect(told(found).at(-1)).toEqual(expected);
    expect(told(found)[0]).toEqual(['leite→pão', 0.6, 1, 1.66666666667, 3]);
  });

  test('of which each row is a customer and a product, bought again and returned', async () => {
    const rows = BASKETS.flatMap((basket, at) => basket.map((item) => [`C${at}`, item, 1]));
    const path = file('linhas.csv', csv([...rows, ['C0', 'pão', 2], ['C4', 'pão', -1]], 'cliente;produto;unidades'));
    const columns = { customer: 'cliente', item: 'produto', quantity: 'unidades' };
    const found = await api.job<Rules>('/api/offers/rules', { path, columns, support: 0.4 });
    expect(found.account).toEqual({ rows: 12, used: 11, leftOut: { returned: 1 } });
    expect(found.rules).toHaveLength(9);
    expect(told(found).at(-1)).toEqual(expected);
  });
});
