import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { Random } from '../../kernel/random.ts';
import { findCauses } from './causes.ts';
import type { AgentReason, CauseInputs, DaySums, WeekSums } from './inputs.ts';

const FROM = '2026-05-18';
const DAYS = 182;
const AGENTS = Array.from({ length: 40 }, (_, index) => `ag${index}`);
const REASONS = Array.from({ length: 12 }, (_, index) => `motivo ${index}`);

const weekday = (index: number) => [1.1, 1, 1, 0.95, 0.9, 0.4, 0.2][index % 7]!;

/** A contact center in which nothing but chance happens. */
function quiet(seed: number): CauseInputs {
  const random = new Random(seed, 'quiet');
  const draw = (mean: number) => random.poisson(mean);
  const days: DaySums[] = Array.from({ length: DAYS }, (_, index) => {
    const contacts = Math.round(800 * weekday(index) * Math.exp(0.04 * random.normal()));
    const scores = Math.round(contacts / 4);
    return { day: addDays(FROM, index), contacts, scores, score: scores * (4 + 0.08 * random.normal()) };
  });
  const weekStarts = Array.from({ length: DAYS / 7 }, (_, index) => addDays(FROM, 7 * index));
  const weeks: WeekSums[] = [
    ...AGENTS.map((subject) => ['agent', subject] as const),
    ...REASONS.map((subject) => ['reason', subject] as const),
  ].flatMap(([by, subject]) =>
    weekStarts.map((week): WeekSums => {
      const legs = draw(120);
      const matured = draw(80);
      const repeated = Math.min(matured, draw(matured * 0.18));
      return { by, subject, week, legs, handle_s: legs * 330 * Math.exp(0.05 * random.normal()), matured, repeated };
    }),
  );
  const agentReasons = AGENTS.flatMap((agent) => {
    const own = 0.08 * random.normal();
    return REASONS.flatMap((reason, index) =>
      [false, true]
        .filter((novice) => !novice || Number(agent.slice(2)) < 12)
        .map((novice): AgentReason => {
          const legs = 40 + index;
          const log = Math.log(300 + 10 * index) + own + (novice ? 0.1 : 0) + 0.06 * random.normal();
          const matured = 60;
          const repeated = Math.min(matured, draw(matured * 0.18));
          return { agent, reason, novice, legs, handle_s: legs * Math.exp(log), log_s: legs * log, matured, repeated };
        }),
    );
  });
  const ddds = ['11', '21', '31', '41', '51'].flatMap((ddd) =>
    weekStarts.map((week) => ({ ddd, week, contacts: draw(400) })),
  );
  return {
    from: FROM,
    to: addDays(FROM, DAYS),
    watermark: addDays(FROM, DAYS - 1),
    handle: 330,
    days,
    weeks,
    agentReasons,
    ddds,
    handovers: [
      { other: false, n: 900, mean_s: 330, log_mean: 5.6 + 0.02 * random.normal(), log_squares: 900 * 0.36 },
      { other: true, n: 9000, mean_s: 330, log_mean: 5.6 + 0.006 * random.normal(), log_squares: 9000 * 0.36 },
    ],
    names: null,
    mix: days.slice(0, 120).flatMap(({ day }) =>
      Array.from({ length: 20 }, (_, half) => ({
        day,
        halfHour: 16 + half,
        legs: 20,
        novices: Math.min(20, draw(5)),
      })),
    ),
    agents: new Map(),
    deploys: ['2026-06-02', '2026-07-15', '2026-08-04', '2026-09-23'].map((day) => ({ day, name: 'Versão 7' })),
    holidays: new Set<Day>(['2026-09-07', '2026-10-12']),
    hired: [],
    staffing: [],
  };
}

test('of thirty contact centers in which nothing but chance happens, at most two raise any alarm', () => {
  let alarms = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const { causes, tests } = findCauses(quiet(seed));
    expect(tests).toBeGreaterThan(150);
    if (causes.length > 0) alarms++;
  }
  expect(alarms).toBeLessThanOrEqual(2);
});

describe('what is planted is found, with the hours that it costs', () => {
  const found = (change: (inputs: CauseInputs) => CauseInputs, kind: string) =>
    findCauses(change(quiet(7))).causes.filter((cause) => cause.kind === kind);

  test('a deploy day with 60 % more contacts', () => {
    const [cause, ...others] = found((inputs) => {
      const raised = inputs.days.map((one) =>
        one.day === '2026-08-04' ? { ...one, contacts: Math.round(one.contacts * 1.6) } : one,
      );
      return { ...inputs, days: raised };
    }, 'deploy-days');
    expect(others).toEqual([]);
    expect(cause?.subject).toBe('2026-08-04+0');
    // 0.6 × about 800 contacts × 330 s = 44 h.
    expect(cause!.effectHours).toBeGreaterThan(36);
    expect(cause!.effectHours).toBeLessThan(52);
    expect(cause!.interval![0]).toBeLessThan(44);
    expect(cause!.interval![1]).toBeGreaterThan(44);
    expect(cause!.evidence.points.filter(({ marked }) => marked).map(({ label }) => label)).toEqual(['2026-08-04']);
  });

  test('scores that are a point lower on deploy days', () => {
    const [cause] = found((inputs) => {
      const events = new Set(inputs.deploys.map(({ day }) => day));
      const days = inputs.days.map((one) => (events.has(one.day) ? { ...one, score: one.score - one.scores } : one));
      return { ...inputs, days };
    }, 'deploy-satisfaction');
    expect(cause?.statement.pt).toMatch(/^Em dias de deploy a nota média é (2,9|3,0)\d, contra (3,9|4,0)\d/);
  });

  test('an agent whose contacts come back twice as often as the others’', () => {
    const [cause] = found((inputs) => {
      const agentReasons = inputs.agentReasons.map((one) =>
        one.agent === 'ag20' ? { ...one, repeated: Math.min(one.matured, 2 * one.repeated) } : one,
      );
      return { ...inputs, agentReasons };
    }, 'agent-repeats');
    expect(cause?.subject).toBe('ag20');
    expect(cause!.effectHours).toBeGreaterThan(0);
    expect(cause!.evidence.rows).toMatchObject({ where: ['agent=ag20'], repeat: 'matured' });
  });

  test('a topic that new agents take half as long again over', () => {
    const causes = found((inputs) => {
      const agentReasons = inputs.agentReasons.map((one) =>
        one.novice && one.reason === 'motivo 3'
          ? { ...one, handle_s: one.handle_s * 1.5, log_s: one.log_s + one.legs * Math.log(1.5) }
          : one,
      );
      return { ...inputs, agentReasons };
    }, 'novice-topics');
    expect(causes.map(({ subject }) => subject)).toEqual(['motivo 3']);
  });

  test('a reason whose handle time doubled last week, and a DDD that called twice as much', () => {
    const change = (inputs: CauseInputs): CauseInputs => {
      const last = inputs.weeks.at(-1)!.week;
      return {
        ...inputs,
        weeks: inputs.weeks.map((one) =>
          one.subject === 'motivo 5' && one.week === last ? { ...one, handle_s: one.handle_s * 2 } : one,
        ),
        ddds: inputs.ddds.map((one) =>
          one.ddd === '31' && one.week === last ? { ...one, contacts: one.contacts * 2 } : one,
        ),
      };
    };
    expect(found(change, 'own-history').map(({ subject }) => subject)).toEqual(['reason/motivo 5/handle-time']);
    expect(found(change, 'ddd-changes').map(({ subject }) => subject)).toEqual(['31']);
  });

  test('half-hours that lack people, and those with too many, apart', () => {
    const causes = found((inputs) => {
      const staffing = [
        { day: '2026-06-01', halfHour: 20, needed: 10, rostered: 6 },
        { day: '2026-06-01', halfHour: 21, needed: 10, rostered: 9 },
        { day: '2026-06-02', halfHour: 20, needed: 8, rostered: 15 },
      ];
      return { ...inputs, staffing };
    }, 'half-hours');
    expect(causes.map(({ subject, effectHours }) => [subject, effectHours])).toEqual([
      ['surplus', 3.5],
      ['lack', 2],
    ]);
    expect(causes[1]!.statement.pt).toContain('01/06 às 10:00: faltaram 4');
    expect(causes[1]!.statement.pt).toContain('De 01/06 a 02/06, em uma meia-hora');
    expect(causes[1]!.statement.pt).toContain('2 das 3 horas de agente que faltaram');
    expect(causes.map(({ evidence }) => evidence.rows)).toEqual([
      { from: '2026-06-02', to: '2026-06-03' },
      { from: '2026-06-01', to: '2026-06-02' },
    ]);
  });

  test('customers under several names, as they were counted', () => {
    const names = { customers: 12, contacts: 80, hidden: 9, hidden_s: 5400, repeats: 20 };
    const [cause] = found((inputs) => ({ ...inputs, names }), 'several-names');
    expect(cause).toMatchObject({ effectHours: 1.5, pValue: null, adjusted: null });
  });
});

test('no days, no events, nobody: no cause and no failure', () => {
  const nothing = { ...quiet(1), days: [], weeks: [], agentReasons: [], ddds: [], handovers: [], mix: [], deploys: [] };
  expect(findCauses(nothing)).toEqual({ causes: [], tests: 0 });
});
