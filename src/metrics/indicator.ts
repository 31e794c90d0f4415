import type { AgentState, TIMES } from '../contracts/index.ts';
import type { RepeatSums } from './repeat-sums.ts';

/** The unit of an indicator's value: a number of things, seconds, days, a share of one, a score, or points of a hundred. */
export type Unit = 'count' | 's' | 'd' | 'ratio' | 'score' | 'points';

type Words = { readonly pt: string; readonly en: string };

/** What an indicator is about: how much, how long, how easily reached, how well, how often people come back, and the agents. */
export type IndicatorGroup = 'volume' | 'time' | 'access' | 'quality' | 'repeat' | 'agents';

interface Described {
  readonly name: string;
  readonly version: number;
  readonly group: IndicatorGroup;
  /** Its place in a report. */
  readonly order: number;
  readonly unit: Unit;
  readonly label: Words;
  readonly help: Words;
  /** As people write it. */
  readonly formula: Words;
  readonly better: 'higher' | 'lower' | 'neither';
  /** How its 95 % interval is made: of a share, of a mean, or not at all. */
  readonly interval: 'wilson' | 'mean' | 'none';
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** It takes every offered contact to tell: a source of answered ones only gives no value. */
  readonly needsUnanswered?: true;
  /** Likewise of a source that never says how long those waited who gave up: with answered waits alone nobody would have. */
  readonly needsAbandonedWait?: true;
  /** It takes scores from 0 to 10. */
  readonly needsTenPoints?: true;
  /** It takes a source that tells reopenings: of another, nothing would count as none. */
  readonly needsReopenings?: true;
}

/** Sums that make a figure: a quotient, or a count when there is no denominator; SQL over the contact mart's measures. */
export interface Parts {
  readonly numerator: string;
  /** Its sum is the figure's n. */
  readonly denominator?: string | undefined;
  /** The squares of what the numerator sums, for the interval of a mean. */
  readonly squares?: string | undefined;
}

/** A quotient of sums: so a total is recomputed, never summed or averaged. */
export interface Quotient extends Described, Parts {
  readonly kind: 'quotient';
  /** What it counts instead where dimensions split or filter it in which the legs of one contact differ. */
  readonly perLeg?: Parts & {
    /** By whose work they are, or by anything in which legs differ. */
    readonly when: 'agent' | 'differing';
  };
  /** Shares of its cases, in their order: a measure for each. */
  readonly groups?: readonly { readonly name: string; readonly label: Words; readonly numerator: string }[];
}

/** A figure of repeat contacts under a rule, of the sums of its marks. */
export interface RepeatFigure extends Described {
  readonly kind: 'repeat';
  /** What is counted among how many; null under a rule that does not know it. */
  readonly trials: (
    sums: RepeatSums,
    rule: { readonly house: boolean; readonly charged: boolean },
  ) => {
    readonly successes: number;
    readonly trials: number;
  } | null;
}

/** A percentile of what the rows measure, one by one. */
export interface Percentile extends Described {
  readonly kind: 'percentile';
  /** The share of the rows that are no larger. */
  readonly quantile: number;
  readonly time: keyof typeof TIMES;
}

/** What is open at the end of a day. */
export interface Stock extends Described {
  readonly kind: 'stock';
  readonly measure: 'open' | 'age';
}

/** The share that one state has in the time of several. */
export interface AgentTime extends Described {
  readonly kind: 'agentTime';
  readonly share: AgentState;
  readonly of: readonly AgentState[];
}

export type Indicator = Quotient | RepeatFigure | Percentile | Stock | AgentTime;

export function quotient(definition: Omit<Quotient, 'kind'>): Quotient {
  return { kind: 'quotient', ...definition };
}

export function repeatFigure(definition: Omit<RepeatFigure, 'kind'>): RepeatFigure {
  return { kind: 'repeat', ...definition };
}

export function percentile(definition: Omit<Percentile, 'kind' | 'interval' | 'parameters'>): Percentile {
  return { kind: 'percentile', interval: 'none', parameters: { quantile: definition.quantile }, ...definition };
}

export function stock(definition: Omit<Stock, 'kind' | 'interval'>): Stock {
  return { kind: 'stock', interval: 'none', ...definition };
}

export function agentTime(definition: Omit<AgentTime, 'kind' | 'interval' | 'unit' | 'group'>): AgentTime {
  return { kind: 'agentTime', interval: 'none', unit: 'ratio', group: 'agents', ...definition };
}
