import { setImmediate } from 'node:timers/promises';
import { RamalError } from '../kernel/errors.ts';
import { clockOf } from '../metrics/staffing/half-hours.ts';
import { patternsOf, type ShiftPlan, type ShiftRules, shiftSearch } from '../metrics/staffing/shift-plan.ts';
import type { ShiftAnswer, ShiftRequest } from './schema-staffing.ts';

const MINUTES = 30;
const DAY_HALVES = 48;
const LACK_WEIGHT = 2;
/** Shifts that a day's plan may choose among, and relaxations tried: a second or two of work for a day. */
const MOST_PATTERNS = 1500;
const MOST_NODES = 400;
const WORK = 60_000;

/** A plan of shifts for each day asked. @throws RamalError `usage` for times between half-hours and rules too wide. */
export async function shiftDays(request: ShiftRequest): Promise<ShiftAnswer> {
  const rules = rulesOf(request);
  const patterns = patternsOf(rules).length;
  if (patterns > MOST_PATTERNS)
    throw usage(
      `Estas regras dão ${patterns} turnos possíveis`,
      `Até ${MOST_PATTERNS}: aperte o horário ou o intervalo`,
    );
  if (patterns === 0) throw usage('Nenhum turno cabe nestas regras', 'Alargue o horário, ou encurte turno e intervalo');
  const days = [];
  for (const { day, needed } of request.days) {
    const search = shiftSearch(needed, rules, Math.min(MOST_NODES, Math.ceil(WORK / patterns)));
    let step = search.next();
    for (; !step.done; step = search.next()) await setImmediate();
    days.push(planView(day, needed, step.value));
  }
  return { days };
}

function rulesOf({
  lengths,
  earliest = '00:00',
  latest = '24:00',
  rest,
  people,
  lackWeight,
}: ShiftRequest): ShiftRules {
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

function halfOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 2 + (clock.endsWith('30') ? 1 : 0);
}

function planView(day: string, needed: readonly number[], plan: ShiftPlan): ShiftAnswer['days'][number] {
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
