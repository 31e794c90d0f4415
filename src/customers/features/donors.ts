import { setImmediate } from 'node:timers/promises';
import { Random } from '../../kernel/random.ts';
import { type ReceivedColumn, type Treatment, treat } from './treatment.ts';

/** Rows of a known value that others may take theirs from. */
const MOST_DONORS = 500;
/** Comparisons between two turns of others. */
const A_TURN = 2_000_000;

export interface Filled {
  readonly columns: readonly ReceivedColumn[];
  /** How many values were missing, by column that lacked any. */
  readonly missing: ReadonlyMap<string, number>;
}

interface DonorSettings {
  /** Columns in which what is missing is none. */
  readonly none?: ReadonlySet<string>;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Columns in which a missing number is that of the row most like it in the columns that all rows have, of some drawn
 * ones (nearest-neighbour hot deck: Andridge & Little, 2010): who is missing from a file makes no group of its own.
 * Texts, and numbers taken as `one-hot`, stay as they are.
 */
export async function fillFromNearest(
  received: readonly ReceivedColumn[],
  asked: ReadonlyMap<string, Treatment>,
  settings: DonorSettings,
): Promise<Filled> {
  const columns = noneAsZero(received, settings.none);
  const whole = columns.filter((column) => 'numbers' in column && !column.numbers.some(Number.isNaN));
  const varied = whole.filter(
    (column) => 'numbers' in column && column.numbers.some((one) => one !== column.numbers[0]),
  );
  const compared = varied.length > 0 ? treat(varied, asked).values : [];
  const missing = new Map<string, number>();
  const filled: ReceivedColumn[] = [];
  for (const column of columns) {
    const kept = 'texts' in column || asked.get(column.name) === 'one-hot' || whole.includes(column);
    if (kept) filled.push(column);
    else {
      const { numbers, count } = await nearest(column.name, column.numbers, compared, settings);
      if (count > 0) missing.set(column.name, count);
      filled.push({ name: column.name, numbers });
    }
  }
  return { columns: filled, missing };
}

/** Columns in which a missing number of some is 0. */
export function noneAsZero(
  columns: readonly ReceivedColumn[],
  none: ReadonlySet<string> | undefined,
): readonly ReceivedColumn[] {
  return columns.map((column) => {
    if ('texts' in column || !none?.has(column.name)) return column;
    return { name: column.name, numbers: column.numbers.map((value) => (Number.isNaN(value) ? 0 : value)) };
  });
}

async function nearest(
  name: string,
  received: Float64Array,
  compared: readonly Float64Array[],
  { seed, signal }: DonorSettings,
): Promise<{ numbers: Float64Array; count: number }> {
  const numbers = received.slice();
  const known = Array.from(received.keys()).filter((row) => !Number.isNaN(received[row]!));
  const donors = new Random(seed, 'donors', name).shuffle(known).slice(0, MOST_DONORS);
  if (donors.length === 0) return { numbers, count: 0 };
  let [count, since] = [0, 0];
  for (const [row, value] of received.entries()) {
    if (!Number.isNaN(value)) continue;
    let best = donors[count % donors.length]!;
    let least = Number.POSITIVE_INFINITY;
    // Without anything to compare, the donors take turns.
    for (const donor of compared.length > 0 ? donors : []) {
      let away = 0;
      for (const values of compared) away += (values[row]! - values[donor]!) ** 2;
      if (away < least) [best, least] = [donor, away];
    }
    numbers[row] = received[best]!;
    count++;
    since += donors.length * compared.length;
    if (since > A_TURN) {
      since = 0;
      await setImmediate();
      signal?.throwIfAborted();
    }
  }
  return { numbers, count };
}
