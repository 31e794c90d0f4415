import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unreadPath, writeBronze } from '../../intake/bronze.ts';
import { statusOf } from '../../intake/recognise/status-words.ts';
import { readRecords } from '../../intake/records.ts';
import { lookAtFile } from '../../intake/source-file.ts';
import { bronzeRows } from '../../intake/steps/frozen.ts';
import { fileColumns } from '../../intake/steps/sample.ts';
import { TRANSFORMS } from '../../intake/transforms/index.ts';
import { type Lake, type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { LIST_COLUMNS, type ListForm } from './list-columns.ts';
import { MOST_ALIKE } from './pairing.ts';

/** Different words for a situation that are looked up; a column of more is no situation. */
const MOST_STATUSES = 1000;

/**
 * A protocol as it is compared (an SQL expression): as the lake has it, but for capitals, signs, zeros at its left and
 * the `.0` of a sheet that took it for a number.
 */
export function protocolKey(protocol: string): string {
  const whole = `CASE WHEN ends_with(${protocol}, '.0') THEN ${protocol}[:-3] ELSE ${protocol} END`;
  return `nullif(ltrim(translate(upper(${whole}), ' .-/_', ''), '0'), '')`;
}

/** The records of a list as the intake reads them, in `folder`. @throws RamalError that says why it cannot be read. */
export async function listRecords(lake: Lake, path: string, { layout }: ListForm, folder: string) {
  const file = await lookAtFile(path);
  const read = await readRecords(file, layout, join(folder, 'records'), () => {}, lake);
  return { read, changedMs: file.changedMs };
}

/**
 * Puts a list into the temporary tables `listed`, a row for each of its lines that is not blank, and `unread`, the
 * lines that could not be read as records.
 * @param folder to work in.
 */
export async function readList(
  session: LakeSession,
  { read, changedMs }: Awaited<ReturnType<typeof listRecords>>,
  { layout }: ListForm,
  folder: string,
): Promise<void> {
  const place = { batch: 0, path: join(folder, 'list.parquet'), writtenAt: new Date(changedMs) };
  const bronze = await writeBronze(session, read, place);
  const names = fileColumns(layout, bronze.columns);
  const rows = bronzeRows(layout, bronze, names);
  const cells = LIST_COLUMNS.map((name) => {
    const mapping = layout.columns[name];
    const made = mapping && TRANSFORMS.get(mapping.as)?.sql((mapping.from ?? []).map(quoted), mapping);
    const type = name === 'started_at' ? 'TIMESTAMP' : 'VARCHAR';
    return made ? `try_cast(${made} AS ${type}) AS ${name}` : `CAST(NULL AS ${type}) AS ${name}`;
  });
  const received = (name: 'phone' | 'started_at') => {
    const from = (layout.columns[name]?.from ?? []).map(quoted);
    return from.length > 0 ? `nullif(concat_ws(' ', ${from.join(', ')}), '')` : 'CAST(NULL AS VARCHAR)';
  };
  await session.run(
    `CREATE OR REPLACE TEMP TABLE listed AS
     SELECT *, ${protocolKey('protocol')} AS key, CAST(NULL AS VARCHAR) AS said_status FROM (
       SELECT _id AS line, ${cells.join(', ')}, ${received('phone')} AS phone_received,
         ${received('started_at')} AS start_received
       FROM (${rows.sql}) WHERE NOT (${names.map((name) => `${quoted(name)} IS NULL`).join(' AND ')})
     )`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE unread AS ${
      existsSync(unreadPath(place.path))
        ? `SELECT line, problem, value FROM read_parquet(${literal(unreadPath(place.path))})`
        : `SELECT CAST(NULL AS BIGINT) AS line, '' AS problem, '' AS value WHERE false`
    }`,
  );
  await session.run(
    `UPDATE listed SET key = NULL WHERE key IN (SELECT key FROM listed GROUP BY key HAVING count(*) > ${MOST_ALIKE})`,
  );
  await readStatuses(session);
}

/** Says in `said_status` what each word for a situation obviously is; the others are not compared. */
async function readStatuses(session: LakeSession): Promise<void> {
  const found = await session.rows<{ status: string }>(
    `SELECT DISTINCT status FROM listed WHERE status IS NOT NULL LIMIT ${MOST_STATUSES}`,
  );
  const said = found.flatMap(({ status }) => {
    const means = statusOf(status);
    return means ? [`WHEN ${literal(status)} THEN ${literal(means)}`] : [];
  });
  if (said.length > 0) await session.run(`UPDATE listed SET said_status = CASE status ${said.join(' ')} END`);
}
