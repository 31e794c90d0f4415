import { Type } from 'typebox';
import { maskRow } from '../../access/masking.ts';
import { AUDIENCE } from '../../access/roles.ts';
import { callerCounts } from '../../metrics/caller-counts.ts';
import { callerRanking, RANKED_COLUMNS } from '../../metrics/caller-ranking.ts';
import { rankedTable } from '../../reports/ranked-table.ts';
import { route } from '../route.ts';
import { Format, RowPage, Scope } from '../schema.ts';
import { CallerCounts } from '../schema-callers.ts';
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
    summary: 'Os clientes que mais fizeram atendimentos no período, com dados pessoais mascarados',
    query: Type.Object({
      ...Scope.properties,
      rule: Type.Optional(Type.String()),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      format: Type.Optional(Format),
      ...FILE_QUERY,
    }),
    response: RowPage,
    handler: async (call) => {
      const { app, query } = call;
      const [scope, rule] = [scopeOf(query), (query.rule as string | undefined) ?? 'house'];
      const format = fileFormat(call);
      if (format) return sendTable(call, format, await rankedTable(reporting(call), rule, scope));
      const asked = { page: (query.page as number | undefined) ?? 1, size: (query.size as number | undefined) ?? 50 };
      const { rows, total } = await app.cache.answer(
        app.lake,
        callerRanking,
        [scope, rule, asked],
        query.refresh === true,
      );
      return {
        columns: Object.entries(RANKED_COLUMNS).map(([name, { type, personal, meaning }]) => {
          return { name, type, personal, meaning };
        }),
        rows: rows.map((row) => maskRow(row, RANKED_COLUMNS)),
        total,
        ...asked,
      };
    },
  }),
];
