import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { likeMix } from '../../metrics/like-mix.ts';
import { indicatorNamed } from '../../metrics/registry.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { LikeMix } from '../schema-metrics.ts';
import { scopeOf } from '../scope-query.ts';

export const likeMixRoutes = [
  route({
    method: 'GET',
    url: '/api/metrics/:name/mix',
    audience: AUDIENCE.figures,
    summary: 'Agentes, supervisores ou filas por um indicador, na mesma mistura de motivos e horas',
    query: Type.Object({
      ...Scope.properties,
      by: Type.Optional(Type.String()),
      view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
      rule: Type.Optional(Type.String({ description: 'Regra de rechamada, de indicadores delas' })),
    }),
    response: LikeMix,
    handler: async ({ app, params, query }) => {
      const indicator = indicatorNamed(params.name ?? '');
      const question = {
        scope: scopeOf(query),
        by: (query.by as string | undefined) ?? 'supervisor',
        view: (query.view as 'net' | 'gross' | undefined) ?? 'net',
        rule: (query.rule as string | undefined) ?? 'house',
      };
      return app.cache.answer(app.lake, likeMix, [indicator, question], query.refresh === true);
    },
  }),
];
