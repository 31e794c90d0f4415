import { AUDIENCE } from '../../access/roles.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';

export const jobRoutes = [
  route({
    method: 'GET',
    url: '/api/jobs/:id',
    audience: AUDIENCE.operator,
    summary: 'Andamento de um trabalho longo',
    response: Job,
    handler: async ({ app, params }) => app.jobs.get(params.id ?? ''),
  }),
  route({
    method: 'DELETE',
    url: '/api/jobs/:id',
    audience: AUDIENCE.intake,
    summary: 'Cancela um trabalho longo; nada fica pela metade',
    response: Job,
    handler: async ({ app, params }) => app.jobs.cancel(params.id ?? ''),
  }),
];
