import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { AUDIENCE, type User } from '../../access/roles.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import { type LoadedFile, loadFiles } from '../../intake/load.ts';
import type { Progress } from '../../kernel/progress.ts';
import { asRamalError } from '../../kernel/thrown.ts';
import { build } from '../../lake/build.ts';
import type { App } from '../app.ts';
import { builtView } from '../batch-view.ts';
import { refuseRelative } from '../machine-path.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { keepUpload } from '../upload.ts';

export interface IntakeRequest {
  readonly paths: readonly string[];
  readonly source: string;
  readonly layout?: number | undefined;
  /** Build the lake when the files are in. */
  readonly build: boolean;
  /** Take what is suggested of differences that are not of mandatory columns. */
  readonly yes?: boolean | undefined;
}

/** Loads files one after another and builds; what `ramal intake` prints. */
export async function intakeFiles(
  app: App,
  { paths, source, layout, build: builds, yes = false }: IntakeRequest,
  user: User,
  progress: Progress,
  signal?: AbortSignal,
) {
  const used = app.layouts.get(source, layout);
  const batches: (BatchRecord & { already: boolean })[] = [];
  const sums = { read: 0, loaded: 0, quarantined: 0, duplicate: 0 };
  const buildLoaded = async (): Promise<void> => {
    if (builds && batches.length > 0) await build(app, { progress, signal });
  };
  const audit = (batch: BatchRecord) => app.audit.record(user, 'intake', `batch ${batch.batch_id}`, { source });
  const take = async ({ batch, already }: LoadedFile): Promise<void> => {
    if (batch.state === 'loaded') await app.layouts.remember(app.layouts.get(source, batch.layout), batch);
    batches.push({ ...batch, already });
    sums.read += batch.rows_read;
    if (batch.state !== 'loaded' && !already) return audit(batch);
    sums.loaded += already ? 0 : batch.loaded;
    // Received again, rows in quarantine are still there, and all others are repeated.
    sums.quarantined += batch.quarantined;
    sums.duplicate += already ? batch.rows_read - batch.quarantined : batch.duplicate;
    await audit(batch);
  };
  try {
    const options = {
      ...{ layout: used, byDay: layout === undefined, yes, by: user.name, progress },
      ...(signal ? { signal } : {}),
    };
    for await (const loaded of loadFiles(app, paths, options)) await take(loaded);
  } catch (thrown) {
    const error = asRamalError(thrown);
    if (!signal?.aborted) await buildLoaded();
    if (batches.length > 0)
      error.message += ` Antes dele, ${batches.length} de ${paths.length} arquivos foram carregados.`;
    throw error;
  }
  await buildLoaded();
  const view = await builtView(app.lake);
  return { batches: batches.map((batch) => ({ ...view(batch), already: batch.already })), ...sums };
}

export const intakeRoutes = [
  route({
    method: 'POST',
    url: '/api/intake',
    audience: AUDIENCE.administrator,
    summary: 'Carrega arquivos desta máquina pelo layout de uma fonte',
    body: Type.Object({
      paths: Type.Array(Type.String(), { minItems: 1 }),
      source: Type.String(),
      layout: Type.Optional(Type.Integer()),
      build: Type.Optional(Type.Boolean()),
      yes: Type.Optional(
        Type.Boolean({ description: 'Aceita as sugestões do que mudou, menos em colunas obrigatórias' }),
      ),
    }),
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const {
        paths,
        source,
        layout,
        build: builds,
        yes,
      } = body as { paths: string[]; source: string; layout?: number; build?: boolean; yes?: boolean };
      refuseRelative(...paths);
      app.layouts.get(source, layout);
      const request = { paths, source, layout, build: builds ?? true, yes };
      return app.jobs.start('intake', (progress, signal) => intakeFiles(app, request, user, progress, signal));
    },
  }),
  route({
    method: 'POST',
    url: '/api/intake/upload',
    audience: AUDIENCE.intake,
    summary: 'Recebe um arquivo e o carrega pelo layout de uma fonte',
    query: Type.Object({ source: Type.String() }),
    response: Job,
    status: 202,
    handler: async ({ app, query, request, user }) => {
      const source = String(query.source);
      app.layouts.get(source);
      const folder = join(app.config.home, 'tmp', `upload-${request.id}`);
      const path = await keepUpload(folder, request);
      return app.jobs.start(
        'intake',
        (progress, signal) => intakeFiles(app, { paths: [path], source, build: true }, user, progress, signal),
        () => rmSync(folder, { recursive: true, force: true }),
      );
    },
  }),
];
