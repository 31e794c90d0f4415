import { type LakeSession, quoted } from '../../storage/lake.ts';
import type { BatchRows } from '../batch-rows.ts';
import { checkRows } from '../check-batch.ts';
import type { Layout } from '../layout.ts';
import { targetOf } from '../targets/index.ts';
import { typedSelect } from '../typed-select.ts';
import type { Effect } from './drift.ts';

const NOUNS = {
  contact: { one: 'atendimento', many: 'atendimentos' },
  list: { one: 'linha', many: 'linhas' },
  event: { one: 'evento', many: 'eventos' },
  agent_time: { one: 'trecho', many: 'trechos' },
};

/** What a batch would do if it were loaded as it is, and what the layout before would have read; nothing is changed. */
export async function effectOf(
  session: LakeSession,
  rows: BatchRows,
  former: Layout,
  held: number | null,
): Promise<Effect> {
  const { layout } = rows;
  await checkRows(session, [rows]);
  const counted = await session.row<{ rows: number; quarantined: number; new: number; changed: number; keys: number }>(
    `WITH firsts AS (
       SELECT key, arg_max(content, (rank, row_id & 4294967295, content)) AS content, max(rank) AS rank
       FROM checked WHERE problem IS NULL GROUP BY key
     ), against AS (
       SELECT firsts.*, natural_key.content AS held, natural_key.rank AS held_rank
       FROM firsts LEFT JOIN silver.natural_key USING (key)
     )
     SELECT (SELECT count(*) FROM checked) AS rows, (SELECT count(*) FROM checked WHERE problem IS NOT NULL) AS quarantined,
       count(*) AS keys, count(*) FILTER (held IS NULL) AS new, count(*) FILTER (held <> content AND rank >= held_rank) AS changed
     FROM against`,
  );
  const gone =
    layout.covers === 'all' && held !== null
      ? (
          await session.row<{ rows: number }>(
            `SELECT count(*) AS rows FROM silver.natural_key WHERE batch_id = ${held}
             AND key NOT IN (SELECT key FROM checked WHERE problem IS NULL)`,
          )
        ).rows
      : 0;
  return {
    noun: layout.noun ?? NOUNS[layout.into ?? 'contact'],
    rows: counted.rows,
    new: counted.new,
    changed: counted.changed,
    repeated: counted.rows - counted.quarantined - counted.new - counted.changed,
    quarantined: counted.quarantined,
    gone,
    lacking: [...lostOf(layout, former), ...(await lackingOf(session, rows, held))],
  };
}

/** Columns that are shown when they are empty: who somebody is and how to reach them. */
const WATCHED = new Set(['phone', 'cpf', 'taxpayer', 'email', 'decimal', 'date']);
/** A share worth a word. */
const WORTH = 0.005;

/** Columns that the layout read and would read no more: no row has them. */
function lostOf(layout: Layout, former: Layout): Effect['lacking'] {
  return Object.keys(former.columns)
    .filter((name) => !(name in layout.columns))
    .map((column) => ({ ...namedIn(former, column), share: 1, before: null, lost: true }));
}

function namedIn({ columns, into }: Layout, column: string): { column: string; label?: string } {
  const label = into === 'list' ? columns[column]?.label : undefined;
  return label === undefined ? { column } : { column, label };
}

async function lackingOf(
  session: LakeSession,
  { layout, bronze, timeZone }: BatchRows,
  held: number | null,
): Promise<Effect['lacking']> {
  const watched = Object.entries(layout.columns)
    .filter(([, { as }]) => WATCHED.has(as))
    .map(([name]) => name);
  const shares = (names: readonly string[], rows: string) =>
    session.row<Record<string, number | null>>(
      `SELECT ${names.map((name) => `avg(CAST(${quoted(name)} IS NULL AS INTEGER)) AS ${quoted(name)}`).join(', ')} FROM ${rows}`,
    );
  if (watched.length === 0) return [];
  await session.run('CREATE OR REPLACE TEMP TABLE lacking AS SELECT row_id FROM checked WHERE problem IS NULL');
  const now = await shares(watched, `(${typedSelect(layout, [bronze], timeZone).typed()})`);
  const { schema, name: table } = targetOf(layout).contract(layout);
  const stored = await session.rows<{ column_name: string }>(
    'SELECT column_name FROM duckdb_columns() WHERE schema_name = $schema AND table_name = $table',
    { schema, table },
  );
  const known = watched.filter((name) => stored.some(({ column_name }) => column_name === name));
  const before =
    held === null || known.length === 0
      ? {}
      : await shares(known, `(SELECT * FROM ${schema}.${table} WHERE batch_id = ${held})`);
  return watched
    .map((column) => ({ ...namedIn(layout, column), share: now[column] ?? 0, before: before[column] ?? null }))
    .filter(({ share, before: was }) => Math.abs(share - (was ?? 0)) >= WORTH);
}
