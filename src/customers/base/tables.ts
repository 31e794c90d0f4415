import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { otherSheets } from '../../intake/readers/sheet.ts';
import type { SuggestedColumn } from '../../intake/recognise/recognise.ts';
import { lookAtFile } from '../../intake/source-file.ts';
import type { Progress } from '../../kernel/progress.ts';
import { type Lake, type LakeSession, quoted } from '../../storage/lake.ts';
import { BRAZILIAN, PLAIN } from '../features/file-columns.ts';
import { type FileRows, fileRows } from '../features/file-rows.ts';
import { MOST_READ, timeForms } from '../features/time-form.ts';
import type { Notes } from './left-out.ts';
import { isCodeName } from './names.ts';
import type { ColumnKind } from './takes.ts';

export interface BaseColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Its value over the table's rows (SQL): a DOUBLE, days since 1970 as a DOUBLE, or a text. */
  readonly sql: string;
}

/** Files of one form, as one table; `sql` gives their columns as texts, null where empty. */
export interface BaseTable {
  readonly name: string;
  readonly files: number;
  readonly rows: number;
  /** Lines that could not be read as rows. */
  readonly unread: number;
  readonly columns: readonly BaseColumn[];
  readonly sql: string;
}

interface ReadFile extends FileRows {
  readonly path: string;
}

/**
 * Files of customers of any form that the intake recognises; those with the same columns are one table.
 * @param folder to work in: the tables are there for as long as it.
 * @throws RamalError as the intake for a file that cannot be read.
 */
export async function readTables(
  lake: Lake,
  paths: readonly string[],
  folder: string,
  { warnings, leftOut }: Notes,
  progress: Progress,
): Promise<BaseTable[]> {
  const files: ReadFile[] = [];
  for (const [index, path] of paths.entries()) {
    progress({ step: `lendo ${basename(path)}`, done: index, total: paths.length });
    const own = join(folder, String(index));
    mkdirSync(own, { recursive: true, mode: 0o700 });
    files.push({ path, ...(await fileRows(lake, path, 'all', own)) });
    for (const table of await otherSheets(await lookAtFile(path)))
      leftOut.push({ name: basename(path), table, why: 'otherSheet', column: null });
  }
  const alike = Map.groupBy(files, ({ columns }) => [...columns.keys()].sort().join('\n'));
  const taken = new Set<string>();
  const tables: BaseTable[] = [];
  for (const some of alike.values()) {
    const name = tableName(some, taken);
    taken.add(name);
    tables.push(await lake.use((session) => tableOf(session, name, some, warnings)));
  }
  return tables;
}

/** What the files are called, without what tells one of several from the others. */
function tableName(files: readonly ReadFile[], taken: ReadonlySet<string>): string {
  const bare = basename(files[0]!.path).replace(/\.[^.]*(\.gz|\.zip|\.bz2|\.zst)?$/i, '');
  // Of files called by days alone, the folder says what they are of.
  const name = files.length > 1 ? bare.replace(/([\s_-]*\d+)+$/, '') || basename(dirname(files[0]!.path)) : bare;
  for (let copy = 1; ; copy++) {
    const one = copy === 1 ? name : `${name}_${copy}`;
    if (!taken.has(one)) return one;
  }
}

async function tableOf(
  session: LakeSession,
  name: string,
  files: readonly ReadFile[],
  warnings: string[],
): Promise<BaseTable> {
  const columns = [...files[0]!.columns.values()];
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const sql = `(${files.map((file) => `SELECT ${names} FROM ${file.sql}`).join(' UNION ALL ')})`;
  const ways = columns.map(waysOf);
  const counted = await session.row<Record<string, number>>(
    `SELECT count(*) AS rows, ${columns.map(({ name: own }, at) => `count(${quoted(own)}) AS filled_${at}`).join(', ')}
     ${ways.flatMap((some, at) => some.map(({ value }, way) => `, count(${value}) AS read_${at}_${way}`)).join('')} FROM ${sql}`,
  );
  return {
    name,
    files: files.length,
    rows: counted.rows!,
    unread: files.reduce((sum, { unread }) => sum + unread, 0),
    sql,
    columns: columns.map((column, at): BaseColumn => {
      const filled = counted[`filled_${at}`]!;
      const read = ways[at]!.map((_, way) => counted[`read_${at}_${way}`]!);
      const best = read.indexOf(Math.max(...read));
      const way = ways[at]![best];
      if (!way || filled === 0 || read[best]! < MOST_READ * filled) {
        if (way && filled > 0)
          warnings.push(
            `${name}: ${filled - read[best]!} valores de ${column.name} não são ${EXPECTED[way.kind]}; é texto`,
          );
        return { name: column.name, kind: isCodeName(column.name) ? 'code' : 'text', sql: quoted(column.name) };
      }
      if (read[best]! < filled)
        warnings.push(
          `${name}: ${filled - read[best]!} valores de ${column.name} não são ${EXPECTED[way.kind]} e contam como faltantes`,
        );
      return { name: column.name, kind: way.kind, sql: way.value };
    }),
  };
}

const EXPECTED = { number: 'números', day: 'datas' } as const;

interface Way {
  readonly kind: 'number' | 'day';
  readonly value: string;
}

/** How a column may be read besides as text, the likeliest first: what its beginning looks like says which are tried. */
function waysOf({ name, type, formats, decimal }: SuggestedColumn): Way[] {
  if (type === 'date' || type === 'moment')
    return timeForms(quoted(name), formats)
      .filter((form) => form.name !== 'number')
      .map(({ sql }) => ({ kind: 'day', value: sql }));
  if (isCodeName(name) || (type !== 'integer' && type !== 'decimal')) return [];
  const ways = [PLAIN, BRAZILIAN].map((of): Way => ({ kind: 'number', value: of(quoted(name)) }));
  return decimal === '1.234,5' ? ways.toReversed() : ways;
}
