import type { ColumnType } from '../../contracts/index.ts';
import { type LakeSession, quoted } from '../../storage/lake.ts';
import { listTable } from '../targets/list.ts';
import { textOf } from './columns-sql.ts';
import { type ListNamed, listsOf, type Relation, type Step } from './index.ts';

/** The lists that steps look things up in, as they were at the last build. */
export async function listsInSilver(session: LakeSession, steps: readonly Step[]): Promise<ListNamed> {
  const held = new Map<string, Relation>();
  for (const source of listsOf(steps)) {
    const rows = await listRows(session, source);
    if (rows) held.set(source, rows);
  }
  return (source) => held.get(source);
}

/** A list's rows before any step, its own columns as text; null when no file of it was built. */
export async function listRows(session: LakeSession, source: string): Promise<Relation | null> {
  const table = listTable(source);
  const found = await session.rows<{ name: string; type: ColumnType }>(
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
     WHERE schema_name = 'silver' AND table_name = $table ORDER BY column_index`,
    { table },
  );
  if (found.length === 0) return null;
  const own = found.filter(({ name }) => name !== 'row_id' && name !== 'batch_id');
  const cells = own.map(({ name, type }) => `${textOf(type, quoted(name))} AS ${quoted(name)}`);
  return {
    sql: `SELECT ${['row_id AS _id', 'CAST(NULL AS VARCHAR) AS _end', ...cells].join(', ')} FROM silver.${table}`,
    columns: own.map(({ name }) => name),
  };
}
