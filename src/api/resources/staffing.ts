import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { RamalError } from '../../kernel/errors.ts';
import { loadOf } from '../../metrics/staffing/erlang-c.ts';
import { agentsNeeded, queueFigures, withShrinkage } from '../../metrics/staffing/needed.ts';
import { dayOf, listOf } from '../../reports/said.ts';
import { type PlanRequest, planned, plannedDays, planRulesSaid } from '../../reports/shift-days.ts';
import {
  type Limits,
  type StaffingSaid,
  staffingNow,
  staffingQuestion,
  targetOf,
  USUAL_LEVEL,
} from '../../reports/staffing-report.ts';
import { comingTable, halfHoursTable, planTable, shiftsTable } from '../../reports/staffing-table.ts';
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
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';

const MOST_HORIZON = 28;
const MOST_LOAD = 10_000;
const questionOf = ({ app, query }: Pick<Call, 'app' | 'query'>) =>
  staffingQuestion(app, scopeOf(query), query as StaffingSaid);

export const staffingRoutes = [
  route({
    method: 'GET',
    url: '/api/staffing',
    audience: AUDIENCE.figures,
    summary: 'Dimensionamento: pessoas necessárias contra escaladas em cada meia hora, e a previsão dos próximos dias',
    query: Type.Object({ ...StaffingQuery.properties, ...FILE_QUERY }),
    response: StaffingAnswer,
    handler: async (call) => {
      const question = await questionOf(call);
      const answer = await staffingNow(call.app, question, call.query.refresh === true);
      const format = fileFormat(call);
      if (!format) return answer;
      const table = call.query.table === 'coming' ? comingTable : halfHoursTable;
      return sendTable(call, format, table(reporting(call), { answer, scope: question.scope }));
    },
  }),
  route({
    method: 'GET',
    url: '/api/staffing/erlang',
    audience: AUDIENCE.figures,
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
      const target = targetOf(rest, level ?? USUAL_LEVEL);
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
    audience: AUDIENCE.figures,
    summary: 'Os turnos, pelas regras dadas, para as pessoas que dias previstos ou passados pedem',
    query: Type.Object({ ...ShiftQuery.properties, ...FILE_QUERY }),
    response: ShiftAnswer,
    handler: async (call) => {
      const { app, query } = call;
      const question = await questionOf({ app, query: { ...query, horizon: query.horizon ?? MOST_HORIZON } });
      const rules = planRulesSaid(query);
      const asked = listOf(query.days).flatMap((day) => dayOf('days', day) ?? []);
      const answer = await staffingNow(app, question, query.refresh === true);
      const days = plannedDays(answer, asked, question.scope);
      const plan = await app.cache.get(
        app.lake,
        ['shifts', days, rules],
        () => planned({ days, ...rules }),
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
    audience: AUDIENCE.figures,
    summary: 'Os turnos de um ou mais dias que deixam menos falta e menos sobra, pelas regras dadas',
    body: ShiftRequest,
    response: ShiftAnswer,
    handler: ({ body }) => planned(body as PlanRequest),
  }),
];
