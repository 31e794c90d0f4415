import { erlangB, loadOf, type QueueFigures, type Traffic } from './erlang-c.ts';

/** A queue whose callers give up, besides what {@link QueueFigures} tell. */
export interface ImpatientFigures extends QueueFigures {
  readonly asa: number;
  /** Mean wait of everybody, until answered or given up, seconds. */
  readonly wait: number;
}

/** Terms of a sum below this share of its largest one are left out. */
const NEGLIGIBLE = 1e-20;
/** An integrand is left out where it is below exp(−45) of its largest value. */
const DROP = 45;
const PANELS = 16;
/** Gauss–Legendre, eight points: half of the nodes on (−1, 1) and their weights. */
const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/**
 * M/M/n+M: callers whose patience is exponential with mean `patience` seconds (Palm, 1957), in equilibrium, which there
 * always is. Waiting, abandonment and mean waits are sums over the birth–death chain (Garnett, Mandelbaum & Reiman,
 * 2002); who is answered within `target` seconds is the integral over the virtual wait (Baccelli & Hebuterne, 1981).
 */
export function erlangA(traffic: Traffic, agents: number, target: number, patience: number): ImpatientFigures {
  const load = loadOf(traffic);
  if (load === 0) return { serviceLevel: 1, asa: 0, wait: 0, pWait: 0, occupancy: 0, abandon: 0 };
  const rates: Rates = {
    arrival: traffic.calls / traffic.interval,
    service: agents / traffic.aht,
    leaving: 1 / patience,
  };
  const { pWait, wait } = chainOf(rates, agents > 0 ? erlangB(load, agents) : 1);
  const abandon = Math.min(1, wait / patience);
  if (agents === 0) return { serviceLevel: 0, asa: 0, wait, pWait, occupancy: 0, abandon };
  const answered = 1 - abandon;
  // Of those who wait, the ones answered: all that the density below has to add up to.
  const whole = integrals(rates, Number.POSITIVE_INFINITY);
  const scale = Math.max(0, pWait - abandon) / whole.mass;
  return {
    serviceLevel: Math.min(1, 1 - pWait + scale * integrals(rates, target).mass),
    asa: answered > 0 ? (scale * whole.time) / answered : 0,
    wait,
    pWait,
    occupancy: (load * answered) / agents,
    abandon,
  };
}

/** Calls a second, answers a second with every agent busy, departures a second of each one that waits. */
interface Rates {
  readonly arrival: number;
  readonly service: number;
  readonly leaving: number;
}

/**
 * The states of the chain with all agents busy, relative to the likeliest of them, so that no term overflows; those
 * below weigh 1 / (Erlang B) of the first. The mean wait of everybody is the queue over the arrivals (Little).
 */
function chainOf({ arrival, service, leaving }: Rates, blocked: number): { pWait: number; wait: number } {
  const mode = Math.max(0, Math.floor((arrival - service) / leaving));
  let sum = 1;
  let queued = mode;
  for (let length = mode + 1, term = 1; term > NEGLIGIBLE; length++) {
    term *= arrival / (service + length * leaving);
    sum += term;
    queued += term * length;
  }
  let full = 1;
  for (let length = mode; length > 0 && full > 0; length--) {
    full *= (service + length * leaving) / arrival;
    if (full < NEGLIGIBLE) full = 0;
    sum += full;
    queued += full * (length - 1);
  }
  const total = sum + (full > 0 ? full * (1 / blocked - 1) : 0);
  return { pWait: sum / total, wait: queued / total / arrival };
}

/**
 * Integrals from 0 to `until` of the density of being answered after a wait of t, and of t times it, in units of its
 * largest value: agents become free at their pace, while of those ahead the more give up the longer it takes, and one
 * stays patient.
 */
function integrals({ arrival, service, leaving }: Rates, until: number): { mass: number; time: number } {
  const log = (time: number) => (arrival / leaving) * -Math.expm1(-leaving * time) - (service + leaving) * time;
  const peak = Math.max(0, Math.log(arrival / (service + leaving)) / leaving);
  const [unit, last] = [log(peak), Math.min(until, peak)];
  const least = log(last) - DROP;
  const from = log(0) >= least ? 0 : edge(log, least, 0, last);
  let step = 1 / (arrival + service + leaving);
  while (last + step < until && log(last + step) > least) step *= 2;
  const far = Math.min(until, last + step);
  const to = log(far) >= least ? far : edge(log, least, far, last);
  const half = (to - from) / PANELS / 2;
  let [mass, time] = [0, 0];
  for (let panel = 0; panel < PANELS; panel++) {
    const middle = from + (2 * panel + 1) * half;
    for (let point = 0; point < NODES.length; point++) {
      const away = half * NODES[point]!;
      const before = WEIGHTS[point]! * Math.exp(log(middle - away) - unit);
      const after = WEIGHTS[point]! * Math.exp(log(middle + away) - unit);
      mass += before + after;
      time += before * (middle - away) + after * (middle + away);
    }
  }
  return { mass: mass * half, time: time * half };
}

/** Where a concave function crosses `level` between a point below it and one above, by halving. */
function edge(of: (time: number) => number, level: number, below: number, above: number): number {
  let [low, high] = [below, above];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (of(middle) < level) low = middle;
    else high = middle;
  }
  return low;
}
