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
}

interface Value {
  readonly value: number | null;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** What the table of targets says of an indicator for the scope's queue, account and team on a day. */
export type Targets = (indicator: Indicator, scope: Scope, day: Day) => number | null;

/** The targets as the table has them now; an indicator is named by its name or its label, a share as 0,8 or 80. */
export async function targetsOf({ references }: Pick<Reporting, 'references'>): Promise<Targets> {
  const entries = await references.entries(referenceKind('targets'));
  return ({ name, label, unit }, { where = [] }, day) => {
    const only = (column: string) => {
      const values = where.filter((filter) => filter.column === column);
      return values.length === 1 ? values[0]!.value : undefined;
    };
    const [queue, account, supervisor] = [only('queue'), only('account'), only('supervisor')];
    for (const indicator of [name, label.pt, label.en]) {
      const target = targetOn(entries, { indicator, queue, account, supervisor }, day);
      if (target !== null) return unit === 'ratio' && target > 1 ? target / 100 : target;
    }
    return null;
  };
}

/** What a target may be set for, and so judges the rows of a split one by one. */
export const AIMED: readonly string[] = ['queue', 'account', 'supervisor'];

/** The target of a figure on the last day of its period, and how the figure stands to it; undefined where none is set. */
export function aimOf(
  targets: Targets,
  indicator: Indicator,
  scope: Scope,
  { to }: { readonly to: Day | null },
  value: Value,
): Aim | undefined {
  const target = to === null ? null : targets(indicator, scope, addDays(to, -1));
  return target === null ? undefined : { target, state: aimState(target, indicator, value) };
}

/** Of a split by what targets are set for: of each row its own, the closest there is; undefined of any other. */
export function rowAims(
  targets: Targets,
  indicator: Indicator,
  scope: Scope,
  answer: Pick<MetricAnswer, 'by' | 'rows' | 'to'>,
): (Aim | undefined)[] {
  const [by = ''] = answer.by;
  if (answer.by.length !== 1 || !AIMED.includes(by)) return answer.rows.map(() => undefined);
  const others = (scope.where ?? []).filter(({ column }) => column !== by);
  return answer.rows.map((row) =>
    aimOf(targets, indicator, { ...scope, where: [...others, { column: by, value: String(row[by]) }] }, answer, row),
  );
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
