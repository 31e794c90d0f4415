import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { RulesFrame, RulesTried } from '../src/api/schema-rules.ts';
import { silent } from '../src/kernel/progress.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';

const LAYOUT = {
  source: 'gama',
  label: { pt: 'Gama', en: 'Gama' },
  into: 'list',
  holds: 'all',
  format: { kind: 'delimited', header: true },
  key: ['CONTRATO'],
  columns: {
    contrato: { from: ['CONTRATO'], as: 'text', personal: false },
    valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5', invalid: 'empty', personal: false },
  },
};
const RULES = [
  { id: 'valor', kind: 'range', column: 'VALOR', min: 0.01, max: 1000 },
  { id: 'cpf', kind: 'check-digit', column: 'CPF', of: 'cpf', severity: 'warn' },
  { id: 'um', kind: 'unique', columns: ['CPF'], severity: 'stop' },
];
const USER = { name: 'teste', role: 'administrator' } as const;

let api: TestApi;
const send = async (name: string, lines: readonly string[]) => {
  const folder = join(api.app.config.home, 'sent');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `${['CONTRATO;CPF;VALOR;EXTRA', ...lines].join('\n')}\n`);
  age(path);
  return intakeFiles(api.app, { paths: [path], source: 'gama', build: false }, USER, silent);
};
const frame = () => api.json<RulesFrame>('/api/layouts/gama/rules', { as: 'intake' });
const attempt = (rules: unknown, source = 'gama') =>
  api.json<RulesTried>(`/api/layouts/${source}/rules/try`, { method: 'POST', as: 'intake', body: { rules } });

beforeAll(async () => {
  api = await TestApi.open();
  await api.json('/api/layouts', { method: 'POST', body: { layout: LAYOUT } });
});
afterAll(() => api?.close());

test('before any file a rule is said in words and judged by nothing', async () => {
  expect(await attempt([RULES[0]])).toEqual({
    file: null,
    rules: [{ id: 'valor', label: expect.stringContaining('VALOR'), labelEn: expect.any(String), result: null }],
  });
});

test('rules say what they would find in the last file, and change nothing', async () => {
  // 52998224725 is right, 52998224726 is not; the fourth repeats the first's CPF; two values are out of bounds.
  const lines = ['1;52998224725;0;a', '2;52998224726;10;b', '3;;1.000,01;c', '4;52998224725;1000;d'];
  await send('gama-1.csv', lines);
  const bronze = join(api.app.config.home, 'bronze', 'gama');
  const before = [readdirSync(bronze), await api.app.lake.rows('FROM silver.natural_key ORDER BY row_id')];
  const { file, rules } = await attempt(RULES);
  expect(file).toMatchObject({ name: 'gama-1.csv', rows: 4, fits: true });
  const found = rules.map(({ id, result }) => [
    id,
    result?.rows,
    result?.failed,
    result?.samples.map(({ line }) => line),
  ]);
  expect(found).toEqual([
    ['valor', 4, 2, [2, 4]],
    ['cpf', 4, 1, [3]],
    ['um', 4, 1, [5]],
  ]);
  // A CPF is not told to whoever tries a rule.
  expect(JSON.stringify(rules)).not.toMatch(/529982247/);
  expect([readdirSync(bronze), await api.app.lake.rows('FROM silver.natural_key ORDER BY row_id')]).toEqual(before);
});

test('the page knows every column of the file, the lists there are, and which version is next', async () => {
  const { columns, lists, next, usual } = await frame();
  expect(columns).toEqual(['CONTRATO', 'CPF', 'VALOR', 'EXTRA']);
  expect(lists).toContainEqual({ source: 'gama', label: LAYOUT.label, columns: ['contrato', 'valor'] });
  expect(next).toBe(2);
  expect(usual).toMatchObject({ renamed: 'ask', new: 'accept' });
});

test('a column that the last file lacks is told, and a rule that makes no sense is refused with its place', async () => {
  const { file, rules } = await attempt([{ id: 'x', kind: 'required', columns: ['NADA'] }]);
  expect(file?.fits).toBe(false);
  expect(rules[0]?.result).toBeNull();
  const answer = await api.ask('/api/layouts/gama/rules/try', {
    ...{ method: 'POST', as: 'intake', body: { rules: [{ id: 'x', kind: 'range', column: 'VALOR' }] } },
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('regra x: faixa sem min nem max');
});

test('saved, the rules hold for files of the day on; files of days before keep their version', async () => {
  const { layout, next } = await frame();
  const saved = { ...layout, version: next, rules: [RULES[0]], policies: { kinds: { new: 'stop' } } };
  await api.json('/api/layouts', { method: 'POST', as: 'intake', body: { layout: saved, from: '2026-11-10' } });
  const early = await send('gama-2026-11-09.csv', ['5;;0;x']);
  const late = await send('gama-2026-11-10.csv', ['6;;0;x', '7;;1;x']);
  expect(early.batches[0]).toMatchObject({ layout: 1, loaded: 1, quarantined: 0 });
  expect(late.batches[0]).toMatchObject({ layout: 2, loaded: 1, quarantined: 1 });
  const conflict = await api.ask('/api/layouts', { method: 'POST', as: 'intake', body: { layout: saved } });
  expect(conflict.status).toBe(400);
});
