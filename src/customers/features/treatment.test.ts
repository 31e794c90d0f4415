import { describe, expect, test } from 'vitest';
import { asReceived, type ReceivedColumn, type Treatment, treat } from './treatment.ts';

const numbers = (name: string, ...values: number[]): ReceivedColumn => ({ name, numbers: Float64Array.from(values) });
const treated = (columns: ReceivedColumn[], asked: Record<string, Treatment> = {}) =>
  treat(columns, new Map(Object.entries(asked)));

describe('columns become comparable numbers', () => {
  test('standard: mean 0 and deviation 1, and back', () => {
    const { features, values } = treated([numbers('mrr', 1, 3, 5, 7)]);
    const deviation = Math.sqrt(5);
    expect([...values[0]!]).toEqual([-3, -1, 1, 3].map((one) => one / deviation));
    expect(features).toEqual([{ column: 'mrr', treatment: 'standard', center: 4, scale: deviation }]);
    expect(asReceived(features[0]!, values[0]![3]!)).toBeCloseTo(7, 12);
  });

  test('log of 0, 9 and 99, with the sign of a loss, and back', () => {
    const { features, values } = treated([numbers('mrr', 0, 9, -9, 99)], { mrr: 'log' });
    const logs = [0, Math.log(10), -Math.log(10), Math.log(100)];
    const center = logs.reduce((sum, one) => sum + one, 0) / 4;
    expect(features[0]!.center).toBeCloseTo(center, 12);
    [0, 9, -9, 99].forEach((one, row) => {
      expect(asReceived(features[0]!, values[0]![row]!)).toBeCloseTo(one, 9);
    });
  });

  test('winsorised: what is beyond the 1st and 99th percentile is held there', () => {
    const received = Array.from({ length: 101 }, (_, at) => (at === 100 ? 1e9 : at));
    const { features, values } = treated([numbers('x', ...received)], { x: 'winsorised' });
    const back = Array.from(values[0]!, (value) => asReceived(features[0]!, value));
    expect(Math.max(...back)).toBeCloseTo(99, 9);
    expect(Math.min(...back)).toBeCloseTo(1, 9);
  });

  test('a missing number is the median, and a column of its own says so', () => {
    const { features, values } = treated([numbers('nps', 1, Number.NaN, 2, 9)]);
    expect(features.map(({ is }) => is)).toEqual([undefined, 'sem valor']);
    expect(asReceived(features[0]!, values[0]![1]!)).toBeCloseTo(2, 12);
    expect(Array.from(values[1]!, (value) => asReceived(features[1]!, value) > 0.5)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  test('texts are a column each, the rare ones share one, and together they weigh as one number', () => {
    const texts = [...Array(60).fill('SP'), ...Array(39).fill('RJ'), ...Array(100).fill(null), 'AC'];
    const { features, values } = treated([{ name: 'uf', texts }]);
    expect(features.map(({ is }) => is)).toEqual(['sem valor', 'SP', 'RJ', 'demais']);
    const inertia = values.reduce((sum, value) => sum + value.reduce((all, one) => all + one ** 2, 0) / 200, 0);
    expect(inertia).toBeCloseTo(1, 12);
    expect(asReceived(features[1]!, values[1]![0]!)).toBeCloseTo(1, 12);
  });

  test('a text that is another in nearly every row is told apart from one that is the same', () => {
    const texts = Array.from({ length: 300 }, (_, row) => `C${row}`);
    const { warnings } = treated([numbers('a', ...texts.map((_, row) => row)), { name: 'codigo', texts }]);
    expect(warnings).toEqual(['codigo tem textos que quase não se repetem e ficou de fora']);
  });

  test('what is the same in all rows is left out and told; nothing left, or texts as numbers, are refused', () => {
    const { features, warnings } = treated([
      numbers('a', 1, 2),
      numbers('b', 5, 5),
      numbers('c', Number.NaN, Number.NaN),
    ]);
    expect(features.map(({ column }) => column)).toEqual(['a']);
    expect(warnings).toEqual(['b tem um valor só e ficou de fora', 'c tem um valor só e ficou de fora']);
    expect(() => treated([numbers('b', 5, 5)])).toThrow('Nenhuma coluna distingue as linhas: b');
    expect(() => treated([{ name: 'uf', texts: ['SP', 'RJ'] }], { uf: 'log' })).toThrow('A coluna uf tem textos');
  });
});
