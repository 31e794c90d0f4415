import { expect, test } from 'vitest';
import { editedLayout, editedOf } from './layout-edit.ts';
import { choose, type Layout } from './new-source.ts';
import type { DraftColumn } from './shapes.ts';

const column = (name: string, type: string, more: Partial<DraftColumn> = {}): DraftColumn => ({
  ...{ name, type, canonical: null, confidence: 0, why: '', reasons: [], examples: [] },
  ...{ unique: false, different: 0, with: null, formats: [], decimal: null, values: [] },
  ...more,
});
const COLUMNS = [
  column('DATA', 'date', { formats: ['dd/mm/yyyy'] }),
  column('HORA', 'time'),
  column('ESPERA', 'time'),
  column('FIM', 'text', {
    values: [
      { value: 'A', rows: 9, means: null },
      { value: 'X', rows: 2, means: null },
    ],
  }),
  column('SETOR', 'text'),
];
const LAYOUT: Layout = {
  ...{ source: 'alfa', label: { pt: 'Alfa', en: 'Alfa' }, holds: 'all', key: ['FIM', 'SETOR'] },
  format: { kind: 'delimited', header: true },
  columns: {
    channel: { as: 'constant', value: 'voz' },
    started_at: { from: ['DATA', 'HORA'], as: 'date-time', format: 'dd/mm/yyyy hh:mm:ss', invalid: 'quarantine' },
    ended_at: { from: ['DATA', 'HORA', 'ESPERA'], as: 'date-time-plus', format: 'dd/mm/yyyy hh:mm:ss' },
    wait_s: { from: ['ESPERA'], as: 'duration', unit: 'h:mm:ss', missing: ['-'] },
    status: { from: ['FIM'], as: 'codes', codes: { A: 'answered', T: 'answered' } },
  },
};
const before = editedOf(COLUMNS, LAYOUT);
const said = (more: object = {}) => ({ ...before, days: {}, key: LAYOUT.key, ...more });

test('a layout as choices: what is made of several columns, or of none, is kept aside', () => {
  expect(before.kept).toEqual(['channel', 'ended_at']);
  expect(before.chosen).toMatchObject({ DATA: { is: 'started_at' }, HORA: { is: 'started_at' }, SETOR: { is: '' } });
  expect(before.situations).toEqual({ FIM: { A: 'answered', X: '' } });
});

test('what nobody changed stays as it was, in every detail', () => {
  const { columns, key } = editedLayout(COLUMNS, LAYOUT, before, said());
  expect([columns, key]).toEqual([LAYOUT.columns, LAYOUT.key]);
});

test('what was changed is made anew, and the rest stays', () => {
  const situations = { FIM: { A: 'answered', X: 'abandoned' } };
  const { chosen } = choose(COLUMNS, before.chosen, 'SETOR', 'queue');
  const { columns } = editedLayout(COLUMNS, LAYOUT, before, said({ chosen, situations }));
  expect(columns).toEqual({
    ...LAYOUT.columns,
    queue: { from: ['SETOR'], as: 'text' },
    status: { from: ['FIM'], as: 'codes', codes: { T: 'answered', A: 'answered', X: 'abandoned' }, otherwise: '=' },
  });
  const without = choose(COLUMNS, before.chosen, 'ESPERA', '').chosen;
  expect(Object.keys(editedLayout(COLUMNS, LAYOUT, before, said({ chosen: without })).columns)).not.toContain('wait_s');
  const taken = choose(COLUMNS, before.chosen, 'SETOR', 'channel').chosen;
  expect(editedLayout(COLUMNS, LAYOUT, before, said({ chosen: taken })).columns.channel).toEqual({
    from: ['SETOR'],
    as: 'text',
  });
});
