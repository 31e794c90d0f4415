import { Type } from 'typebox';
import { route } from '../route.ts';

export const layoutRoutes = [
  route({
    method: 'GET',
    url: '/api/layouts/:source',
    audience: ['administrator', 'manager', 'intake'],
    summary: 'O layout em uso de uma fonte',
    query: Type.Object({ version: Type.Optional(Type.Integer()) }),
    handler: async ({ app, params, query }) =>
      app.layouts.get(params.source ?? '', query.version as number | undefined),
  }),
];
