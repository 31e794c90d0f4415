import { describe, expect, test } from 'vitest';
import { parseLayout } from '../parse-layout.ts';
import { valuesOf } from '../recognise/cells.ts';
import { CHANGE_KINDS, clientOf, fileOf, plant } from './clients.fixture.ts';
import { compare } from './compare.ts';
import { dayInName } from './file-day.ts';
import { judgeDrift } from './judged.fixture.ts';
import { nameLikeness } from './likeness.ts';
import { type FileProfile, profileOf } from './profile.ts';
import { shifted, shiftedFields } from './shift.ts';

/** All 40 are of the full run and of `ramal bench drift`. */
const CLIENTS = process.env.RAMAL_TEST_FULL === '1' ? 40 : 8;
const judged = Array.from({ length: CLIENTS }, (_, seed) => {
  const client = clientOf(seed + 1);
  return CHANGE_KINDS.map((kind) => ({ seed: seed + 1, ...judgeDrift(client, plant(client, 3, kind)) }));
}).flat();

test('of clients, each kind of change and each policy, no mandatory column breaks without a question', () => {
  expect(judged.filter(({ silent }) => silent > 0)).toEqual([]);
});

test('a rename is suggested with a precision of at least 0.98, and most that were planted are found', () => {
  const sum = (pick: (one: (typeof judged)[number]) => number) => judged.reduce((total, one) => total + pick(one), 0);
  const [suggested, right, planted] = [sum((one) => one.suggested), sum((one) => one.right), sum((one) => one.planted)];
  expect(right / suggested).toBeGreaterThanOrEqual(0.98);
  expect(right / planted).toBeGreaterThanOrEqual(0.8);
});

test('what changes nothing that is read asks nothing', () => {
  expect(judged.filter(({ needless }) => needless)).toEqual([]);
});

test('where the policy is so, every row with a value never seen is quarantined, and no other', () => {
  const sums = [0, 1, 2].map((index) => judged.reduce((sum, { unseen }) => sum + unseen[index]!, 0));
  expect(sums[0]).toBeGreaterThan(20);
  expect(sums.slice(1)).toEqual([sums[0], 0]);
});

test('a name is alike whatever its capitals, accents, signs and shortenings; numbers tell columns apart', () => {
  expect(nameLikeness('VENC', 'dt_vencimento')).toBeGreaterThan(0.7);
  expect(nameLikeness('Situação', 'SITUACAO')).toBe(1);
  expect(nameLikeness('FONE1', 'FONE2')).toBeLessThan(0.8);
  expect(nameLikeness('VALOR', 'VENCIMENTO')).toBe(0);
});

describe('a column of codes that is called otherwise now', () => {
  const codes = (from: number, count: number) => Array.from({ length: count }, (_, index) => `A${1000 + from + index}`);
  const each = (values: readonly string[], rows: number) =>
    Array.from({ length: rows }, (_, row) => values[row % values.length]!);
  const profile = (columns: Readonly<Record<string, readonly string[]>>): FileProfile => ({
    ...{ rows: 60, sampled: 60, encoding: null, delimiter: ';', width: null, firstDay: null, lastDay: null },
    columns: Object.entries(columns).map(([name, cells], index) => profileOf(name, index + 1, valuesOf(cells), 60)),
  });
  const layout = parseLayout(
    {
      ...{ source: 'alfa', version: 1, label: { pt: 'Alfa', en: 'Alfa' }, into: 'list', covers: 'rows', holds: 'all' },
      format: { kind: 'delimited', header: true },
      ...{
        key: ['CONTRATO'],
        columns: { contrato: { from: ['CONTRATO'], as: 'text' }, agente: { from: ['COD_ATENDENTE'], as: 'text' } },
      },
    },
    'teste',
  );
  const contracts = Array.from({ length: 60 }, (_, row) => `C${row}`);
  // Other agents work each day: of one day's codes few are the next day's.
  const known = [0, 8, 16].map((from) => profile({ CONTRATO: contracts, COD_ATENDENTE: each(codes(from, 10), 60) }));
  const compared = (more: Readonly<Record<string, readonly string[]>>) =>
    compare(layout, known, profile({ CONTRATO: contracts, ...more }), '2026-11-20');

  test('is suggested, as every file before had its values, and whatever else is new can be chosen', () => {
    const [missing] = compared({ CANAL_PREF: each(['SMS', 'WHATSAPP'], 60), ID_OPERADOR: each(codes(2, 9), 60) });
    expect(missing).toMatchObject({ kind: 'renamed', column: 'COD_ATENDENTE', now: 'ID_OPERADOR', policy: 'ask' });
    expect(missing!.suggestion!.why).toContain('100% dos valores já vinham na coluna que falta');
    expect(missing!.candidates!.map(({ to }) => to)).toEqual(['ID_OPERADOR', 'CANAL_PREF']);
  });

  test('is not suggested by few values that any column may hold', () => {
    const marks = [0, 1, 2].map(() =>
      profile({ CONTRATO: contracts, COD_ATENDENTE: each(['S', 'N', '1', '2', '3', '4'], 60) }),
    );
    const [missing] = compare(
      layout,
      marks,
      profile({ CONTRATO: contracts, RETORNO: each(['1', '2', '3', '4', 'N'], 60) }),
      '2026-11-20',
    );
    expect(missing?.suggestion?.why ?? '').not.toContain('já vinham');
  });

  test('where nothing is new is only missing', () => {
    const [missing] = compared({});
    expect(missing).toMatchObject({ kind: 'missing', suggestion: null });
    expect(missing).not.toHaveProperty('candidates');
  });
});

test('a file is of the day in its name', () => {
  expect(dayInName('beta_20260315.csv')).toBe('2026-03-15');
  expect(dayInName('beta-15-03-2026-v2.txt')).toBe('2026-03-15');
  expect(dayInName('beta 2026-03.xlsx')).toBe('2026-03-01');
  expect(dayInName('lote_99999999.csv')).toBeNull();
  expect(dayInName('31022026.csv')).toBeNull();
});

test('lines that got wider tell where, by what is in their fields', () => {
  const fields = [
    { name: 'CPF', from: 1, to: 11 },
    { name: 'NOME', from: 12, to: 31 },
    { name: 'VENC', from: 32, to: 41 },
  ];
  const layout = { ...clientOf(1).layout, format: { kind: 'fixed' as const, fields } };
  const rows = fileOf(clientOf(1), 0).rows.slice(0, 60);
  const line = (row: readonly string[], more: string) =>
    `${row[1]}${row[2]!.padEnd(20).slice(0, 20)}${more}${row[4]!.padEnd(10).slice(0, 10)}`;
  const profile = (lines: readonly string[]) => ({
    ...{ rows: lines.length, sampled: lines.length, encoding: null, delimiter: null, firstDay: null, lastDay: null },
    width: lines[0]!.length,
    lines,
    columns: fields.map(({ name, from, to }, index) =>
      profileOf(name, index + 1, valuesOf(lines.map((one) => one.slice(from - 1, to))), lines.length),
    ),
  });
  const before = profile(rows.map((row) => line(row, '')));
  const suggestion = shiftedFields(layout, before, profile(rows.map((row) => line(row, 'SP'))));
  expect(suggestion).toMatchObject({ to: '2:2', why: '2 posições a mais antes de VENC' });
  expect(shifted(fields, suggestion!.to)[2]).toEqual({ name: 'VENC', from: 34, to: 43 });
});
