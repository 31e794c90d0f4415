import { describe, expect, it } from 'vitest';
import { type Arrival, type ExpectedArrival, isoWeekday, learnArrivals, missingAt } from './arrivals.ts';

const expected = (source: string, opens: string, closes: string, weekday = 4): ExpectedArrival => {
  return { source, weekday, opens, closes, dueAt: '', deadline: 'mailing' };
};
const came = (source: string, at: string): Arrival => ({ source, at });

describe('what has not come', () => {
  // 19 November 2026 is a Thursday.
  const table = [
    expected('gama', '06:50', '07:10'),
    expected('beta', '07:50', '08:10'),
    expected('alfa', '09:00', '09:30'),
    expected('delta', '07:00', '07:30', 5),
  ];
  const states = (at: string, arrived: Arrival[] = []) =>
    missingAt(table, arrived, at).map(({ source, state }) => `${source} ${state}`);

  it('is told by the time: to come, due, late; the first deadline first', () => {
    expect(isoWeekday('2026-11-19')).toBe(4);
    expect(states('2026-11-19T06:00:00')).toEqual(['gama expected', 'beta expected', 'alfa expected']);
    expect(states('2026-11-19T07:10:59')).toEqual(['gama due', 'beta expected', 'alfa expected']);
    expect(states('2026-11-19T08:05:00')).toEqual(['gama late', 'beta due', 'alfa expected']);
  });

  it('leaves out what came that day by then, early too, and not what came the day before or later', () => {
    const arrived = [
      came('gama', '2026-11-18T06:55:00'),
      came('beta', '2026-11-19T05:00:00'),
      came('alfa', '2026-11-19T09:10:00'),
    ];
    expect(states('2026-11-19T08:30:00', arrived)).toEqual(['gama late', 'alfa expected']);
    expect(states('2026-11-19T09:10:00', arrived)).toEqual(['gama late']);
  });

  it('is told first of what is needed first', () => {
    const needed = { ...expected('omega', '07:00', '10:00'), dueAt: '07:05' };
    const all = missingAt([...table, needed], [], '2026-11-19T06:00:00');
    expect(all.map(({ source }) => source)).toEqual(['omega', 'gama', 'beta', 'alfa']);
  });

  it('is of the weekday alone', () => {
    expect(states('2026-11-20T08:00:00')).toEqual(['delta late']);
    expect(states('2026-11-22T08:00:00')).toEqual([]);
  });
});

describe('the times learned from history', () => {
  const thursdays = ['2026-10-01', '2026-10-08', '2026-10-15', '2026-10-22', '2026-10-29', '2026-11-05', '2026-11-12'];

  it('hold the habit, out to whole ten minutes, by weekday', () => {
    const minutes = ['06:52', '06:55', '06:58', '07:01', '07:03', '07:05', '07:09'];
    const arrived = thursdays.map((day, index) => came('gama', `${day}T${minutes[index]}:00`));
    expect(learnArrivals(arrived, '2026-11-19')).toEqual([
      { source: 'gama', weekday: 4, opens: '06:50', closes: '07:10', dueAt: '', deadline: '', weeks: 7 },
    ]);
  });

  it('take the first file of a day, and neither the far past nor today', () => {
    const arrived = thursdays.flatMap((day) => [came('gama', `${day}T07:00:00`), came('gama', `${day}T15:00:00`)]);
    const far = [came('gama', '2026-01-01T01:00:00'), came('gama', '2026-11-19T03:00:00')];
    expect(learnArrivals([...arrived, ...far], '2026-11-19')).toMatchObject([{ opens: '07:00', closes: '07:10' }]);
  });

  it('are none where there is no habit: twice only, or in less than half of the weeks', () => {
    expect(
      learnArrivals(
        thursdays.slice(-2).map((day) => came('gama', `${day}T07:00:00`)),
        '2026-11-19',
      ),
    ).toEqual([]);
    const seldom = [
      came('gama', '2026-09-24T07:00:00'),
      came('gama', '2026-10-22T07:00:00'),
      came('gama', '2026-11-12T07:00:00'),
    ];
    expect(learnArrivals(seldom, '2026-11-19')).toEqual([]);
  });
});
