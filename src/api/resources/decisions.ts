import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { approveBatch, previewApproval } from '../../intake/approve.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import type { Decisions } from '../../intake/drift/propose.ts';
import { RamalError } from '../../kernel/errors.ts';
import { build } from '../../lake/build.ts';
import type { App } from '../app.ts';
import { approveTogether } from '../approve-together.ts';
import { type BatchView, batchView } from '../batch-view.ts';
import { type Call, route } from '../route.ts';
import { BatchDetail, BatchLook, Job } from '../schema.ts';
import { Effect } from '../schema-intake.ts';
import { numberOf } from '../scope-query.ts';
import { batchDetail } from './batches.ts';

const Decision = Type.Union([
  Type.Literal('same'),
  Type.Literal('gone'),
  Type.Object({ now: Type.String() }),
  Type.Object({ as: Type.String() }),
]);
const Decided = Type.Record(Type.String(), Decision, {
  description:
    'Por coluna do layout: same (é a que se sugere), {now} (é essa coluna do arquivo), gone (não vem mais) ou {as} (usar como)',
});

/** Who has a batch open says so every 20 seconds; whoever has not for a minute has left. */
const LOOK_MS = 60_000;

/** A batch that waits for somebody. */
async function waitingBatch({ app, params }: Call): Promise<BatchRecord> {
  const batch = await app.batches.get(numberOf('lote', params.batch));
  if (batch.state === 'waiting') return batch;
  throw new RamalError('usage', {
    what: `O lote ${batch.batch_id} não espera por ninguém`,
    todo: 'Veja-o em Recepção',
  });
}

async function approveAndBuild(
  app: App,
  batch: number,
  approval: Parameters<typeof approveBatch>[2],
): Promise<BatchView> {
  const loaded = await approveBatch(app, batch, approval);
  await build(app, { progress: approval.progress, signal: approval.signal });
  return batchView(await app.batches.get(loaded.batch_id));
}

export const decisionRoutes = [
  route({
    method: 'POST',
    url: '/api/batches/:batch/preview',
    audience: AUDIENCE.intake,
    summary: 'O que aprovar um lote que espera faria, com estas decisões; nada é gravado',
    body: Type.Object({ decisions: Decided }),
    response: Type.Object({ effect: Type.Union([Effect, Type.Null()]) }),
    handler: async (call) => {
      const { decisions } = call.body as { decisions: Decisions };
      return { effect: await previewApproval(call.app, await waitingBatch(call), decisions) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/approve',
    audience: AUDIENCE.intake,
    summary: 'Carrega um lote que espera; o layout que resulta vale a partir do dia do arquivo, ou só para ele',
    body: Type.Object({ decisions: Decided, once: Type.Optional(Type.Boolean()) }),
    response: Job,
    status: 202,
    handler: async (call) => {
      const { app, body, user } = call;
      const { decisions, once = false } = body as { decisions: Decisions; once?: boolean };
      const { batch_id: batch } = await waitingBatch(call);
      await app.audit.record(user, 'approve', `batch ${batch}`, { once: Number(once) });
      return app.jobs.start('approve', (progress, signal) =>
        approveAndBuild(app, batch, { decisions, once, by: user.name, progress, signal }),
      );
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/approve',
    audience: AUDIENCE.intake,
    summary: 'Carrega juntos lotes que esperam e cujo layout não muda; diz um a um o que não deu',
    body: Type.Object({ batches: Type.Array(Type.Integer(), { minItems: 1, maxItems: 500 }) }),
    response: Job,
    status: 202,
    handler: async ({ app, body, user }) => {
      const { batches } = body as { batches: number[] };
      return app.jobs.start('approve', (progress, signal) => approveTogether(app, user, batches, { progress, signal }));
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/send-back',
    audience: AUDIENCE.intake,
    summary: 'Devolve um lote ao cliente: fica aguardando o arquivo que o responda',
    body: Type.Object({ message: Type.String({ minLength: 1, maxLength: 4000 }) }),
    response: BatchDetail,
    handler: async (call) => {
      const { app, body, user } = call;
      const batch = await waitingBatch(call);
      await app.batches.sendBack(batch.batch_id, (body as { message: string }).message, user.name);
      await app.audit.record(user, 'send-back', `batch ${batch.batch_id}`);
      return batchDetail(app, await app.batches.get(batch.batch_id));
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/look',
    audience: AUDIENCE.intake,
    summary: 'Diz que alguém está com um lote aberto, e quem mais está',
    response: BatchLook,
    handler: async ({ app, params, user }) => {
      const batch = await app.batches.get(numberOf('lote', params.batch));
      const before = await batchDetail(app, batch);
      await app.batches.look(batch.batch_id, user.name);
      const { opened_by: who, opened_at: at } = batch;
      const recent = at !== null && app.clock.now().getTime() - at.getTime() < LOOK_MS;
      return { ...before, beside: recent && who !== user.name ? who : null };
    },
  }),
];
