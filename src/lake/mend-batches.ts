import type { BatchRows } from '../intake/batch-rows.ts';
import type { BatchRecord } from '../intake/batches.ts';
import { type HeldColumn, refusables } from '../intake/drift/refusable.ts';
import { heldAgain } from '../intake/drift/refused.ts';
import {
  Corrections,
  type LineChange,
  type Mending,
  mendings,
  revisions,
  stateOf,
} from '../intake/mend/corrections.ts';
import { findScope, recheckLines, verdictNow } from '../intake/mend/replay.ts';
import type { LakeSession } from '../storage/lake.ts';
import { type Build, batchRows } from './steps.ts';

/** Brings silver up to the replays that the ledger has decided; resolves to how many batches were behind. */
export async function mendBehind(environment: Build, session: LakeSession): Promise<number> {
  const wanted = await revisions(environment.ledger);
  const held = new Map(
    (await session.rows<{ batch_id: number; revision: number }>('FROM silver.mended')).map((one) => [
      one.batch_id,
      one.revision,
    ]),
  );
  const behind = [...wanted].filter(([batch, revision]) => held.get(batch) !== revision).map(([batch]) => batch);
  for (const number of behind) {
    const batch = await environment.batches.get(number);
    const corrections = await correctionsOf(environment).of(number);
    const rows = await rowsOf(environment, session, batch);
    await recheckLines(session, rows, await findScope(session, rows, corrections));
  }
  return behind.length;
}

/**
 * Decides a replay: corrections that wait come into force, those undone leave, and what depends on the moment is judged
 * anew. From then on the batch is so; the next build makes silver and gold follow. False when nothing would change.
 */
export async function decideReplay(environment: Build, batchId: number): Promise<boolean> {
  const { lake, ledger, batches } = environment;
  const batch = await batches.get(batchId);
  const corrections = await correctionsOf(environment).of(batchId);
  const coming = corrections.filter((one) => stateOf(one) === 'waiting');
  const leaving = corrections.filter((one) => stateOf(one) === 'leaving');
  const now = (await mendings(ledger, [batchId])).get(batchId)!;
  const after: Mending = {
    ...now,
    corrections: corrections.filter((one) => ['waiting', 'in-force'].includes(stateOf(one))),
  };
  const verdict = await lake.use(async (session) => {
    const rows = {
      ...(await rowsOf(environment, session, batch, after)),
      held: await heldNow(environment, batch, after, corrections),
    };
    return await verdictNow(session, rows, await findScope(session, rows, corrections), now.verdict);
  });
  if (coming.length + leaving.length === 0 && sameVerdict(verdict, now.verdict)) return false;
  const numbers = coming.map(({ correction_id }) => correction_id);
  await correctionsOf(environment).replay(batchId, verdict, numbers);
  return true;
}

/** The rows of one batch, with the corrections that the ledger has in force or those told. */
export async function rowsOf(
  environment: Build,
  session: LakeSession,
  batch: BatchRecord,
  told?: Mending,
): Promise<BatchRows> {
  const given = told === undefined ? undefined : new Map([[batch.batch_id, told]]);
  const [[rows] = []] = await batchRows(environment, session, [batch], '', given);
  return rows!;
}

/** What the rows of a batch are held against now, of the columns whose policies refuse some. */
export async function heldNow(
  { batches, layouts }: Build,
  { batch_id, source, layout: version, drift }: BatchRecord,
  { corrections, verdict }: Mending,
  ever: readonly LineChange[],
): Promise<HeldColumn[]> {
  const layout = layouts.get(source, version);
  if (refusables(layout).length === 0) return [];
  const known = await batches.knownFiles(source, version, batch_id);
  return heldAgain(layout, { known, drift, inForce: corrections, ever, before: verdict });
}

function correctionsOf({ ledger, batches }: Build): Corrections {
  return new Corrections(ledger, batches.clock);
}

const byName = (verdict: object) => JSON.stringify(Object.entries(verdict).toSorted(([a], [b]) => a.localeCompare(b)));
const sameVerdict = (one: object, other: object) => byName(one) === byName(other);
