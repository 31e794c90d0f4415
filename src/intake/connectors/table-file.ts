import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RamalError } from '../../kernel/errors.ts';
import type { TableColumn, TableSnapshot } from '../../storage/table-snapshot.ts';
import type { TableSetting } from './table-setting.ts';

/** A table whole in a file. */
export interface TableFile {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

export interface TableFileOptions {
  readonly folder: string;
  /** What the file and its batch are called. */
  readonly source: string;
  /** There is a layout that the columns are compared with; without one, a column that is not there is an error. */
  readonly known: boolean;
  readonly onRows: (rows: number) => void;
}

/**
 * Writes a table as a delimited file, some rows in memory at a time.
 * @throws RamalError `tableMissing`, `tableColumns`, or what reading it met; then there is no file.
 */
export async function writeTable(
  snapshot: TableSnapshot,
  connection: string,
  setting: TableSetting,
  { folder, source, known, onRows }: TableFileOptions,
): Promise<TableFile> {
  const columns = wantedColumns(connection, setting, await snapshot.columns(setting.table), known);
  const path = join(folder, `${source}.csv`);
  const file = openSync(path, 'w', 0o600);
  let rows = 0;
  try {
    writeSync(file, line(columns.map(({ name }) => name)));
    await snapshot.read(setting.table, columns, (some) => {
      writeSync(file, some.map(line).join(''));
      rows += some.length;
      onRows(rows);
    });
    return { path, rows, columns };
  } catch (thrown) {
    rmSync(path, { force: true });
    throw thrown;
  } finally {
    closeSync(file);
  }
}

/** The columns of a table that are wanted; they name its rows only when its whole key is among them. */
export function wantedColumns(
  source: string,
  { table, columns: wanted }: TableSetting,
  found: readonly TableColumn[],
  known: boolean,
): TableColumn[] {
  const refuse = (missing: string) =>
    new RamalError('tableColumns', { source, table, missing, received: found.map(({ name }) => name).join(', ') });
  const missing = wanted.filter((name) => !found.some((column) => column.name === name));
  if (missing.length > 0 && !known) throw refuse(missing.join(', '));
  const taken = wanted.length === 0 ? found : found.filter(({ name }) => wanted.includes(name));
  if (taken.length === 0) throw refuse(missing.join(', ') || 'colunas');
  const whole = found.every(({ name, key }) => !key || taken.some((column) => column.name === name));
  return taken.map((column) => ({ ...column, key: column.key && whole }));
}

/** Every value in quotes, so that a row of nothing is a line too. */
function line(fields: readonly (string | null)[]): string {
  return `${fields.map((field) => `"${(field ?? '').replaceAll('"', '""')}"`).join(';')}\n`;
}
