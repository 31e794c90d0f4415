import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { ownedOf } from './owned.ts';
import { mineRules } from './rules.ts';

const BASKETS = [[0, 1, 2], [2, 1, 0], [0, 1], [2], [3]];

test('by hand: of five baskets, three have 0 and 1, and two of these have 2, which three have', async () => {
  const rules = await mineRules(ownedOf(BASKETS, 4), { support: 0.4, confidence: 0.6 });
  const told = rules.map(
    ({ antecedent, consequent, customers }) => `${antecedent.join('+')}→${consequent} ${customers}`,
  );
  // The lift of the first four is 1 / (3/5), that of the others (2/3) / (3/5).
  const first = ['0→1 3', '1→0 3', '0+2→1 2', '1+2→0 2'];
  expect(told).toEqual([...first, '0→2 2', '1→2 2', '2→0 2', '2→1 2', '0+1→2 2']);
  const last = rules.at(-1)!;
  expect(last.support).toBe(0.4);
  expect(last.confidence).toBeCloseTo(2 / 3, 15);
  expect(last.lift).toBeCloseTo(10 / 9, 15);
});

test('support and confidence are limits that count; without support, two customers make a rule', async () => {
  const owned = ownedOf(BASKETS, 4);
  expect(await mineRules(owned, { support: 0.41, confidence: 0.6 })).toHaveLength(2);
  expect(await mineRules(owned, { support: 0.4, confidence: 0.67 })).toHaveLength(4);
  expect(await mineRules(owned, { support: 0.4, confidence: 2 / 3 })).toHaveLength(9);
  expect(await mineRules(owned, { confidence: 2 / 3 })).toHaveLength(9);
});

test('as counted one by one over drawn baskets', async () => {
  const random = new Random(4);
  const baskets = Array.from({ length: 90 }, () => [0, 1, 2, 3, 4, 5].filter((item) => random.chance(0.15 + item / 8)));
  const having = (items: readonly number[]) =>
    baskets.filter((basket) => items.every((item) => basket.includes(item))).length;
  const expected: string[] = [];
  for (let bits = 1; bits < 64; bits++) {
    const set = [0, 1, 2, 3, 4, 5].filter((item) => bits & (1 << item));
    for (const then of set) {
      const others = set.filter((item) => item !== then);
      const [both, all] = [having(set), having(others)];
      if (others.length > 0 && both >= 4.5 && both / all >= 0.4)
        expected.push(`${others}→${then} ${both} ${((both / all / having([then])) * 90).toFixed(9)}`);
    }
  }
  const rules = await mineRules(ownedOf(baskets, 6), { support: 0.05, confidence: 0.4 });
  expect(rules.length).toBeGreaterThan(30);
  expect(
    rules
      .map(
        ({ antecedent, consequent, customers, lift }) => `${antecedent}→${consequent} ${customers} ${lift.toFixed(9)}`,
      )
      .sort(),
  ).toEqual(expected.sort());
  expect(rules.map(({ lift }) => lift)).toEqual(rules.map(({ lift }) => lift).toSorted((a, b) => b - a));
});

test('a support that lets too many sets through is told', async () => {
  const whole = ownedOf(
    Array.from({ length: 3 }, () => Array.from({ length: 30 }, (_, item) => item)),
    30,
  );
  await expect(mineRules(whole, { confidence: 0.5 })).rejects.toMatchObject({ code: 'offersManySets' });
});
