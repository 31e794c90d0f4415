import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { RamalError } from '../kernel/errors.ts';
import { asRamalError } from '../kernel/thrown.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import type { BatchRecord } from './batches.ts';
import { bronzePath, readBronze, unreadPath } from './bronze.ts';
import { checkAgain } from './check-again.ts';
import { requireColumns } from './drift/judge.ts';
import { type Intake, undoBatch } from './load.ts';
import { Corrections } from './mend/corrections.ts';

/**
 * Reads a loaded batch's file again by the version of its layout in use, as a batch of its own that takes the place of the
 * former: that one is rolled back once the new one is in, and the numbers follow with the next build. A kill before
 * that leaves the former as it was.
 * @throws RamalError `usage` when the file lacks a column that the version reads, or the batch cannot be read again.
 */
export async function rereadBatch(
  intake: Intake & { readonly ledger: Ledger },
  number: number,
  { by, signal }: { readonly by: string; readonly signal?: AbortSignal },
): Promise<BatchRecord> {
  const { batches, config, lake, layouts, ledger } = intake;
  const former = await batches.get(number);
  const layout = layouts.get(former.source);
  const refuse = (what: string, todo: string) => new RamalError('usage', { what, todo });
  const { batch_id, source, written_at: writtenAt } = former;
  if (former.state !== 'loaded') throw refuse(`O lote ${batch_id} não está carregado`, 'Veja-o em Recepção');
  if (former.layout === layout.version)
    throw refuse(`O lote ${batch_id} já foi lido pela versão ${layout.version}`, 'Mude antes o layout');
  if ((await new Corrections(ledger, batches.clock).of(batch_id)).some(({ undone_at }) => undone_at === null))
    throw refuse(`O lote ${batch_id} tem correções`, 'Desfaça-as, ou envie de novo o arquivo');
  const place = { batch: batch_id, path: bronzePath(config.home, source, batch_id), writtenAt };
  const [received] = await lake.use((session) => readBronze(session, [place]));
  requireColumns(layout, received!, former.file_name);
  const profile = await batches.profile(batch_id);
  const batchId = await batches.open({
    ...{ source, layout: layout.version, file_name: former.file_name, file_bytes: former.file_bytes },
    ...{ received_by: by, scope: former.scope, written_at: writtenAt },
  });
  const path = bronzePath(config.home, source, batchId);
  try {
    if (existsSync(unreadPath(place.path))) copyFileSync(unreadPath(place.path), unreadPath(path));
    copyFileSync(place.path, `${path}.tmp`);
    renameSync(`${path}.tmp`, path);
    const bronze = { ...received!, batch: batchId, path };
    const { result, refusal, seconds } = await checkAgain(intake, former, { bronze, layout, held: [] }, signal);
    if (refusal) throw refusal;
    await batches.finish(batchId, former.file_hash, result, seconds, {
      ...{ layout: layout.version, drift: [] },
      profile,
    });
  } catch (thrown) {
    const error = asRamalError(thrown);
    await undoBatch(intake, { batchId, bronze: path, message: error.message });
    throw error;
  }
  await batches.tombstone(batch_id);
  return batches.get(batchId);
}
