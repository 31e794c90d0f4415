import type { Indicator } from './indicator.ts';

/** Below this many cases a value is shown but not ranked. */
export const FEW = 30;
/** Seconds of agents' time that say as much as one case: what an agent takes for a contact of six minutes at 60 % occupancy. */
const CASE_S = 600;

/** Below this `n` a value of the indicator says little: 30 cases, or five hours of agents' time in seconds. */
export function fewOf({ kind }: Pick<Indicator, 'kind'>): number {
  return kind === 'agentTime' ? FEW * CASE_S : FEW;
}
