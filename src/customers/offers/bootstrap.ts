import type { Random } from '../../kernel/random.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of one figure, its mean over cases and how sure it is; `over` compares it with that of the first figure. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
  readonly over: { readonly value: number; readonly interval: Interval };
}

const RESAMPLES = 2000;
/** More customers than this are dealt into so many hands, and hands are drawn: time and memory stay the same. */
const MOST_DRAWN = 4000;

/**
 * Means of figures over cases, with intervals of 95% by the bootstrap over customers (Efron, 1979): a customer is drawn
 * with all its cases, and the same ones for all figures, so that their differences are paired.
 * @param parts of the cases: the customer of each, and of each figure its value in each.
 */
export function estimates(
  parts: readonly { readonly customers: ArrayLike<number>; readonly figures: readonly ArrayLike<number>[] }[],
  random: Random,
): Estimate[] {
  const places = new Map<number, number>();
  for (const { customers } of parts)
    for (let at = 0; at < customers.length; at++)
      if (!places.has(customers[at]!)) places.set(customers[at]!, places.size);
  const hands = Math.min(MOST_DRAWN, places.size);
  const dealt = random.split('deal').shuffle(Array.from({ length: places.size }, (_, at) => at % hands));
  const count = parts[0]?.figures.length ?? 0;
  const width = count + 1;
  const sums = new Float64Array(hands * width);
  for (const { customers, figures } of parts)
    for (let at = 0; at < customers.length; at++) {
      const into = dealt[places.get(customers[at]!)!]! * width;
      sums[into]!++;
      for (let figure = 0; figure < count; figure++) sums[into + 1 + figure]! += figures[figure]![at]!;
    }
  const all = totals(sums, width, () => 1);
  const draws = random.split('draw');
  const times = new Uint32Array(hands);
  const means = Array.from({ length: count }, () => new Float64Array(RESAMPLES));
  for (let sample = 0; sample < RESAMPLES; sample++) {
    times.fill(0);
    for (let hand = 0; hand < hands; hand++) times[draws.int(0, hands)]!++;
    const total = totals(sums, width, (hand) => times[hand]!);
    for (let figure = 0; figure < count; figure++) means[figure]![sample] = total[1 + figure]! / total[0]!;
  }
  const mean = (figure: number) => all[1 + figure]! / all[0]!;
  return means.map((drawn, figure) => ({
    value: mean(figure),
    interval: middle(drawn),
    over: {
      value: mean(figure) - mean(0),
      interval: middle(drawn.map((value, sample) => value - means[0]![sample]!)),
    },
  }));
}

function totals(sums: Float64Array, width: number, times: (hand: number) => number): Float64Array {
  const total = new Float64Array(width);
  for (let hand = 0, at = 0; at < sums.length; hand++) {
    const weight = times(hand);
    for (let column = 0; column < width; column++, at++) total[column]! += weight * sums[at]!;
  }
  return total;
}

/** Where the middle 95% lie. */
function middle(values: Float64Array): Interval {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}
