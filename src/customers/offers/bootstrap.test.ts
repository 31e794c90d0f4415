import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { estimates } from './bootstrap.ts';

const noise = new Random(3);
const each = (count: number, value: (at: number) => number) => Array.from({ length: count }, (_, at) => value(at));

test.each([400, 30_000])('intervals of %i customers are those of the normal law', (count) => {
  const values = each(count, () => noise.normal(5, 2));
  const customers = each(count, (at) => at);
  const { value, interval } = estimates([{ customers, figures: [values] }], new Random(1))[0]!;
  const mean = values.reduce((sum, one) => sum + one, 0) / count;
  const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count);
  const half = (1.96 * deviation) / Math.sqrt(count);
  expect(value).toBeCloseTo(mean, 10);
  expect((interval.high - mean) / half).toBeGreaterThan(0.9);
  expect((interval.high - mean) / half).toBeLessThan(1.1);
  expect((mean - interval.low) / half).toBeGreaterThan(0.9);
  expect((mean - interval.low) / half).toBeLessThan(1.1);
});

test('differences are paired: what always is a tenth more differs by exactly that', () => {
  const values = each(200, () => noise.normal(0, 100));
  const more = values.map((value) => value + 0.1);
  const [, found] = estimates([{ customers: each(200, (at) => at), figures: [values, more] }], new Random(1));
  expect(found!.over.value).toBeCloseTo(0.1, 10);
  expect(found!.over.interval.low).toBeCloseTo(0.1, 10);
  expect(found!.over.interval.high).toBeCloseTo(0.1, 10);
  expect(found!.interval.high - found!.interval.low).toBeGreaterThan(10);
});

test('cases of one customer are drawn together: thrice the same says no more than once', () => {
  const values = each(300, () => noise.uniform());
  const part = { customers: each(300, (at) => at), figures: [values] };
  const once = estimates([part], new Random(1))[0]!;
  const thrice = estimates([part, part, part], new Random(1))[0]!;
  expect(thrice.value).toBeCloseTo(once.value, 12);
  const width = ({ interval }: typeof once) => interval.high - interval.low;
  expect(width(thrice) / width(once)).toBeCloseTo(1, 9);
});
