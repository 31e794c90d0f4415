import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LayoutSummary } from '../src/api/schema-intake.ts';
import type { StepPreview } from '../src/api/schema-steps.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await api.json('/api/layouts', { method: 'POST', body: { layout: LAYOUT } });
});
afterAll(() => api.close());

const LAYOUT = {
  source: 'contas',
  label: { pt: 'Contas', en: 'Accounts' },
  into: 'list',
  holds: 'all',
  format: { kind: 'delimited', header: true },
  key: ['CODIGO'],
  columns: {
    codigo: { from: ['CODIGO'], as: 'text', personal: false },
    valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' },
  },
};
const STEPS = [{ do: 'filter', keep: { column: 'VALOR', is: '>', value: 10 } }];

const save = (body: object, as: 'intake' | 'manager' = 'intake') =>
  api.ask('/api/layouts/contas/steps', { method: 'POST', as, body: { from: '2026-11-15', ...body } });
const messageOf = ({ text }: { text: string }) => JSON.parse(text).error.message as string;

const load = async (name: string, rows: string[]) => {
  const path = join(api.app.config.home, name);
  writeFileSync(path, `${['CODIGO;VALOR', ...rows].join('\n')}\n`);
  age(path);
  return api.job<{ read: number; loaded: number; quarantined: number }>('/api/intake', {
    paths: [path],
    source: 'contas',
    build: false,
  });
};

test('whoever receives files saves steps, as a version from a day; files of before are read as before', async () => {
  const answer = await save({ steps: STEPS, version: 1 });
  expect(answer.status, answer.text).toBe(200);
  const { version, versions } = JSON.parse(answer.text) as LayoutSummary;
  expect(version).toBe(2);
  expect(versions[0]).toMatchObject({
    version: 2,
    validFrom: '2026-11-15',
    createdBy: 'pessoa-intake',
    onlyBatch: null,
  });
  expect(await load('contas-2026-11-14.csv', ['a;5', 'b;15'])).toMatchObject({ read: 2, loaded: 2, quarantined: 0 });
  expect(await load('contas-2026-11-15.csv', ['c;6', 'd;16'])).toMatchObject({ read: 2, loaded: 1, quarantined: 1 });
  const audit = await api.app.ledger
    .sql`SELECT user_name, action, object FROM audit WHERE action = 'layout' ORDER BY at`;
  expect(audit.at(-1)).toEqual({ user_name: 'pessoa-intake', action: 'layout', object: 'layout contas@2' });
});

test('a step over an older version, without a change, wrong, or that takes what the layout reads is refused', async () => {
  const cases = [
    [{ steps: [], version: 1 }, 'já está na versão 2'],
    [{ steps: STEPS, version: 2 }, 'Nada muda'],
    [{ steps: [{ do: 'compute', into: 'X', formula: 'VALOR *' }], version: 2 }, 'no lugar 8'],
    [{ steps: [{ do: 'keep', columns: ['CODIGO'] }], version: 2 }, 'não há a coluna VALOR'],
    [{ steps: STEPS, columns: { valor: { from: ['VALOR'], as: 'text' } }, version: 2 }, 'já tem a coluna valor'],
    [{ steps: STEPS, columns: { outra: { from: ['VALOR'], as: 'nada' } }, version: 2 }, 'transformação desconhecida'],
  ] as const;
  for (const [body, message] of cases) {
    const answer = await save(body);
    expect([answer.status >= 400, messageOf(answer)]).toEqual([true, expect.stringContaining(message)]);
  }
  expect((await save({ steps: STEPS, version: 2, from: 'amanhã' })).status).toBe(400);
  expect(api.app.layouts.get('contas').version).toBe(2);
});

test('a column that steps add is kept when it is said how, and then not taken away from the layout', async () => {
  const steps = [...STEPS, { do: 'compute', into: 'DOBRO', formula: 'VALOR * 2' }];
  const columns = { dobro: { from: ['DOBRO'], as: 'decimal', format: '1.234,5', label: 'DOBRO' } };
  expect((await save({ steps, columns, version: 2, from: '2026-11-16' })).status).toBe(200);
  await load('contas-2026-11-16.csv', ['e;20,5', 'f;7']);
  await api.job('/api/build', {});
  const list = await api.json<StepPreview>('/api/steps/preview', { method: 'POST', body: { list: 'contas' } });
  const held = list.steps[0]!.sample.find(({ codigo }) => codigo === 'e');
  expect(held).toMatchObject({ codigo: 'e', valor: '20,5', dobro: '41' });
  const without = await save({ steps: [], version: 3, from: '2026-11-17' });
  expect(messageOf(without)).toContain('nenhum passo faz mais a coluna DOBRO');
  expect(api.app.layouts.get('contas').version).toBe(3);
});

test('asked for what is right, a preview says which step is wrong and shows the ones before it', async () => {
  const [batch] = (await api.json<{ batches: { batch: number }[] }>('/api/batches?source=contas')).batches.slice(-1);
  const ask = (steps: object[]) =>
    api.json<StepPreview>('/api/steps/preview', {
      method: 'POST',
      as: 'intake',
      body: { batch: batch!.batch, steps, partial: true },
    });
  const pad = { do: 'pad', columns: ['VALOR'], side: 'left', sign: '0', width: 2 };
  const wrong = await ask([pad, { do: 'compute', into: 'X', formula: 'SOMA(VALOR)' }, ...STEPS]);
  expect(wrong.steps.map(({ step, rows }) => [step, rows])).toEqual([
    [0, 2],
    [1, 2],
  ]);
  expect(wrong.failed).toMatchObject({ step: 2, what: 'no lugar 1: função desconhecida: SOMA' });
  const absent = await ask([pad, { do: 'trim', columns: ['NADA'] }]);
  expect(absent.failed).toEqual({ step: 2, what: 'não há a coluna NADA', todo: 'Antes deste passo há CODIGO, VALOR' });

  const right = await ask([pad, ...STEPS]);
  expect(right.failed).toBeNull();
  // 5 became 05, 15 stayed as it was; then 05 is left out.
  expect(right.steps[1]!.sample).toEqual([
    { CODIGO: 'a', VALOR: '05' },
    { CODIGO: 'b', VALOR: '15' },
  ]);
  expect(right.steps[1]!.was).toEqual([{ VALOR: '5' }, {}]);
  expect(right.steps[2]!.gone).toEqual([{ line: 2, why: 'left-out', row: { CODIGO: 'a', VALOR: '05' } }]);
});
