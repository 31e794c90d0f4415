import type { Candidate, Cause, CauseKind } from './cause.ts';
import type { CauseInputs } from './inputs.ts';
import { agentsAgainstPeers } from './kinds/agents-against-peers.ts';
import { dddChanges } from './kinds/ddd-changes.ts';
import { deployDays } from './kinds/deploy-days.ts';
import { deploySatisfaction } from './kinds/deploy-satisfaction.ts';
import { halfHours } from './kinds/half-hours.ts';
import { handovers } from './kinds/handovers.ts';
import { noviceTopics } from './kinds/novice-topics.ts';
import { ownHistory } from './kinds/own-history.ts';
import { seniorityMix } from './kinds/seniority-mix.ts';
import { severalNames } from './kinds/several-names.ts';
import { holm } from './statistics.ts';

/** Every way of looking for causes, in the order of their kinds. */
export const CAUSE_KINDS: readonly CauseKind[] = [
  deployDays,
  deploySatisfaction,
  agentsAgainstPeers,
  noviceTopics,
  severalNames,
  handovers,
  halfHours,
  seniorityMix,
  ownHistory,
  dddChanges,
];

/** The chance that any statement at all is a false alarm: low enough that of a hundred quiet centers hardly five raise one. */
export const ALPHA = 0.01;

/** What was looked at, and what stands of it. */
export interface Causes {
  /** The most hours of work first; what nothing is inferred of stands as it was counted. */
  readonly causes: readonly Cause[];
  /** How many tests the false alarms are controlled over. */
  readonly tests: number;
}

/** The causes that stand over all tests made at {@link ALPHA}, by how much of people's time they explain. */
export function findCauses(inputs: CauseInputs): Causes {
  const candidates = CAUSE_KINDS.flatMap((kind) => kind.find(inputs));
  const tested = candidates.filter((one): one is Candidate & { pValue: number } => one.pValue !== null);
  const adjusted = holm(tested.map(({ pValue }) => pValue));
  const standing = tested.flatMap((one, index): Cause[] =>
    adjusted[index]! <= ALPHA ? [{ ...one, adjusted: adjusted[index]! }] : [],
  );
  const counted = candidates.flatMap((one): Cause[] => (one.pValue === null ? [{ ...one, adjusted: null }] : []));
  const causes = [...standing, ...counted].toSorted(
    (a, b) => Math.abs(b.effectHours) - Math.abs(a.effectHours) || a.subject.localeCompare(b.subject),
  );
  return { causes, tests: tested.length };
}
