import { join } from 'node:path';
import { markTable, ruleMark } from '../contracts/index.ts';
import { bytes, integers, type Lake, type LakeSession, quoted, sqlFile, words } from '../storage/lake.ts';
import type { CallerFold } from './rules/caller-fold.ts';
import { HouseFold } from './rules/house-fold.ts';
import type { FoldMaker, LegBlock } from './rules/legs.ts';
import { type MarkBlock, MarkFold } from './rules/mark-fold.ts';
import { PreviousFold } from './rules/previous-fold.ts';
import { REPEAT_RULES, type RepeatRule, type RepeatRuleName } from './rules/rules.ts';

const SQL = join(import.meta.dirname, 'sql');

/**
 * Contacts of a relation with silver's columns, as the rules and the sums of marks need them (an SQL expression);
 * `persons` has the rows of `gold.person`.
 */
export function peopleOf(contacts: string, persons = 'gold.person'): string {
  return sqlFile(SQL, 'people.sql', { contacts, persons });
}

/**
 * Marks whole people, a relation with the columns of {@link peopleOf}, under the rules in one pass, and adds the marks to
 * a temporary table with the columns of {@link markTable} of them. They wait in memory until all have been read: under
 * every rule about 250 bytes a contact.
 */
export async function markPeople(
  session: LakeSession,
  people: string,
  into: string,
  { rules = REPEAT_RULES, callers }: Pick<MarkOptions, 'rules' | 'callers'> = {},
): Promise<void> {
  const blocks: MarkBlock[] = [];
  await foldLegs(session, people, rules, (block) => blocks.push(block), callers);
  const contract = markTable(rules.map(({ name }) => name));
  const writer = await session.blockWriter(contract, { catalog: 'temp', schema: 'main', name: into });
  for (const { columns, rows } of blocks) writer.write(columns, rows);
  writer.close();
}

export interface MarkOptions {
  readonly rules?: readonly RepeatRule[];
  /** A relation with the rows of `gold.person`, when it is not that. */
  readonly persons?: string;
  /** Counts the same legs as they pass. */
  readonly callers?: CallerFold;
  readonly marked?: (rows: number) => void;
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
  { rules = REPEAT_RULES, persons, callers, marked = () => {} }: MarkOptions = {},
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
      await foldLegs(session, `(${peopleOf(contacts, persons)})`, rules, write, callers).finally(() => writer.close());
    }),
  );
}

async function foldLegs(
  session: LakeSession,
  people: string,
  rules: readonly RepeatRule[],
  emit: (marks: MarkBlock) => void,
  callers?: CallerFold,
): Promise<void> {
  const fold = new MarkFold(rules.map(foldOf), emit);
  const legs = sqlFile(SQL, 'legs.sql', { people });
  for await (const chunk of session.chunks(legs)) {
    const column = (index: number) => chunk.getColumnVector(index);
    const block: LegBlock = {
      rows: chunk.rowCount,
      rowId: words(column(0)),
      identity: words(column(1)),
      person: words(column(2)),
      received: words(column(3)),
      contact: words(column(4)),
      agent: words(column(5)),
      reason: words(column(6)),
      category: words(column(7)),
      start: integers(column(8)),
      end: integers(column(9)),
      handled: bytes(column(10)),
      anonymous: bytes(column(11)),
      opens: bytes(column(12)),
      source: words(column(13)),
      day: integers(column(14)),
    };
    fold.push(block);
    callers?.push(block);
  }
  fold.finish();
}

function foldOf(rule: RepeatRule): FoldMaker {
  return (held) => (rule.kind === 'house' ? new HouseFold(rule, held) : new PreviousFold(rule, held));
}

/** Contacts in a slice of people. */
const SLICE = 3_000_000;
const WHOLE = 2n ** 64n;

/** Conditions that cut so many contacts, or their marks, into slices by a hash of 64 bits, such as their identity. */
export function hashSlices(column: 'identity' | 'person', contacts: number): string[] {
  const slices = BigInt(Math.max(1, Math.ceil(contacts / SLICE)));
  return Array.from({ length: Number(slices) }, (_, index) => {
    const [from, to] = [(WHOLE * BigInt(index)) / slices, (WHOLE * BigInt(index + 1)) / slices - 1n];
    return `${column} BETWEEN CAST('${from}' AS UBIGINT) AND CAST('${to}' AS UBIGINT)`;
  });
}

/** What a rule says of the contacts it counts (an SQL expression): the columns of {@link ruleMark}. */
export function marksOf(rule: RepeatRuleName, marks = 'gold.mark'): string {
  const columns = Object.keys(ruleMark).map((name) => `${quoted(`${rule}.${name}`)} AS ${name}`);
  return `(SELECT row_id, ${columns.join(', ')} FROM ${marks} WHERE ${quoted(`${rule}.role`)} <> 'none')`;
}
