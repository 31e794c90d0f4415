import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Judgement } from '../src/api/schema-steps.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';
import { ROOT } from './tree.ts';

const PRATICA = join(ROOT, 'data', 'pratica');
const parsed = (name: string) => JSON.parse(readFileSync(join(PRATICA, name), 'utf8'));
const STEPS = parsed('2-devedores.json').steps as Record<string, unknown>[];
const SENDING = parsed('3-juntos.json');

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api.close());

const check = async (body: object) => {
  const { told, got, wanted, names } = await api.json<Judgement>('/api/practice/check', {
    method: 'POST',
    as: 'intake',
    body,
  });
  return [told, got, wanted, names];
};

test('what is not prepared is told, and preparing twice makes nothing twice', async () => {
  expect((await api.ask('/api/practice/check', { method: 'POST', as: 'intake', body: { exercise: 2 } })).status).toBe(
    404,
  );
  expect(await api.json('/api/practice')).toMatchObject({ ready: false });
  await api.job('/api/practice', undefined);
  expect(await api.json('/api/practice')).toMatchObject({ ready: true });
  const batches = await api.json<{ total: number }>('/api/batches');
  expect(batches.total).toBe(4);
  await api.job('/api/practice', undefined);
  expect((await api.json<{ total: number }>('/api/batches')).total).toBe(4);
  const file = await api.ask('/api/practice/files/devedores.csv', { as: 'intake' });
  expect(file.text).toBe(readFileSync(join(PRATICA, 'devedores.csv'), 'utf8'));
  expect((await api.ask('/api/practice/files/2-devedores.json', { as: 'intake' })).status).toBe(404);
});

test('reading: the file in a source of one’s own, with its wrong CPF in quarantine', async () => {
  expect(await check({ exercise: 1 })).toEqual(['not-loaded', null, null, []]);
  const path = join(api.app.config.home, 'devedores.csv');
  copyFileSync(join(PRATICA, 'devedores.csv'), path);
  age(path);
  const { version: _, ...layout } = parsed('1-ler.json');
  const own = (source: string, as: string) => {
    const { required: __, ...cpf } = layout.columns.cpf;
    return { ...layout, source, columns: { ...layout.columns, cpf: { ...cpf, as } } };
  };
  for (const [source, as, judged] of [
    ['minha-de-textos', 'text', ['not-quarantined', 0, 1, []]],
    ['minha', 'taxpayer', ['right', null, null, []]],
  ] as const) {
    await api.json('/api/layouts', { method: 'POST', body: { layout: own(source, as) } });
    await api.job('/api/intake', { paths: [path], source, build: false });
    expect(await check({ exercise: 1 })).toEqual(judged);
  }
});

test('one row per CPF: right by any steps that leave the same, and what to look at where they do not', async () => {
  const judge = (steps: object[]) => check({ exercise: 2, steps });
  expect(await judge(STEPS)).toEqual(['right', null, null, []]);
  const [digits, zeros, owing, one, capitals] = STEPS as [object, object, object, object, object];
  expect(await judge([capitals, owing, digits, zeros, one])).toEqual(['right', null, null, []]);
  expect(await judge([])).toEqual(['rows', 7, 4, []]);
  expect(await judge([digits, zeros, one, capitals])).toEqual(['rows', 5, 4, []]);
  expect(await judge([digits, zeros, owing, one])).toEqual(['values', null, null, ['NOME']]);
  const lowest = { ...one, order: [{ column: 'DIVIDA', first: 'lowest' }] };
  expect(await judge([digits, zeros, owing, lowest, capitals])).toEqual(['other-rows', null, null, []]);
  const fewer = { do: 'keep', columns: ['CPF', 'NOME', 'DIVIDA'] };
  expect(await judge([...STEPS, fewer])).toEqual(['columns', null, null, ['UF', 'DESDE']]);
  const wrong = { exercise: 2, steps: [{ do: 'compute', into: 'X', formula: 'NADA *' }] };
  expect((await api.ask('/api/practice/check', { method: 'POST', as: 'intake', body: wrong })).status).toBe(422);
});

test('three files in one: right by any layout that writes the same records', async () => {
  const judge = (layout: object) => check({ exercise: 3, layout: { ...layout, name: 'meu' } });
  const [contract, phone, whole] = SENDING.steps;
  expect(await judge(SENDING)).toEqual(['right', null, null, []]);
  const renamed = SENDING.fields.map((field: object, at: number) => ({ ...field, name: `campo ${at}` }));
  expect(await judge({ ...SENDING, fields: renamed, format: { kind: 'delimited', delimiter: '|' } })).toEqual([
    'right',
    null,
    null,
    [],
  ]);
  const { order: _, ...anyOrder } = SENDING;
  expect((await judge({ ...anyOrder, order: [{ column: 'nome', first: 'z-a' }] }))[0]).toBe('order');
  expect(await judge({ ...SENDING, fields: SENDING.fields.slice(1) })).toEqual(['fields', 4, 5, []]);
  const { none: __, ...strict } = phone;
  expect((await judge({ ...SENDING, steps: [contract, strict, whole] }))[0]).toBe('refused');
  const least = { ...contract, order: [{ column: 'valor', first: 'lowest' }] };
  expect(await judge({ ...SENDING, steps: [least, phone, whole] })).toEqual([
    'values',
    null,
    null,
    ['CONTRATO', 'VALOR'],
  ]);
  const many = { ...SENDING, takes: { list: 'pratica-contratos' }, steps: [], order: undefined };
  const columns = ['cpf', 'contrato', 'contrato', 'valor', 'vencimento'];
  const fields = columns.map((column, at) => ({ name: `c${at}`, column }));
  delete (many as { order?: unknown }).order;
  expect(await judge({ ...many, fields })).toEqual(['rows', 5, 3, []]);
});
