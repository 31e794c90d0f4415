import { maskRow } from '../../access/masking.ts';
import type { Column } from '../../contracts/index.ts';
import { type LakeSession, quoted } from '../../storage/lake.ts';
import { type Layout, mappedColumns } from '../layout.ts';
import { targetOf } from '../targets/index.ts';
import { applyStep, madeBy, type Relation, type Step, stepTitle } from './index.ts';
import { listsInSilver } from './lists.ts';

/** Rows that a preview looks at. */
const SAMPLE = 100_000;
/** Rows that it shows. */
const SHOWN = 10;

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
  /** The first rows that go on, masked. */
  readonly sample: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Runs steps over the first rows of a file or a list, and tells after each what it did; the first entry is before any.
 * @throws RamalError `layoutInvalid` when a step is wrong.
 */
export async function previewSteps(
  session: LakeSession,
  input: Relation,
  steps: readonly Step[],
  seen: Seen,
  listSeen: (source: string) => Seen,
): Promise<{ sampled: boolean; steps: Previewed[] }> {
  try {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE preview_0 AS SELECT * FROM (${input.sql}) ORDER BY _id LIMIT ${SAMPLE}`,
    );
    const list = await listsInSilver(session, steps);
    let rows: Relation = { sql: 'SELECT * FROM preview_0', columns: input.columns };
    let classes = seen;
    const previewed = [await told(session, rows, 0, 'antes dos passos', [], classes)];
    for (const [index, step] of steps.entries()) {
      const number = index + 1;
      const after = applyStep(rows, step, number, list, 'passos');
      await session.run(`CREATE OR REPLACE TEMP TABLE preview_${number} AS ${after.sql}`);
      classes = seenAfter(classes, step, listSeen);
      rows = { sql: `SELECT * FROM preview_${number}`, columns: after.columns };
      const wrote = madeBy(step).map(({ name }) => name);
      previewed.push(await told(session, rows, number, stepTitle(step, number), wrote, classes));
    }
    const sampled = (await session.row<{ rows: number }>('SELECT count(*) AS rows FROM preview_0')).rows === SAMPLE;
    return { sampled, steps: previewed };
  } finally {
    await session.dropTemporary();
  }
}

async function told(
  session: LakeSession,
  { columns }: Relation,
  step: number,
  title: string,
  wrote: readonly string[],
  seen: Seen,
): Promise<Previewed> {
  const table = `preview_${step}`;
  const ends = await session.rows<{ why: string | null; rows: number }>(
    `SELECT _end AS why, count(*) AS rows FROM ${table} WHERE _end IS NULL OR starts_with(_end, '${step} ') GROUP BY _end`,
  );
  const counted = (test: (why: string | null) => boolean) =>
    ends.filter(({ why }) => test(why)).reduce((sum, { rows }) => sum + rows, 0);
  const sample = await session.rows(
    `SELECT ${columns.map(quoted).join(', ') || '_id'} FROM ${table} WHERE _end IS NULL ORDER BY _id LIMIT ${SHOWN}`,
  );
  return {
    step,
    title,
    rows: counted((why) => why === null),
    leftOut: counted((why) => why?.endsWith(' left-out') === true),
    duplicate: counted((why) => why?.endsWith(' duplicate') === true),
    refused: counted((why) => why !== null && !/ (left-out|duplicate)$/.test(why)),
    changed: await changes(session, step, wrote),
    columns,
    sample: sample.map((row) => shown(row, seen)),
  };
}

async function changes(session: LakeSession, step: number, wrote: readonly string[]) {
  if (wrote.length === 0) return [];
  const before = new Set(
    (
      await session.rows<{ column_name: string }>(
        'SELECT column_name FROM duckdb_columns() WHERE table_name = $table',
        {
          table: `preview_${step - 1}`,
        },
      )
    ).map(({ column_name }) => column_name),
  );
  const counts = wrote.map((name, index) => {
    const old = before.has(name) ? `before.${quoted(name)}` : 'NULL';
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
