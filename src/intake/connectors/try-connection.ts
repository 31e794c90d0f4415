import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { businessDay } from '../../kernel/clock.ts';
import { asRamalError } from '../../kernel/thrown.ts';
import { questionsOf } from './day-window.ts';
import { pagesOf } from './paging.ts';
import type { Pulling } from './pulling.ts';
import { Source } from './source.ts';
import { type TriedTable, tryTables } from './try-tables.ts';

export interface Tried {
  readonly ok: boolean;
  readonly day: Day;
  readonly rows: number | null;
  readonly message: string | null;
  /** Of a source that has tables, each of them. */
  readonly tables: readonly TriedTable[];
}

/**
 * Enters a source and reads the first page of yesterday, once, or the first rows of each table, keeping nothing.
 * @throws RamalError `notFound`; any other failure is the answer.
 */
export async function tryConnection(pulling: Pulling, name: string): Promise<Tried> {
  const { connections, config, io } = pulling;
  const connection = await connections.get(name);
  const today = businessDay(io.clock.now(), config.timeZone);
  if (connections.kind(connection.connector).reads === 'tables') {
    try {
      const tables = await tryTables(pulling, connection);
      const message = tables.find((one) => one.message !== null)?.message ?? null;
      const rows = tables.reduce((sum, one) => sum + (one.rows ?? 0), 0);
      return { ok: message === null, day: today, rows, message, tables };
    } catch (thrown) {
      return { ok: false, day: today, rows: null, message: asRamalError(thrown).message, tables: [] };
    }
  }
  const declared = connections.declaration(connection.connector);
  const declaration = { ...declared, retry: { ...declared.retry, attempts: 1 } };
  const day = addDays(today, -1);
  const source = connection.timeZone ?? config.timeZone;
  const [question] = questionsOf(day, declaration, {
    business: config.timeZone,
    source,
    skewMs: connection.skewSeconds * 1000,
  });
  try {
    const asked = new Source(connection, declaration, connections.secrets(name), io);
    const first = await pagesOf(asked, declaration.request, question!).next();
    return { ok: true, day, rows: first.value?.records.length ?? 0, message: null, tables: [] };
  } catch (thrown) {
    return { ok: false, day, rows: null, message: asRamalError(thrown).message, tables: [] };
  }
}
