import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { route } from '../route.ts';

export const layoutRoutes = [
  route({
    method: 'GET',
    url: '/api/layouts/:source',
    audience: AUDIENCE.intake,
    summary: 'O layout em uso de uma fonte',
    query: Type.Object({ version: Type.Optional(Type.Integer()) }),
    handler: async ({ app, params, query }) =>
      app.layouts.get(params.source ?? '', query.version as number | undefined),
  }),
];
