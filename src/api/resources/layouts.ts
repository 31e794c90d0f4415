import { isAbsolute } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { RamalError } from '../../kernel/errors.ts';
import { route } from '../route.ts';
import { Suggestion } from '../schema.ts';

export const layoutRoutes = [
  route({
    method: 'POST',
    url: '/api/layouts/suggest',
    audience: AUDIENCE.administrator,
    summary: 'O que o começo de um arquivo desta máquina diz de sua forma, e o que é preciso perguntar',
    body: Type.Object({ path: Type.String() }),
    response: Suggestion,
    handler: async ({ body }) => {
      const { path } = body as { path: string };
      if (!isAbsolute(path))
        throw new RamalError('usage', { what: `Caminho relativo: ${path}`, todo: 'Envie o caminho completo' });
      return suggestLayout(path);
    },
  }),
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
