import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { MOST_BEFORE, sameAge } from '../../metrics/same-age.ts';
import { dayOf } from '../../reports/said.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { SameAge } from '../schema-metrics.ts';
import { scopeOf } from '../scope-query.ts';

export const sameAgeRoutes = [
  route({
    method: 'GET',
    url: '/api/repeats/age',
    audience: AUDIENCE.figures,
    summary: 'A taxa de um período até aqui, e a dos anteriores quando tinham a mesma idade',
    query: Type.Object({
      ...Scope.properties,
      rule: Type.Optional(Type.String()),
      before: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_BEFORE, description: 'Quantos anteriores' })),
      watermark: Type.Optional(Type.String()),
    }),
    response: SameAge,
    handler: async ({ app, query }) => {
      const question = {
        scope: scopeOf(query),
        rule: (query.rule as string | undefined) ?? 'house',
        before: (query.before as number | undefined) ?? 1,
        watermark: dayOf('watermark', query.watermark),
      };
      return app.cache.answer(app.lake, sameAge, [question], query.refresh === true);
    },
  }),
];
