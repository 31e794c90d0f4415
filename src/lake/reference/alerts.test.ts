import { expect, test } from 'vitest';
import { supervisorAlerts } from './alerts.ts';

const held = (to: string | null, knownTo: string | null = null) => ({ from: '2026-01-01', to, knownTo });
const day = (name: string, contacts: number, unmapped = 0) => ({ day: name, contacts, unmapped });

test('data of 2 November passes a map of October by two days, of the 1st by one', () => {
  const map = [held(null, '2026-11-01'), held('2026-10-15')];
  expect(supervisorAlerts(map, [day('2026-11-01', 10)])).toEqual([]);
  expect(supervisorAlerts(map, [day('2026-11-01', 10), day('2026-11-02', 10)])).toEqual([
    { kind: 'map-old', table: 'supervisors', mapEnd: '2026-11-01', lastDay: '2026-11-02', days: 2 },
  ]);
});

test('a map that a person keeps until further notice does not grow old', () => {
  expect(supervisorAlerts([held(null), held(null, '2026-11-01')], [day('2026-12-24', 10)])).toEqual([]);
});

test('more than 30 % of the last seven days unmapped alerts, 30 % does not, and what is older does not count', () => {
  const older = day('2026-11-02', 1000, 1000);
  const rest = [day('2026-11-03', 50, 20), day('2026-11-09', 50, 10)];
  expect(supervisorAlerts([held(null)], [older, ...rest])).toEqual([]);
  expect(supervisorAlerts([held(null)], [older, day('2026-11-03', 50, 21), rest[1]!])).toEqual([
    {
      kind: 'unmapped',
      table: 'supervisors',
      from: '2026-11-03',
      to: '2026-11-10',
      unmapped: 31,
      contacts: 100,
      share: 0.31,
    },
  ]);
});

test('nobody is reminded of a map that nobody keeps', () => {
  expect(supervisorAlerts([], [day('2026-11-09', 50, 50)])).toEqual([]);
});
