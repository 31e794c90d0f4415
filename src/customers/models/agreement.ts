import type { Grouping } from './quality.ts';

/** How many rows two groupings have in each pair of groups: one's groups by rows, the other's by columns. */
export function crossing(one: Grouping, other: Grouping): Float64Array[] {
  const counts = Array.from({ length: one.groups }, () => new Float64Array(other.groups));
  for (let row = 0; row < one.labels.length; row++) counts[one.labels[row]!]![other.labels[row]!]!++;
  return counts;
}

const pairs = (count: number): number => (count * (count - 1)) / 2;
const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** How far two groupings agree beyond chance: 1 when they are the same, about 0 by chance (Hubert & Arabie, 1985). */
export function adjustedRand(one: Grouping, other: Grouping): number {
  const counts = crossing(one, other);
  const both = sum(counts.flatMap((row) => [...row].map(pairs)));
  const ofOne = sum(counts.map((row) => pairs(sum(row))));
  const ofOther = sum(Array.from({ length: other.groups }, (_, at) => pairs(sum(counts.map((row) => row[at]!)))));
  const chance = (ofOne * ofOther) / pairs(one.labels.length);
  const most = (ofOne + ofOther) / 2;
  return most === chance ? 1 : (both - chance) / (most - chance);
}

/** Of each group of `one`, the largest Jaccard similarity that a group of `other` has with it (Hennig, 2007). */
export function jaccards(one: Grouping, other: Grouping): number[] {
  const counts = crossing(one, other);
  const sizes = Array.from({ length: other.groups }, (_, at) => sum(counts.map((row) => row[at]!)));
  return counts.map((row) => {
    const own = sum(row);
    return Math.max(0, ...sizes.map((size, at) => row[at]! / (own + size - row[at]! || 1)));
  });
}

/**
 * Pairs rows of gains with columns so that the sum of the gains is the largest (Kuhn, 1955; Jonker & Volgenant's
 * shortest augmenting paths, 1987). Gives of each row its column, -1 where there are fewer columns.
 */
export function bestPairs(gains: readonly ArrayLike<number>[]): number[] {
  const [rows, columns] = [gains.length, gains[0]?.length ?? 0];
  const size = Math.max(rows, columns);
  const cost = (row: number, column: number) => (row < rows && column < columns ? -gains[row]![column]! : 0);
  const rowPrice = new Float64Array(size + 1);
  const columnPrice = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1).fill(-1);
  for (let row = 0; row < size; row++) {
    const least = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(size).fill(size);
    const done = new Uint8Array(size + 1);
    rowOf[size] = row;
    let column = size;
    while (rowOf[column] !== -1) {
      done[column] = 1;
      const current = rowOf[column]!;
      let [step, next] = [Number.POSITIVE_INFINITY, -1];
      for (let to = 0; to < size; to++) {
        if (done[to]) continue;
        const slack = cost(current, to) - rowPrice[current]! - columnPrice[to]!;
        if (slack < least[to]!) {
          least[to] = slack;
          from[to] = column;
        }
        if (least[to]! < step) {
          step = least[to]!;
          next = to;
        }
      }
      for (let to = 0; to <= size; to++) {
        if (done[to]) {
          rowPrice[rowOf[to]!]! += step;
          columnPrice[to]! -= step;
        } else if (to < size) least[to]! -= step;
      }
      column = next;
    }
    while (column !== size) {
      rowOf[column] = rowOf[from[column]!]!;
      column = from[column]!;
    }
  }
  const result = new Array<number>(rows).fill(-1);
  for (let column = 0; column < columns; column++) if (rowOf[column]! < rows) result[rowOf[column]!] = column;
  return result;
}
