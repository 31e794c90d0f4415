import type { LakeSession } from '../../storage/lake.ts';
import { RecordLines } from '../send/record-lines.ts';
import type { SendLayout } from '../send/send-layout.ts';
import { sendRows } from '../send/send-rows.ts';
import { applySteps, type Relation, type Step } from '../steps/index.ts';
import { listsInSilver } from '../steps/lists.ts';
import { layoutThatSolves, stepsThatSolve } from './material.ts';

/** Whether what a person made is right, and if not what to look at; columns and fields by name, never a value. */
export interface Judgement {
  readonly told:
    | 'right'
    | 'not-loaded'
    | 'not-quarantined'
    | 'columns'
    | 'rows'
    | 'other-rows'
    | 'values'
    | 'delimited'
    | 'fields'
    | 'refused'
    | 'order';
  readonly got: number | null;
  readonly wanted: number | null;
  readonly names: readonly string[];
}

/** Rows that are compared: the exercises have a few, and a layout may take every contact there is. */
const MOST_ROWS = 1000;

type Cells = readonly (string | null)[];

const told = (what: Judgement['told'], more: Partial<Omit<Judgement, 'told'>> = {}): Judgement => ({
  ...{ told: what, got: null, wanted: null, names: [] },
  ...more,
});

interface Loaded {
  readonly rows_read: number;
  readonly loaded: number;
  readonly quarantined: number;
}

/** The first exercise: the file is in, and its one wrong CPF is in quarantine. */
export function judgeReading(batch: Loaded | undefined): Judgement {
  if (!batch) return told('not-loaded');
  return batch.quarantined === 1 && batch.loaded === batch.rows_read - 1
    ? told('right')
    : told('not-quarantined', { got: batch.quarantined, wanted: 1 });
}

/**
 * The second exercise: steps over the rows of its file leave the rows, and in them the values, that those of the answer
 * leave.
 * @throws RamalError `layoutInvalid` when a step is wrong.
 */
export async function judgeSteps(session: LakeSession, rows: Relation, steps: readonly Step[]): Promise<Judgement> {
  const after = async (list: readonly Step[]) =>
    applySteps(rows, list, await listsInSilver(session, list), 'passos').at(-1)!;
  const [made, answer] = [await after(steps), await after(stepsThatSolve())];
  const lacking = answer.columns.filter((name) => !made.columns.includes(name));
  if (lacking.length > 0) return told('columns', { names: lacking });
  const kept = async ({ sql }: Relation) =>
    session.rows<Record<string, string | null>>(`SELECT * FROM (${sql}) WHERE _end IS NULL ORDER BY _id`);
  const [got, wanted] = [await kept(made), await kept(answer)];
  if (got.length !== wanted.length) return told('rows', { got: got.length, wanted: wanted.length });
  if (got.some(({ _id }, index) => _id !== wanted[index]!._id)) return told('other-rows');
  const names = answer.columns.filter((name) => got.some((row, index) => row[name] !== wanted[index]![name]));
  return names.length > 0 ? told('values', { names }) : told('right');
}

/**
 * The third exercise: a layout of sending writes the records of the answer.
 * @throws RamalError `layoutInvalid` when a step is wrong, or a list of the exercise is not there.
 */
export async function judgeSending(session: LakeSession, layout: SendLayout, day: string): Promise<Judgement> {
  if (layout.format.kind !== 'delimited') return told('delimited');
  const answer = layoutThatSolves();
  if (layout.fields.length !== answer.fields.length)
    return told('fields', { got: layout.fields.length, wanted: answer.fields.length });
  const got = await recordsOf(session, layout, day);
  const wanted = (await recordsOf(session, answer, day))!;
  if (!got) return told('refused');
  if (got.length !== wanted.length) return told('rows', { got: got.length, wanted: wanted.length });
  const names = answer.fields
    .filter((_, at) => !same(got.map((cells) => cells[at] ?? '').sort(), wanted.map((cells) => cells[at] ?? '').sort()))
    .map(({ name }) => name);
  if (names.length > 0) return told('values', { names });
  return same(got, wanted) ? told('right') : told('order');
}

/** The records of a file as cells, or null when one cannot be written. */
async function recordsOf(session: LakeSession, layout: SendLayout, day: string): Promise<Cells[] | null> {
  // The exercise's values hold neither its delimiter nor a quote.
  const plain: SendLayout = { ...layout, format: { kind: 'delimited', delimiter: '\t', quote: '' } };
  const lines = new RecordLines(plain, day);
  const { sql } = await sendRows(session, plain);
  const records: Cells[] = [];
  for (const row of await session.rows<Record<string, string | null>>(`${sql} LIMIT ${MOST_ROWS}`)) {
    if (row._end !== null) {
      if (/ (left-out|duplicate)$/.test(row._end!)) continue;
      return null;
    }
    const line = lines.row((column) => row[column] ?? null);
    if (typeof line !== 'string') return null;
    records.push(line.trimEnd().split('\t'));
  }
  return records;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
