import { describe, expect, test } from 'vitest';
import { signalsOf } from './signals.ts';

const followed = (field: string, now: number | null, before: number | null = null) => ({
  ...{ field, now },
  before: { day: '2026-08-16', value: before },
});
const stateOf = (told: Parameters<typeof signalsOf>[0], kind: string) =>
  signalsOf(told).find((signal) => signal.kind === kind)?.state;

describe('how a customer fares', () => {
  test.each([
    [20, 20, 'fine'],
    [15, 20, 'fine'],
    [14, 20, 'attention'],
    [0, 20, 'attention'],
    [0, 0, 'fine'],
    [null, 20, 'unknown'],
    [20, null, 'unknown'],
  ] as const)('usage of %s after %s is %s', (now, before, state) => {
    expect(stateOf({ usage: followed('uso', now, before), gone: null }, 'usage')).toBe(state);
  });

  test('any fall of the value is told, with both figures, their field and the day', () => {
    const signals = signalsOf({ value: followed('MRR', 99.99, 100), gone: null });
    expect(signals.find(({ kind }) => kind === 'value')).toEqual({
      ...{ kind: 'value', state: 'attention', field: 'MRR', now: 99.99, before: 100, since: '2026-08-16', word: null },
    });
    expect(stateOf({ value: followed('MRR', 100, 100), gone: null }, 'value')).toBe('fine');
  });

  test('a score up to 6 is a detractor’s; tickets are told by their commonest state', () => {
    expect(stateOf({ satisfaction: followed('nps', 6), gone: null }, 'satisfaction')).toBe('attention');
    expect(stateOf({ satisfaction: followed('nps', 6.5), gone: null }, 'satisfaction')).toBe('fine');
    const tickets = followed('chamados', 4);
    const state = (value: string | null) => ({ field: 'STATUS', value });
    expect(stateOf({ tickets, state: state('Em andamento'), gone: null }, 'tickets')).toBe('attention');
    expect(stateOf({ tickets, state: state('Fechado'), gone: null }, 'tickets')).toBe('unknown');
    expect(stateOf({ tickets: followed('chamados', 0), state: state(null), gone: null }, 'tickets')).toBe('fine');
  });

  test('what no base tells is unknown; who left a newer base is said first', () => {
    const signals = signalsOf({ gone: '2026-11-15' });
    expect(signals.map(({ kind, state }) => [kind, state])).toEqual([
      ['gone', 'attention'],
      ...['usage', 'value', 'satisfaction', 'tickets'].map((kind) => [kind, 'unknown']),
    ]);
    expect(signals[0]!.since).toBe('2026-11-15');
    expect(signalsOf({ gone: null })).toHaveLength(4);
  });
});
