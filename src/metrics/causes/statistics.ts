import { logGamma } from '../../kernel/gamma.ts';

/** Two-sided p-value of Student's t with `df` degrees of freedom. */
export function studentP(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return 1;
  return incompleteBeta(df / (df + t * t), df / 2, 0.5);
}

/** The t that leaves 2.5 % on each side, by bisection. */
export function student95(df: number): number {
  let [low, high] = [0, 1000];
  for (let turn = 0; turn < 60; turn++) {
    const middle = (low + high) / 2;
    if (studentP(middle, df) > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X ≥ count) of a Poisson variable. */
export function poissonAtLeast(count: number, mean: number): number {
  if (count <= 0) return 1;
  return mean <= 0 ? 0 : lowerGamma(count, mean);
}

/** P(X ≤ count) of a Poisson variable. */
export function poissonAtMost(count: number, mean: number): number {
  return mean <= 0 ? 1 : 1 - lowerGamma(count + 1, mean);
}

export interface Sample {
  readonly n: number;
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly squares: number;
}

export function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return { n, mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

export interface Difference {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
}

/** The difference of two means with its 95 % interval, variances apart (Welch, 1947); null when one has fewer than two. */
export function welch(one: Sample, other: Sample): Difference | null {
  if (one.n < 2 || other.n < 2) return null;
  const [a, b] = [one.squares / (one.n - 1) / one.n, other.squares / (other.n - 1) / other.n];
  const error = Math.sqrt(a + b);
  const difference = one.mean - other.mean;
  if (error === 0) return null;
  const df = (a + b) ** 2 / (a ** 2 / (one.n - 1) + b ** 2 / (other.n - 1));
  const reach = student95(df) * error;
  return { difference, low: difference - reach, high: difference + reach, pValue: studentP(difference / error, df) };
}

/** The difference of two means with its 95 % interval, of one common variance (Student, 1908): for one group of very few. */
export function pooled(one: Sample, other: Sample): Difference | null {
  const df = one.n + other.n - 2;
  const error = Math.sqrt(((one.squares + other.squares) / df) * (1 / one.n + 1 / other.n));
  if (one.n < 1 || other.n < 2 || df < 1 || !(error > 0)) return null;
  const difference = one.mean - other.mean;
  const reach = student95(df) * error;
  return { difference, low: difference - reach, high: difference + reach, pValue: studentP(difference / error, df) };
}

/** A sample without a part of it. */
export function without(whole: Sample, part: Sample): Sample {
  const n = whole.n - part.n;
  const mean = (whole.n * whole.mean - part.n * part.mean) / n;
  const sumOfSquares = ({ n: count, mean: middle, squares }: Sample) => squares + count * middle ** 2;
  return { n, mean, squares: Math.max(0, sumOfSquares(whole) - sumOfSquares(part) - n * mean ** 2) };
}

/** How far one more value lies from a history of its like, with the interval that a usual one would lie in. */
export function against(value: number, history: Sample): (Difference & { readonly usual: number }) | null {
  if (history.n < 6 || history.squares === 0) return null;
  const df = history.n - 1;
  const error = Math.sqrt((history.squares / df) * (1 + 1 / history.n));
  const difference = value - history.mean;
  const reach = student95(df) * error;
  return {
    usual: history.mean,
    difference,
    low: difference - reach,
    high: difference + reach,
    pValue: studentP(difference / error, df),
  };
}

/**
 * Which of many p-values stand at a chance of `alpha` that any of them is a false alarm (Holm, 1979): the adjusted ones,
 * in their order.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  for (const [rank, index] of order.entries()) {
    highest = Math.max(highest, Math.min(1, pValues[index]! * (pValues.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}

/** The regularised incomplete beta function, by its continued fraction (Lentz, 1976). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  let [c, d] = [1, 1 / tiny(1 - ((a + b) * x) / (a + 1))];
  let value = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / tiny(1 + even * d);
    c = tiny(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / tiny(1 + odd * d);
    c = tiny(1 + odd / c);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return Math.min(1, front * value);
}

/** The regularised lower incomplete gamma function P(a, x): its series, or its continued fraction where that is shorter. */
function lowerGamma(a: number, x: number): number {
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; n < 10_000 && term > sum * 1e-15; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const even = -n * (n - a);
    b += 2;
    d = 1 / tiny(even * d + b);
    c = tiny(b + even / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return Math.max(0, 1 - front * value);
}

const tiny = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);
