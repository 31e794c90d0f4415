import { join } from 'node:path';
import { type contact, mark } from '../contracts/index.ts';
import { integers, type LakeSession, sqlFile, words } from '../storage/lake.ts';
import { HouseFold, type MarkBlock } from './rules/house-fold.ts';
import {
  type HouseParameters,
  type PreviousParameters,
  REPEAT_RULES,
  type RepeatRule,
  RULE_NAMES,
} from './rules/rules.ts';

const SQL = join(import.meta.dirname, 'sql');
/** Contacts folded at a time: their marks wait in memory, 39 bytes each, until the slice has been read. */
const SLICE = 4_000_000;
const WHOLE = 2n ** 64n;

/** The columns of `scope` that the rules look at: copying the others would cost more than the marks. */
export const SCOPE_COLUMNS = [
  ...['row_id', 'identity', 'source', 'contact_id', 'leg_no', 'agent_id', 'reason', 'reason_category', 'status'],
  ...['started_at', 'answered_at', 'first_reply_at', 'ended_at', 'wait_s', 'talk_s', 'hold_s', 'wrapup_s'],
] as const satisfies readonly (keyof typeof contact.columns)[];

interface MarkOptions {
  readonly rules?: readonly RepeatRule[];
  /** Ends the name of the table that the marks go to. */
  readonly suffix?: string;
}

/** Marks the contacts of relation `scope` under the rules, inside the caller's transaction. */
export async function markScope(
  session: LakeSession,
  { rules = REPEAT_RULES, suffix = '' }: MarkOptions = {},
): Promise<void> {
  for (const rule of rules) {
    if (rule.kind === 'house') await markHouse(session, rule, suffix);
    else {
      const { withinSeconds } = rule.parameters as PreviousParameters;
      const marks = sqlFile(SQL, 'previous-marks.sql');
      await session.run(`INSERT INTO gold.mark${suffix} ${marks}`, { rule: rule.name, within_s: withinSeconds });
    }
  }
}

/** Folds the scope in slices of identities, so that neither the sort nor the marks outgrow memory. */
async function markHouse(session: LakeSession, rule: RepeatRule, suffix: string): Promise<void> {
  const { rows } = await session.row<{ rows: number }>('SELECT count(*) AS rows FROM scope');
  const slices = BigInt(Math.max(1, Math.ceil(rows / SLICE)));
  const legs = sqlFile(SQL, 'house-legs.sql');
  for (let slice = 0n; slice < slices; slice++) {
    const bounds = { lowest: String((WHOLE * slice) / slices), highest: String((WHOLE * (slice + 1n)) / slices - 1n) };
    const marks: MarkBlock[] = [];
    const fold = new HouseFold(rule.parameters as HouseParameters, (block) => marks.push(copied(block)));
    for await (const chunk of session.chunks(legs, bounds)) {
      const column = (index: number) => chunk.getColumnVector(index);
      fold.push({
        rows: chunk.rowCount,
        rowId: words(column(0)),
        identity: words(column(1)),
        contact: words(column(2)),
        agent: words(column(3)),
        reason: words(column(4)),
        start: integers(column(5)),
        end: integers(column(6)),
      });
    }
    fold.finish();
    const writer = await session.blockWriter(mark, suffix);
    const code = RULE_NAMES.indexOf(rule.name);
    for (const block of marks) {
      const { rowId, identity, role, anchorRowId, bucket, sameReason, endedOn, repeats, repeatsSame } = block;
      const ruleCodes = new Uint8Array(block.rows).fill(code);
      writer.write(
        [ruleCodes, rowId, identity, role, anchorRowId, bucket, sameReason, endedOn, repeats, repeatsSame],
        block.rows,
      );
    }
    writer.close();
  }
}

function copied(block: MarkBlock): MarkBlock {
  const { rows, ...columns } = block;
  return {
    rows,
    ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice()])),
  } as MarkBlock;
}
