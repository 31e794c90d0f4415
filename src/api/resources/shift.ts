import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE } from '../../access/roles.ts';
import { WAIT_LIMITS } from '../../contracts/index.ts';
import { referenceKind } from '../../intake/reference/registry.ts';
import { targetOn } from '../../intake/reference/targets.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { CALLBACK_COLUMNS, callbackPage } from '../../metrics/shift/callbacks.ts';
import { callbackScope, type ShiftKnowledge, shiftScope, shiftSoFar } from '../../metrics/shift/shift.ts';
import type { AimOf, ShiftQuestion } from '../../metrics/shift/shift-answers.ts';
import { minuteOf } from '../../metrics/shift/shift-day.ts';
import { callbackTable } from '../../reports/callback-table.ts';
import { staffingTables } from '../../reports/staffing-tables.ts';
import type { App } from '../app.ts';
import { dataAges } from '../data-ages.ts';
import { route } from '../route.ts';
import { Format, RowPage, Scope } from '../schema.ts';
import { Shift } from '../schema-shift.ts';
import { dayOf, scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';

/** 80/20 on the telephone, where nobody says otherwise. */
const USUAL_LEVEL = 0.8;
const USUAL_CHANNEL = 'voz';
/** Tables that an answer rests on besides the lake. */
const TABLES = ['rosters', 'holidays', 'deploys', 'targets'];

const { from: _from, to: _to, ...SCOPE } = Scope.properties;
const SHIFT = {
  ...SCOPE,
  day: Type.Optional(Type.String({ description: 'O dia; sem ele, hoje ou o último com ligações' })),
  at: Type.Optional(
    Type.String({
      pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$',
      description: 'Contam os que começaram antes desta hora; sem ela, até o último atendimento',
    }),
  ),
  view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
};

function questionOf(query: Record<string, unknown>): ShiftQuestion {
  const { sources, where } = scopeOf(query);
  return {
    sources,
    where,
    day: dayOf('day', query.day),
    at: query.at === undefined ? undefined : minuteOf(String(query.at)),
    view: query.view === 'gross' ? 'gross' : 'net',
  };
}

async function knowledgeOf(app: App, channel: string): Promise<ShiftKnowledge> {
  const targets = await app.references.entries(referenceKind('targets'));
  const aimOf: AimOf = (day, queue, account) => {
    const level = targetOn(targets, { indicator: 'serviceLevel', queue, account }, day);
    return level !== null && level > 0 && level < 1 ? level : null;
  };
  return {
    today: today(app),
    channel,
    within: WAIT_LIMITS.answerWithinSeconds,
    usualLevel: USUAL_LEVEL,
    tables: await staffingTables(app),
    aimOf,
  };
}

const today = ({ clock, config }: App) => businessDay(clock.now(), config.timeZone);

export const shiftRoutes = [
  route({
    method: 'GET',
    url: '/api/shift',
    audience: AUDIENCE.intake,
    summary:
      'O turno até agora: idade dos dados, filas contra a meta, meias horas contra a previsão, pessoas e quantos chamar',
    query: Type.Object({
      ...SHIFT,
      channel: Type.Optional(Type.String({ maxLength: 100, description: 'Canal das meias horas; sem ele, voz' })),
    }),
    response: Shift,
    handler: async ({ app, query }) => {
      const question = questionOf(query);
      const channel = (query.channel as string | undefined) ?? USUAL_CHANNEL;
      const states = await app.references.states();
      const changes = TABLES.map((name) => states.get(name)?.last?.change ?? null);
      const shift = await app.cache.get(
        app.lake,
        ['shift', question, channel, today(app), changes],
        async () => shiftSoFar(app.lake, question, await knowledgeOf(app, channel)),
        query.refresh === true,
      );
      return { ...(await dataAges(app, question.sources)), shift };
    },
  }),
  route({
    method: 'GET',
    url: '/api/shift/callbacks',
    audience: AUDIENCE.intake,
    summary: 'Quem abandonou e não foi atendido desde então, com dados pessoais mascarados',
    query: Type.Object({
      ...SHIFT,
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      sort: Type.Optional(Type.String({ description: 'since, last, waited_s, tries, queue, …; - inverte' })),
      format: Type.Optional(Format),
      ...FILE_QUERY,
    }),
    response: RowPage,
    handler: async (call) => {
      const { app, query } = call;
      const question = questionOf(query);
      const sort = query.sort as string | undefined;
      const [page, size] = [(query.page as number | undefined) ?? 1, (query.size as number | undefined) ?? 50];
      const found = await shiftScope(app.lake, question, today(app));
      const format = fileFormat(call);
      if (format && !found)
        throw new RamalError('notFound', { what: 'turno', received: '', todo: 'Carregue arquivos de ligações antes.' });
      if (format && found) return sendTable(call, format, callbackTable(reporting(call), question, found, sort));
      const { rows, total } = found
        ? await callbackPage(app.lake, { ...callbackScope(question, found.shown, found.sources), page, size, sort })
        : { rows: [], total: 0 };
      return {
        columns: Object.entries(CALLBACK_COLUMNS).map(([name, { type, personal, meaning }]) => {
          return { name, type, personal, meaning };
        }),
        rows: rows.map((row) => maskRow({ ...row }, CALLBACK_COLUMNS)),
        ...{ total, page, size },
      };
    },
  }),
];
