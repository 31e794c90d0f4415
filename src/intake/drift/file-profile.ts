import { parseDay } from '../../kernel/brazil/dates.ts';
import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import type { BronzeFile } from '../bronze.ts';
import { type Layout, WHOLE_LINE } from '../layout.ts';
import type { ReadRecords } from '../records.ts';
import { type ColumnProfile, profileOf } from './profile.ts';
import type { LinedProfile } from './shift.ts';

/** Rows that are looked at, spread over the file. */
const ROWS = 1200;
/** Lines that are kept to look for fields that moved. */
const LINES = 200;

/** What files that were received together are like, in one question: each by some of its rows. */
export async function profileFiles(
  session: LakeSession,
  layout: Layout,
  files: readonly { readonly bronze: BronzeFile; readonly read: ReadRecords }[],
): Promise<LinedProfile[]> {
  const profiles: LinedProfile[] = [];
  for (const { bronze, read } of files) {
    const step = Math.max(1, Math.ceil(read.good / ROWS));
    const fixed = layout.format.kind === 'fixed';
    const names = bronze.columns.filter((name) => (fixed ? name === WHOLE_LINE : !name.startsWith('_')));
    const list = names.map((name, index) => `${quoted(name)} AS c${index}`);
    const rows = await session.rows<Record<string, string | null>>(
      `SELECT ${list.join(', ') || '1'} FROM read_parquet(${literal(bronze.path)}, file_row_number = true)
       WHERE (file_row_number + 1) % ${step} = 0 LIMIT ${ROWS}`,
    );
    profiles.push(profileOfRows(layout, names, rows, read));
  }
  return profiles;
}

function profileOfRows(
  layout: Layout,
  names: readonly string[],
  rows: readonly Record<string, string | null>[],
  read: ReadRecords,
): LinedProfile {
  const lines = names[0] === WHOLE_LINE ? rows.map((row) => row.c0 ?? '') : null;
  const columns = lines
    ? (layout.format.fields ?? []).map(({ name, from, to }, index) =>
        profileOf(
          name,
          index + 1,
          lines.map((line) => line.slice(from - 1, to)),
        ),
      )
    : names.map((name, index) =>
        profileOf(
          name,
          index + 1,
          rows.map((row) => row[`c${index}`] ?? null),
        ),
      );
  const days = daysOf(layout, columns, (index) => rows.map((row) => row[`c${index}`] ?? ''));
  return {
    rows: read.good + read.bad,
    sampled: rows.length,
    encoding: read.encoding,
    delimiter: read.delimiter,
    width: lines ? usualLength(lines) : null,
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
    columns,
    ...(lines ? { lines: lines.slice(0, LINES) } : {}),
  };
}

/** The length that most lines have. */
function usualLength(lines: readonly string[]): number {
  const counts = Map.groupBy(lines, (line) => line.length);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 0;
}

/** The days of the column that the layout counts by, of the rows that were looked at, in order. */
function daysOf(
  layout: Layout,
  columns: readonly ColumnProfile[],
  cellsOf: (index: number) => readonly string[],
): string[] {
  const [name] = layout.columns[layout.day ?? 'started_at']?.from ?? [];
  const index = columns.findIndex((column) => column.name === name);
  const form = columns[index]?.formats[0];
  if (!form || layout.format.kind === 'fixed') return [];
  const order = ['yyyy', 'mm', 'dd'].map((part) =>
    form
      .replaceAll(/[^dmy]+/g, ' ')
      .split(' ')
      .indexOf(part),
  );
  if (order.includes(-1)) return [];
  const days = cellsOf(index).flatMap((cell) => {
    const parts = cell.split(/[ T]/)[0]?.split(/\D+/) ?? [];
    const [year, month, day] = order.map((place) => parts[place] ?? '');
    const told =
      year?.length === 4 && month && day && parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
    return told ? [told] : [];
  });
  const sorted = days.toSorted();
  // A few mistaken days say nothing of a file.
  const few = Math.floor(sorted.length / 50);
  return sorted.slice(few, sorted.length - few);
}
