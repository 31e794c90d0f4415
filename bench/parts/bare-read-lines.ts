import { DuckDBInstance } from '@duckdb/node-api';
import { report } from '../measure.ts';

/** What the engine alone needs to read the file's lines and write Parquet. */
const [, , path, out] = process.argv;
const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1200MB' });
const connection = await instance.connect();
await report(async () => {
  await connection.run(
    `COPY (FROM read_csv('${path}', auto_detect = false, header = false, delim = '\\x01', quote = '', escape = '', columns = {'line': 'VARCHAR'}))
     TO '${out}' (FORMAT parquet)`,
  );
  return {};
});
