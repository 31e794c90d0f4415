import { expect, test } from 'vitest';
import { rosterOf } from './roster.ts';

const row = (agent: string, day: string, start: string, end: string, channel = '') => ({
  key: { agent, day, start },
  values: { end, channel },
});
const VOICE = { channel: 'voz', queues: ['Vendas', 'Suporte'] };

/** Half-hours with people, as `half: people`. */
function people(roster: ReturnType<typeof rosterOf>, day: string): Record<number, number> {
  const counts = roster.get(day) ?? [];
  return Object.fromEntries(counts.flatMap((count, half) => (count > 0 ? [[half, count]] : [])));
}

test('people by half-hour; part of one is part of a person', () => {
  const roster = rosterOf(
    [
      row('1', '2026-03-02', '08:00', '09:30'),
      row('2', '2026-03-02', '08:15', '09:00'),
      row('3', '2026-03-03', '23:30', '24:00'),
    ],
    VOICE,
  );
  expect(people(roster, '2026-03-02')).toEqual({ 16: 1.5, 17: 2, 18: 1 });
  expect(people(roster, '2026-03-03')).toEqual({ 47: 1 });
});

test('a night shift ends on the next day', () => {
  const roster = rosterOf([row('1', '2026-12-31', '23:00', '00:45')], VOICE);
  expect(people(roster, '2026-12-31')).toEqual({ 46: 1, 47: 1 });
  expect(people(roster, '2027-01-01')).toEqual({ 0: 1, 1: 0.5 });
});

test('one who is said twice is there once', () => {
  const roster = rosterOf(
    [row('1', '2026-03-02', '08:00', '09:00', 'VOZ'), row('1', '2026-03-02', '08:30', '10:00', 'vendas')],
    VOICE,
  );
  expect(people(roster, '2026-03-02')).toEqual({ 16: 1, 17: 1, 18: 1, 19: 1 });
});

test('rows of another channel are not of this one, and of a queue only rows that name it are', () => {
  const rows = [
    row('1', '2026-03-02', '08:00', '08:30', 'VOZ'),
    row('2', '2026-03-02', '08:00', '08:30', 'chat'),
    row('3', '2026-03-02', '08:00', '08:30', 'Vendas'),
    row('4', '2026-03-02', '08:00', '08:30'),
  ];
  expect(people(rosterOf(rows, VOICE), '2026-03-02')).toEqual({ 16: 3 });
  expect(people(rosterOf(rows, { ...VOICE, only: ['Vendas'] }), '2026-03-02')).toEqual({ 16: 1 });
  expect(rosterOf(rows, { ...VOICE, only: ['Suporte'] }).size).toBe(0);
});
