import { type Asked, type Figure, type Found, reasonOf, tellingSources } from './found.ts';
import type { Parts, Quotient } from './indicator.ts';
import { meanInterval, wilson } from './interval.ts';
import { someDimension } from './scope.ts';
import { type SlicedSums, type Sums, slicedSums } from './sums.ts';

/** Quotients of sums: those of the same sources are summed by one statement. */
export function quotients(asked: Asked, indicators: readonly Quotient[]): Promise<Found>[] {
  const { lake, chosen, question } = asked;
  const { scope, by = [] } = question;
  const kept = new Map<string, { of: Quotient[]; sums?: Promise<SlicedSums> }>();
  const nameOf = (one: Quotient) =>
    tellingSources(one, chosen)
      .map(({ source }) => source)
      .join();
  for (const one of indicators) {
    const group = kept.get(nameOf(one)) ?? { of: [] };
    group.of.push(one);
    kept.set(nameOf(one), group);
  }
  return indicators.map(async (one) => {
    const group = kept.get(nameOf(one))!;
    const sources = tellingSources(one, chosen);
    group.sums ??= slicedSums(lake, {
      scope,
      sources,
      by,
      expressions: ['contacts', ...group.of.flatMap(expressionsOf)],
    });
    return foundOf(one, asked, await group.sums);
  });
}

function foundOf(indicator: Quotient, { chosen, question }: Asked, sums: SlicedSums): Found {
  const { scope, by = [], view = 'net' } = question;
  const filters = (scope.where ?? []).map(({ column }) => column);
  const whole = partsOf(indicator, filters);
  const parts = partsOf(indicator, [...filters, ...by]);
  const { perLeg } = indicator;
  const counts = (used: Parts) => (used === perLeg ? 'legs' : 'contacts');
  const held = sums.whole[view];
  const total = figureOf(indicator, whole, held);
  return {
    statement: sums.statement,
    sources: tellingSources(indicator, chosen),
    whole: total,
    gross: figureOf(indicator, whole, sums.whole.gross).value,
    excluded: (sums.whole.gross?.contacts ?? 0) - (sums.whole.net?.contacts ?? 0),
    rows: sums.slices.map((slice) => ({ key: slice.key, ...figureOf(indicator, parts, slice[view]) })),
    reason: reasonOf(indicator, chosen, held !== null),
    ...(perLeg ? { basis: { total: counts(whole), rows: counts(parts) } } : {}),
    ...(indicator.groups
      ? {
          groups: indicator.groups.map(({ name, numerator }) => {
            const n = held?.[numerator] ?? 0;
            return { name, n, share: total.n > 0 ? n / total.n : null };
          }),
        }
      : {}),
  };
}

/** Split by agent a figure may count legs; the total of the same scope counts contacts, however it is split. */
export function partsOf({ numerator, denominator, squares, perLeg }: Quotient, columns: readonly string[]): Parts {
  const legs = ({ legs }: { legs: string }) => legs === 'agent' || (legs === 'differ' && perLeg?.when === 'differing');
  return perLeg && someDimension(columns, legs) ? perLeg : { numerator, denominator, squares };
}

function expressionsOf({ perLeg, groups = [], ...indicator }: Quotient): string[] {
  const parts = [indicator, ...(perLeg ? [perLeg] : [])].flatMap(({ numerator, denominator, squares }) => [
    numerator,
    ...(denominator ? [denominator] : []),
    ...(squares ? [squares] : []),
  ]);
  return [...parts, ...groups.map(({ numerator }) => numerator)];
}

function figureOf({ interval }: Quotient, { numerator, denominator, squares }: Parts, sums: Sums | null): Figure {
  if (!sums) return { value: null, n: 0 };
  const over = sums[numerator]!;
  if (!denominator) return { value: over, n: over };
  const n = sums[denominator]!;
  if (n <= 0) return { value: null, n };
  const bounds = interval === 'wilson' ? wilson(over, n) : squares ? meanInterval(over, sums[squares]!, n) : null;
  return { value: over / n, n, ...(interval === 'none' ? {} : bounds) };
}
