import { erlangA } from './erlang-a.ts';
import { erlangC, loadOf, type QueueFigures, type Traffic } from './erlang-c.ts';

/** What a queue must reach. Shares from 0 to 1, times in seconds. */
export interface Target {
  /** Least share answered within `within` seconds. */
  readonly level: number;
  readonly within: number;
  /** Longest mean wait of those answered. */
  readonly asa?: number;
  /** Most of the agents' time on calls. */
  readonly occupancy?: number;
  /** Largest share that gives up. */
  readonly abandon?: number;
}

/** Mean patience in seconds; null for callers who never give up. */
export type Patience = number | null;

/** Erlang A where callers give up, Erlang C where they do not. */
export function queueFigures(traffic: Traffic, agents: number, within: number, patience: Patience): QueueFigures {
  return patience === null ? erlangC(traffic, agents, within) : erlangA(traffic, agents, within, patience);
}

/** Fewest agents on the phones that meet every part of the target; none for no calls. */
export function agentsNeeded(traffic: Traffic, target: Target, patience: Patience): number {
  if (traffic.calls === 0 || traffic.aht === 0) return 0;
  const enough = (agents: number) => meets(queueFigures(traffic, agents, target.within, patience), target);
  const least = patience === null ? Math.floor(loadOf(traffic)) : 0;
  // Near what the square-root rule says, then away from there in growing steps.
  const near = Math.max(least + 1, Math.round(loadOf(traffic) + 0.5 * Math.sqrt(loadOf(traffic))));
  let [few, many] = [least, near];
  if (enough(near)) {
    for (let step = 1; many - step > few; step *= 2) {
      if (!enough(many - step)) few = many - step;
      else many -= step;
    }
  } else {
    for (let step = 1; ; step *= 2) {
      few = many;
      many += step;
      if (enough(many)) break;
    }
  }
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (enough(middle)) many = middle;
    else few = middle;
  }
  return many;
}

/**
 * People to roster so that `agents` are on the phones when the share `shrinkage` (0 to below 1: breaks, training,
 * absence) of them is away.
 */
export function withShrinkage(agents: number, shrinkage: number): number {
  // 21 / 0.7 is 30.000000000000004.
  return Math.max(0, Math.ceil(agents / (1 - shrinkage) - 1e-9));
}

function meets({ serviceLevel, asa, occupancy, abandon }: QueueFigures, target: Target): boolean {
  return (
    serviceLevel >= target.level &&
    (target.asa === undefined || (asa !== null && asa <= target.asa)) &&
    (target.occupancy === undefined || occupancy <= target.occupancy) &&
    (target.abandon === undefined || abandon <= target.abandon)
  );
}
