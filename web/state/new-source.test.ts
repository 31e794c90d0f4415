import { describe, expect, test } from 'vitest';
import { type Choices, choose, confirmedLayout, lackingOf, madeMapping, ownedBy, proposedOf } from './new-source.ts';
import type { DraftColumn, Received } from './shapes.ts';

const column = (name: string, type: string, more: Partial<DraftColumn> = {}): DraftColumn => ({
  ...{ name, type, canonical: null, confidence: 0, why: '', reasons: [], examples: [] },
  ...{ unique: false, different: 0, with: null, formats: [], decimal: null, values: [] },
  ...more,
});
const DAY = column('Dia', 'date', { formats: ['dd/mm/yyyy', 'mm/dd/yyyy'] });
const HOUR = column('Hora', 'time');
const WHEN = column('Quando', 'moment', { formats: ['dd/mm/yyyy'] });
const GUESS = column('Grupo', 'text', { canonical: 'queue', confidence: 0.4 });
const COLUMNS = [HOUR, DAY, WHEN, GUESS];
const received = (into: 'contact' | 'list' = 'contact'): Pick<Received, 'draft'> => ({
  draft: {
    into,
    columns: COLUMNS,
    layout: {
      ...{ source: 'nova', label: { pt: '', en: '' }, into, holds: 'all' as const, key: [], columns: {} },
      format: { kind: 'delimited', header: true },
    },
  },
});
const NOTHING = Object.fromEntries(COLUMNS.map(({ name }) => [name, { is: '', must: false }]));
const CHOICES = {
  ...{ name: 'Alfa', into: 'contact' as const, noun: { one: '', many: '' }, whole: true, key: [] },
  ...{ days: {}, situations: {}, channel: '', agents: '' },
};

describe('choosing what a column is', () => {
  test('a guess is chosen, for a person to confirm', () => {
    expect(proposedOf(received(), 'contact').Grupo).toEqual({ is: 'queue', must: false });
  });

  test('a day and a time share a moment, in whatever order they are chosen and stand', () => {
    const first = choose(COLUMNS, NOTHING, 'Hora', 'started_at');
    const both = choose(COLUMNS, first.chosen, 'Dia', 'started_at');
    expect(both.displaced).toEqual([]);
    expect(confirmedLayout(received(), { ...CHOICES, chosen: both.chosen }).columns).toEqual({
      started_at: { from: ['Dia', 'Hora'], as: 'date-time', format: ['dd/mm/yyyy hh:mi:ss', 'dd/mm/yyyy hh:mi'] },
    });
  });

  test('what names a row may be two columns together', () => {
    const chosen = { ...NOTHING, Quando: { is: 'started_at', must: false } };
    expect(confirmedLayout(received(), { ...CHOICES, key: ['Grupo', 'Dia'], chosen }).key).toEqual(['Grupo', 'Dia']);
  });

  test('what cannot share it is displaced, and named', () => {
    const both = choose(COLUMNS, choose(COLUMNS, NOTHING, 'Hora', 'started_at').chosen, 'Dia', 'started_at');
    const { chosen, displaced } = choose(COLUMNS, both.chosen, 'Quando', 'started_at');
    expect(displaced).toEqual(['Hora', 'Dia']);
    expect([chosen.Hora!.is, chosen.Dia!.is, chosen.Quando!.is]).toEqual(['', '', 'started_at']);
  });

  test('what a person said of the days is how the day, alone or with its time, is read', () => {
    const made = (chosen: Record<string, { is: string; must: boolean }>) =>
      confirmedLayout(received(), { ...CHOICES, days: { Dia: 'mm/dd/yyyy' }, chosen }).columns.started_at!.format;
    const alone = { ...NOTHING, Dia: { is: 'started_at', must: false } };
    expect(made(alone)).toBe('mm/dd/yyyy');
    expect(made({ ...alone, Hora: { is: 'started_at', must: false } })).toEqual([
      'mm/dd/yyyy hh:mi:ss',
      'mm/dd/yyyy hh:mi',
    ]);
  });

  test('a column of a list that is said to be of days is read as its days are written', () => {
    const chosen = { ...NOTHING, Quando: { is: 'date-time', must: true }, Dia: { is: 'date', must: false } };
    expect(confirmedLayout(received('list'), { ...CHOICES, into: 'list', chosen }).columns).toEqual({
      quando: {
        ...{ from: ['Quando'], as: 'date-time', label: 'Quando', required: true },
        format: ['dd/mm/yyyy hh:mi:ss', 'dd/mm/yyyy hh:mi'],
      },
      dia: { from: ['Dia'], as: 'date', label: 'Dia', format: 'dd/mm/yyyy' },
    });
  });

  test('what a person said of situations is their code; the others stay as they are', () => {
    const status = column('Fim', 'text', {
      values: [
        { value: 'OK', rows: 9, means: null },
        { value: 'Abandonada', rows: 3, means: 'abandoned' },
        { value: 'X', rows: 1, means: null },
      ],
    });
    const { draft } = received();
    const chosen = { ...NOTHING, Fim: { is: 'status', must: false } };
    const situations = { Fim: { OK: 'answered', Abandonada: 'abandoned', X: '' } };
    const given = { draft: { ...draft, columns: [...COLUMNS, status] } };
    expect(confirmedLayout(given, { ...CHOICES, chosen, situations }).columns.status).toEqual({
      ...{ from: ['Fim'], as: 'codes', otherwise: '=' },
      codes: { OK: 'answered', Abandonada: 'abandoned' },
    });
  });

  test('whose the codes of agents are is said of rows that tell of agents, by a name of letters alone', () => {
    const agents = { ...NOTHING, Grupo: { is: 'agent_id', must: false } };
    const made = (more: Pick<Choices, 'chosen'> & Partial<Choices>) =>
      confirmedLayout(received(), { ...CHOICES, agents: ' Grupo Norte ', ...more });
    expect(made({ chosen: agents }).agents).toBe('grupo-norte');
    expect(made({ chosen: agents, agents: ' ' })).not.toHaveProperty('agents');
    expect(made({ chosen: NOTHING })).not.toHaveProperty('agents');
    expect(made({ chosen: agents, into: 'list' })).not.toHaveProperty('agents');
    const kept = { ...made({ chosen: agents }), key: ['x'] };
    expect(ownedBy(kept, 'Grupo Norte')).toBe(kept);
    expect(ownedBy(kept, '')).not.toHaveProperty('agents');
  });

  test('all that is missing is told at once', () => {
    expect(lackingOf({ ...CHOICES, name: ' ', chosen: NOTHING })).toEqual(['name', 'start']);
    const list = { ...CHOICES, into: 'list' as const, noun: { one: 'contrato', many: '' } };
    expect(lackingOf({ ...list, name: '', chosen: NOTHING })).toEqual(['name', 'noun']);
  });

  test('a column that a step makes is read as text, a moment as ISO', () => {
    expect(madeMapping('NOVA', 'queue')).toEqual({ from: ['NOVA'], as: 'text' });
    expect(madeMapping('NOVA', 'ended_at')).toEqual({ from: ['NOVA'], as: 'date-time', format: 'iso' });
  });
});
