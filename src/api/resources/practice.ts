import { createReadStream } from 'node:fs';
import { Type } from 'typebox';
import { AUDIENCE, type User } from '../../access/roles.ts';
import { bronzePath, readBronze } from '../../intake/bronze.ts';
import { judgeReading, judgeSending, judgeSteps } from '../../intake/practice/check.ts';
import { PRACTICE_FILES, PRACTICE_SOURCES, practiceFile, practiceLayout } from '../../intake/practice/material.ts';
import { parseSendLayout } from '../../intake/send/send-layout.ts';
import { bronzeRows } from '../../intake/steps/frozen.ts';
import { parseSteps } from '../../intake/steps/index.ts';
import { fileColumns } from '../../intake/steps/sample.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import { build } from '../../lake/build.ts';
import type { App } from '../app.ts';
import { route } from '../route.ts';
import { Job } from '../schema.ts';
import { Judgement } from '../schema-steps.ts';
import { nameFile } from '../send-table.ts';
import { intakeFiles } from './intake.ts';

/** More batches than an exercise ever makes. */
const LOOKED_AT = 200;

/** The batch that a source of the exercises is done on. */
async function batchOf(app: App, source: string) {
  const { rows } = await app.batches.list({ source, page: 1, size: LOOKED_AT });
  return rows.find(({ state }) => state === 'loaded');
}

/** Registers the exercises' layouts and loads their files, what is there already apart. */
async function prepare(app: App, user: User, progress: Progress, signal: AbortSignal) {
  for (const { source, layout, file } of PRACTICE_SOURCES) {
    if (app.layouts.versions(source).length === 0) {
      await app.layouts.save(practiceLayout(layout), { by: user.name });
      await app.audit.record(user, 'layout', `layout ${source}@1`);
    }
    if (await batchOf(app, source)) continue;
    const paths = [practiceFile(file)];
    await intakeFiles(app, { paths, source, layout: 1, build: false }, user, progress, signal);
  }
  await build(app, { progress, signal });
  return { sources: PRACTICE_SOURCES.map(({ source }) => source) };
}

async function checkReading(app: App) {
  const { rows } = await app.batches.list({ page: 1, size: LOOKED_AT });
  const own = rows.filter(({ source }) => !PRACTICE_SOURCES.some((one) => one.source === source));
  return judgeReading(own.find(({ file_name, state }) => file_name === 'devedores.csv' && state === 'loaded'));
}

async function checkSteps(app: App, received: readonly unknown[]) {
  const steps = parseSteps(received, 'passos');
  const batch = await batchOf(app, 'pratica-ler');
  if (!batch) throw notReady();
  const layout = app.layouts.get(batch.source, batch.layout);
  const path = bronzePath(app.config.home, batch.source, batch.batch_id);
  const place = { batch: batch.batch_id, path, writtenAt: batch.written_at };
  return app.lake.use(async (session) => {
    const [bronze] = await readBronze(session, [place]);
    return judgeSteps(session, bronzeRows(layout, place, fileColumns(layout, bronze!.columns)), steps);
  });
}

const notReady = () =>
  new RamalError('notFound', { what: 'prática', received: 'pratica-ler', todo: 'Prepare-a em Recepção, Prática' });

export const practiceRoutes = [
  route({
    method: 'GET',
    url: '/api/practice',
    audience: AUDIENCE.intake,
    summary: 'Se os exercícios da prática estão preparados',
    response: Type.Object({ ready: Type.Boolean(), files: Type.Array(Type.String()) }),
    handler: async ({ app }) => {
      const held = await Promise.all(PRACTICE_SOURCES.map(({ source }) => batchOf(app, source)));
      return { ready: held.every((batch) => batch !== undefined), files: [...PRACTICE_FILES] };
    },
  }),
  route({
    method: 'POST',
    url: '/api/practice',
    audience: AUDIENCE.intake,
    summary: 'Prepara os exercícios da prática: registra os layouts e carrega os arquivos deles',
    response: Job,
    status: 202,
    handler: async ({ app, user }) =>
      app.jobs.start('practice', (progress, signal) => prepare(app, user, progress, signal)),
  }),
  route({
    method: 'GET',
    url: '/api/practice/files/:file',
    audience: AUDIENCE.intake,
    summary: 'Um arquivo da prática, de pessoas inventadas',
    handler: async ({ params, reply }) => {
      const file = PRACTICE_FILES.find((name) => name === params.file);
      if (!file)
        throw new RamalError('notFound', {
          what: 'arquivo da prática',
          received: params.file ?? '',
          todo: `Existem: ${PRACTICE_FILES.join(', ')}.`,
        });
      nameFile(reply, file);
      return reply.type('text/csv; charset=utf-8').send(createReadStream(practiceFile(file)));
    },
  }),
  route({
    method: 'POST',
    url: '/api/practice/check',
    audience: AUDIENCE.intake,
    summary: 'Diz se um exercício da prática está certo, e se não, o que olhar',
    body: Type.Object({
      exercise: Type.Integer({ minimum: 1, maximum: 3 }),
      steps: Type.Optional(Type.Array(Type.Unknown(), { description: 'Do exercício 2' })),
      layout: Type.Optional(Type.Unknown({ description: 'O layout de envio, do exercício 3' })),
    }),
    response: Judgement,
    handler: async ({ app, body }) => {
      const { exercise, steps = [], layout } = body as { exercise: number; steps?: unknown[]; layout?: unknown };
      if (exercise === 1) return checkReading(app);
      if (exercise === 2) return checkSteps(app, steps);
      const parsed = parseSendLayout(layout, 'layout');
      if (!(await batchOf(app, 'pratica-telefones'))) throw notReady();
      const day = businessDay(app.clock.now(), app.config.timeZone);
      return app.lake.use((session) => judgeSending(session, parsed, day));
    },
  }),
];
