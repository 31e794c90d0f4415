import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CellSums, onWholeMix } from './standardised.ts';

/** Cases of one value each. */
const cell = (team: string, name: string, ...values: number[]): CellSums => ({
  ...{ team, cell: name, n: values.length },
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});
const times = (count: number, value: number): number[] => Array(count).fill(value);
const raw = (cells: readonly CellSums[]) =>
  cells.reduce((all, { sum }) => all + sum, 0) / cells.reduce((all, { n }) => all + n, 0);

test('Simpson’s paradox: who is slower over all is quicker at each kind of contact', () => {
  // Ana takes the hard ones: 280 s against Bia's 131 s, though she is quicker at the easy and at the hard.
  const ana = [cell('Ana', 'easy', ...times(10, 100)), cell('Ana', 'hard', ...times(90, 300))];
  const bia = [cell('Bia', 'easy', ...times(90, 110)), cell('Bia', 'hard', ...times(10, 320))];
  expect([raw(ana), raw(bia)]).toEqual([280, 131]);
  const [first, second] = onWholeMix([...ana, ...bia]);
  expect(first).toMatchObject({ team: 'Ana', value: 200, n: 100, coverage: 1 });
  expect(second).toMatchObject({ team: 'Bia', value: 215, n: 100, coverage: 1 });
});

test('the interval by hand: 1 and 3 in one cell, 4, 5 and 9 in another, each a half of the mix but for a third', () => {
  // 5 + 5 of 20 cases are in Ana's cells, 10 in one that she has none of.
  const cells = [
    cell('Ana', 'a', 1, 3),
    cell('Ana', 'b', 4, 5, 9),
    cell('Bia', 'a', ...times(3, 0)),
    cell('Bia', 'b', ...times(2, 0)),
    cell('Bia', 'c', ...times(10, 0)),
  ];
  const [ana] = onWholeMix(cells);
  expect(ana).toMatchObject({ value: (2 + 6) / 2, n: 5, coverage: 0.5 });
  // Variances 2 and 7: a quarter of 2 / 2 and of 7 / 3.
  const margin = 1.959964 * Math.sqrt((1 + 7 / 3) / 4);
  expect([ana!.low, ana!.high]).toEqual([expect.closeTo(4 - margin), expect.closeTo(4 + margin)]);
});

test('a cell of one case takes the spread of the others; with no other there is no interval', () => {
  const [ana] = onWholeMix([cell('Ana', 'a', 1, 3), cell('Ana', 'b', 7)]);
  expect(ana).toMatchObject({ value: expect.closeTo((2 * 2 + 7) / 3), coverage: 1 });
  const margin = 1.959964 * Math.sqrt((4 / 9) * (2 / 2) + (1 / 9) * 2);
  expect(ana!.high).toBeCloseTo(11 / 3 + margin);
  expect(onWholeMix([cell('Ana', 'a', 1), cell('Ana', 'b', 7)])[0]).toMatchObject({ low: null, high: null });
  expect(onWholeMix([cell('Ana', 'a', 0, 0, 0)])[0]).toMatchObject({ value: 0, low: null, high: null });
});

test('teams of one mix are as they are, whatever their sizes', () => {
  const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(values, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 }),
      (mix, sizes) => {
        // The first has each cell as it is, the others so many times over, with other values.
        const cells = sizes.flatMap((size, team) =>
          mix.map((own, index) =>
            cell(
              String(team),
              String(index),
              ...Array.from({ length: size + 1 }, () => own.map((value) => value * (team + 1))).flat(),
            ),
          ),
        );
        for (const { team, value, coverage } of onWholeMix(cells)) {
          expect(value).toBeCloseTo(raw(cells.filter((one) => one.team === team)), 6);
          expect(coverage).toBeCloseTo(1, 12);
        }
      },
    ),
  );
});

test('95 of 100 intervals hold the mean on the mix', () => {
  // Shares of 0.1, 0.3 and 0.6 in three cells of the whole's weights 0.5, 0.3 and 0.2: 0.26.
  const shares = [0.1, 0.3, 0.6];
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const draw = (count: number, share: number) => Array.from({ length: count }, () => (random() < share ? 1 : 0));
  let held = 0;
  for (let run = 0; run < 2000; run++) {
    const own = shares.map((share, index) => cell('Ana', String(index), ...draw([40, 60, 100][index]!, share)));
    const others = [50_000, 30_000, 20_000].map((n, index) => ({
      team: 'all',
      cell: String(index),
      n,
      sum: 0,
      squares: 0,
    }));
    const [ana] = onWholeMix([...own, ...others]);
    if (ana!.low! <= 0.26 && ana!.high! >= 0.26) held++;
  }
  expect(held / 2000).toBeGreaterThan(0.925);
  expect(held / 2000).toBeLessThan(0.97);
});
