import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { monthlyAverage } from '../../metrics/monthly-average.ts';
import { indicatorNamed } from '../../metrics/registry.ts';
import { monthlyTable } from '../../reports/monthly-table.ts';
import { route } from '../route.ts';
import { Format, Scope } from '../schema.ts';
import { Monthly } from '../schema-metrics.ts';
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, reporting, sendTable } from '../send-table.ts';

export const monthlyRoutes = [
  route({
    method: 'GET',
    url: '/api/metrics/:name/months',
    audience: AUDIENCE.figures,
    summary: 'Média por mês inteiro de um indicador que se soma, por fila, conta ou outro texto',
    query: Type.Object({
      ...Scope.properties,
      by: Type.Optional(Type.String()),
      view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
      format: Type.Optional(Format),
      ...FILE_QUERY,
    }),
    response: Monthly,
    handler: async (call) => {
      const { app, params, query } = call;
      const indicator = indicatorNamed(params.name ?? '');
      const question = {
        scope: scopeOf(query),
        by: (query.by as string | undefined) ?? 'queue',
        view: (query.view as 'net' | 'gross' | undefined) ?? 'net',
      };
      const answer = await app.cache.answer(app.lake, monthlyAverage, [indicator, question], query.refresh === true);
      const format = fileFormat(call);
      return format ? sendTable(call, format, monthlyTable(reporting(call), answer, question)) : answer;
    },
  }),
];
