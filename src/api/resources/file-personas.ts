import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { personaFile } from '../../customers/personas/persona-file.ts';
import { readPlaybook } from '../../customers/personas/playbook.ts';
import { readLabels } from '../../customers/segments/labels-file.ts';
import { personaWorkbook } from '../../reports/persona-workbook.ts';
import type { FileLang } from '../../reports/words.ts';
import { refuseRelative } from '../machine-path.ts';
import { onceFile, oncePath } from '../once-file.ts';
import { oneOf } from '../one-of.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';

const Asked = Type.Object({
  path: Type.String(),
  id: Type.String({ description: 'Coluna que nomeia o cliente, como no arquivo de grupos' }),
  groups: Type.String({ description: 'Arquivo de grupos desta máquina, de ramal segments fit --labels' }),
  roles: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Coluna de cada papel' })),
  playbook: Type.Optional(Type.String({ description: 'Roteiro, em JSON; sem ele, o costumeiro' })),
  workbook: Type.Optional(Type.Boolean({ description: 'Guarda uma pasta XLSX, para GET /api/personas/file' })),
  lang: Type.Optional(oneOf(['pt', 'en'])),
});
type Asked = Readonly<Record<'path' | 'id' | 'groups', string>> & {
  readonly roles?: Readonly<Record<string, string>>;
  readonly playbook?: string;
  readonly workbook?: boolean;
  readonly lang?: FileLang;
};

const KIND = 'personas';

export const filePersonaRoutes = [
  route({
    method: 'POST',
    url: '/api/personas/file',
    audience: AUDIENCE.administrator,
    summary:
      'Diz quem são os grupos de um arquivo de clientes desta máquina: retrato, níveis, o que os distingue, dor e ação',
    body: Asked,
    response: Job,
    status: 202,
    handler: async ({ app, body }) => {
      const { groups, roles = {}, playbook, workbook = false, lang = 'pt', ...asked } = body as Asked;
      refuseRelative(asked.path, groups);
      const plays = playbook === undefined ? undefined : readPlaybook(playbook);
      const id = randomUUID();
      return app.jobs.startBeside(KIND, async (progress, signal) => {
        const found = await personaFile(
          app.lake,
          { ...asked, groups: readLabels(groups), roles: new Map(Object.entries(roles)), plays, progress, signal },
          join(app.config.home, 'tmp', `${KIND}-${id}.work`),
        );
        if (!workbook) return { ...found, file: null };
        await pipeline(
          personaWorkbook(found, lang, app.config.missingLabel),
          createWriteStream(oncePath(app, KIND, id), { mode: 0o600 }),
        );
        return { ...found, file: id };
      });
    },
  }),
  route({
    method: 'GET',
    url: '/api/personas/file/:id',
    audience: AUDIENCE.administrator,
    summary: 'As personas em XLSX: clusters, métricas médias, segmentos e recomendações; lido uma vez, é esquecido',
    handler: async ({ app, params, reply }) =>
      onceFile(app, reply, {
        ...{ kind: KIND, id: params.id ?? '', what: 'personas' },
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      }),
  }),
];
