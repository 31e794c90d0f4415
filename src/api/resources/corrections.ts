import { AUDIENCE } from '../../access/roles.ts';
import type { BatchRecord } from '../../intake/batches.ts';
import type { Layout } from '../../intake/layout.ts';
import { parseChange } from '../../intake/mend/change.ts';
import { Corrections, type NewCorrection } from '../../intake/mend/corrections.ts';
import { toRanges } from '../../intake/rules/lines.ts';
import { RamalError } from '../../kernel/errors.ts';
import { build } from '../../lake/build.ts';
import { decideReplay } from '../../lake/mend-batches.ts';
import { previewChange } from '../../lake/preview-change.ts';
import type { App } from '../app.ts';
import { type Call, route } from '../route.ts';
import { Job } from '../schema.ts';
import { ChangeAsked, ChangePreview, CorrectionList, CorrectionView } from '../schema-quarantine.ts';
import { numberOf } from '../scope-query.ts';
import { fileColumns, needsMend, workable } from './quarantine-rows.ts';
import { correctionView, shownValue } from './quarantine-view.ts';

function correctionsOf({ ledger, clock }: App): Corrections {
  return new Corrections(ledger, clock);
}

/** The correction that is asked for: its lines are in quarantine, its column is the file's. */
async function askedChange(call: Call, batch: BatchRecord, layout: Layout): Promise<NewCorrection> {
  const { lines, reason, failed, column, change } = call.body as ChangeAsked;
  const parsed = parseChange(change);
  if ((lines === undefined) === (reason === undefined))
    throw new RamalError('usage', { what: 'Correção sem linhas', todo: 'Dê as linhas ou um motivo' });
  const columns = await fileColumns(call, batch, layout);
  for (const name of [column, ...(parsed.kind === 'copy' ? [parsed.column] : [])])
    if (name !== null && !columns.includes(name))
      throw new RamalError('notFound', {
        what: 'coluna do arquivo',
        received: name.slice(0, 40),
        todo: `Existem: ${columns.slice(0, 30).join(', ')}.`,
      });
  const conditions = [
    'batch_id = $batch',
    ...(lines ? [`line IN (${lines.join(', ')})`] : ['reason = $reason']),
    ...(failed === undefined ? [] : ['column_name = $failed']),
    // What is no record has no columns yet; what is one cannot be written anew as a whole.
    column === null ? 'column_name IS NULL' : 'true',
  ];
  const found = await call.app.lake.rows<{ line: number }>(
    `SELECT DISTINCT line FROM silver.quarantine WHERE ${conditions.join(' AND ')} ORDER BY line`,
    { batch: batch.batch_id, reason: reason ?? null, failed: failed ?? null },
  );
  if (found.length === 0 || (lines && found.length < new Set(lines).size))
    throw new RamalError('usage', {
      what: lines ? 'Há linhas que não estão em quarentena' : 'Nenhuma linha em quarentena por esse motivo',
      todo:
        column === null
          ? 'Linha inteira só se corrige a que não pôde ser separada em colunas'
          : 'Atualize a lista e repita',
    });
  return {
    batch_id: batch.batch_id,
    lines: toRanges(found.map(({ line }) => line)),
    column_name: column,
    change: change.trim(),
    reason: reason ?? null,
  };
}

const countsOf = ({ loaded, quarantined, duplicate }: BatchRecord) => ({ loaded, quarantined, duplicate });

export const correctionRoutes = [
  route({
    method: 'GET',
    url: '/api/batches/:batch/corrections',
    audience: AUDIENCE.intake,
    summary: 'As correções de um lote, e as colunas que se podem corrigir',
    response: CorrectionList,
    handler: async (call) => {
      const batch = await call.app.batches.get(numberOf('lote', call.params.batch));
      const layout = call.app.layouts.get(batch.source, batch.layout);
      const corrections = await correctionsOf(call.app).of(batch.batch_id);
      return {
        corrections: corrections.map((one) => correctionView(layout, one)),
        columns: batch.state === 'loaded' ? await fileColumns(call, batch, layout) : [],
      };
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/corrections/preview',
    audience: AUDIENCE.intake,
    summary: 'O que uma correção faria: antes, depois e quantas linhas passam; nada é feito',
    body: ChangeAsked,
    response: ChangePreview,
    handler: async (call) => {
      const { app, user } = call;
      const { reveal = false } = call.body as ChangeAsked;
      if (reveal) needsMend(user);
      const { batch, layout } = await workable(call);
      const asked = await askedChange(call, batch, layout);
      const preview = await previewChange(app, batch, asked);
      if (reveal)
        await app.audit.record(user, 'reveal', `quarantine of batch ${batch.batch_id}`, {
          lines: preview.samples.length,
        });
      const shown = shownValue(layout);
      const plain = (text: string | null) => (reveal ? text : shown(asked.column_name, text));
      const samples = preview.samples.map((one) => ({ ...one, before: plain(one.before), after: plain(one.after) }));
      return { ...preview, samples };
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/corrections',
    audience: AUDIENCE.intake,
    summary: 'Guarda uma correção; ela vale a partir do próximo reprocessamento',
    body: ChangeAsked,
    response: CorrectionView,
    status: 201,
    handler: async (call) => {
      const { app, user } = call;
      const { batch, layout } = await workable(call);
      const made = await correctionsOf(app).add(await askedChange(call, batch, layout), user.name);
      await app.audit.record(user, 'correction', `batch ${batch.batch_id}`, {
        correction: made.correction_id,
        lines: made.line_count,
      });
      return correctionView(layout, made);
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/corrections/:correction/undo',
    audience: AUDIENCE.intake,
    summary: 'Desfaz uma correção; a que já vale deixa de valer no próximo reprocessamento',
    response: CorrectionView,
    handler: async (call) => {
      const { app, user, params } = call;
      const { batch, layout } = await workable(call);
      const corrections = correctionsOf(app);
      const number = numberOf('correção', params.correction);
      const { batch_id } = await corrections.get(number);
      if (batch_id !== batch.batch_id)
        throw new RamalError('notFound', { what: 'correção deste lote', received: number, todo: 'Veja as do lote.' });
      const undone = await corrections.undo(number, user.name);
      await app.audit.record(user, 'correction', `batch ${batch_id}`, { undone: number });
      return correctionView(layout, undone);
    },
  }),
  route({
    method: 'POST',
    url: '/api/batches/:batch/replay',
    audience: AUDIENCE.intake,
    summary: 'Confere de novo as linhas corrigidas de um lote; as que passam são carregadas',
    response: Job,
    status: 202,
    handler: async (call) => {
      const { app, user } = call;
      const { batch } = await workable(call);
      await app.audit.record(user, 'replay', `batch ${batch.batch_id}`);
      return app.jobs.start('replay', async (progress, signal) => {
        const before = countsOf(await app.batches.get(batch.batch_id));
        progress({ step: 'conferindo', done: 0, total: 3 });
        const changed = await decideReplay(app, batch.batch_id);
        await build(app, { progress, signal });
        const after = countsOf(await app.batches.get(batch.batch_id));
        return { batch: batch.batch_id, changed, before, after };
      });
    },
  }),
];
