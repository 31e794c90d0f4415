import { AUDIENCE } from '../../access/roles.ts';
import { intakeToday } from '../intake-today.ts';
import { route } from '../route.ts';
import { IntakeToday } from '../schema-today.ts';

export const todayRoutes = [
  route({
    method: 'GET',
    url: '/api/intake/today',
    audience: AUDIENCE.intake,
    summary: 'O que chegou hoje e o que ainda não chegou, por fonte, e os lotes que esperam por alguém',
    response: IntakeToday,
    handler: ({ app }) => intakeToday(app),
  }),
];
