import type { Random } from '../../kernel/random.ts';
import type { QueueFigures, Traffic } from './erlang-c.ts';

/** A mean over independent runs, and the half-width of its interval. */
export interface Estimate {
  readonly mean: number;
  readonly spread: number;
}

export type SimulatedFigures = Readonly<Record<keyof QueueFigures | 'wait', Estimate>>;

export interface SimulationOptions {
  /** Seconds counted in each run, and before them until the queue has settled. */
  readonly seconds: number;
  readonly warmup: number;
  readonly runs: number;
  /** Standard errors in the half-width; 1.96 for 95 %. */
  readonly z: number;
}

interface Waiting {
  readonly since: number;
  readonly until: number;
}

/**
 * M/M/n+M event by event: Poisson calls, exponential service and patience, first come first served. Figures are means
 * over runs that start empty; calls are counted by when they come in. Patience in seconds; null never gives up.
 */
export function simulate(
  traffic: Traffic,
  agents: number,
  target: number,
  patience: number | null,
  { seconds, warmup, runs, z }: SimulationOptions,
  random: Random,
): SimulatedFigures {
  const seen = Array.from({ length: runs }, () => oneRun(traffic, agents, target, patience, warmup, seconds, random));
  const estimate = (name: keyof SimulatedFigures): Estimate => {
    const mean = seen.reduce((sum, run) => sum + run[name], 0) / runs;
    const variance = seen.reduce((sum, run) => sum + (run[name] - mean) ** 2, 0) / (runs - 1);
    return { mean, spread: z * Math.sqrt(variance / runs) };
  };
  return {
    serviceLevel: estimate('serviceLevel'),
    asa: estimate('asa'),
    wait: estimate('wait'),
    pWait: estimate('pWait'),
    occupancy: estimate('occupancy'),
    abandon: estimate('abandon'),
  };
}

function oneRun(
  { calls, interval, aht }: Traffic,
  agents: number,
  target: number,
  patience: number | null,
  warmup: number,
  seconds: number,
  random: Random,
): Record<keyof SimulatedFigures, number> {
  const end = warmup + seconds;
  /** When each agent becomes free. */
  const free = new Float64Array(agents);
  const queue: Waiting[] = [];
  const count = { offered: 0, answered: 0, inTime: 0, waited: 0, gone: 0, wait: 0, answeredWait: 0, busy: 0 };
  const counts = (since: number) => since >= warmup && since < end;
  const answer = (agent: number, at: number, since: number) => {
    const done = at + random.exponential(aht);
    free[agent] = done;
    count.busy += Math.max(0, Math.min(done, end) - Math.max(at, warmup));
    if (!counts(since)) return;
    count.answered++;
    count.answeredWait += at - since;
    count.wait += at - since;
    if (at > since) count.waited++;
    if (at - since <= target) count.inTime++;
  };
  /** Answers those who wait in the order they came, as agents become free up to a moment. */
  const serve = (now: number) => {
    while (queue.length > 0) {
      const first = queue[0]!;
      const agent = earliest(free);
      const at = Math.max(free[agent]!, first.since);
      if (Math.min(at, first.until) > now) return;
      queue.shift();
      if (at <= first.until) answer(agent, at, first.since);
      else if (counts(first.since)) {
        count.gone++;
        count.waited++;
        count.wait += first.until - first.since;
      }
    }
  };
  for (let now = random.exponential(interval / calls); now < end; now += random.exponential(interval / calls)) {
    serve(now);
    if (counts(now)) count.offered++;
    queue.push({
      since: now,
      until: patience === null ? Number.POSITIVE_INFINITY : now + random.exponential(patience),
    });
    serve(now);
  }
  serve(Number.POSITIVE_INFINITY);
  const { offered, answered } = count;
  return {
    serviceLevel: count.inTime / offered,
    asa: answered > 0 ? count.answeredWait / answered : 0,
    wait: count.wait / offered,
    pWait: count.waited / offered,
    occupancy: count.busy / (agents * seconds),
    abandon: count.gone / offered,
  };
}

function earliest(free: Float64Array): number {
  let found = 0;
  for (let agent = 1; agent < free.length; agent++) if (free[agent]! < free[found]!) found = agent;
  return found;
}
