import type { LakeSession } from '../../storage/lake.ts';
import type { Correlation } from './exploration.ts';

/** Weaker ones are not told. */
const LEAST = 0.3;
/** Fewer rows tell nothing of a pair. */
const FEWEST = 30;
const MOST = 30;
/** Rows that correlations are taken of, drawn by their place in the file: more would tell the same. */
const MOST_ROWS = 100_000;
const MOST_COLUMNS = 120;

/** The pairs of some columns of numbers (SQL over rows) that go together, the strongest first. */
export async function correlationsOf(
  session: LakeSession,
  rows: string,
  columns: readonly { readonly name: string; readonly sql: string }[],
): Promise<Correlation[]> {
  const some = columns.slice(0, MOST_COLUMNS);
  if (some.length < 2) return [];
  const { all } = await session.row<{ all: number }>(`SELECT count(*) AS "all" FROM ${rows}`);
  const every = Math.max(1, Math.ceil(all / MOST_ROWS));
  const read: number[][] = some.map(() => []);
  const selected = some.map(({ sql }) => `CAST(${sql} AS DOUBLE)`).join(', ');
  for await (const chunk of session.chunks(
    `SELECT ${selected} FROM ${rows} WHERE hash(_id) % ${every} = 0 ORDER BY _id`,
  ))
    for (const [at, own] of read.entries())
      for (const value of chunk.getColumnValues(at)) own.push(value === null ? Number.NaN : (value as number));
  const values = read.map((own) => Float64Array.from(own));
  const orders = values.map(orderOf);
  const found = some.flatMap(({ name: one }, a) =>
    some.slice(a + 1).flatMap(({ name: other }, after): Correlation[] => {
      const b = a + 1 + after;
      const { rho, n } = spearman([values[a]!, values[b]!], [orders[a]!, orders[b]!]);
      return n >= FEWEST && Math.abs(rho) >= LEAST ? [{ one, other, rho, n }] : [];
    }),
  );
  return found.sort((x, y) => Math.abs(y.rho) - Math.abs(x.rho) || x.one.localeCompare(y.one)).slice(0, MOST);
}

type Two<T> = readonly [T, T];

/** The rows of a column whose value is known, by their value. */
export function orderOf(values: Float64Array): Uint32Array {
  const known = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!));
  return known.sort((a, b) => values[a]! - values[b]!);
}

/** Spearman's correlation of two columns, with {@link orderOf} them, over the rows where both are known; 0 where one does not vary. */
export function spearman(
  [one, other]: Two<Float64Array>,
  [ofOne, ofOther]: Two<Uint32Array>,
): { readonly rho: number; readonly n: number } {
  const [x, y] = [ranks(one, ofOne, other), ranks(other, ofOther, one)];
  let [n, xy, xx, yy] = [0, 0, 0, 0];
  for (const row of ofOne) if (x[row]! > 0) n++;
  const middle = (n + 1) / 2;
  for (const row of ofOne) {
    if (x[row] === 0) continue;
    const [a, b] = [x[row]! - middle, y[row]! - middle];
    xy += a * b;
    xx += a * a;
    yy += b * b;
  }
  return { rho: xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0, n };
}

/** The rank of each row among those where the other column is known too, from 1 on, 0 of the rest; equal values share the mean. */
function ranks(values: Float64Array, order: Uint32Array, other: Float64Array): Float64Array {
  const found = new Float64Array(values.length);
  const both = order.filter((row) => !Number.isNaN(other[row]!));
  for (let from = 0; from < both.length; ) {
    let to = from + 1;
    while (to < both.length && values[both[to]!] === values[both[from]!]) to++;
    for (let at = from; at < to; at++) found[both[at]!] = (from + 1 + to) / 2;
    from = to;
  }
  return found;
}
