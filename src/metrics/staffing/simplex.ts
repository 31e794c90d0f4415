/** minimise cost·x with matrix·x = right, x ≥ 0; right ≥ 0, and column `basis[row]` is the unit vector of its row. */
export interface LinearProgram {
  readonly cost: Float64Array;
  readonly matrix: readonly Float64Array[];
  readonly right: Float64Array;
  readonly basis: readonly number[];
}

export interface LinearSolution {
  readonly value: number;
  readonly x: Float64Array;
}

const TINY = 1e-9;
/** Steps without progress after which the first column that helps enters, which cannot circle (Bland, 1977). */
const PATIENCE = 60;

/**
 * The primal simplex method on a full tableau (Dantzig): for programs of some hundred columns whose first solution is
 * at hand, of zeros and ones, bounded below.
 */
export function solveLinear({ cost, matrix, right, basis: first }: LinearProgram): LinearSolution {
  const [rows, columns] = [matrix.length, cost.length];
  const table = matrix.map((row, index) => {
    const line = new Float64Array(columns + 1);
    line.set(row);
    line[columns] = right[index]!;
    return line;
  });
  const basis = [...first];
  /** Reduced costs, and minus the value. */
  const reduced = new Float64Array(columns + 1);
  reduced.set(cost);
  for (let row = 0; row < rows; row++) {
    const price = cost[basis[row]!]!;
    if (price !== 0) for (let column = 0; column <= columns; column++) reduced[column]! -= price * table[row]![column]!;
  }
  for (let still = 0; ; ) {
    const entering = enteringColumn(reduced, columns, still > PATIENCE);
    if (entering < 0) break;
    const leaving = leavingRow(table, basis, entering, columns);
    const line = table[leaving]!;
    still = line[columns]! > TINY ? 0 : still + 1;
    pivot(line, entering);
    for (const other of [...table, reduced]) if (other !== line) clear(other, line, entering);
    basis[leaving] = entering;
  }
  const x = new Float64Array(columns);
  for (let row = 0; row < rows; row++) x[basis[row]!] = table[row]![columns]!;
  return { value: -reduced[columns]!, x };
}

function enteringColumn(reduced: Float64Array, columns: number, first: boolean): number {
  let found = -1;
  let least = -TINY;
  for (let column = 0; column < columns; column++) {
    if (reduced[column]! >= least) continue;
    found = column;
    if (first) break;
    least = reduced[column]!;
  }
  return found;
}

function leavingRow(table: readonly Float64Array[], basis: readonly number[], entering: number, last: number): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [row, line] of table.entries()) {
    if (line[entering]! <= TINY) continue;
    const ratio = line[last]! / line[entering]!;
    if (ratio > least + TINY || (ratio > least - TINY && found >= 0 && basis[row]! > basis[found]!)) continue;
    least = Math.min(least, ratio);
    found = row;
  }
  return found;
}

function pivot(line: Float64Array, entering: number): void {
  const by = line[entering]!;
  for (let column = 0; column < line.length; column++) line[column]! /= by;
}

function clear(other: Float64Array, line: Float64Array, entering: number): void {
  const times = other[entering]!;
  if (times === 0) return;
  for (let column = 0; column < line.length; column++) other[column]! -= times * line[column]!;
}
