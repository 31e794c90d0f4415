import { expect, test } from 'vitest';
import { dayNumber } from '../kernel/brazil/dates.ts';
import { DAYS, SLOTS } from './calendar.ts';
import { erlangC } from './roster.ts';
import { agentCount, seniorityOn } from './staff.ts';
import { makeWorld } from './world.ts';

const world = makeWorld(1, 120_000, '2026-11-15');

// FINDINGS: 100 calls in 30 minutes of 180 s with 14 agents is 10 erlangs; P(wait) = 0.17413.
test('Erlang C', () => {
  expect(erlangC(10, 14)).toBeCloseTo(0.17413, 5);
});

test('26 weeks from a Monday to a Sunday, with national and state holidays', () => {
  const { calendar } = world;
  expect([calendar.from, calendar.until, calendar.days.length]).toEqual(['2026-05-18', '2026-11-15', DAYS]);
  const at = (day: string) => dayNumber(day) - calendar.firstDayNumber;
  expect(calendar.kinds[at('2026-09-07')]).toBe(2);
  expect(calendar.kinds[at('2026-07-09')]).toBe(0);
  expect(calendar.stateHolidays.reduce((sum, flag) => sum + flag, 0)).toBeGreaterThan(10);
});

test('sixty agents at the default size, ten times as many at a hundred million', () => {
  expect(agentCount(120_000)).toBe(60);
  expect(agentCount(100_000_000)).toBeGreaterThan(500);
  expect(new Set(world.staff.agents.map(({ name }) => name)).size).toBe(60);
});

test('agents are novices first, and some change supervisors', () => {
  const recent = world.staff.agents.find(({ hired }) => hired > 0)!;
  expect(seniorityOn(recent, recent.hired)).toBe('Júnior');
  expect(seniorityOn(recent, recent.hired + 90)).toBe('Pleno');
  expect(world.staff.agents.filter(({ posts }) => posts.length > 1).length).toBeGreaterThan(10);
});

test('nobody is on the phones before being hired, on a day off, or twice in a half-hour', () => {
  const { starts, agents } = world.roster;
  for (let half = 0; half < DAYS * SLOTS; half++) {
    const day = Math.floor(half / SLOTS);
    const onPhones = [...agents.subarray(starts[half], starts[half + 1])];
    if (new Set(onPhones).size !== onPhones.length) throw new Error(`twice in half-hour ${half}`);
    for (const agent of onPhones) {
      expect(world.staff.agents[agent]!.hired).toBeLessThanOrEqual(day);
      expect(world.staff.present[day]).toContain(agent);
    }
  }
});
