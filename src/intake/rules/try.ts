import { rmSync } from 'node:fs';
import type { LakeSession } from '../../storage/lake.ts';
import type { BatchRows } from '../batch-rows.ts';
import { UNDECIDED } from '../bronze.ts';
import { checkRows } from '../check-batch.ts';
import { frozenPaths } from '../steps/frozen.ts';
import { type RuleResult, tallyRules } from './judge.ts';
import { judgeTrailers } from './trailers.ts';

/**
 * What a layout's rules would say of a batch's rows as received; nothing is changed.
 * @param read what reading the file told.
 */
export async function tryRules(
  session: LakeSession,
  batch: BatchRows,
  read: { readonly good: number; readonly bad: number; readonly delimiter: string | null },
): Promise<RuleResult[]> {
  const bronze = { ...batch.bronze, revision: UNDECIDED };
  const rows = { ...batch, bronze };
  try {
    const { typed } = await checkRows(session, [rows]);
    const tallies = await tallyRules(session, [rows], typed);
    const { results } = await judgeTrailers(session, batch.layout, bronze, read);
    return [...(tallies.get(bronze.batch) ?? []), ...results];
  } finally {
    for (const path of frozenPaths(bronze.path, UNDECIDED)) rmSync(path, { force: true });
  }
}
