import type { ColumnType } from '../../contracts/index.ts';
import type { Layout } from '../../intake/layout.ts';
import { listTable } from '../../intake/targets/list.ts';
import { type LakeSession, quoted } from '../../storage/lake.ts';
import type { LeftOut } from './left-out.ts';
import { isCodeName } from './names.ts';
import type { BaseColumn, BaseTable } from './tables.ts';

const NUMBERS = /^(TINYINT|SMALLINT|INTEGER|BIGINT|DOUBLE|DECIMAL.*)$/;

/** The lists that were loaded, as tables of customers; one that has no row any more is left out. */
export async function listTables(
  session: LakeSession,
  layouts: readonly Layout[],
  leftOut: LeftOut[] = [],
): Promise<BaseTable[]> {
  const tables: BaseTable[] = [];
  for (const { source } of layouts.filter(({ into }) => into === 'list')) {
    const table = listTable(source);
    const columns = (
      await session.rows<{ name: string; type: ColumnType }>(
        `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
         WHERE schema_name = 'silver' AND table_name = $table ORDER BY column_index`,
        { table },
      )
    ).filter(({ name }) => name !== 'row_id' && name !== 'batch_id');
    if (columns.length === 0) continue;
    const { rows, files } = await session.row<{ rows: number; files: number }>(
      `SELECT count(*) AS rows, count(DISTINCT batch_id) AS files FROM silver.${table}`,
    );
    if (rows === 0) {
      leftOut.push({ name: source, table: null, why: 'noRows', column: null });
      continue;
    }
    const texts = columns.map(({ name }) => `CAST(${quoted(name)} AS VARCHAR) AS ${quoted(name)}`);
    const sql = `(SELECT ${texts.join(', ')} FROM silver.${table})`;
    tables.push({ name: source, files, rows, unread: 0, sql, columns: columns.map(columnOf) });
  }
  return tables;
}

function columnOf({ name, type }: { readonly name: string; readonly type: ColumnType }): BaseColumn {
  const text = quoted(name);
  if (type === 'DATE' || type === 'TIMESTAMP')
    return { name, kind: 'day', sql: `CAST(CAST(CAST(${text} AS TIMESTAMP) AS DATE) - DATE '1970-01-01' AS DOUBLE)` };
  if (NUMBERS.test(type) && !isCodeName(name)) return { name, kind: 'number', sql: `CAST(${text} AS DOUBLE)` };
  return { name, kind: isCodeName(name) ? 'code' : 'text', sql: text };
}
