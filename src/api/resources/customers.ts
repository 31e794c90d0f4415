import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { type BaseQuestion, buildBase } from '../../customers/base/build-base.ts';
import { exploreBase, exploreFile } from '../../customers/base/explore.ts';
import { filesAt, MOST_FILES } from '../../customers/base/files-at.ts';
import { keepBase } from '../../customers/base/keep-base.ts';
import { KEEPING } from '../../customers/base/kept-bases.ts';
import type { Notes } from '../../customers/base/left-out.ts';
import { listTables } from '../../customers/base/list-tables.ts';
import { readTables } from '../../customers/base/tables.ts';
import { TAKES } from '../../customers/base/takes.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { dayOf } from '../../reports/said.ts';
import type { App } from '../app.ts';
import { tellableFields } from '../customer-texts.ts';
import { fetchWatched, watchesOf } from '../look.ts';
import { refuseRelative } from '../machine-path.ts';
import { onceFile, oncePath } from '../once-file.ts';
import { oneOf } from '../one-of.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { BaseList } from '../schema-customers.ts';
import { numberOf } from '../scope-query.ts';

const Asked = Type.Object({
  day: Type.Optional(Type.String({ description: 'O dia da base, AAAA-MM-DD; sem ele, hoje' })),
  base: Type.Optional(
    Type.String({ description: 'A tabela cujos clientes a base tem; sem ela, a que nomeia mais, uma vez cada' }),
  ),
  keys: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Coluna do cliente, por tabela' })),
  takes: Type.Optional(
    Type.Array(
      Type.Object({
        table: Type.String(),
        column: Type.String(),
        take: oneOf(TAKES),
      }),
      { minItems: 1, maxItems: 2000, description: 'O que tomar de cada coluna; sem ele, o costumeiro de todas' },
    ),
  ),
});
const Holdings = {
  holdings: Type.Optional(
    Type.Object(
      { table: Type.String(), column: Type.String() },
      { description: 'Onde se diz que produtos cada um tem' },
    ),
  ),
};
const Files = Type.Object({
  paths: Type.Optional(
    Type.Array(Type.String(), {
      minItems: 1,
      maxItems: MOST_FILES,
      description: 'Arquivos desta máquina, e pastas cujos arquivos se tomam',
    }),
  ),
  watch: Type.Optional(
    Type.String({ description: 'Em vez deles, a vigia cujo lugar (pasta, SFTP, FTP, S3) tem os arquivos' }),
  ),
});
const Kept = Type.Object({
  keep: Type.Optional(Type.Boolean({ description: 'Guarda a base, como as das listas carregadas' })),
  file: Type.Optional(
    Type.Boolean({ description: 'Deixa o arquivo que se busca uma vez; sem ele, só se não a guarda' }),
  ),
});
type Kept = { readonly keep?: boolean; readonly file?: boolean };
type Files = { readonly paths?: readonly string[]; readonly watch?: string };
type Asked = Pick<BaseQuestion, 'base' | 'takes'> & {
  readonly day?: string;
  readonly keys?: Readonly<Record<string, string>>;
};
type Holdings = { readonly holdings?: { readonly table: string; readonly column: string } };

const BASE = 'customers';
const dayIn = ({ clock, config }: App, { day }: Asked) =>
  dayOf('day', day) ?? businessDay(clock.now(), config.timeZone);

/** Files of a watch's place that its patterns do not accept: so many by name, of the others how many. */
function tellPassed(names: readonly string[], { leftOut, warnings }: Notes): void {
  for (const name of names.slice(0, MOST_FILES)) leftOut.push({ name, table: null, why: 'pattern', column: null });
  const more = names.length - MOST_FILES;
  if (more > 0)
    warnings.push(`mais ${more} arquivos do lugar da vigia, que os padrões dela não aceitam, ficaram de fora`);
}

export const customerRoutes = [
  route({
    method: 'GET',
    url: '/api/customers/bases',
    audience: AUDIENCE.manager,
    summary:
      'As bases de clientes guardadas, da mais nova: o dia, os clientes, as tabelas e os campos com a sua cobertura; as listas de que se pode montar outra e o trabalho que a monta',
    response: BaseList,
    handler: async ({ app }) => ({
      bases: (await app.bases.list()).map((base) => ({ ...base, createdAt: base.createdAt.toISOString() })),
      lists: (await app.lake.use((session) => listTables(session, app.layouts.newest()))).map(({ name }) => name),
      keeping: app.jobs.current(KEEPING),
    }),
  }),
  route({
    method: 'POST',
    url: '/api/customers/bases',
    audience: AUDIENCE.manager,
    summary: 'Monta e guarda a base de clientes das listas carregadas, uma linha por cliente',
    body: Type.Object({ ...Asked.properties, ...Holdings }),
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const { day: _, keys = {}, holdings, ...asked } = body as Asked & Holdings;
      const day = dayIn(app, body as Asked);
      return app.jobs.startBeside(KEEPING, (progress, signal) => {
        const tables: BaseQuestion['tables'] = (_folder, { leftOut }) =>
          app.lake.use((session) => listTables(session, app.layouts.newest(), leftOut));
        const question = { ...asked, tables, day, keys: new Map(Object.entries(keys)), loose: true, holdings };
        return keepBase(app, { ...question, progress, signal }, user);
      });
    },
  }),
  route({
    method: 'POST',
    url: '/api/customers/file',
    audience: AUDIENCE.administrator,
    summary:
      'Põe lado a lado o que vários arquivos, desta máquina ou do lugar de uma vigia, dizem de clientes, uma linha por cliente, sem os carregar; a base pode ficar guardada',
    body: Type.Object({ ...Files.properties, ...Asked.properties, ...Kept.properties, ...Holdings }),
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const {
        paths,
        watch,
        day: _,
        keys = {},
        keep = false,
        file = !keep,
        holdings,
        ...asked
      } = body as Asked & Files & Kept & Holdings;
      const day = dayIn(app, body as Asked);
      if ((paths === undefined) === (watch === undefined))
        throw new RamalError('usage', { what: 'Falta de onde vêm os arquivos', todo: 'Diga os caminhos ou a vigia' });
      refuseRelative(...(paths ?? []));
      if (watch !== undefined) await watchesOf(app).get(watch);
      const id = randomUUID();
      return app.jobs.startBeside(keep ? KEEPING : BASE, async (progress, signal) => {
        const out = oncePath(app, BASE, id);
        const tables: BaseQuestion['tables'] = async (folder, notes, told) => {
          const passed: string[] = [];
          const onPassed = (name: string) => passed.push(name);
          const some = paths
            ? filesAt(paths, notes.leftOut)
            : await fetchWatched(app, watch!, { folder, onPassed, progress, signal });
          tellPassed(passed, notes);
          return readTables(app.lake, some, folder, notes, told);
        };
        const question = { ...asked, tables, day, keys: new Map(Object.entries(keys)), progress, signal };
        if (!keep) {
          const built = await buildBase(
            app.lake,
            { ...question, out },
            join(app.config.home, 'tmp', `${BASE}-${id}.work`),
          );
          return { ...built, file: id };
        }
        const kept = await keepBase(app, { ...question, holdings, copy: file ? out : undefined }, user);
        return file ? { ...kept, file: id } : kept;
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
      refuseRelative(asked.path);
      const folder = join(app.config.home, 'tmp', `explore-${randomUUID()}`);
      return app.jobs.startBeside('explore', (progress, signal) =>
        exploreFile(app.lake, { ...asked, progress, signal }, folder),
      );
    },
  }),
  route({
    method: 'POST',
    url: '/api/customers/bases/:base/explore',
    audience: AUDIENCE.manager,
    summary: 'Como são os campos de uma base guardada, sem os que dizem algo de uma pessoa',
    body: Type.Object({ by: Type.Optional(Type.String({ description: 'Campo de poucos valores' })) }),
    response: Job,
    status: 202,
    handler: async ({ app, params, body }) => {
      const base = await app.bases.get(numberOf('base de clientes', params.base));
      const { by } = body as { readonly by?: string };
      const question = { path: app.bases.pathOf(base.id), natures: tellableFields(app, base), by };
      return app.jobs.startBeside('explore', (progress, signal) =>
        exploreBase(app.lake, { ...question, progress, signal }),
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
