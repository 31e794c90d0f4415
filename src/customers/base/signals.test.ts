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

  test('an NPS up to 6 is a detractor’s, and a score on another scale says nothing', () => {
    const of = (field: string, now: number) =>
      stateOf({ satisfaction: followed(field, now), gone: null }, 'satisfaction');
    expect([of('nps', 6), of('resposta_NPS_mediana', 6.5), of('NPS', 10)]).toEqual(['attention', 'fine', 'fine']);
    expect([of('CSAT', 5), of('nota', 5), of('nps', 50), of('nps', -20)]).toEqual(Array(4).fill('unknown'));
  });

  test('tickets that nothing counts as open are told by their commonest state', () => {
    const tickets = followed('chamados', 4);
    const state = (value: string | null) => ({ field: 'STATUS', value });
    expect(stateOf({ tickets, state: state('Em andamento'), gone: null }, 'tickets')).toBe('attention');
    expect(stateOf({ tickets, state: state('Fechado'), gone: null }, 'tickets')).toBe('unknown');
    expect(stateOf({ tickets: followed('chamados', 0), state: state(null), gone: null }, 'tickets')).toBe('fine');
  });

  const care = {
    ...{ last_nps: 9, median_nps: 8, open_tickets: 0, recent_tickets: 4, recent_use: 30, earlier_use: 60 },
  };

  test('where it is told whether a customer is content, the reasons for not selling to it are its signals', () => {
    const states = (more: Partial<typeof care>) =>
      ['usage', 'satisfaction', 'tickets'].map((kind) =>
        stateOf({ usage: followed('uso', 20, 20), care: { ...care, ...more }, gone: null }, kind),
      );
    expect(states({})).toEqual(['fine', 'fine', 'fine']);
    expect(states({ last_nps: 6 })).toEqual(['fine', 'attention', 'fine']);
    expect(states({ median_nps: 6 })).toEqual(['fine', 'attention', 'fine']);
    expect(states({ open_tickets: 1 })).toEqual(['fine', 'fine', 'attention']);
    expect(states({ recent_tickets: 5 })).toEqual(['fine', 'fine', 'attention']);
    expect(states({ recent_use: 5 })).toEqual(['attention', 'fine', 'fine']);
  });

  test('of who was never asked a field still tells; contracts are told where all ended', () => {
    const unasked = { ...care, last_nps: null, median_nps: null };
    const told = { care: unasked as never, satisfaction: followed('nps', 3), gone: null };
    expect(stateOf(told, 'satisfaction')).toBe('attention');
    const ended = (products: number, some: number) =>
      stateOf({ ended: { products, ended: some }, gone: null }, 'contracts');
    expect([ended(2, 2), ended(2, 1), ended(0, 0)]).toEqual(['attention', undefined, undefined]);
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
