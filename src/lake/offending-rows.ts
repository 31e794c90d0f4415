import { existsSync } from 'node:fs';
import type { BatchRecord } from '../intake/batches.ts';
import { type BronzeFile, bronzePath, readBronze, unreadPath } from '../intake/bronze.ts';
import { checkRows } from '../intake/check-batch.ts';
import type { Drift } from '../intake/drift/drift.ts';
import { fits } from '../intake/drift/judge.ts';
import { propose, suggestedDecisions } from '../intake/drift/propose.ts';
import type { Layout } from '../intake/layout.ts';
import type { Intake } from '../intake/load.ts';
import { typedSelect } from '../intake/typed-select.ts';
import { type LakeSession, literal } from '../storage/lake.ts';
import { columnText } from './preview-change.ts';

/** Differences that only say where a column is now: they make no row wrong. */
const PLACES: readonly Drift['kind'][] = ['renamed', 'missing', 'moved', 'width'];

/**
 * Writes which rows of a batch that is not loaded its client should look at: those that the layout in force cannot
 * read, and those of a column that came emptier or with values never seen. One row a problem, into a Parquet file of
 * `line`, `column_name`, `reason` and `value`.
 */
export async function writeOffending(intake: Intake, batch: BatchRecord, into: string): Promise<void> {
  const { batches, config, lake, layouts } = intake;
  const layout = layouts.get(batch.source, batch.layout);
  const profile = await batches.profile(batch.batch_id);
  const moves = batch.drift.filter(({ kind }) => PLACES.includes(kind));
  const gone = moves.flatMap(({ kind, column }) => (kind === 'missing' && column ? [[column, 'gone'] as const] : []));
  const places = { ...Object.fromEntries(gone), ...suggestedDecisions(moves) };
  const found = profile ? propose(layout, batch.drift, profile, places) : layout;
  const seen = await batches.profiles(batch.source, batch.layout);
  const unseen = (column: string) => {
    const known = new Set(seen.flatMap(({ columns }) => Object.keys(of(columns, column)?.values ?? {})));
    return Object.keys(of(profile?.columns ?? [], column)?.values ?? {}).filter((value) => !known.has(value));
  };
  await lake.use(async (session) => {
    const place = { batch: batch.batch_id, path: bronzePath(config.home, batch.source, batch.batch_id) };
    const [bronze] = await readBronze(session, [{ ...place, writtenAt: batch.written_at }]);
    const parts = [
      'SELECT CAST(NULL AS BIGINT) AS line, NULL::VARCHAR AS column_name, NULL::VARCHAR AS reason, NULL::VARCHAR AS value WHERE false',
      ...(fits(found, bronze!) ? [await unreadable(session, found, bronze!, config.timeZone)] : []),
      ...batch.drift.flatMap((drift) => changed(layout, bronze!, drift, unseen)),
      ...unreadLines(bronze!),
    ];
    await session.run(`COPY (${parts.join(' UNION ALL ')}) TO ${literal(into)} (FORMAT parquet)`);
  });
}

const of = <T extends { readonly name: string }>(columns: readonly T[], name: string): T | undefined =>
  columns.find((one) => one.name === name);

/** Rows that the layout would put into quarantine. */
async function unreadable(session: LakeSession, layout: Layout, bronze: BronzeFile, timeZone: string): Promise<string> {
  await checkRows(session, [{ layout, bronze, timeZone, suffix: '' }]);
  const refused = typedSelect(layout, [bronze], timeZone).refused(null);
  return `SELECT row_id & 4294967295, column_name, reason, value FROM (${refused})`;
}

/** Rows of a column that came emptier, or with values never seen. */
function changed(
  layout: Layout,
  bronze: BronzeFile,
  { kind, column }: Drift,
  unseen: (column: string) => readonly string[],
): string[] {
  if (column === null || (kind !== 'empties' && kind !== 'values')) return [];
  const text = `trim(${columnText(layout, column)})`;
  const values = kind === 'values' ? unseen(column) : [];
  if (kind === 'values' && values.length === 0) return [];
  const when = kind === 'empties' ? `coalesce(${text}, '') = ''` : `${text} IN (${values.map(literal).join(', ')})`;
  const reason = kind === 'empties' ? 'emptied' : 'never-seen';
  return [
    `SELECT _line, ${literal(column)}, ${literal(reason)}, ${columnText(layout, column)}
     FROM read_parquet(${literal(bronze.path)}) WHERE ${when}`,
  ];
}

/** Lines that are no record. */
function unreadLines({ path }: BronzeFile): string[] {
  const unread = unreadPath(path);
  return existsSync(unread) ? [`SELECT line, NULL, problem, value FROM read_parquet(${literal(unread)})`] : [];
}
