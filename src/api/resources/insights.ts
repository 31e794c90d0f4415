import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { foundCauses } from '../../reports/causes.ts';
import { route } from '../route.ts';
import { Scope } from '../schema.ts';
import { Insights } from '../schema-insights.ts';
import { scopeOf } from '../scope-query.ts';

export const insightRoutes = [
  route({
    method: 'GET',
    url: '/api/insights',
    audience: AUDIENCE.figures,
    summary: 'Causas: o que pediu mais horas de gente, com intervalo, evidência e o que fazer',
    query: Type.Object({ ...Scope.properties }),
    response: Insights,
    handler: async ({ app, query }) => {
      const answer = await foundCauses(app, scopeOf(query), query.refresh === true);
      return {
        ...answer,
        causes: answer.causes.map((cause) => ({
          ...cause,
          interval: cause.interval && ([...cause.interval] as [number, number]),
        })),
      };
    },
  }),
];
