import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { usualPlays } from '../../customers/personas/buyers-playbook.ts';
import { keepPlaybook, keptPlaybooks } from '../../customers/personas/kept-playbook.ts';
import { namedOnce, type Play, PlaysSchema } from '../../customers/personas/playbook.ts';
import type { App } from '../app.ts';
import { route } from '../route.ts';
import { PlaybookView } from '../schema-playbook.ts';

async function viewOf(app: App) {
  const kept = await keptPlaybooks(app);
  const plays = kept[0]?.plays ?? null;
  const division = await app.divisions.current();
  const segments = division?.roles.find(({ role }) => role === 'segment')?.column;
  return {
    plays: plays ?? usualPlays(segments),
    usual: plays === null,
    history: kept.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })),
  };
}

export const playbookRoutes = [
  route({
    method: 'GET',
    url: '/api/playbook',
    audience: AUDIENCE.manager,
    summary: 'O roteiro em uso: como são os clientes de cada tipo, sua dor e a ação; e os anteriores',
    response: PlaybookView,
    handler: async ({ app }) => viewOf(app),
  }),
  route({
    method: 'POST',
    url: '/api/playbook',
    audience: AUDIENCE.manager,
    summary: 'Guarda o roteiro, que vale da próxima divisão em diante; sem ele, volta o costumeiro',
    body: Type.Object({ plays: Type.Optional(PlaysSchema) }),
    response: PlaybookView,
    handler: async ({ app, body, user }) => {
      const { plays } = body as { readonly plays?: readonly Play[] };
      await keepPlaybook(app, plays ? namedOnce(plays) : null, user);
      return viewOf(app);
    },
  }),
];
