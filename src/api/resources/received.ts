import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { requireColumns } from '../../intake/drift/judge.ts';
import { type Layout, sourceColumns } from '../../intake/layout.ts';
import { parseLayout } from '../../intake/parse-layout.ts';
import { draftOf } from '../../intake/recognise/draft.ts';
import { knownHeadings } from '../../intake/recognise/headings.ts';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { withBeginning } from '../../intake/steps/sample.ts';
import { tryLayout } from '../../intake/try-layout.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { App } from '../app.ts';
import { triedView } from '../layout-tried.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { LayoutBody, LayoutTried, Received } from '../schema-intake.ts';
import { keepUpload } from '../upload.ts';
import { intakeFiles } from './intake.ts';

/** A file that nobody loaded is let go after so long. */
const KEPT_MS = 24 * 3600 * 1000;

function receivedFolder({ config }: App, id: string): string {
  return join(config.home, 'tmp', `received-${id}`);
}

/** Lets go of files that were looked at and never loaded. */
function forgetOld({ config, clock }: App): void {
  const folder = join(config.home, 'tmp');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name);
    if (name.startsWith('received-') && clock.now().getTime() - statSync(path).mtimeMs > KEPT_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

/** How much of what each source's layout reads a file has, those that have all of it first. */
function sourcesFor({ layouts }: App, names: readonly string[]): { source: string; share: number }[] {
  const present = new Set(names);
  return layouts
    .newest()
    .map((layout) => {
      const read = sourceColumns(layout);
      const share = read.length === 0 ? 0 : read.filter((name) => present.has(name)).length / read.length;
      return { source: layout.source, share: Math.round(100 * share) / 100 };
    })
    .filter(({ share }) => share >= 0.5)
    .toSorted((a, b) => b.share - a.share);
}

/** Where the file is that was received and not loaded yet. */
function receivedPath(app: App, given = ''): { folder: string; path: string } {
  const id = given.replaceAll(/[^\w-]/g, '');
  const folder = receivedFolder(app, id);
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  if (!name)
    throw new RamalError('notFound', { what: 'arquivo recebido', received: id, todo: 'Envie o arquivo de novo.' });
  return { folder, path: join(folder, name) };
}

async function tried(app: App, path: string, given: Layout): Promise<LayoutTried> {
  const layout = parseLayout({ ...given, version: 1 }, given.source);
  const folder = join(app.config.home, 'tmp', `preview-${randomUUID()}`);
  const { timeZone } = app.config;
  return app.lake.use((session) =>
    withBeginning({ lake: app.lake, session }, path, layout, folder, async ({ bronze, cut }) => {
      requireColumns(layout, bronze, basename(path));
      return triedView(layout, await tryLayout(session, { layout, bronze, timeZone, suffix: '' }), cut);
    }),
  );
}

export const receivedRoutes = [
  route({
    method: 'POST',
    url: '/api/received',
    audience: AUDIENCE.intake,
    summary:
      'Recebe um arquivo e diz o que se reconhece nele: de que fonte parece, ou o layout de uma nova, para confirmar',
    response: Received,
    handler: async ({ app, request }) => {
      forgetOld(app);
      const id = String(request.id).replaceAll(/[^\w-]/g, '');
      const folder = receivedFolder(app, id);
      const path = await keepUpload(folder, request);
      try {
        const suggestion = await suggestLayout(path, app.lake);
        const draft = draftOf(suggestion, { source: 'nova', label: '' }, await knownHeadings(app.ledger));
        const { size } = statSync(path);
        return {
          ...{ id, file: path.slice(folder.length + 1), bytes: size, suggestion, draft },
          sources: sourcesFor(
            app,
            suggestion.columns.map(({ name }) => name),
          ),
        };
      } catch (error) {
        rmSync(folder, { recursive: true, force: true });
        throw error;
      }
    },
  }),
  route({
    method: 'POST',
    url: '/api/received/:id/try',
    audience: AUDIENCE.intake,
    summary: 'O que um layout que ainda não foi guardado faria com o começo de um arquivo recebido; nada é guardado',
    body: Type.Object({ layout: LayoutBody }),
    response: LayoutTried,
    handler: async ({ app, body, params }) =>
      tried(app, receivedPath(app, params.id).path, (body as { layout: Layout }).layout),
  }),
  route({
    method: 'POST',
    url: '/api/received/:id/load',
    audience: AUDIENCE.intake,
    summary: 'Carrega um arquivo recebido pelo layout de uma fonte',
    body: Type.Object({ source: Type.String() }),
    response: Job,
    status: 202,
    handler: async ({ app, body, params, user }) => {
      const { source } = body as { source: string };
      app.layouts.get(source);
      const { folder, path } = receivedPath(app, params.id);
      const request = { paths: [path], source, build: true };
      return app.jobs.start(
        'intake',
        (progress, signal) => intakeFiles(app, request, user, progress, signal),
        () => rmSync(folder, { recursive: true, force: true }),
      );
    },
  }),
];
