import { maskRow } from '../../access/masking.ts';
import type { Column } from '../../contracts/index.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type LakeSession, quoted } from '../../storage/lake.ts';
import { type Layout, mappedColumns } from '../layout.ts';
import { targetOf } from '../targets/index.ts';
import { applyStep, madeBy, type Relation, type Step, type StepEnd, stepTitle } from './index.ts';
import { listsInSilver } from './lists.ts';

/** Rows that a preview looks at. */
const SAMPLE = 100_000;
/** Rows that it shows. */
const SHOWN = 10;
/** Rows that a step took out, of which it tells. */
const GONE = 5;

/** How the columns of a preview may be seen: as their contract says, or not at all. */
export type Seen = Readonly<Record<string, Column | 'hidden'>>;

/** What a step did to the rows before it. */
export interface Previewed {
  readonly step: number;
  readonly title: string;
  /** Rows that go on. */
  readonly rows: number;
  readonly leftOut: number;
  readonly duplicate: number;
  readonly refused: number;
  /** Columns that it wrote, and in how many rows their value is now another. */
  readonly changed: readonly { readonly column: string; readonly rows: number }[];
  readonly columns: readonly string[];
  /** Rows that go on, masked: the first of those that it changed, then others, as they stand. */
  readonly sample: readonly Shown[];
  /** Of each row of the sample, what the cells that it changed were before. */
  readonly was: readonly Shown[];
  /** The first rows that it took out, masked, with their line in the file. */
  readonly gone: readonly { readonly line: number; readonly why: StepEnd; readonly row: Shown }[];
}
type Shown = Readonly<Record<string, unknown>>;

/** A step that cannot be done, and why. */
export interface FailedStep {
  readonly step: number;
  readonly what: string;
  readonly todo: string;
}

/**
 * Runs steps over the first rows of a file or a list, and tells after each what it did; the first entry is before any.
 * @param failed is told of a step that is wrong, where those before it are wanted all the same.
 * @throws RamalError `layoutInvalid` when a step is wrong and nobody is told.
 */
export async function previewSteps(
  session: LakeSession,
  input: Relation,
  steps: readonly Step[],
  seen: Seen,
  listSeen: (source: string) => Seen,
  failed?: (failed: FailedStep) => void,
): Promise<{ sampled: boolean; steps: Previewed[] }> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE preview_0 AS SELECT * FROM (${input.sql}) ORDER BY _id LIMIT ${SAMPLE}`,
  );
  const list = await listsInSilver(session, steps);
  let rows: Relation = { sql: 'SELECT * FROM preview_0', columns: input.columns };
  let classes = seen;
  const previewed = [await told(session, rows, { step: 0, title: 'antes dos passos', wrote: [] }, classes, classes)];
  for (const [index, step] of steps.entries()) {
    const number = index + 1;
    const after = stepOrFailure(() => applyStep(rows, step, number, list, 'passos'), number, failed);
    if (!after) break;
    await session.run(`CREATE OR REPLACE TEMP TABLE preview_${number} AS ${after.sql}`);
    const before = classes;
    classes = seenAfter(classes, step, listSeen);
    const fresh = madeBy(step).map(({ name }) => name);
    const doing = { step: number, title: stepTitle(step, number), wrote: fresh, had: rows.columns };
    rows = { sql: `SELECT * FROM preview_${number}`, columns: after.columns };
    previewed.push(await told(session, rows, doing, classes, before));
  }
  const sampled = (await session.row<{ rows: number }>('SELECT count(*) AS rows FROM preview_0')).rows === SAMPLE;
  return { sampled, steps: previewed };
}

/** What is done about a step, or undefined where it is wrong and `failed` was told so. */
export function stepOrFailure<T>(
  work: () => T,
  step: number,
  failed: ((failed: FailedStep) => void) | undefined,
): T | undefined {
  try {
    return work();
  } catch (thrown) {
    if (!failed || !(thrown instanceof RamalError) || thrown.code !== 'layoutInvalid') throw thrown;
    const { what = '', todo = '' } = thrown.details;
    // Beside its card a step need not be named again.
    failed({ step, what: String(what).replace(/^passo \d+: [^:]*: /, ''), todo: String(todo) });
    return undefined;
  }
}

interface Doing {
  readonly step: number;
  readonly title: string;
  /** The columns that it wrote. */
  readonly wrote: readonly string[];
  /** The columns that there were before it. */
  readonly had?: readonly string[];
}

async function told(
  session: LakeSession,
  { columns }: Relation,
  { step, title, wrote, had = [] }: Doing,
  seen: Seen,
  before: Seen,
): Promise<Previewed> {
  const table = `preview_${step}`;
  const ends = await session.rows<{ why: string | null; rows: number }>(
    `SELECT _end AS why, count(*) AS rows FROM ${table} WHERE _end IS NULL OR starts_with(_end, '${step} ') GROUP BY _end`,
  );
  const counted = (test: (why: string | null) => boolean) =>
    ends.filter(({ why }) => test(why)).reduce((sum, { rows }) => sum + rows, 0);
  const { sample, was } = await sampleOf(session, step, columns, wrote, had);
  const gone = await session.rows<{ _id: number; _end: string }>(
    `SELECT _id, _end, ${cells(columns)} FROM ${table} WHERE starts_with(_end, '${step} ') ORDER BY _id LIMIT ${GONE}`,
  );
  return {
    step,
    title,
    rows: counted((why) => why === null),
    leftOut: counted((why) => why?.endsWith(' left-out') === true),
    duplicate: counted((why) => why?.endsWith(' duplicate') === true),
    refused: counted((why) => why !== null && !/ (left-out|duplicate)$/.test(why)),
    changed: await changes(session, step, wrote, had),
    columns,
    sample: sample.map((row) => shown(row, seen)),
    was: was.map((row) => shown(row, before)),
    // A list's rows are numbered with their batch above their line.
    gone: gone.map(({ _id, _end, ...row }) => ({
      line: Number(_id) % 2 ** 32,
      why: _end.slice(_end.indexOf(' ') + 1) as StepEnd,
      row: shown(row, seen),
    })),
  };
}

/** Rows after a step, those that it changed first, and what it changed in each; both as the rows stand. */
async function sampleOf(
  session: LakeSession,
  step: number,
  columns: readonly string[],
  wrote: readonly string[],
  had: readonly string[],
): Promise<{ sample: Shown[]; was: Shown[] }> {
  const compared = wrote.filter((name) => columns.includes(name));
  const former = (name: string) => (had.includes(name) ? `before.${quoted(name)}` : 'NULL');
  const differs = compared.map((name) => `after.${quoted(name)} IS DISTINCT FROM ${former(name)}`);
  const marks = compared.map((name, index) => `${differs[index]} AS _mark${index}, ${former(name)} AS _was${index}`);
  const any = differs.length === 0 ? 'false' : `(${differs.join(' OR ')})`;
  const rows = await session.rows(
    `SELECT * FROM (
       SELECT after._id, ${[cells(columns, 'after.'), ...marks].join(', ')}
       FROM preview_${step} AS after JOIN preview_${Math.max(0, step - 1)} AS before USING (_id)
       WHERE after._end IS NULL ORDER BY ${any} DESC, after._id LIMIT ${SHOWN}) ORDER BY _id`,
  );
  const was = rows.map((row) =>
    Object.fromEntries(
      compared.flatMap((name, index) => (row[`_mark${index}`] === true ? [[name, row[`_was${index}`]]] : [])),
    ),
  );
  return { sample: rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]]))), was };
}

const cells = (columns: readonly string[], of = '') =>
  columns.map((name) => `${of}${quoted(name)}`).join(', ') || `${of}_id AS _none`;

async function changes(session: LakeSession, step: number, wrote: readonly string[], had: readonly string[]) {
  if (wrote.length === 0) return [];
  const counts = wrote.map((name, index) => {
    const old = had.includes(name) ? `before.${quoted(name)}` : 'NULL';
    return `count(*) FILTER (after.${quoted(name)} IS DISTINCT FROM ${old}) AS c${index}`;
  });
  const counted = await session.row<Record<string, number>>(
    `SELECT ${counts.join(', ')} FROM preview_${step} AS after JOIN preview_${step - 1} AS before USING (_id) WHERE after._end IS NULL`,
  );
  return wrote.map((column, index) => ({ column, rows: counted[`c${index}`] ?? 0 }));
}

function shown(row: Readonly<Record<string, unknown>>, seen: Seen): Record<string, unknown> {
  const columns: Record<string, Column> = {};
  const cells = Object.entries(row).map(([name, value]): [string, unknown] => {
    const column = seen[name];
    if (column === undefined || value === null) return [name, value];
    columns[name] = column === 'hidden' ? SHOWN_AS_IS : column;
    if (column === 'hidden') return [name, '***'];
    // A mask counts the signs of a number without its marks.
    const number = column.mask === 'taxpayer' || column.mask === 'phone';
    return [name, number ? String(value).replaceAll(/[^\dA-Za-z]/g, '') : value];
  });
  return maskRow(Object.fromEntries(cells), columns);
}

const SHOWN_AS_IS: Column = { type: 'VARCHAR', meaning: '', personal: 'none' };

/**
 * How columns may be seen after a step: a value written otherwise as before; one made of what anyone may see too; any
 * other is hidden whole, for a part of a number may be all of it.
 */
export function seenAfter(seen: Seen, step: Step, listSeen: (source: string) => Seen): Seen {
  const after: Record<string, Column | 'hidden'> = { ...seen };
  if (step.do === 'lookup') {
    const held = listSeen(step.list);
    for (const [name, column] of Object.entries(step.take)) after[name] = held[column] ?? 'hidden';
    return after;
  }
  for (const { name, from, how } of madeBy(step)) {
    const [first] = from;
    const open = from.every((one) => isOpen(seen[one]));
    if (how === 'same' && first !== undefined && seen[first] !== undefined) after[name] = seen[first];
    else if (how === 'same') delete after[name];
    else after[name] = open ? SHOWN_AS_IS : 'hidden';
  }
  return after;
}

function isOpen(column: Column | 'hidden' | undefined): boolean {
  return column !== undefined && column !== 'hidden' && column.personal === 'none';
}

/** How the columns of a file may be seen: as what the layout maps them to; one that it does not map is nobody's to see. */
export function seenInFile(layout: Layout): Seen {
  const { columns } = targetOf(layout).contract(layout);
  const seen: Record<string, Column> = {};
  for (const [name, { from = [], as }] of Object.entries(layout.columns)) {
    const column = columns[name] ?? {
      ...SHOWN_AS_IS,
      personal: 'personal',
      mask: as === 'email' ? 'email' : 'taxpayer',
    };
    for (const one of from) {
      const known = seen[one];
      if (known === undefined || known.personal === 'none') seen[one] = column;
    }
  }
  const made = new Set((layout.steps ?? []).flatMap((step) => madeBy(step).map(({ name }) => name)));
  for (const name of mappedColumns(layout)) if (made.has(name)) delete seen[name];
  return seen;
}
