import { describe, expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { evaluate } from './evaluate.ts';
import type { Purchases } from './owned.ts';
import { foldsOf } from './periods.ts';

/** Rows of customer, item and time, in any order; the first time of each pair counts. */
function purchasesOf(rows: readonly (readonly [customer: number, item: number, time: number])[], groups?: number[]) {
  const items = Math.max(...rows.map(([, item]) => item)) + 1;
  const sorted = rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const first = sorted.filter(([customer, item], at) => {
    const before = sorted[at - 1];
    return before?.[0] !== customer || before[1] !== item;
  });
  return {
    customers: new Set(rows.map(([customer]) => customer)).size,
    itemNames: Array.from({ length: items }, (_, item) => `P${String(item).padStart(3, '0')}`),
    customer: Uint32Array.from(first, ([customer]) => customer),
    item: Uint32Array.from(first, ([, item]) => item),
    time: Float64Array.from(first, ([, , time]) => time),
    lastTime: Math.max(...rows.map(([, , time]) => time)),
    group: groups ? Uint32Array.from(groups) : null,
    groupNames: groups ? [...new Set(groups)].sort().map((group) => `G${group}`) : [],
  } satisfies Purchases;
}

/** Customers of four tastes, each taking mostly the ten items of its own, a few at each of ten times. */
function tasteful(customers: number, faithful: number) {
  const random = new Random(8);
  const rows: [number, number, number][] = [];
  const groups = Array.from({ length: customers }, () => random.int(0, 4));
  groups.forEach((group, customer) => {
    for (let time = 0; time < 10; time++)
      for (let one = 0; one < 2; one++) {
        const own = random.chance(faithful);
        rows.push([customer, own ? group * 10 + random.int(0, 10) : random.int(0, 40), time]);
      }
  });
  return { rows, groups };
}

const settings = { folds: 1, seed: 1 };
const drawn = tasteful(500, 0.9);

describe('what goes together', () => {
  test('is found where it was planted: every other method beats popularity, by more than the interval', async () => {
    const found = await evaluate(purchasesOf(drawn.rows, drawn.groups), settings);
    expect(found.methods.map(({ name }) => name)).toEqual(['popularity', 'groupPopularity', 'rules', 'cosine', 'ease']);
    for (const { name, test: figures, coverage } of found.methods) {
      for (const { value, interval } of Object.values(figures)) {
        expect(interval.low).toBeLessThanOrEqual(value);
        expect(interval.high).toBeGreaterThanOrEqual(value);
        expect(Math.min(value, interval.low, coverage)).toBeGreaterThanOrEqual(0);
        expect(Math.max(value, interval.high, coverage)).toBeLessThanOrEqual(1);
      }
      if (name === 'popularity') expect(figures.ndcg10.over).toEqual({ value: 0, interval: { low: 0, high: 0 } });
      else expect(figures.ndcg10.over.interval.low).toBeGreaterThan(0);
    }
    expect(found.beatsPopularity).toBe(true);
    expect(found.chosen).not.toBe('popularity');
    expect(found.chosenFigures).toEqual(found.methods.find(({ name }) => name === found.chosen)!.test);
  });

  test('is not found where nothing was planted: popularity is chosen, and nothing beats it', async () => {
    for (const seed of [1, 2, 3]) {
      const random = new Random(seed);
      const rows = Array.from({ length: 6000 }, (): [number, number, number] => [
        random.int(0, 400),
        Math.floor(60 * random.uniform() ** 2),
        random.int(0, 10),
      ]);
      const found = await evaluate(
        purchasesOf(
          rows,
          Array.from({ length: 400 }, () => random.int(0, 3)),
        ),
        settings,
      );
      expect(found.chosen).toBe('popularity');
      expect(found.beatsPopularity).toBe(false);
    }
  });
});

test('the order of rows changes nothing', async () => {
  const some = drawn.rows.filter(([customer]) => customer < 120);
  const one = await evaluate(purchasesOf(some), settings);
  const shuffled = new Random(2).shuffle([...some]);
  expect(await evaluate(purchasesOf(shuffled), settings)).toEqual(one);
  expect(one.methods.map(({ name }) => name)).toEqual(['popularity', 'rules', 'cosine', 'ease']);
});

test('other codes of the same customers give the same means', async () => {
  const some = drawn.rows.filter(([customer]) => customer < 120);
  const one = await evaluate(purchasesOf(some), settings);
  const other = await evaluate(
    purchasesOf(some.map(([customer, item, time]) => [119 - customer, item, time])),
    settings,
  );
  other.methods.forEach(({ test: figures, coverage }, at) => {
    expect(figures.ndcg10.value).toBeCloseTo(one.methods[at]!.test.ndcg10.value, 12);
    expect(figures.recall10.value).toBeCloseTo(one.methods[at]!.test.recall10.value, 12);
    expect(coverage).toBe(one.methods[at]!.coverage);
  });
});

test('several origins are pooled, each with its own periods', async () => {
  const purchases = purchasesOf(drawn.rows);
  const found = await evaluate(purchases, { ...settings, folds: 3 });
  expect(found.folds.map(({ validation, test: from, end }) => ({ validation, test: from, end }))).toEqual(
    foldsOf(purchases, 3),
  );
  expect(found.folds.map(({ end }) => end)).toEqual([found.folds[1]!.test, found.folds[2]!.test, Infinity]);
  expect(found.folds[1]!.validation).toBe(found.folds[0]!.test);
  const last = await evaluate(purchases, settings);
  expect(found.folds[2]).toEqual(last.folds[0]);
  const [pooled, alone] = [found, last].map(({ chosenFigures }) => chosenFigures.ndcg10.interval);
  expect(pooled!.high - pooled!.low).toBeLessThan(alone!.high - alone!.low);
});

test('what comes in the test has no part in the choice', async () => {
  const purchases = purchasesOf(drawn.rows);
  const one = await evaluate(purchases, settings);
  const [fold] = one.folds;
  const rows = Array.from(purchases.item, (item, at): [number, number, number] => [
    purchases.customer[at]!,
    item,
    purchases.time[at]!,
  ]);
  const other = Map.groupBy(rows, ([customer]) => customer)
    .values()
    .flatMap((own) => {
      const before = own.filter(([, , time]) => time < fold!.test);
      const free = Array.from({ length: 40 }, (_, item) => item).filter((item) =>
        before.every((row) => row[1] !== item),
      );
      const after = own.filter(([, , time]) => time >= fold!.test);
      return [...before, ...after.map(([customer, , time]): [number, number, number] => [customer, free.pop()!, time])];
    });
  const found = await evaluate(purchasesOf([...other]), settings);
  const { test: from, chosen, ridge } = fold!;
  expect(found.folds[0]).toMatchObject({ test: from, chosen, ridge });
  expect(found.methods.map(({ validation }) => validation)).toEqual(one.methods.map(({ validation }) => validation));
  expect(found.chosenFigures.ndcg10.value).toBeLessThan(one.chosenFigures.ndcg10.value);
});

test('popularity by hand: six customers, the last time tested', async () => {
  // At time 1: items 0 of all six, 1 of four, 2 of two. At 2 each of 4 and 5 takes 1 …, at 3 each of 0 to 4 takes 3.
  const rows: [number, number, number][] = [];
  for (let customer = 0; customer < 6; customer++) rows.push([customer, 0, 1]);
  for (const customer of [0, 1, 2, 3]) rows.push([customer, 1, 1]);
  for (const customer of [4, 5]) rows.push([customer, 2, 1]);
  for (const customer of [0, 1, 2, 3, 4, 5]) rows.push([customer, customer < 4 ? 2 : 1, 2]);
  for (const customer of [0, 1, 2, 3, 4]) rows.push([customer, customer < 4 ? 3 : 4, 3]);
  for (const customer of [6, 7]) rows.push([customer, 4, 2], [customer, 3, 2], [customer, 0, 3]);
  const found = await evaluate(purchasesOf(rows), settings);
  // Owners before 3: 0 six, 1 six, 2 six, 3 two, 4 two. Customers 0 to 3 are offered 3, 4 and took 3: first. Customer 4
  // is offered 3, 4 and took 4: second. 6 and 7 are offered 0, 1, 2 and took 0: first.
  const [popularity] = found.methods;
  expect(found.folds[0]).toMatchObject({ validation: 2, test: 3, customers: 7, known: 8, validated: 6, unseen: 0 });
  expect(popularity!.test.recall5.value).toBe(1);
  expect(popularity!.test.ndcg10.value).toBeCloseTo((6 + 1 / Math.log2(3)) / 7, 12);
  expect(popularity!.coverage).toBe(1);
  expect(found.beatsPopularity).toBe(false);
});

describe('what cannot be measured is told', () => {
  const refused = (rows: [number, number, number][], code: string) =>
    expect(evaluate(purchasesOf(rows), settings)).rejects.toMatchObject({ code });
  const each = (count: number, row: (at: number) => [number, number, number]) =>
    Array.from({ length: count }, (_, at) => row(at));

  test('one item', () =>
    refused(
      each(50, (at) => [at, 0, at % 5]),
      'offersOneItem',
    ));
  test('three customers', () =>
    refused(
      each(60, (at) => [at % 3, at % 20, at % 7]),
      'offersFewCustomers',
    ));
  test('one time', () =>
    refused(
      each(60, (at) => [at % 20, at % 7, 4]),
      'offersOneTime',
    ));
  test('two times', () =>
    refused(
      each(60, (at) => [at % 20, at % 7, at % 2]),
      'offersNoTest',
    ));
  test('everyone has everything, again and again', () =>
    refused(
      each(600, (at) => [at % 20, Math.floor(at / 20) % 6, Math.floor(at / 120)]),
      'offersNothingNew',
    ));
  test('only newcomers take something later', () =>
    refused(
      each(120, (at) => [Math.floor(at / 4), at % 4, at < 40 ? 1 : at < 80 ? 2 : 3]),
      'offersNothingNew',
    ));
});
