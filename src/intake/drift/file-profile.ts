import { parseDay } from '../../kernel/brazil/dates.ts';
import { type LakeSession, quoted } from '../../storage/lake.ts';
import type { BronzeFile } from '../bronze.ts';
import { type Scan, scanned, scansOf, told } from '../bronze-scan.ts';
import { type Layout, WHOLE_LINE } from '../layout.ts';
import { type Values, valuesOf } from '../recognise/cells.ts';
import type { ReadRecords } from '../records.ts';
import { type ColumnProfile, profileOf } from './profile.ts';
import type { LinedProfile } from './shift.ts';

/** Rows that are looked at, spread over the file. */
const ROWS = 1200;
/** Lines that are kept to look for fields that moved. */
const LINES = 200;

/** Columns of which the values are counted at a time: their counts are what takes memory. */
const COLUMNS = 200;

/** What files that were received together are like, each by some of its rows. */
export async function profileFiles(
  session: LakeSession,
  layout: Layout,
  files: readonly { readonly bronze: BronzeFile; readonly read: ReadRecords }[],
): Promise<LinedProfile[]> {
  const reads = new Map(files.map(({ bronze, read }) => [bronze.batch, read]));
  const profiles = new Map<number, LinedProfile>();
  for (const scan of scansOf(files.map(({ bronze }) => bronze))) {
    const places = placesOf(layout, scan[0].columns);
    const seen = await lookAt(session, layout, scan, places, reads);
    for (const { batch } of scan)
      profiles.set(batch, profileOfRows(layout, places, seen.get(batch)!, reads.get(batch)!));
  }
  return files.map(({ bronze }) => profiles.get(bronze.batch)!);
}

/** Of the rows that were looked at: how many, what each column holds, and of fixed width some lines. */
interface Seen {
  readonly rows: number;
  readonly held: readonly Values[];
  readonly width: number | null;
  readonly lines: readonly string[] | null;
}

/** Some rows of each file; of each column every value once, as most repeat. */
async function lookAt(
  session: LakeSession,
  { format }: Layout,
  scan: Scan,
  places: readonly Place[],
  reads: ReadonlyMap<number, ReadRecords>,
): Promise<Map<number, Seen>> {
  const batch = told(scan, (file) => file.batch);
  const step = told(scan, (file) => Math.max(1, Math.ceil(reads.get(file.batch)!.good / ROWS)));
  const some = <T extends object>(columns: readonly string[]) =>
    session.rows<T & { batch: number }>(
      `SELECT ${batch} AS batch, ${columns.join(', ')} FROM ${scanned(scan)} WHERE (file_row_number + 1) % ${step} = 0 GROUP BY 1`,
    );
  const fixed = format.kind === 'fixed';
  const lines = [`list(${WHOLE_LINE})[1:${LINES}] AS lines`, `mode(length(${WHOLE_LINE})) AS width`];
  const counted = await some<Omit<Seen, 'held'>>([
    'count(*) AS rows',
    ...(fixed ? lines : ['NULL AS lines', 'NULL AS width']),
  ]);
  const counts = new Map(counted.map((one) => [one.batch, one]));
  const held = new Map(scan.map((file) => [file.batch, [] as Values[]]));
  for (let from = 0; from < places.length; from += COLUMNS) {
    const part = places.slice(from, from + COLUMNS);
    const found = await some<Record<string, readonly string[] & readonly number[]>>(
      part.flatMap(({ cell }, index) => {
        const values = `histogram(${cell})`;
        return [`map_keys(${values}) AS v${index}`, `CAST(map_values(${values}) AS INTEGER[]) AS n${index}`];
      }),
    );
    for (const one of found)
      held.get(one.batch)!.push(...part.map((_, index) => valuesOf(one[`v${index}`] ?? [], one[`n${index}`] ?? [])));
  }
  return new Map(
    scan.map((file) => {
      const { rows = 0, width = null, lines = null } = counts.get(file.batch) ?? {};
      const none = places.map(() => valuesOf([]));
      return [file.batch, { rows, width, lines, held: rows === 0 ? none : held.get(file.batch)! }];
    }),
  );
}

/** A column and the expression of its cells. */
interface Place {
  readonly name: string;
  readonly cell: string;
}

function placesOf({ format }: Layout, columns: readonly string[]): Place[] {
  if (format.kind === 'fixed')
    return (format.fields ?? []).map(({ name, from, to }) => ({
      name,
      cell: `substring(${WHOLE_LINE}, ${from}, ${to - from + 1})`,
    }));
  return columns.filter((name) => !name.startsWith('_')).map((name) => ({ name, cell: quoted(name) }));
}

function profileOfRows(layout: Layout, places: readonly Place[], seen: Seen, read: ReadRecords): LinedProfile {
  const { rows, held, lines, width } = seen;
  const columns = places.map(({ name }, index) => profileOf(name, index + 1, held[index]!, rows));
  const days = daysOf(layout, columns, held);
  return {
    rows: read.good + read.bad,
    sampled: rows,
    encoding: read.encoding,
    delimiter: read.delimiter,
    width,
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
    columns,
    ...(lines ? { lines } : {}),
  };
}

/** The days of the column that the layout counts by, of the rows that were looked at, in order. */
function daysOf(layout: Layout, columns: readonly ColumnProfile[], held: readonly Values[]): string[] {
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
  const days = [...held[index]!].flatMap(([cell, count]) => {
    const parts = cell.split(/[ T]/)[0]?.split(/\D+/) ?? [];
    const [year, month, day] = order.map((place) => parts[place] ?? '');
    const told =
      year?.length === 4 && month && day && parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
    return told ? Array<string>(count).fill(told) : [];
  });
  const sorted = days.toSorted();
  // A few mistaken days say nothing of a file.
  const few = Math.floor(sorted.length / 50);
  return sorted.slice(few, sorted.length - few);
}
