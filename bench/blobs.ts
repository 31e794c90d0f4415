import { Points } from '../src/customers/models/points.ts';
import { Random } from '../src/kernel/random.ts';

/** Rows about as many centers as groups, whose distances are `spread` times the rows' own; the same each time. */
export function blobs(rows: number, columns: number, groups: number, spread: number): Points {
  const random = new Random(1);
  const points = new Points(rows, columns);
  const centers = Array.from({ length: groups }, () => Array.from({ length: columns }, () => random.normal(0, spread)));
  for (let row = 0; row < rows; row++) {
    const center = centers[random.int(0, groups)]!;
    for (let column = 0; column < columns; column++)
      points.values[row * points.stride + column] = center[column]! + random.normal(0, 1);
  }
  return points;
}

/** A mixture's beginning: each row in one group, drawn. */
export function drawnGroups(rows: number, groups: number): Float64Array {
  const random = new Random(2);
  const begun = new Float64Array(rows * groups);
  for (let row = 0; row < rows; row++) begun[row * groups + random.int(0, groups)] = 1;
  return begun;
}
