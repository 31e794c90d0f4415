import { RamalError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/progress.ts';
import type { BatchRecord } from './batches.ts';
import { bronzePath, readBronze } from './bronze.ts';
import { checkAgain } from './check-again.ts';
import { forgetBatch } from './check-batch.ts';
import type { Effect } from './drift/drift.ts';
import { fileDay } from './drift/file-day.ts';
import { fits } from './drift/judge.ts';
import { type Decisions, propose } from './drift/propose.ts';
import { heldColumns, keptProfile } from './drift/refused.ts';
import type { Layout } from './layout.ts';
import { type Intake, previewEffect } from './load.ts';

export interface Approval {
  readonly decisions: Decisions;
  /** For this batch only: files that come later are still read by the version before. */
  readonly once: boolean;
  readonly by: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** The day from which an approved change holds: that of the file. */
export function approvalDay({ file_name, written_at }: BatchRecord, timeZone: string): string {
  return fileDay(file_name, written_at, timeZone);
}

/** What a waiting batch would do if the decisions were taken; null when its rows lack a column that is still read. */
export async function previewApproval(
  intake: Intake,
  batch: BatchRecord,
  decisions: Decisions,
): Promise<Effect | null> {
  const layout = await proposalOf(intake, batch, decisions);
  return intake.lake.use(async (session) => {
    const [bronze] = await readBronze(session, [placeOf(intake, batch)]);
    const { held } = await heldOf(intake, batch, layout);
    const former = intake.layouts.get(batch.source, batch.layout);
    return previewEffect(intake, session, { layout, former }, bronze!, held);
  });
}

/**
 * Loads a waiting batch by its layout as the decisions make it, which is the source's next version from the file's day
 * on. A kill before the end leaves the batch waiting.
 * @throws RamalError `usage` when a mandatory column is still missing; `batchDecided` when the batch does not wait, or
 * stopped waiting meanwhile: nothing of it stays then.
 */
export async function approveBatch(intake: Intake, number: number, approval: Approval): Promise<BatchRecord> {
  const { batches, config, lake, layouts } = intake;
  const { decisions, once, by, progress, signal } = approval;
  const batch = await batches.get(number);
  if (batch.state !== 'waiting') throw new RamalError('batchDecided', { received: number });
  const former = layouts.get(batch.source, batch.layout);
  const next = await proposalOf(intake, batch, decisions);
  const [bronze] = await lake.use((session) => readBronze(session, [placeOf(intake, batch)]));
  if (!fits(next, bronze!))
    throw new RamalError('usage', {
      what: 'Ainda falta uma coluna que o layout lê',
      todo: 'Diga qual coluna do arquivo ela é agora, ou que ela não vem mais',
    });
  const lost = former.key.filter((_, index) => next.key[index] === undefined);
  if (lost.length > 0)
    throw new RamalError('usage', { what: `Falta ${lost.join(', ')}, que nomeia a linha`, todo: 'Devolva o arquivo' });
  const from = once ? null : approvalDay(batch, config.timeZone);
  const layout =
    JSON.stringify(next) === JSON.stringify(former)
      ? former
      : await layouts.save(next, { by, from, onlyBatch: once ? batch.batch_id : null });
  progress({ step: `conferindo ${batch.file_name}`, done: 0.5, total: 1 });
  const { held, known } = await heldOf(intake, batch, layout);
  const forget = () => lake.use((session) => session.transaction(() => forgetBatch(session, number)));
  // An approval whose end was lost left its keys.
  await forget();
  try {
    const { result, refusal, seconds } = await checkAgain(intake, batch, { bronze: bronze!, layout, held }, signal);
    if (refusal) {
      await batches.refuse(number, refusal.message, result);
      throw refusal;
    }
    const profile = keptProfile((await batches.profile(number))!, known, held);
    const told = { layout: layout.version, profile, drift: batch.drift };
    await batches.finish(number, batch.file_hash, result, seconds, told);
  } catch (thrown) {
    if ((await batches.get(number)).state !== 'loaded') await forget();
    throw thrown;
  }
  await batches.decide(number, by);
  return batches.get(number);
}

/** What the rows of a waiting batch are held against when a layout loads them, and what was known before it came. */
async function heldOf({ batches }: Intake, { source, layout: version, drift }: BatchRecord, layout: Layout) {
  const known = await batches.knownFiles(source, version);
  return { known, held: heldColumns(layout, known, drift) };
}

async function proposalOf({ batches, layouts }: Intake, batch: BatchRecord, decisions: Decisions): Promise<Layout> {
  const profile = await batches.profile(batch.batch_id);
  const layout = layouts.get(batch.source, batch.layout);
  return profile ? propose(layout, batch.drift, profile, decisions) : layout;
}

function placeOf({ config }: Intake, { batch_id: batch, source, written_at: writtenAt }: BatchRecord) {
  return { batch, path: bronzePath(config.home, source, batch), writtenAt };
}
