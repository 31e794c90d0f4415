import type { Insight } from './shapes.ts';

/** Findings of one kind that are told apart; more of them are one statement. */
const APART = 3;
/** Kinds whose findings may be of the same hours: the agent's own, the reason's, the account's. */
const OVERLAPPING: readonly string[] = ['own-history', 'half-hours'];

/** What is told together: one finding, or those that say the same of many, the largest first. */
export interface Told {
  readonly kind: string;
  readonly causes: readonly Insight[];
  /** Of all of them; where they may be of the same hours, of the largest. */
  readonly effectHours: number;
  readonly summed: boolean;
}

const size = ({ effectHours }: { readonly effectHours: number }) => Math.abs(effectHours);

/** Findings by their size; more than three of a kind, all costing or all saving, are one, in the place of what it tells. */
export function toldTogether(causes: readonly Insight[]): Told[] {
  const keyOf = ({ kind, effectHours }: Insight) => `${kind} ${Math.sign(Math.round(effectHours))}`;
  const groups = [...Map.groupBy(causes, keyOf).values()];
  const one = (cause: Insight): Told => ({
    ...{ kind: cause.kind, causes: [cause], effectHours: cause.effectHours, summed: true },
  });
  return groups
    .flatMap((alike): Told[] => {
      if (alike.length <= APART) return alike.map(one);
      const sorted = alike.toSorted((a, b) => size(b) - size(a));
      const [largest] = sorted;
      const summed = !OVERLAPPING.includes(largest!.kind);
      const sum = sorted.reduce((total, { effectHours }) => total + effectHours, 0);
      return [{ kind: largest!.kind, causes: sorted, effectHours: summed ? sum : largest!.effectHours, summed }];
    })
    .sort((a, b) => size(b) - size(a));
}
