import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { type BaseQuestion, buildBase } from '../../customers/base/build-base.ts';
import { exploreFile } from '../../customers/base/explore.ts';
import { TAKES } from '../../customers/base/takes.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { onceFile, oncePath } from '../once-file.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';

const Asked = Type.Object({
  paths: Type.Array(Type.String(), { minItems: 1, maxItems: 500 }),
  day: Type.Optional(Type.String({ format: 'date', description: 'O dia da base; sem ele, hoje' })),
  base: Type.Optional(
    Type.String({ description: 'A tabela cujos clientes a base tem; sem ela, a que nomeia mais, uma vez cada' }),
  ),
  keys: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Coluna do cliente, por tabela' })),
  takes: Type.Optional(
    Type.Array(
      Type.Object({
        table: Type.String(),
        column: Type.String(),
        take: Type.Union(TAKES.map((take) => Type.Literal(take))),
      }),
      { minItems: 1, maxItems: 2000, description: 'O que tomar de cada coluna; sem ele, o costumeiro de todas' },
    ),
  ),
});
type Asked = Pick<BaseQuestion, 'paths' | 'base' | 'takes'> & {
  readonly day?: string;
  readonly keys?: Readonly<Record<string, string>>;
};

const BASE = 'customers';

export const customerRoutes = [
  route({
    method: 'POST',
    url: '/api/customers/file',
    audience: AUDIENCE.administrator,
    summary:
      'Põe lado a lado o que vários arquivos desta máquina dizem de clientes, uma linha por cliente, sem os carregar',
    body: Asked,
    response: Job,
    status: 202,
    handler: async ({ app, body }) => {
      const { day = businessDay(app.clock.now(), app.config.timeZone), keys = {}, ...asked } = body as Asked;
      for (const path of asked.paths)
        if (!isAbsolute(path))
          throw new RamalError('usage', { what: `Caminho relativo: ${path}`, todo: 'Envie o caminho completo' });
      const id = randomUUID();
      return app.jobs.startBeside(BASE, async (progress, signal) => {
        const out = oncePath(app, BASE, id);
        const question = { ...asked, day, keys: new Map(Object.entries(keys)), out, progress, signal };
        try {
          const built = await buildBase(app.lake, question, join(app.config.home, 'tmp', `${BASE}-${id}.work`));
          return { ...built, file: id };
        } catch (thrown) {
          rmSync(out, { force: true });
          throw thrown;
        }
      });
    },
  }),
  route({
    method: 'POST',
    url: '/api/customers/explore',
    audience: AUDIENCE.administrator,
    summary:
      'Como são as colunas de um arquivo de clientes desta máquina: o que falta, distribuições, exceções, correlações',
    body: Type.Object({
      path: Type.String(),
      by: Type.Optional(Type.String({ description: 'Coluna de poucos valores' })),
    }),
    response: Job,
    status: 202,
    handler: async ({ app, body }) => {
      const asked = body as { readonly path: string; readonly by?: string };
      if (!isAbsolute(asked.path))
        throw new RamalError('usage', { what: `Caminho relativo: ${asked.path}`, todo: 'Envie o caminho completo' });
      const folder = join(app.config.home, 'tmp', `explore-${randomUUID()}`);
      return app.jobs.startBeside('explore', (progress, signal) =>
        exploreFile(app.lake, { ...asked, progress, signal }, folder),
      );
    },
  }),
  route({
    method: 'GET',
    url: '/api/customers/file/:id',
    audience: AUDIENCE.administrator,
    summary: 'A base que se montou, em Parquet; lida uma vez, é esquecida',
    handler: async ({ app, params, reply }) =>
      onceFile(app, reply, {
        ...{ kind: BASE, id: params.id ?? '', type: 'application/vnd.apache.parquet', what: 'base de clientes' },
      }),
  }),
];
