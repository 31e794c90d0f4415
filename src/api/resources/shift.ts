import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE, CALLERS_BACK } from '../../access/roles.ts';
import { RamalError } from '../../kernel/errors.ts';
import { contactRow } from '../../metrics/contact-rows.ts';
import { CALLBACK_COLUMNS, callbackPage, isCallback } from '../../metrics/shift/callbacks.ts';
import { callbackScope, shiftScope } from '../../metrics/shift/shift.ts';
import type { ShiftQuestion } from '../../metrics/shift/shift-answers.ts';
import { callbackTable } from '../../reports/callback-table.ts';
import { shiftNow, shiftReceipt, shiftSaid, todayOf, UP_TO } from '../../reports/shift-report.ts';
import { dataAges } from '../data-ages.ts';
import { route } from '../route.ts';
import { Format, RowPage, Scope } from '../schema.ts';
import { Shift } from '../schema-shift.ts';
import { numberOf, scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';

const { from: _from, to: _to, ...SCOPE } = Scope.properties;
const SHIFT = {
  ...SCOPE,
  day: Type.Optional(Type.String({ description: 'O dia; sem ele, hoje ou o último com ligações' })),
  at: Type.Optional(
    Type.String({
      pattern: UP_TO,
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
    ...shiftSaid(query),
    view: query.view === 'gross' ? 'gross' : 'net',
  };
}

/** The list as it stands now, of every queue, with those whom exclusions leave out of figures. */
const EVERYBODY: ShiftQuestion = { view: 'gross' };

export const shiftRoutes = [
  route({
    method: 'GET',
    url: '/api/shift',
    audience: AUDIENCE.figures,
    summary:
      'O turno até agora: idade dos dados, filas contra a meta, meias horas contra a previsão, pessoas e quantos chamar',
    query: Type.Object({
      ...SHIFT,
      channel: Type.Optional(Type.String({ maxLength: 100, description: 'Canal das meias horas; sem ele, voz' })),
      receipt: Type.Optional(Type.Boolean()),
    }),
    response: Shift,
    handler: async ({ app, query }) => {
      const question = questionOf(query);
      const shift = await shiftNow(app, question, query.channel as string | undefined, query.refresh === true);
      const receipt = query.receipt === true ? await shiftReceipt(app, question) : null;
      return { ...(await dataAges(app, question.sources)), shift, ...(receipt ? { receipt } : {}) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/shift/callbacks',
    audience: AUDIENCE.figures,
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
      const found = await shiftScope(app.lake, question, todayOf(app));
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
  route({
    method: 'POST',
    url: '/api/shift/callbacks/:row/reveal',
    audience: CALLERS_BACK,
    summary:
      'O telefone e o nome (sem telefone, o código do cliente) de quem está a chamar de volta agora, sem máscara; fica registrado',
    response: Type.Object({ row: Type.Record(Type.String(), Type.Unknown()) }),
    handler: async ({ app, user, params }) => {
      if (user.token !== undefined || user.prints)
        throw new RamalError('notAllowed', { what: 'revelar dados pessoais' });
      const row = numberOf('atendimento', params.row, Number.MAX_SAFE_INTEGER);
      const found = await shiftScope(app.lake, EVERYBODY, todayOf(app));
      const waits = found && (await isCallback(app.lake, callbackScope(EVERYBODY, found.shown, found.sources), row));
      if (!waits)
        throw new RamalError('notFound', {
          what: 'pessoa a chamar de volta',
          received: row,
          todo: 'Ela já foi atendida, ou o dia passou. Atualize Hoje.',
        });
      const { phone, contact_name, customer_ref } = await contactRow(app.lake, row);
      await app.audit.record(user, 'reveal', `contact ${row}`, { callback: 1 });
      // The code is who it is only where there is no phone to call.
      return { row: { row_id: row, phone, contact_name, ...(phone === null ? { customer_ref } : {}) } };
    },
  }),
];
