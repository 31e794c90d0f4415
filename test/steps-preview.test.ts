import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../src/access/roles.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api.close());

const LAYOUT = {
  source: 'clientes',
  version: 1,
  label: { pt: 'Clientes', en: 'Customers' },
  into: 'list',
  holds: 'all',
  format: { kind: 'delimited', header: true },
  key: ['DOC'],
  steps: [
    { do: 'pad', columns: ['CPF'], side: 'left', sign: '0', width: 11 },
    { do: 'filter', name: 'só São Paulo', keep: { column: 'UF', is: '=', value: 'SP' } },
    { do: 'compute', into: 'TOTAL', formula: 'VALOR * 2' },
    { do: 'compute', into: 'PARTE', formula: 'ESQUERDA(CPF; 5)' },
    { do: 'rename', columns: { DOC: 'CPF' } },
    { do: 'keep-one', key: ['DOC'], order: [{ column: 'TOTAL', first: 'highest' }] },
  ],
  columns: {
    cpf: { from: ['DOC'], as: 'taxpayer' },
    uf: { from: ['UF'], as: 'text', personal: false },
    valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' },
  },
};

const ROWS = ['CPF;UF;VALOR', '123456797;SP;1,5', '00123456797;SP;2', '39053344705;RJ;3', '11144477735;SP;1.234'];

interface Preview {
  readonly cut: boolean;
  readonly sampled: boolean;
  readonly steps: readonly {
    readonly title: string;
    readonly rows: number;
    readonly leftOut: number;
    readonly duplicate: number;
    readonly refused: number;
    readonly changed: readonly { column: string; rows: number }[];
    readonly sample: readonly Record<string, unknown>[];
    readonly was: readonly Record<string, unknown>[];
    readonly gone: readonly { line: number; why: string; row: Record<string, unknown> }[];
  }[];
}

function file(): string {
  const path = join(api.app.config.home, 'clientes.csv');
  writeFileSync(path, `${ROWS.join('\n')}\n`);
  age(path);
  return path;
}

const ask = (body: unknown, as: Role = 'administrator') => api.ask('/api/steps/preview', { method: 'POST', body, as });

test('after each step: how many rows, what changed, and the first of them, masked', async () => {
  const answer = await ask({ path: file(), layout: LAYOUT });
  expect(answer.status, answer.text).toBe(200);
  const { steps, cut, sampled } = JSON.parse(answer.text) as Preview;
  expect([cut, sampled]).toEqual([false, false]);
  expect(
    steps.map(({ title, rows, leftOut, duplicate, refused }) => [title, rows, leftOut, duplicate, refused]),
  ).toEqual([
    ['antes dos passos', 4, 0, 0, 0],
    ['passo 1: completar CPF até 11', 4, 0, 0, 0],
    ['passo 2: só São Paulo', 3, 1, 0, 0],
    ['passo 3: calcular TOTAL', 2, 0, 0, 1],
    ['passo 4: calcular PARTE', 2, 0, 0, 0],
    ['passo 5: renomear CPF para DOC', 2, 0, 0, 0],
    ['passo 6: um por DOC', 1, 0, 1, 0],
  ]);
  expect(steps[1]!.changed).toEqual([{ column: 'CPF', rows: 1 }]);
  expect(steps[3]!.changed).toEqual([{ column: 'TOTAL', rows: 2 }]);
  // What the layout maps to nobody's data is shown; a piece of a CPF is not, nor a CPF that only a later step names.
  expect(steps[6]!.sample).toEqual([{ DOC: '***797', UF: 'SP', VALOR: '2', TOTAL: '4', PARTE: '***' }]);
  expect(answer.text).not.toContain('123456797');
  expect(answer.text).not.toContain('00123');
  // Nor what a cell was before, nor a row that left.
  expect(steps[1]!.was).toContainEqual({ CPF: '***797' });
  expect(steps[2]!.gone).toEqual([{ line: 4, why: 'left-out', row: expect.objectContaining({ UF: 'RJ' }) }]);
  expect(answer.text).not.toMatch(/390533447|111444777/);
});

test('a batch and a list are previewed too; files and drafts are the administrator’s', async () => {
  await api.json('/api/layouts', { method: 'POST', body: { layout: LAYOUT } });
  await api.job('/api/intake', { paths: [file()], source: 'clientes' });
  const batch = JSON.parse((await ask({ batch: 1 }, 'intake')).text) as Preview;
  expect(batch.steps.at(-1)).toMatchObject({ rows: 1, duplicate: 1 });
  const steps = [
    { do: 'compute', into: 'DOBRO', formula: 'valor * 2' },
    { do: 'filter', keep: { column: 'DOBRO', is: '>', value: 100 } },
  ];
  const list = JSON.parse((await ask({ list: 'clientes', steps }, 'intake')).text) as Preview;
  expect(list.steps.map(({ rows, leftOut }) => [rows, leftOut])).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
  expect(list.steps[1]!.sample).toEqual([{ cpf: '***.***.567-**', uf: 'SP', valor: '2', DOBRO: '4' }]);
  expect((await ask({ path: '/etc/passwd', source: 'clientes' }, 'intake')).status).toBe(403);
  expect((await ask({ batch: 1, layout: LAYOUT }, 'intake')).status).toBe(403);
});

test('a wrong step is told with its place', async () => {
  const wrong = await ask({ list: 'clientes', steps: [{ do: 'compute', into: 'X', formula: 'valor *' }] });
  expect([wrong.status, JSON.parse(wrong.text)]).toEqual([
    422,
    {
      error: {
        code: 'layoutInvalid',
        message:
          'Layout passos: passo 1: compute: no lugar 8: esperava um valor, a conta termina. Escreva uma coluna, um número ou um texto entre aspas',
      },
    },
  ]);
  expect((await ask({ list: 'clientes', batch: 1 })).status).toBe(400);
  expect((await ask({ list: 'nenhuma' })).status).toBe(404);
  expect((await ask({ list: 'clientes', steps: [{ do: 'sql' }] })).status).toBe(422);
});
