import { DuckDBInstance } from '@duckdb/node-api';
import { report } from '../measure.ts';

/** The window statement alone, on the same table, its result written as Parquet: no rule beyond the gap. */
const [, , path, out, columns = 'narrow', memory = '3000MB'] = process.argv;
const instance = await DuckDBInstance.create(path, {
  threads: '2',
  memory_limit: memory,
  access_mode: 'READ_ONLY',
  temp_directory: `${out}.spill`,
});
const connection = await instance.connect();
await report(async () => {
  const list = columns === 'full' ? '*' : 'row_id, identity, started_at, agent_id, reason_category';
  await connection.run(
    `COPY (
       SELECT ${list}, lag(row_id) OVER person AS previous, lag(reason_category) OVER person AS previous_reason,
         epoch(started_at) - epoch(lag(started_at) OVER person) AS gap_s
       FROM silver.contact WHERE phone IS NOT NULL WINDOW person AS (PARTITION BY phone ORDER BY started_at)
     ) TO '${out}' (FORMAT parquet)`,
  );
  return {};
});
