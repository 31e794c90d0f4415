import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { sourceColumns } from '../../intake/layout.ts';
import { draftOf } from '../../intake/recognise/draft.ts';
import { knownHeadings } from '../../intake/recognise/headings.ts';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { App } from '../app.ts';
import { Received } from '../intake-schema.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
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
    url: '/api/received/:id/load',
    audience: AUDIENCE.intake,
    summary: 'Carrega um arquivo recebido pelo layout de uma fonte',
    body: Type.Object({ source: Type.String() }),
    response: Job,
    status: 202,
    handler: async ({ app, body, params, user }) => {
      const { source } = body as { source: string };
      app.layouts.get(source);
      const id = (params.id ?? '').replaceAll(/[^\w-]/g, '');
      const folder = receivedFolder(app, id);
      const [name] = existsSync(folder) ? readdirSync(folder) : [];
      if (!name)
        throw new RamalError('notFound', { what: 'arquivo recebido', received: id, todo: 'Envie o arquivo de novo.' });
      const request = { paths: [join(folder, name)], source, build: true };
      return app.jobs.start(
        'intake',
        (progress, signal) => intakeFiles(app, request, user, progress, signal),
        () => rmSync(folder, { recursive: true, force: true }),
      );
    },
  }),
];
