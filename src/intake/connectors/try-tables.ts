import { RamalError } from '../../kernel/errors.ts';
import { withSnapshot } from '../../storage/table-snapshot.ts';
import type { Connection } from './connections.ts';
import type { Pulling } from './pulling.ts';
import { wantedColumns } from './table-file.ts';
import { serverOf } from './table-server.ts';

/** Rows of a table that are looked at. */
const FIRST_ROWS = 100;

export interface TriedTable {
  readonly table: string;
  /** The first rows that could be read, 100 at most. */
  readonly rows: number | null;
  readonly message: string | null;
}

/**
 * Enters a database and reads the first rows of each table of a connection, keeping nothing.
 * @throws RamalError when the database itself cannot be had.
 */
export async function tryTables({ connections, config, io }: Pulling, connection: Connection): Promise<TriedTable[]> {
  const { name, tables } = connection;
  const server = serverOf(connection, connections.secrets(name), config.timeZone);
  return withSnapshot(
    server,
    async (snapshot) => {
      const tried: TriedTable[] = [];
      for (const setting of tables) {
        const { table } = setting;
        let rows = 0;
        try {
          const columns = wantedColumns(name, setting, await snapshot.columns(table), false);
          const count = (some: readonly unknown[]) => {
            rows += some.length;
          };
          await snapshot.read(table, columns, count, { most: FIRST_ROWS });
          tried.push({ table, rows, message: null });
        } catch (thrown) {
          if (!(thrown instanceof RamalError)) throw thrown;
          tried.push({ table, rows: null, message: thrown.message });
        }
      }
      return tried;
    },
    { limits: io.tableLimits },
  );
}
