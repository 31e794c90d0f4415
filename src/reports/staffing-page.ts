import type { Day } from '../kernel/brazil/dates.ts';
import type { Scope } from '../metrics/scope.ts';
import { clockOf, halfOf } from '../metrics/staffing/half-hours.ts';
import type { StaffingAnswer } from '../metrics/staffing/staffing-answers.ts';
import type { Reporting } from './reporting.ts';
import { dayOf, listOf } from './said.ts';
import { type PlanRules, planned, plannedDays, planRulesSaid } from './shift-days.ts';
import { aimsSaid, staffingNow, staffingQuestion } from './staffing-report.ts';
import { comingTable, halfHoursTable, planTable, shiftsTable, weekTable } from './staffing-table.ts';
import type { ReportTable } from './table-file.ts';

type Said = Readonly<Record<string, string>>;

/** Coming days that the page foresees. */
const HORIZON = 14;
/** Of shifts, where the address says nothing else: six hours, half an hour of rest between the second and the fourth. */
const USUAL = { lengths: '360', rest: '30:120-240' };

/** Staffing as its page shows it: the usual week, the period's half-hours, the coming ones, and the shifts that were asked for. */
export async function staffingTablesOf(
  to: Reporting,
  scope: Scope,
  said: Said,
  view: 'net' | 'gross',
): Promise<ReportTable[]> {
  const question = await staffingQuestion(to, scope, { ...aimsSaid(said), view, horizon: HORIZON });
  const answer = await staffingNow(to, question);
  const asked = { answer, scope };
  const tables = [weekTable(to, asked), halfHoursTable(to, asked), comingTable(to, asked)];
  const plan = planSaid(said);
  if (!plan) return tables;
  const days = plannedDays(answer, plan.days, scope);
  const rules = { ...openHours(answer), ...plan.rules };
  const made = await to.cache.get(to.lake, ['shifts', days, rules], () => planned({ days, ...rules }));
  return [...tables, shiftsTable(to, asked, made.days), planTable(to, asked, made.days)];
}

/** The plan of shifts that an address asks for, if any. @throws RamalError `usage` for days and rules that are none. */
export function planSaid(said: Said): { readonly days: readonly Day[]; readonly rules: PlanRules } | null {
  const days = listOf(said.days).flatMap((day) => dayOf('days', day) ?? []);
  if (days.length === 0) return null;
  const { lengths = USUAL.lengths, rest = USUAL.rest, earliest, latest, people } = said;
  const rules = planRulesSaid({
    ...{ lengths, earliest, latest },
    rest: rest === '0' ? undefined : rest,
    people: people === undefined ? undefined : Number(people),
  });
  return { days, rules };
}

/** From the first half-hour in which anybody is usually needed to the end of the last. */
function openHours({ rows }: StaffingAnswer): Pick<PlanRules, 'earliest' | 'latest'> {
  const halves = rows.filter(({ usualNeeded }) => usualNeeded > 0).map(({ from }) => halfOf(from));
  if (halves.length === 0) return {};
  return { earliest: clockOf(Math.min(...halves)), latest: clockOf(Math.max(...halves) + 1) };
}
