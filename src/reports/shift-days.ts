import { setImmediate } from 'node:timers/promises';
import type { Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Scope } from '../metrics/scope.ts';
import { clockOf, halfOf } from '../metrics/staffing/half-hours.ts';
import { neededDays } from '../metrics/staffing/needed-days.ts';
import { patternsOf, type ShiftPlan, type ShiftRules, shiftSearch } from '../metrics/staffing/shift-plan.ts';
import type { StaffingAnswer } from '../metrics/staffing/staffing-answers.ts';
import { listOf } from './said.ts';
import type { PlannedDay } from './staffing-table.ts';

const MINUTES = 30;
const DAY_HALVES = 48;
const DAY_MINUTES = 1440;
const MOST_LENGTHS = 6;
const MOST_DAYS = 7;
const LACK_WEIGHT = 2;
/** Shifts that a day's plan may choose among, and relaxations tried: a second or two of work for a day. */
const MOST_PATTERNS = 1500;
const MOST_NODES = 400;
const WORK = 60_000;

/** Rules of shifts: lengths and rests in minutes, times as `08:30`. */
export interface PlanRules {
  readonly lengths: readonly number[];
  readonly earliest?: string;
  readonly latest?: string;
  readonly rest?: { readonly minutes: number; readonly from: number; readonly to: number };
  readonly people?: number;
  readonly lackWeight?: number;
}

/** Days to plan, with the people that each of their 48 half-hours needs, under rules. */
export interface PlanRequest extends PlanRules {
  readonly days: readonly { readonly day: string; readonly needed: readonly number[] }[];
}

/** A planned day and how good its plan is; lack, surplus, cost and the bound that no plan beats are hours of people. */
export interface ShiftsOfDay extends PlannedDay {
  readonly people: number;
  readonly lack: number;
  readonly surplus: number;
  readonly cost: number;
  readonly bound: number;
  readonly optimal: boolean;
}

/** The days of a plan of which needs are known. @throws RamalError `usage` for none and for more than a week of them. */
export function plannedDays(
  answer: StaffingAnswer,
  days: readonly Day[],
  span: Pick<Scope, 'from' | 'to'>,
): PlanRequest['days'] {
  const { from = '', to = '' } = span;
  const chosen = (day: Day) => (days.length > 0 ? days.includes(day) : day >= from && day < to);
  const found = neededDays(answer, chosen);
  if (found.length > 0 && found.length <= MOST_DAYS) return found;
  throw usage(
    `Há ${found.length} dias com ligações conhecidas ou previstas`,
    `Peça de 1 a ${MOST_DAYS} dias, até 28 depois do último com dados`,
  );
}

/** The rules of a plan as an address says them: minutes, `480,360` and `30:120-240`. @throws RamalError `usage` for others. */
export function planRulesSaid(query: Record<string, unknown>): PlanRules {
  const { earliest, latest, people, lackWeight } = query as Pick<
    PlanRules,
    'earliest' | 'latest' | 'people' | 'lackWeight'
  >;
  const lengths = listOf(query.lengths).map(Number);
  const [, minutes, from, to] = /^(\d{1,3}):(\d{1,4})-(\d{1,4})$/.exec(String(query.rest ?? '')) ?? [];
  if (query.rest !== undefined && minutes === undefined)
    throw usage(`Recebido ${query.rest} em rest`, 'Use minutos: duração:desde-até, como 30:120-240');
  const wrong = lengths.find((length) => !(Number.isInteger(length) && length >= MINUTES && length <= DAY_MINUTES));
  if (lengths.length === 0 || lengths.length > MOST_LENGTHS || wrong !== undefined)
    throw usage(`Recebido ${query.lengths} em lengths`, `Use até ${MOST_LENGTHS} durações em minutos, como 360,480`);
  return {
    lengths,
    ...(minutes === undefined ? {} : { rest: { minutes: Number(minutes), from: Number(from), to: Number(to) } }),
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
    ...(people === undefined ? {} : { people }),
    ...(lackWeight === undefined ? {} : { lackWeight }),
  };
}

/** A plan of shifts for each day asked. @throws RamalError `usage` for times between half-hours and rules too wide. */
export async function planned(request: PlanRequest): Promise<{ days: ShiftsOfDay[] }> {
  const rules = rulesOf({ ...openHours(request), ...request });
  const patterns = patternsOf(rules).length;
  if (patterns > MOST_PATTERNS)
    throw usage(
      `Estas regras dão ${patterns} turnos possíveis`,
      `Até ${MOST_PATTERNS}: aperte o horário ou o intervalo`,
    );
  if (patterns === 0) throw usage('Nenhum turno cabe nestas regras', 'Alargue o horário, ou encurte turno e intervalo');
  const days: ShiftsOfDay[] = [];
  for (const { day, needed } of request.days) {
    const search = shiftSearch(needed, rules, Math.min(MOST_NODES, Math.ceil(WORK / patterns)));
    let step = search.next();
    for (; !step.done; step = search.next()) await setImmediate();
    days.push(planView(day, needed, step.value));
  }
  return { days };
}

/** From the first half-hour in which anybody is needed to the end of the last, where every shift fits between them. */
function openHours({ days, lengths }: PlanRequest): Pick<PlanRules, 'earliest' | 'latest'> {
  const halves = days.flatMap(({ needed }) => needed.flatMap((people, half) => (people > 0 ? [half] : [])));
  const [first, end] = [Math.min(...halves), Math.max(...halves) + 1];
  return (end - first) * MINUTES >= Math.max(...lengths) ? { earliest: clockOf(first), latest: clockOf(end) } : {};
}

function rulesOf({ lengths, earliest = '00:00', latest = '24:00', rest, people, lackWeight }: PlanRules): ShiftRules {
  return {
    lengths: lengths.map((minutes) => halves('lengths', minutes)),
    earliest: halfOf(earliest),
    latest: halfOf(latest),
    rest: rest && {
      length: halves('rest.minutes', rest.minutes),
      from: halves('rest.from', rest.from),
      to: halves('rest.to', rest.to),
    },
    people,
    lackWeight: lackWeight ?? LACK_WEIGHT,
  };
}

function halves(name: string, minutes: number): number {
  if (minutes % MINUTES === 0) return minutes / MINUTES;
  throw usage(`Recebido ${minutes} min em ${name}`, 'Turnos e intervalos são de meias horas inteiras');
}

function planView(day: string, needed: readonly number[], plan: ShiftPlan): ShiftsOfDay {
  const hours = (halfHours: number) => halfHours / 2;
  return {
    day,
    shifts: plan.shifts.map(({ start, end, rest, people }) => ({
      from: clockOf(start),
      to: clockOf(end),
      rest: rest === null ? null : clockOf(rest),
      people,
    })),
    halfHours: Array.from({ length: DAY_HALVES }, (_, half) => ({
      from: clockOf(half),
      needed: needed[half]!,
      covered: plan.covered[half]!,
    })).filter((row) => row.needed > 0 || row.covered > 0),
    people: plan.people,
    lack: hours(plan.lack),
    surplus: hours(plan.surplus),
    cost: hours(plan.cost),
    bound: hours(plan.bound),
    optimal: plan.optimal,
  };
}

function usage(what: string, todo: string): RamalError {
  return new RamalError('usage', { what, todo });
}
