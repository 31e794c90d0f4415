import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { callerCounts } from '../../metrics/caller-counts.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { CallerCounts } from '../schema-callers.ts';
import { scopeOf } from '../scope-query.ts';

export const callerRoutes = [
  route({
    method: 'GET',
    url: '/api/repeats/callers',
    audience: AUDIENCE.intake,
    summary: 'Quantos clientes fizeram um, dois, três, quatro, cinco ou mais atendimentos no período',
    query: Type.Object({ ...Scope.properties, rule: Type.Optional(Type.String()) }),
    response: CallerCounts,
    handler: async ({ app, query }) => {
      const [scope, rule] = [scopeOf(query), (query.rule as string | undefined) ?? 'house'];
      return app.cache.get(
        app.lake,
        ['callers', { scope, rule }],
        () => callerCounts(app.lake, scope, rule),
        query.refresh === true,
      );
    },
  }),
];
