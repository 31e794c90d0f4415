/** What calls an interval brings, how long each takes, and who answers them; durations in seconds. */
export interface Traffic {
  /** Calls offered in the interval. */
  readonly calls: number;
  /** Length of the interval, seconds. */
  readonly interval: number;
  /** Mean handle time, seconds. */
  readonly aht: number;
}

/** How a queue in equilibrium goes. Shares are of all calls offered, 0 to 1; times in seconds. */
export interface QueueFigures {
  /** Share answered within the target. */
  readonly serviceLevel: number;
  /** Mean wait of those answered; null when the queue grows without end. */
  readonly asa: number | null;
  /** Share that has to wait at all. */
  readonly pWait: number;
  /** Share of the agents' time spent on calls. */
  readonly occupancy: number;
  /** Share that gives up before being answered. */
  readonly abandon: number;
}

/** Work offered, in erlangs: agents that would be busy if nobody ever waited. */
export function loadOf({ calls, interval, aht }: Traffic): number {
  return (calls * aht) / interval;
}

/** Share of calls that find all lines busy when those are lost (Erlang B), by its recursion; load in erlangs. */
export function erlangB(load: number, lines: number): number {
  let blocked = 1;
  for (let line = 1; line <= lines; line++) blocked = (load * blocked) / (line + load * blocked);
  return blocked;
}

/**
 * M/M/n with callers who never give up (Erlang, 1917), answered within `target` seconds. With as much work as agents or
 * more there is no equilibrium: nobody is answered in time and `asa` is null.
 */
export function erlangC(traffic: Traffic, agents: number, target: number): QueueFigures {
  const load = loadOf(traffic);
  if (load === 0) return { serviceLevel: 1, asa: 0, pWait: 0, occupancy: 0, abandon: 0 };
  if (load >= agents) return { serviceLevel: 0, asa: null, pWait: 1, occupancy: 1, abandon: 0 };
  const blocked = erlangB(load, agents);
  const pWait = (agents * blocked) / (agents - load * (1 - blocked));
  const spare = agents - load;
  return {
    serviceLevel: 1 - pWait * Math.exp((-spare * target) / traffic.aht),
    asa: (pWait * traffic.aht) / spare,
    pWait,
    occupancy: load / agents,
    abandon: 0,
  };
}
