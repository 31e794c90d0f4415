import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { approvalDay } from '../../intake/approve.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import type { Layout } from '../../intake/layout.ts';
import { BATCH_WARNINGS } from '../../intake/quarantine-words.ts';
import { RamalError } from '../../kernel/errors.ts';
import { build } from '../../lake/build.ts';
import type { App } from '../app.ts';
import { type BatchView, builtView } from '../batch-view.ts';
import { deadlineOf } from '../intake-today.ts';
import { isRetirable } from '../layout-retiring.ts';
import { route } from '../route.ts';
import { BatchDetail, BatchList, Job } from '../schema.ts';
import { numberOf } from '../scope-query.ts';
import { reasonLabel, rulesView } from './quarantine-view.ts';

/** How many of a batch's events are of contacts that are not here, where some are. */
function eventWarning({ loaded, eventsWithoutContact: rows }: BatchView, { of = '' }: Layout) {
  if (rows === undefined) return [];
  const kind = 'events-without-contact';
  return [{ kind, rows, detail: of, message: `${rows} de ${loaded} ${BATCH_WARNINGS[kind]}: ${of}` }];
}

/** A batch with what is kept of its reading, its quarantine, and who has to do with it. */
export async function batchDetail(app: App, batch: BatchRecord) {
  const { config, lake, layouts } = app;
  const layout = layouts.get(batch.source, batch.layout);
  const reasons = await lake.rows<{ reason: string; column: string | null; rows: number }>(
    'SELECT reason, column_name AS "column", count(*) AS rows FROM silver.quarantine WHERE batch_id = $batch GROUP BY ALL ORDER BY rows DESC, reason',
    { batch: batch.batch_id },
  );
  const shown = (await builtView(lake))(batch);
  return {
    ...shown,
    encoding: batch.encoding,
    delimiter: batch.delimiter,
    fills: Object.entries(batch.fills).map(([column, rows]) => ({ column, rows })),
    warnings: [
      ...batch.warnings.map(({ kind, rows, detail }) => ({
        ...{ kind, rows, detail },
        message: [BATCH_WARNINGS[kind], detail].filter(Boolean).join(': '),
      })),
      ...eventWarning(shown, layout),
    ],
    reasons: reasons.map((row) => ({ ...row, ...reasonLabel(layout, row.reason) })),
    rules: rulesView(layout, batch.rules),
    seconds: batch.seconds,
    decidedBy: batch.decided_by,
    decidedAt: batch.decided_at?.toISOString() ?? null,
    openedBy: batch.opened_by,
    openedAt: batch.opened_at?.toISOString() ?? null,
    retirable: await isRetirable(app, batch),
    holdsFrom: batch.state === 'waiting' ? approvalDay(batch, config.timeZone) : null,
    ...(await deadlineOf(app, batch)),
  };
}

export const batchRoutes = [
  route({
    method: 'GET',
    url: '/api/batches',
    audience: AUDIENCE.intake,
    summary: 'Os lotes recebidos, do mais novo ao mais antigo',
    query: Type.Object({
      page: Type.Optional(Type.Integer({ minimum: 1 })),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      source: Type.Optional(Type.String()),
      needs: Type.Optional(Type.Boolean({ description: 'Só os que falharam ou têm linhas em quarentena' })),
    }),
    response: BatchList,
    handler: async ({ app, query }) => {
      const page = (query.page as number) ?? 1;
      const size = (query.size as number) ?? 50;
      const { rows, total } = await app.batches.list({
        source: query.source as string | undefined,
        needs: query.needs === true,
        page,
        size,
      });
      return { batches: rows.map(await builtView(app.lake)), total, page, size };
    },
  }),
  route({
    method: 'GET',
    url: '/api/batches/:batch',
    audience: AUDIENCE.intake,
    summary: 'Um lote: contas que fecham, quarentena por motivo, preenchimentos e avisos',
    response: BatchDetail,
    handler: async ({ app, params }) => batchDetail(app, await app.batches.get(numberOf('lote', params.batch))),
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/rollback',
    audience: AUDIENCE.intake,
    summary: 'Desfaz um lote; o que foi construído sobre ele acompanha',
    response: Job,
    status: 202,
    handler: async ({ app, params, user }) => {
      const batch = await app.batches.get(numberOf('lote', params.batch));
      if (batch.state !== 'loaded') {
        throw new RamalError('usage', {
          what: `O lote ${batch.batch_id} não está carregado`,
          todo: 'Só um lote carregado pode ser desfeito',
        });
      }
      await app.audit.record(user, 'rollback', `batch ${batch.batch_id}`);
      return app.jobs.start('rollback', async (progress, signal) => {
        await app.batches.tombstone(batch.batch_id);
        return build(app, { progress, signal });
      });
    },
  }),
];
