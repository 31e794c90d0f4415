import type { User } from '../access/roles.ts';
import { approveBatch } from '../intake/approve.ts';
import { isUnchanged } from '../intake/drift/drift.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/progress.ts';
import { asRamalError } from '../kernel/thrown.ts';
import { build } from '../lake/build.ts';
import type { App } from './app.ts';
import { batchView } from './batch-view.ts';
import type { ApprovedTogether } from './schema-today.ts';

/**
 * Approves waiting batches whose layout does not change, one after another, and builds once. One that cannot be
 * approved keeps no other from it, and is told with its reason.
 */
export async function approveTogether(
  app: App,
  user: User,
  numbers: readonly number[],
  { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
) {
  const approved: number[] = [];
  const failed: ApprovedTogether['failed'] = [];
  for (const number of new Set(numbers)) {
    let file: string | null = null;
    try {
      const batch = await app.batches.get(number);
      file = batch.file_name;
      if (batch.state !== 'waiting') throw new RamalError('batchDecided', { received: number });
      if (!isUnchanged(batch.drift)) throw new RamalError('batchAsksColumns', { received: number });
      await app.audit.record(user, 'approve', `batch ${number}`, { once: 0 });
      await approveBatch(app, number, { decisions: {}, once: false, by: user.name, progress, signal });
      approved.push(number);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const { code, message } = asRamalError(thrown);
      failed.push({ batch: number, file, code, message });
    }
  }
  if (approved.length > 0) await build(app, { progress, signal });
  return { approved: await Promise.all(approved.map(async (one) => batchView(await app.batches.get(one)))), failed };
}
