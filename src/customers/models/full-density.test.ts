import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import wabt from 'wabt';
import { Random } from '../../kernel/random.ts';
import { FullDensity } from './full-density.ts';
import { Points } from './points.ts';
import { writeTiles } from './tiles.ts';

const file = (kind: string) => join(import.meta.dirname, `full-density.${kind}`);

test('the kernels are those of their text', async () => {
  const { parseWat } = await wabt();
  const { buffer } = parseWat('full-density.wat', readFileSync(file('wat'), 'utf8')).toBinary({});
  expect(Buffer.from(buffer).equals(readFileSync(file('wasm')))).toBe(true);
});

const GROUPS = 3;
const ROWS = 75;

/** Random rows, and groups of random means and upper triangles, as densities are given them. */
function drawn(columns: number) {
  const random = new Random(columns);
  const normals = (count: number) => Array.from({ length: count }, () => random.normal());
  const rows = Array.from({ length: ROWS }, () => normals(columns));
  const points = Points.of(rows);
  const density = new FullDensity(points, GROUPS);
  const parameters = new Float64Array(GROUPS * density.parameters);
  const groups = Array.from({ length: GROUPS }, (_, one) => {
    const group = { mean: normals(columns), upper: Float64Array.from(normals(columns * columns)) };
    const at = one * density.parameters + 1;
    parameters.set(group.mean, at);
    writeTiles(group.upper, columns, parameters, at + points.stride);
    return group;
  });
  density.begin(parameters);
  return { rows, points, density, groups };
}

type Drawn = ReturnType<typeof drawn>;

const far = ({ rows, groups }: Drawn, row: number, one: number) =>
  rows[row]!.map((value, column) => value - groups[one]!.mean[column]!);

/** ‖Uᵀ(x − m)‖², term by term. */
function distance(of: Drawn, row: number, one: number): number {
  const apart = far(of, row, one);
  let sum = 0;
  for (let column = 0; column < apart.length; column++) {
    let turned = 0;
    for (let index = 0; index <= column; index++)
      turned += apart[index]! * of.groups[one]!.upper[index * apart.length + column]!;
    sum += turned ** 2;
  }
  return sum;
}

test.each([1, 2, 3, 4, 5, 8, 20, 31])('distances over %i columns are those of the definition', (columns) => {
  const of = drawn(columns);
  const { density, points } = of;
  for (let row = 0; row + 1 < ROWS; row++) {
    density.rows(row * points.stride, (row + 1) * points.stride);
    for (let one = 0; one < GROUPS; one++) {
      const [first, second] = [distance(of, row, one), distance(of, row + 1, one)];
      density.measure(one, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
      expect(density.first).toBeCloseTo(first, 9);
      expect(density.second).toBeCloseTo(second, 9);
      density.measure(one, first / 2, 2 * second);
      expect([density.first, density.second]).toEqual([Number.POSITIVE_INFINITY, expect.closeTo(second, 9)]);
    }
  }
});

test.each([1, 3, 4, 6, 20])('sums over %i columns are those of the definition, block after block', (columns) => {
  const of = drawn(columns);
  const { density, points } = of;
  const { stride } = points;
  const share = (row: number, one: number) => ((row * 7 + one * 3) % 11) / 11;
  for (const [from, to] of [
    [0, ROWS],
    [ROWS - 5, ROWS],
  ] as const) {
    const sums = new Float64Array(1 + GROUPS * density.sums);
    for (let row = from; row < to; row++) {
      const which = row % 2 ? 1 : 0;
      density.rows(stride * (which === 0 ? row : 0), stride * (which === 1 ? row : 0));
      for (let one = 0; one < GROUPS; one++) density.gather(which, one, share(row, one));
    }
    density.finish(sums, 1);
    for (let one = 0; one < GROUPS; one++) {
      const given = Array.from({ length: to - from }, (_, index) => from + index);
      const apart = given.map((row) => ({ weight: share(row, one), values: far(of, row, one) }));
      const total = (value: (of: { weight: number; values: number[] }) => number) =>
        apart.reduce((sum, each) => sum + each.weight * value(each), 0);
      const at = 1 + one * density.sums;
      const close = (sum: number) => expect.closeTo(sum, 9);
      expect(sums[at]).toEqual(close(total(() => 1)));
      for (let row = 0; row < columns; row++) {
        expect(sums[at + 1 + row]).toEqual(close(total(({ values }) => values[row]!)));
        for (let column = row; column < columns; column++)
          expect(sums[at + 1 + stride + row * stride + column]).toEqual(
            close(total(({ values }) => values[row]! * values[column]!)),
          );
      }
    }
  }
});
