import { join } from 'node:path';
import { countUnread, unreadPath, writeBronze } from '../../intake/bronze.ts';
import type { Layout } from '../../intake/layout.ts';
import { formatOf } from '../../intake/recognise/draft.ts';
import type { SuggestedColumn } from '../../intake/recognise/recognise.ts';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { readRecords } from '../../intake/records.ts';
import { lookAtFile } from '../../intake/source-file.ts';
import { bronzeRows } from '../../intake/steps/frozen.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Lake, LakeSession } from '../../storage/lake.ts';

/** The rows of a file as a relation of texts, trimmed, null where empty; `_id` is the line of each. */
export interface FileRows {
  readonly sql: string;
  /** Those asked for, as the file's beginning tells them. */
  readonly columns: ReadonlyMap<string, SuggestedColumn>;
  /** Lines that could not be read as rows. */
  readonly unread: number;
  /** Where those are, as Parquet with `line` and `problem`; null where there are none. */
  readonly unreadPath: string | null;
}

/**
 * Columns of a file of any form that the intake recognises, without loading it: those named, or all. The relation is
 * there for as long as the folder.
 * @param folder to work in.
 * @throws RamalError `usage` for a column that the file has not; as the intake for a file that cannot be read.
 */
export async function fileRows(
  lake: Lake,
  path: string,
  names: readonly string[] | 'all',
  folder: string,
): Promise<FileRows> {
  const suggestion = await suggestLayout(path, lake);
  const known = suggestion.columns.map(({ name }) => name);
  const asked = names === 'all' ? known : [...new Set(names)];
  const missing = asked.filter((name) => !known.includes(name));
  if (missing.length > 0)
    throw new RamalError('usage', {
      what: `O arquivo não tem a coluna ${missing.join(', ')}`,
      todo: `Use entre ${known.join(', ')}`,
    });
  const file = await lookAtFile(path);
  const layout: Layout = {
    ...{ source: 'arquivo', version: 1, label: { pt: 'Arquivo', en: 'File' }, into: 'list', holds: 'all' },
    ...{ format: formatOf(suggestion), key: known, columns: {} },
  };
  const read = await readRecords(file, layout, join(folder, 'records'), () => {}, lake);
  return lake.use(async (session) => {
    const place = { batch: 0, path: join(folder, 'rows.parquet'), writtenAt: new Date(file.changedMs) };
    const bronze = await writeBronze(session, read, place);
    const unread = await countUnread(session, place.path);
    return {
      sql: `(${bronzeRows(layout, bronze, asked).sql})`,
      columns: new Map(suggestion.columns.map((column) => [column.name, column])),
      unread,
      unreadPath: unread > 0 ? unreadPath(place.path) : null,
    };
  });
}

/** Works over {@link fileRows}. */
export async function withFileRows<T>(
  lake: Lake,
  path: string,
  names: readonly string[],
  folder: string,
  work: (session: LakeSession, rows: FileRows) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const rows = await fileRows(lake, path, names, folder);
  return lake.use((session) => work(session, rows), signal);
}
