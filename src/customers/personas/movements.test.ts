import { expect, test } from 'vitest';
import { type Flow, movementsOf } from './movements.ts';

const flow = (from: number | null, to: number | null, customers: number, before: number, now: number): Flow => ({
  ...{ from, to, customers, before, now, halfKnown: from === 2 && to === 1 ? 1 : 0 },
});

test('what each group gained and lost, who moved apart from who is new and who left, adds up', () => {
  // A stayed in 1 (100 → 150), B went 1 → 2 (200 → 260), C stayed in 2 (50 → 40), D went 2 → 1 (not known → 90),
  // E went 9 → 2 (70 → 70) and 9 is gone, F of 1 left (30), G is new in 1 (500).
  const found = movementsOf([
    flow(1, 1, 1, 100, 150),
    flow(1, 2, 1, 200, 260),
    flow(1, null, 1, 30, 0),
    flow(2, 1, 1, 0, 90),
    flow(2, 2, 1, 50, 40),
    flow(9, 2, 1, 70, 70),
    flow(null, 1, 1, 0, 500),
  ]);
  const none = { customers: 0, worth: 0 };
  expect(found).toEqual({
    groups: [
      {
        ...{ group: 1, came: { customers: 1, worth: 90 }, joined: { customers: 1, worth: 500 } },
        ...{ went: { customers: 1, worth: 200 }, left: { customers: 1, worth: 30 } },
        ...{ stayed: { customers: 1, worth: 50 }, before: 330, now: 740 },
      },
      {
        ...{ group: 2, came: { customers: 2, worth: 330 }, joined: none, went: { customers: 1, worth: 0 }, left: none },
        ...{ stayed: { customers: 1, worth: -10 }, before: 50, now: 370 },
      },
      {
        ...{ group: 9, came: none, joined: none, went: { customers: 1, worth: 70 }, left: none, stayed: none },
        ...{ before: 70, now: 0 },
      },
    ],
    total: {
      ...{ came: { customers: 3, worth: 420 }, joined: { customers: 1, worth: 500 } },
      ...{ went: { customers: 3, worth: 270 }, left: { customers: 1, worth: 30 } },
      ...{ stayed: { customers: 2, worth: 40 }, before: 450, now: 1110 },
    },
    halfKnown: 1,
  });
  for (const { came, joined, went, left, stayed, before, now } of [...found.groups, found.total])
    expect(now - before).toBe(came.worth + joined.worth - went.worth - left.worth + stayed.worth);
});

test('nothing moved where there is nothing', () => {
  expect(movementsOf([])).toMatchObject({ groups: [], total: { before: 0, now: 0 }, halfKnown: 0 });
});
