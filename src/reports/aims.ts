import { referenceKind } from '../intake/reference/registry.ts';
import { targetOn } from '../intake/reference/targets.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import type { MetricAnswer } from '../metrics/answers.ts';
import type { Indicator } from '../metrics/indicator.ts';
import type { Scope } from '../metrics/scope.ts';
import type { Reporting } from './reporting.ts';

/** How a value stands to its target: surely missed only where its whole interval lies on the wrong side. */
export type AimState = 'met' | 'near' | 'missed';

/** The target of a figure, in the indicator's unit, and how the figure stands to it. */
export interface Aim {
  readonly target: number;
  readonly state: AimState | null;
  /** The rule of repeats that the target is of, where the figure is of another: they are not compared. */
  readonly rule?: string;
}

/** The rule of repeats that a target is of when it names none. */
const USUAL_RULE = 'house';

interface Value {
  readonly value: number | null;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** What the table of targets says of an indicator, by a rule of repeats, for the scope's queue, account and team on a day. */
export type Targets = (indicator: Indicator, scope: Scope, day: Day, rule?: string) => number | null;

/**
 * The targets as the table has them now; an indicator is named by its name or its label, one of repeats under another
 * rule than the house's by that rule's name behind it, a share as 0,8 or 80.
 */
export async function targetsOf({ references }: Pick<Reporting, 'references'>): Promise<Targets> {
  const entries = await references.entries(referenceKind('targets'));
  return ({ name, label, unit }, { where = [] }, day, rule = USUAL_RULE) => {
    const only = (column: string) => {
      const values = where.filter((filter) => filter.column === column);
      return values.length === 1 ? values[0]!.value : undefined;
    };
    const [queue, account, supervisor] = [only('queue'), only('account'), only('supervisor')];
    const under = rule === USUAL_RULE ? '' : ` ${rule}`;
    const called = [name, label.pt, label.en].map((one) => `${one}${under}`);
    const target = targetOn(entries, { indicator: called, queue, account, supervisor }, day);
    return target !== null && unit === 'ratio' && target > 1 ? target / 100 : target;
  };
}

/** What a target may be set for, and so judges the rows of a split one by one. */
export const AIMED: readonly string[] = ['queue', 'account', 'supervisor'];

/** The period of a figure, and the rule that it counts repeats by. */
interface Told {
  readonly to: Day | null;
  readonly rule: { readonly name: string };
}

/** The target of a figure on the last day of its period, and how the figure stands to it; undefined where none is set. */
export function aimOf(
  targets: Targets,
  indicator: Indicator,
  scope: Scope,
  { to, rule }: Told,
  value: Value,
): Aim | undefined {
  if (to === null) return undefined;
  const under = (name: string) => targets(indicator, scope, addDays(to, -1), name);
  const own = indicator.kind === 'repeat' ? rule.name : USUAL_RULE;
  const target = under(own);
  if (target !== null) return { target, state: aimState(target, indicator, value) };
  const other = own === USUAL_RULE ? null : under(USUAL_RULE);
  return other === null ? undefined : { target: other, state: null, rule: USUAL_RULE };
}

/** Of a split by what targets are set for: of each row its own, the closest there is; undefined of any other, and under another rule. */
export function rowAims(
  targets: Targets,
  indicator: Indicator,
  scope: Scope,
  answer: Pick<MetricAnswer, 'by' | 'rows' | 'to' | 'rule'>,
): (Aim | undefined)[] {
  const [by = ''] = answer.by;
  if (answer.by.length !== 1 || !AIMED.includes(by)) return answer.rows.map(() => undefined);
  const others = (scope.where ?? []).filter(({ column }) => column !== by);
  return answer.rows.map((row) => {
    const own = { ...scope, where: [...others, { column: by, value: String(row[by]) }] };
    const aim = aimOf(targets, indicator, own, answer, row);
    return aim?.rule ? undefined : aim;
  });
}

/** How a value stands to a target; null for what is neither better higher nor lower, or is not known. */
export function aimState(
  target: number,
  { better }: Pick<Indicator, 'better'>,
  { value, low, high }: Value,
): AimState | null {
  if (value === null || better === 'neither') return null;
  const sign = better === 'higher' ? 1 : -1;
  if (sign * (value - target) >= 0) return 'met';
  const best = better === 'higher' ? (high ?? value) : (low ?? value);
  return sign * (best - target) < 0 ? 'missed' : 'near';
}
