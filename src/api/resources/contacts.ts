import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE, mayReveal } from '../../access/roles.ts';
import { contact } from '../../contracts/index.ts';
import { RamalError } from '../../kernel/errors.ts';
import { ANCHOR_COLUMNS, REPEAT_KINDS } from '../../metrics/came-back.ts';
import { contactEvents, EVENT_COLUMNS } from '../../metrics/contact-events.ts';
import { areCharged, contactPage, contactRow, type RowQuestion } from '../../metrics/contact-rows.ts';
import { EPISODE_COLUMNS, episodeOf } from '../../metrics/episode.ts';
import { BUCKETS } from '../../metrics/repeats.ts';
import { contactTable, shownColumns } from '../../reports/contact-table.ts';
import { route } from '../route.ts';
import { Format, RowPage, Scope } from '../schema.ts';
import { CallerCount, ContactEvents, Episode } from '../schema-callers.ts';
import { numberOf, scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';

export const contactRoutes = [
  route({
    method: 'GET',
    url: '/api/contacts',
    audience: AUDIENCE.figures,
    summary: 'Os atendimentos de um recorte, com dados pessoais mascarados',
    query: Type.Object({
      ...Scope.properties,
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      sort: Type.Optional(Type.String()),
      search: Type.Optional(Type.String({ maxLength: 100 })),
      repeat: Type.Optional(
        Type.Union(
          REPEAT_KINDS.map((name) => Type.Literal(name)),
          {
            description:
              'Âncoras, as de janela fechada, destas as com e as sem rechamada, ou rechamadas; com filtro, as debitadas a quem ele escolhe',
          },
        ),
      ),
      bucket: Type.Optional(
        Type.Union(
          BUCKETS.map((name) => Type.Literal(name)),
          { description: 'Das rechamadas, as que vieram nesse prazo' },
        ),
      ),
      times: Type.Optional(CallerCount),
      rule: Type.Optional(Type.String()),
      batch: Type.Optional(Type.Integer()),
      view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
      format: Type.Optional(Format),
      ...FILE_QUERY,
    }),
    response: RowPage,
    handler: async (call) => {
      const { app, query } = call;
      const question = {
        ...query,
        scope: scopeOf(query),
        page: (query.page as number) ?? 1,
        size: (query.size as number) ?? 50,
      } as RowQuestion;
      const format = fileFormat(call);
      if (format) return sendTable(call, format, await contactTable(reporting(call), question));
      const { rows, total } = await contactPage(app.lake, question);
      const columns = { ...contact.columns, ...ANCHOR_COLUMNS };
      return {
        columns: shownColumns(question).map(({ name, type, personal, meaning }) => ({ name, type, personal, meaning })),
        rows: rows.map((row) => maskRow(row, columns)),
        total,
        page: question.page,
        size: question.size,
        charged: areCharged(question),
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/contacts/:row/episode',
    audience: AUDIENCE.figures,
    summary: 'Os contatos de quem fez um atendimento, em volta dele, e o que uma regra diz de cada um',
    query: Type.Object({ rule: Type.Optional(Type.String()) }),
    response: Episode,
    handler: async ({ app, query, params }) => {
      const row = numberOf('atendimento', params.row, Number.MAX_SAFE_INTEGER);
      const { rows, ...around } = await episodeOf(app.lake, row, (query.rule as string | undefined) ?? 'house');
      return { rows: rows.map((one) => maskRow<Record<string, unknown>>(one, EPISODE_COLUMNS)), ...around };
    },
  }),
  route({
    method: 'GET',
    url: '/api/contacts/:row/events',
    audience: AUDIENCE.figures,
    summary: 'O que aconteceu a um atendimento, onde a fonte dá eventos',
    response: ContactEvents,
    handler: async ({ app, params }) => {
      const row = numberOf('atendimento', params.row, Number.MAX_SAFE_INTEGER);
      const { rows, total } = await contactEvents(app.lake, app.layouts.newest(), row);
      return { rows: rows.map((one) => maskRow<Record<string, unknown>>(one, EVENT_COLUMNS)), total };
    },
  }),
  route({
    method: 'POST',
    url: '/api/contacts/:row/reveal',
    audience: AUDIENCE.intake,
    summary: 'Um atendimento sem máscara, para quem pode; fica registrado',
    response: Type.Object({ row: Type.Record(Type.String(), Type.Unknown()) }),
    handler: async ({ app, user, params }) => {
      if (!mayReveal(user)) throw new RamalError('notAllowed', { what: 'revelar dados pessoais' });
      const row = await contactRow(app.lake, numberOf('atendimento', params.row, Number.MAX_SAFE_INTEGER));
      await app.audit.record(user, 'reveal', `contact ${params.row}`);
      return { row };
    },
  }),
];
