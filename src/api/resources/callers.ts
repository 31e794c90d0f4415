import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE } from '../../access/roles.ts';
import { callerCounts } from '../../metrics/caller-counts.ts';
import { CALLER_ORDERS, callerRanking, RANKED_COLUMNS } from '../../metrics/caller-ranking.ts';
import { rankedTable } from '../../reports/ranked-table.ts';
import { route } from '../route.ts';
import { Format, Scope } from '../schema.ts';
import { CallerCounts, CallerRanking } from '../schema-callers.ts';
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';

export const callerRoutes = [
  route({
    method: 'GET',
    url: '/api/repeats/callers',
    audience: AUDIENCE.figures,
    summary: 'Quantos clientes fizeram um, dois, três, quatro, cinco ou mais atendimentos no período',
    query: Type.Object({ ...Scope.properties, rule: Type.Optional(Type.String()) }),
    response: CallerCounts,
    handler: async ({ app, query }) => {
      const [scope, rule] = [scopeOf(query), (query.rule as string | undefined) ?? 'house'];
      return app.cache.answer(app.lake, callerCounts, [scope, rule], query.refresh === true);
    },
  }),
  route({
    method: 'GET',
    url: '/api/repeats/callers/ranking',
    audience: AUDIENCE.figures,
    summary:
      'Os clientes que mais fizeram atendimentos no período, ou com os tempos mais longos, com dados pessoais mascarados',
    query: Type.Object({
      ...Scope.properties,
      rule: Type.Optional(Type.String()),
      order: Type.Optional(
        Type.String({ description: `${CALLER_ORDERS.join(', ')}: o maior primeiro; contacts, sem ele` }),
      ),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      format: Type.Optional(Format),
      ...FILE_QUERY,
    }),
    response: CallerRanking,
    handler: async (call) => {
      const { app, query } = call;
      const [scope, rule] = [scopeOf(query), (query.rule as string | undefined) ?? 'house'];
      const order = (query.order as string | undefined) ?? 'contacts';
      const format = fileFormat(call);
      if (format) return sendTable(call, format, await rankedTable(reporting(call), rule, scope, order));
      const asked = { page: (query.page as number | undefined) ?? 1, size: (query.size as number | undefined) ?? 50 };
      const { columns, rows, ...counted } = await app.cache.answer(
        app.lake,
        callerRanking,
        [scope, rule, { ...asked, order }],
        query.refresh === true,
      );
      return {
        columns: columns.map((name) => {
          const { type, personal, meaning } = RANKED_COLUMNS[name]!;
          return { name, type, personal, meaning };
        }),
        rows: rows.map((row) => maskRow(row, RANKED_COLUMNS)),
        ...counted,
        ...asked,
        order,
      };
    },
  }),
];
