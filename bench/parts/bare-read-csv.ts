import { DuckDBInstance } from '@duckdb/node-api';
import { report } from '../measure.ts';

/** What the engine alone needs to read the file, types as it guesses them, and write Parquet. */
const [, , path, out] = process.argv;
const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '3000MB' });
const connection = await instance.connect();
await report(async () => {
  await connection.run(
    `COPY (FROM read_csv('${path}', delim = ';', header = true, ignore_errors = true)) TO '${out}' (FORMAT parquet)`,
  );
  return {};
});
