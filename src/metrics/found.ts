import type { Lake } from '../storage/lake.ts';
import type { GroupShare, NullReason, Receipt } from './answers.ts';
import type { LakeFacts, SourceDays, SourceFacts } from './facts.ts';
import type { Indicator } from './indicator.ts';
import type { Scope } from './scope.ts';

export interface MetricQuestion {
  readonly scope: Scope;
  readonly by?: readonly string[];
  /** Excluded contacts stay in the gross view. */
  readonly view?: 'net' | 'gross';
  /** Of figures of repeat contacts. */
  readonly rule?: string;
  readonly receipt?: boolean;
}

/** A question with what its answer rests on. */
export interface Asked {
  readonly lake: Lake;
  readonly facts: LakeFacts;
  /** The sources with data in the period. */
  readonly chosen: readonly SourceFacts[];
  /** Those without. */
  readonly missing: readonly SourceFacts[];
  /** Its scope names no sources but those of contacts. */
  readonly question: MetricQuestion;
  /** The scope where it is asked of the time of agents. */
  readonly agentScope: Scope;
}

/** A value with the observations that form it, and its 95 % interval where it has one. */
export interface Figure {
  readonly value: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  /** What it rests on is not all known yet. */
  readonly provisional?: boolean;
  /** Of anchors: the share that has had its whole window. */
  readonly matured?: number;
  /** Of a rate among its likes: drawn to the common one by as much as its few cases warrant. */
  readonly shrunken?: number;
}

export interface FoundRow extends Figure {
  /** The value of each column of the split. */
  readonly key: readonly (string | number | null)[];
}

/** Whether the total and the rows of an answer count contacts, or each leg by itself. */
export interface Basis {
  readonly total: 'contacts' | 'legs';
  readonly rows: 'contacts' | 'legs';
}

/** What an indicator comes to in a scope, in the view asked for. */
export interface Found {
  readonly statement: string;
  /** Those of the chosen sources that can tell. */
  readonly sources: readonly SourceFacts[];
  readonly whole: Figure;
  readonly gross: number | null;
  /** Contacts of the scope that are excluded. */
  readonly excluded: number;
  readonly rows: readonly FoundRow[];
  /** Why there is no value, where there is none. */
  readonly reason: NullReason;
  /** What is counted, where a contact’s legs may count one by one. */
  readonly basis?: Basis;
  /** Shares of the cases, of an indicator that has groups. */
  readonly groups?: readonly GroupShare[];
  /** What it rests on, where that is no contact. */
  readonly own?: {
    readonly scope: Scope;
    readonly chosen: readonly SourceDays[];
    readonly missing: readonly SourceDays[];
    receipt(): Promise<Receipt>;
  };
}

/** Those of the sources that hold what the indicator needs. */
export function tellingSources(
  { needsUnanswered, needsAbandonedWait, needsTenPoints, needsReopenings }: Indicator,
  sources: readonly SourceFacts[],
): readonly SourceFacts[] {
  return sources.filter(
    ({ holds, times_abandoned, ten_points, tells_reopenings }) =>
      (!needsUnanswered || holds === 'all') &&
      (!needsAbandonedWait || times_abandoned) &&
      (!needsTenPoints || ten_points) &&
      (!needsReopenings || tells_reopenings),
  );
}

/** Why a figure of these sources has no value; `some` says whether the scope holds any contact. */
export function reasonOf(indicator: Indicator, chosen: readonly SourceFacts[], some: boolean): NullReason {
  if (chosen.length === 0) return 'no-data';
  if (tellingSources(indicator, chosen).length > 0) return some ? 'not-given' : 'no-data';
  const answered = indicator.needsUnanswered && chosen.every(({ holds }) => holds === 'answered');
  return answered ? 'only-answered' : 'not-given';
}
