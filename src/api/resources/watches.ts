import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { nameTrick, shownName } from '../../intake/watch/names.ts';
import { depthOf, isLeft, matchPath } from '../../intake/watch/patterns.ts';
import type { PlaceFile } from '../../intake/watch/place.ts';
import { FILE_STATES, type WatchedFile } from '../../intake/watch/watched-files.ts';
import type { Watch } from '../../intake/watch/watches.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { App } from '../app.ts';
import { doorOf, lookAt, watchedFilesOf, watchesOf } from '../look.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { WatchChange, WatchedFileList, WatchList, WatchTest, Watch as WatchView } from '../schema-watches.ts';

const MOST_TESTED = 200;

async function watchView(app: App, watch: Watch) {
  return {
    ...watch,
    hasSecret: Object.keys(watchesOf(app).secretOf(watch.name)).length > 0,
    changedAt: watch.changedAt.toISOString(),
    lookedAt: watch.lookedAt?.toISOString() ?? null,
    files: await watchedFilesOf(app, watch.name).counts(),
  };
}

function fileView(file: WatchedFile) {
  return {
    ...file,
    changedAt: file.changedAt.toISOString(),
    seenAt: file.seenAt.toISOString(),
    at: file.at.toISOString(),
  };
}

/** What a look would do with a file, were it complete. */
function tested({ path, bytes, changedAt, trick }: PlaceFile, { patterns }: Watch) {
  const what = trick ?? nameTrick(path);
  const match = matchPath(path, patterns);
  const source = what === null && typeof match === 'object' ? match.source : null;
  const shown = shownName(path);
  const message =
    what !== null
      ? new RamalError('fileName', { file: shown, what }).message
      : match === 'unmatched'
        ? 'Sem fonte: nenhum padrão da vigia cabe neste nome.'
        : match === 'left'
          ? 'Deixado em paz por um padrão da vigia.'
          : null;
  return { path: shown, bytes, changedAt: changedAt.toISOString(), source, message };
}

async function testWatch(app: App, name: string) {
  const watch = await watchesOf(app).get(name);
  const door = doorOf(app, name);
  const answer = { files: [] as ReturnType<typeof tested>[], listed: 0, matched: 0 };
  try {
    await door.use(async (place) => {
      for await (const file of place.list(depthOf(watch.patterns), isLeft)) {
        const seen = tested(file, watch);
        answer.listed += 1;
        answer.matched += seen.source === null ? 0 : 1;
        if (answer.files.length < MOST_TESTED) answer.files.push(seen);
      }
    });
  } finally {
    await door.close();
  }
  return answer;
}

export const watchRoutes = [
  route({
    method: 'GET',
    url: '/api/watches',
    audience: AUDIENCE.intake,
    summary: 'As vigias: onde procuram arquivos novos, e quantos há em cada situação',
    response: WatchList,
    handler: async ({ app }) => {
      const watches = await watchesOf(app).list();
      return { watches: await Promise.all(watches.map((watch) => watchView(app, watch))) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/watches',
    audience: AUDIENCE.administrator,
    summary: 'Cria uma vigia, ou muda o que for dado de uma',
    body: WatchChange,
    response: WatchView,
    handler: async ({ app, body, user }) => {
      const { name, secret, ...given } = body as WatchChange;
      for (const { source } of given.patterns ?? []) if (source !== null) app.layouts.get(source);
      const watch = await watchesOf(app).save(name, given, secret ?? null, user.name);
      const details = { place: watch.place, enabled: Number(watch.enabled), secret: secret ? 'changed' : 'same' };
      await app.audit.record(user, 'watch', `watch ${name}`, details);
      return watchView(app, watch);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/watches/:name',
    audience: AUDIENCE.administrator,
    summary: 'Apaga uma vigia, o que ela viu e a senha do lugar; o que foi carregado fica',
    handler: async ({ app, params, user }) => {
      const name = params.name ?? '';
      await watchesOf(app).remove(name);
      await app.audit.record(user, 'watch', `watch ${name}`, { removed: 1 });
      return { name };
    },
  }),
  route({
    method: 'POST',
    url: '/api/watches/:name/test',
    audience: AUDIENCE.administrator,
    summary: 'Entra no lugar de uma vigia e diz o que ela carregaria, sem carregar nada',
    response: WatchTest,
    handler: ({ app, params }) => testWatch(app, params.name ?? ''),
  }),
  route({
    method: 'POST',
    url: '/api/watches/:name/look',
    audience: AUDIENCE.intake,
    summary: 'Olha o lugar de uma vigia agora e carrega o que está completo',
    query: Type.Object({ retry: Type.Optional(Type.Boolean({ description: 'Tenta de novo os arquivos recusados' })) }),
    response: Job,
    status: 202,
    handler: async ({ app, params, query, user }) => {
      const { name } = await watchesOf(app).get(params.name ?? '');
      const request = { user, retry: query.retry === true };
      return app.jobs.start('watch', (progress, signal) => lookAt(app, name, request, progress, signal));
    },
  }),
  route({
    method: 'GET',
    url: '/api/watches/:name/files',
    audience: AUDIENCE.intake,
    summary: 'Os arquivos que uma vigia viu, com a situação de cada versão',
    query: Type.Object({
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      state: Type.Optional(Type.Union(FILE_STATES.map((state) => Type.Literal(state)))),
    }),
    response: WatchedFileList,
    handler: async ({ app, params, query }) => {
      const { name } = await watchesOf(app).get(params.name ?? '');
      const page = (query.page as number) ?? 1;
      const size = (query.size as number) ?? 50;
      const { rows, total } = await watchedFilesOf(app, name).list({
        state: query.state as string | undefined,
        page,
        size,
      });
      return { files: rows.map(fileView), total, page, size };
    },
  }),
];
