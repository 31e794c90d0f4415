import { RamalError } from '../../kernel/errors.ts';
import { WARNINGS } from '../warnings.ts';

/**
 * What is done to a column before rows are compared: `standard` has mean 0 and deviation 1; `log` is that of
 * ln(1 + x), with the sign of x; `winsorised` that of values held between the 1st and the 99th percentile; `one-hot` a
 * column of 0 and 1 for each frequent text; `raw` is as received.
 */
export const TREATMENTS = ['standard', 'log', 'winsorised', 'one-hot', 'raw'] as const;
export type Treatment = (typeof TREATMENTS)[number];

export type ColumnNature = 'number' | 'text';

/** A column as received: numbers with NaN, or texts with null, where there is nothing. */
export type ReceivedColumn =
  | { readonly name: string; readonly numbers: Float64Array }
  | { readonly name: string; readonly texts: readonly (string | null)[] };

/** A column of the compared numbers. */
export interface Feature {
  /** The column that it was made of. */
  readonly column: string;
  readonly treatment: Treatment;
  /** The text whose rows have 1, or that the value was missing. */
  readonly is?: string | undefined;
  /** What was taken away and divided by; from a compared number back, it is times `scale` plus `center`. */
  readonly center: number;
  readonly scale: number;
}

export interface Treated {
  readonly features: readonly Feature[];
  /** By feature, of every row. */
  readonly values: readonly Float64Array[];
  readonly warnings: readonly string[];
}

/** Texts that get a column each; the others share one. */
const MOST_TEXTS = 20;
/** Texts of fewer rows than this share of all share a column. */
const RARE = 0.01;
export const MISSING = 'sem valor';
export const OTHERS = 'demais';

/**
 * Compared numbers of columns. A missing number is the column's median, and a column of its own says so; a column of
 * one value tells nothing and is left out, with a warning.
 * @param asked treatments by column; `standard` of numbers and `one-hot` of texts unless said.
 * @throws RamalError `usage` for a treatment that the column cannot have, or when nothing is left.
 */
export function treat(columns: readonly ReceivedColumn[], asked: ReadonlyMap<string, Treatment>): Treated {
  const features: Feature[] = [];
  const values: Float64Array[] = [];
  const warnings: string[] = [];
  for (const column of columns) {
    const treatment = asked.get(column.name) ?? ('numbers' in column ? 'standard' : 'one-hot');
    if ('texts' in column && treatment !== 'one-hot')
      throw new RamalError('usage', {
        what: `A coluna ${column.name} tem textos, e ${treatment} é de números`,
        todo: 'Use one-hot, ou outra coluna',
      });
    const texts = 'texts' in column ? column.texts : treatment === 'one-hot' ? asTexts(column.numbers) : null;
    const made = texts ? flags(column.name, texts) : numbers(column.name, numbersOf(column), treatment);
    if (made.length === 0) warnings.push(nothingIn(column.name, texts));
    for (const { feature, value } of made) {
      features.push(feature);
      values.push(value);
    }
  }
  if (features.length > 0) return { features, values, warnings };
  throw new RamalError('usage', {
    what: `Nenhuma coluna distingue as linhas: ${columns.map(({ name }) => name).join(', ')}`,
    todo: 'Escolha colunas com valores diferentes',
  });
}

/** Why a column tells nothing: no text of it is in one row of a hundred, or all rows have the same. */
const nothingIn = (name: string, texts: readonly (string | null)[] | null): string =>
  texts && new Set(texts).size > 1 ? WARNINGS.rareTexts(name) : WARNINGS.oneValue(name);

interface Made {
  readonly feature: Feature;
  readonly value: Float64Array;
}

const numbersOf = (column: ReceivedColumn): Float64Array => ('numbers' in column ? column.numbers : new Float64Array());

function asTexts(received: Float64Array): (string | null)[] {
  return Array.from(received, (value) => (Number.isNaN(value) ? null : String(value)));
}

function numbers(column: string, received: Float64Array, treatment: Treatment): Made[] {
  const known = received.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return [];
  const median = quantile(known, 0.5);
  const [low, high] =
    treatment === 'winsorised' ? [quantile(known, 0.01), quantile(known, 0.99)] : [-Infinity, Infinity];
  const value = received.map((one) => {
    const held = Math.min(high, Math.max(low, Number.isNaN(one) ? median : one));
    return treatment === 'log' ? Math.sign(held) * Math.log1p(Math.abs(held)) : held;
  });
  const made = scaled({ column, treatment }, value, treatment === 'raw');
  if (known.length === received.length) return made;
  const lacks = received.map((one) => (Number.isNaN(one) ? 1 : 0));
  return [...made, ...scaled({ column, treatment: 'one-hot', is: MISSING }, lacks, false)];
}

function flags(column: string, texts: readonly (string | null)[]): Made[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text ?? MISSING, (counts.get(text ?? MISSING) ?? 0) + 1);
  const frequent = [...counts]
    .filter(([, count]) => count >= RARE * texts.length)
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .slice(0, MOST_TEXTS)
    .map(([text]) => text);
  const known = new Set(frequent);
  const levels = counts.size > known.size ? [...frequent, OTHERS] : frequent;
  return levels.flatMap((is) => {
    const value = Float64Array.from(texts, (text) => {
      const own = text ?? MISSING;
      return (known.has(own) ? own : OTHERS) === is ? 1 : 0;
    });
    // All columns of a text together weigh as one number.
    return scaled({ column, treatment: 'one-hot', is }, value, false, Math.sqrt(levels.length));
  });
}

/** Numbers with mean 0 and deviation 1 over `part`, or none where they are all the same. */
function scaled(feature: Omit<Feature, 'center' | 'scale'>, value: Float64Array, raw: boolean, part = 1): Made[] {
  const center = value.reduce((sum, one) => sum + one, 0) / value.length;
  const scale = part * Math.sqrt(value.reduce((sum, one) => sum + (one - center) ** 2, 0) / value.length);
  if (!(scale > 1e-12 * Math.abs(center))) return [];
  if (raw) return [{ feature: { ...feature, center: 0, scale: 1 }, value }];
  return [{ feature: { ...feature, center, scale }, value: value.map((one) => (one - center) / scale) }];
}

/** Of sorted values, between two of them where it falls there. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}

/** A compared number of a feature as it was received; of `one-hot`, the share of rows. */
export function asReceived({ treatment, center, scale }: Feature, value: number): number {
  const held = value * scale + center;
  return treatment === 'log' ? Math.sign(held) * Math.expm1(Math.abs(held)) : held;
}
