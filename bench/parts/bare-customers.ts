import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { report } from '../measure.ts';

/** The telemetry alone, counted and summed by customer by the engine's own reader of CSV. */
const [, , files] = process.argv;
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '3000MB' })).connect();
await report(async () => {
  const read = `read_csv('${join(files!, 'telemetria_*.csv')}', header = true, delim = ',')`;
  const found = await connection.runAndReadAll(
    `SELECT count(*) AS customers, sum(rows)::BIGINT AS rows FROM (
       SELECT clienteid, count(*) AS rows, sum(eventduration) AS total, median(eventduration) AS middle FROM ${read} GROUP BY 1)`,
  );
  const [row] = found.getRowObjectsJS();
  return { customers: Number(row!.customers), rows: Number(row!.rows) };
});
