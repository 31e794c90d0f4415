import { join } from 'node:path';
import { mark, markTable, ruleMark, temporary } from '../contracts/index.ts';
import { bytes, integers, type Lake, type LakeSession, quoted, sqlFile, words } from '../storage/lake.ts';
import { HouseFold } from './rules/house-fold.ts';
import type { FoldMaker } from './rules/legs.ts';
import { type MarkBlock, MarkFold } from './rules/mark-fold.ts';
import { PreviousFold } from './rules/previous-fold.ts';
import {
  type HouseParameters,
  type PreviousParameters,
  REPEAT_RULES,
  type RepeatRule,
  type RepeatRuleName,
} from './rules/rules.ts';

const SQL = join(import.meta.dirname, 'sql');
/** Identified contacts of a relation with silver's columns, as the rules and the sums of marks need them (an SQL expression). */
export function peopleOf(contacts: string): string {
  return sqlFile(SQL, 'people.sql', { contacts });
}

/**
 * Marks whole people, a relation with the columns of {@link peopleOf}, under every rule in one pass, into a temporary
 * table. The marks wait in memory until all have been read: about 110 bytes a contact.
 */
export async function markPeople(session: LakeSession, people: string, into: string): Promise<void> {
  await session.run(temporary(mark, into));
  const blocks: MarkBlock[] = [];
  await foldLegs(session, people, REPEAT_RULES, (block) => blocks.push(block));
  const writer = await session.blockWriter(mark, { catalog: 'temp', schema: 'main', name: into });
  for (const { columns, rows } of blocks) writer.write(columns, rows);
  writer.close();
}

/**
 * Marks everybody in a relation with silver's columns under the rules, in one pass, into a table with the columns of
 * {@link markTable} of them; the marks are written as they come, over a connection of their own.
 */
export async function markAll(
  lake: Lake,
  session: LakeSession,
  contacts: string,
  into: { schema: string; name: string },
  { rules = REPEAT_RULES, marked = () => {} }: { rules?: readonly RepeatRule[]; marked?: (rows: number) => void } = {},
): Promise<void> {
  await lake.use((other) =>
    other.transaction(async () => {
      const writer = await other.blockWriter(markTable(rules.map(({ name }) => name)), into);
      let written = 0;
      const write = ({ columns, rows }: MarkBlock) => {
        writer.write(columns, rows);
        written += rows;
        marked(written);
      };
      await foldLegs(session, `(${peopleOf(contacts)})`, rules, write).finally(() => writer.close());
    }),
  );
}

async function foldLegs(
  session: LakeSession,
  people: string,
  rules: readonly RepeatRule[],
  emit: (marks: MarkBlock) => void,
): Promise<void> {
  const fold = new MarkFold(rules.map(foldOf), emit);
  const legs = sqlFile(SQL, 'legs.sql', { people });
  for await (const chunk of session.chunks(legs)) {
    const column = (index: number) => chunk.getColumnVector(index);
    fold.push({
      rows: chunk.rowCount,
      rowId: words(column(0)),
      identity: words(column(1)),
      contact: words(column(2)),
      agent: words(column(3)),
      reason: words(column(4)),
      category: words(column(5)),
      start: integers(column(6)),
      end: integers(column(7)),
      handled: bytes(column(8)),
    });
  }
  fold.finish();
}

function foldOf({ kind, parameters }: RepeatRule): FoldMaker {
  if (kind === 'house') return (held) => new HouseFold(parameters as HouseParameters, held);
  return (held) => new PreviousFold(parameters as PreviousParameters, held);
}

/** Contacts in a slice of people. */
const SLICE = 3_000_000;
const WHOLE = 2n ** 64n;

/** Conditions that cut so many contacts, or their marks, into slices of people; identity is a hash, so they are even. */
export function identitySlices(contacts: number): string[] {
  const slices = BigInt(Math.max(1, Math.ceil(contacts / SLICE)));
  return Array.from({ length: Number(slices) }, (_, index) => {
    const [from, to] = [(WHOLE * BigInt(index)) / slices, (WHOLE * BigInt(index + 1)) / slices - 1n];
    return `identity BETWEEN CAST('${from}' AS UBIGINT) AND CAST('${to}' AS UBIGINT)`;
  });
}

/** What a rule says of the contacts it counts (an SQL expression): the columns of {@link ruleMark}. */
export function marksOf(rule: RepeatRuleName): string {
  const columns = Object.keys(ruleMark).map((name) => `${quoted(`${rule}.${name}`)} AS ${name}`);
  return `(SELECT row_id, ${columns.join(', ')} FROM gold.mark WHERE ${quoted(`${rule}.role`)} <> 'none')`;
}
