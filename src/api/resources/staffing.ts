import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { indicatorNamed } from '../../metrics/registry.ts';
import { loadOf } from '../../metrics/staffing/erlang-c.ts';
import { agentsNeeded, queueFigures, type Target, withShrinkage } from '../../metrics/staffing/needed.ts';
import { staffingAnswer } from '../../metrics/staffing/staffing.ts';
import type { StaffingQuestion } from '../../metrics/staffing/staffing-answers.ts';
import { targetsOf } from '../../reports/aims.ts';
import { comingTable, halfHoursTable, planTable, shiftsTable } from '../../reports/staffing-table.ts';
import { staffingTables } from '../../reports/staffing-tables.ts';
import type { App } from '../app.ts';
import { type Call, route } from '../route.ts';
import {
  ErlangAnswer,
  ErlangQuery,
  ShiftAnswer,
  ShiftQuery,
  ShiftRequest,
  StaffingAnswer,
  StaffingQuery,
} from '../schema-staffing.ts';
import { dayOf, listOf, scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';
import { plannedDays, rulesAsked, shiftDays } from '../shift-days.ts';

/** 80/20, where neither the question nor the table of targets says otherwise. */
const USUAL_LEVEL = 0.8;
const USUAL_SECONDS = 20;
const USUAL_HORIZON = 7;
const MOST_HORIZON = 28;
const USUAL_CHANNEL = 'voz';
const MOST_LOAD = 10_000;
const LONGEST_PATIENCE = 7200;
/** Tables that an answer rests on besides the lake. */
const TABLES = ['rosters', 'holidays', 'deploys', 'targets'];

interface Limits {
  level?: number;
  target?: number;
  asa?: number;
  occupancy?: number;
  abandon?: number;
  shrinkage?: number;
}

function limitsOf(limits: Limits, level: number): Target {
  const further = (['asa', 'occupancy', 'abandon'] as const).flatMap((name) =>
    limits[name] === undefined ? [] : [[name, limits[name]]],
  );
  return { level, within: limits.target ?? USUAL_SECONDS, ...Object.fromEntries(further) };
}

async function questionOf({ app, query }: Call): Promise<StaffingQuestion> {
  const limits = query as Limits;
  const scope = scopeOf(query);
  return {
    scope,
    channel: (query.channel as string | undefined) ?? USUAL_CHANNEL,
    view: query.view === 'gross' ? 'gross' : 'net',
    target: limitsOf(limits, limits.level ?? (await levelAimed(app, scope)) ?? USUAL_LEVEL),
    patience: patienceOf((query.patience as string | undefined) ?? 'data'),
    shrinkage: limits.shrinkage ?? 0,
    horizon: (query.horizon as number | undefined) ?? USUAL_HORIZON,
    dueDays: dueDaysOf(query.due as string | undefined),
    receipt: query.receipt === true,
  };
}

/** The service level that the table of targets has for the scope's queue or account today. */
async function levelAimed(app: App, scope: StaffingQuestion['scope']): Promise<number | null> {
  const today = businessDay(app.clock.now(), app.config.timeZone);
  const level = (await targetsOf(app))(indicatorNamed('serviceLevel'), scope, today);
  return level !== null && level > 0 && level < 1 ? level : null;
}

/** @throws RamalError `usage` for what is neither `data` nor `none` nor seconds. */
function patienceOf(text: string): StaffingQuestion['patience'] {
  if (text === 'data' || text === 'none') return text;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= LONGEST_PATIENCE) return seconds;
  throw new RamalError('usage', {
    what: `Recebido ${text} em patience`,
    todo: `Use segundos, até ${LONGEST_PATIENCE}, data ou none`,
  });
}

/** Days of the month written `5-10,20`. @throws RamalError `usage` for others. */
function dueDaysOf(text: string | undefined): number[] {
  const days = listOf(text).flatMap((part) => {
    const [, from, to = from] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part.trim()) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (!(first >= 1 && last >= first && last <= 31))
      throw new RamalError('usage', { what: `Recebido ${part} em due`, todo: 'Use dias do mês, como 5-10,20' });
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(days)].sort((a, b) => a - b);
}

/** The answer to a question, kept for as long as nothing it rests on has changed. */
async function answerOf(call: Call, question: StaffingQuestion) {
  const { app, query } = call;
  return app.cache.get(
    app.lake,
    ['staffing', question, await changesOf(app)],
    async () => staffingAnswer(app.lake, question, await staffingTables(app)),
    query.refresh === true,
  );
}

/** The last change of each table that staffing rests on: with it a kept answer is known to be old. */
async function changesOf({ references }: App): Promise<(number | null)[]> {
  const states = await references.states();
  return TABLES.map((name) => states.get(name)?.last?.change ?? null);
}

export const staffingRoutes = [
  route({
    method: 'GET',
    url: '/api/staffing',
    audience: AUDIENCE.intake,
    summary: 'Dimensionamento: pessoas necessárias contra escaladas em cada meia hora, e a previsão dos próximos dias',
    query: Type.Object({ ...StaffingQuery.properties, ...FILE_QUERY }),
    response: StaffingAnswer,
    handler: async (call) => {
      const question = await questionOf(call);
      const answer = await answerOf(call, question);
      const format = fileFormat(call);
      if (!format) return answer;
      const table = call.query.table === 'coming' ? comingTable : halfHoursTable;
      return sendTable(call, format, table(reporting(call), { answer, scope: question.scope }));
    },
  }),
  route({
    method: 'GET',
    url: '/api/staffing/erlang',
    audience: AUDIENCE.intake,
    summary:
      'Uma fila por Erlang C ou A: nível de serviço, espera, ocupação e abandono de tantas pessoas, ou quantas bastam',
    query: ErlangQuery,
    response: ErlangAnswer,
    handler: async ({ query }) => {
      const {
        calls,
        interval,
        aht,
        agents,
        patience,
        level,
        shrinkage = 0,
        ...rest
      } = query as unknown as Limits & {
        calls: number;
        interval: number;
        aht: number;
        agents?: number;
        patience?: number;
      };
      const traffic = { calls, interval, aht };
      if (loadOf(traffic) > MOST_LOAD)
        throw new RamalError('usage', {
          what: `São ${Math.round(loadOf(traffic))} pessoas ocupadas ao mesmo tempo`,
          todo: `Até ${MOST_LOAD}: divida o intervalo ou a operação`,
        });
      if (agents === undefined && level === undefined)
        throw new RamalError('usage', { what: 'Faltam agents ou level', todo: 'Diga quantas pessoas há, ou a meta' });
      const target = limitsOf(rest, level ?? USUAL_LEVEL);
      const needed = level === undefined ? undefined : agentsNeeded(traffic, target, patience ?? null);
      const { serviceLevel, asa, pWait, occupancy, abandon } = queueFigures(
        traffic,
        agents ?? needed!,
        target.within,
        patience ?? null,
      );
      const figures = { serviceLevel, asa, pWait, occupancy, abandon };
      return needed === undefined ? figures : { ...figures, agents: needed, people: withShrinkage(needed, shrinkage) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/staffing/plan',
    audience: AUDIENCE.intake,
    summary: 'Os turnos, pelas regras dadas, para as pessoas que dias previstos ou passados pedem',
    query: Type.Object({ ...ShiftQuery.properties, ...FILE_QUERY }),
    response: ShiftAnswer,
    handler: async (call) => {
      const { app, query } = call;
      const question = await questionOf({ ...call, query: { ...query, horizon: query.horizon ?? MOST_HORIZON } });
      const rules = rulesAsked(query);
      const asked = listOf(query.days).flatMap((day) => dayOf('days', day) ?? []);
      const answer = await answerOf(call, question);
      const days = plannedDays(answer, asked, question.scope);
      const plan = await app.cache.get(
        app.lake,
        ['shifts', days, rules],
        () => shiftDays({ days, ...rules }),
        query.refresh === true,
      );
      const format = fileFormat(call);
      if (!format) return plan;
      const table = query.table === 'half-hours' ? planTable : shiftsTable;
      return sendTable(call, format, table(reporting(call), { answer, scope: question.scope }, plan.days));
    },
  }),
  route({
    method: 'POST',
    url: '/api/staffing/plan',
    audience: AUDIENCE.intake,
    summary: 'Os turnos de um ou mais dias que deixam menos falta e menos sobra, pelas regras dadas',
    body: ShiftRequest,
    response: ShiftAnswer,
    handler: ({ body }) => shiftDays(body as ShiftRequest),
  }),
];
