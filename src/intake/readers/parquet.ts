import { RamalError } from '../../kernel/errors.ts';
import { type Lake, type LakeSession, literal, quoted } from '../../storage/lake.ts';
import type { SourceFile } from '../source-file.ts';

/** A column of a Parquet file, what stands inside a structure by its path: `cliente_nome`. */
export interface ParquetColumn {
  readonly name: string;
  /** As the engine names it. */
  readonly type: string;
  /** Its value as text, or null for what is no single value: a list, a map. */
  readonly sql: string | null;
}

export interface ParquetRow {
  /** Ordinal in the file, from 1. */
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

const MOST_COLUMNS = 5000;
const DEEPEST = 8;

/** The engine takes a path for a pattern: what it would match with is put in brackets. */
const relation = (file: SourceFile) =>
  `read_parquet(${literal(file.path.replaceAll(/[*?[]/g, (sign) => `[${sign}]`))}, file_row_number = true)`;

/**
 * The columns of a Parquet file, structures laid flat.
 * @throws RamalError `fileDamaged` when it is not whole.
 */
export function parquetColumns(lake: Lake, file: SourceFile): Promise<ParquetColumn[]> {
  return told(file, () => lake.use((session) => columnsOf(session, relation(file), null, '', 0)));
}

async function columnsOf(
  session: LakeSession,
  from: string,
  inside: string | null,
  path: string,
  depth: number,
): Promise<ParquetColumn[]> {
  const fields = await session.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT ${inside === null ? '* EXCLUDE (file_row_number)' : `unnest(${inside})`} FROM ${from}`,
  );
  const columns: ParquetColumn[] = [];
  for (const { column_name: field, column_type: type } of fields) {
    const name = path === '' ? field : `${path}_${field}`;
    const value = inside === null ? quoted(field) : `${inside}.${quoted(field)}`;
    if (/^STRUCT\(.*\)$/s.test(type) && depth < DEEPEST)
      columns.push(...(await columnsOf(session, from, value, name, depth + 1)));
    else columns.push({ name, type, sql: textSql(value, type) });
    if (columns.length > MOST_COLUMNS) break;
  }
  return columns;
}

/** Days, moments and numbers in one form, whatever wrote them: ISO 8601, a point before decimals. */
function textSql(value: string, type: string): string | null {
  if (/[\])]$/.test(type) && !/^(DECIMAL|ENUM)\(/.test(type)) return null;
  if (/^(MAP|UNION|STRUCT)/.test(type)) return null;
  if (type === 'BLOB') return `hex(${value})`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(${value}, '%Y-%m-%d %H:%M:%S')`;
  if (type.startsWith('TIMESTAMP')) return `strftime(CAST(${value} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S')`;
  if (type === 'DOUBLE' || type === 'FLOAT') return `CASE WHEN isfinite(${value}) THEN CAST(${value} AS VARCHAR) END`;
  return `CAST(${value} AS VARCHAR)`;
}

/** The rows of a Parquet file in its order, of the columns that are asked for. */
export async function* readParquet(
  lake: Lake,
  file: SourceFile,
  columns: readonly ParquetColumn[],
  most?: number,
): AsyncGenerator<ParquetRow[]> {
  const cells = columns.map(({ sql }, index) => `${sql ?? 'NULL'} AS c${index}`);
  const sql = `SELECT file_row_number + 1 AS line, ${cells.join(', ')} FROM ${relation(file)} ${most ? `LIMIT ${most}` : ''}`;
  const blocks = lake.stream<Record<string, string | number | null>>(sql);
  try {
    for await (const rows of blocks)
      yield rows.map((row) => ({
        line: Number(row.line),
        cells: columns.map((_, index) => (row[`c${index}`] as string | null) ?? null),
      }));
  } catch (error) {
    throw damaged(file, error);
  }
}

async function told<T>(file: SourceFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw damaged(file, error);
  }
}

function damaged(file: SourceFile, cause: unknown): RamalError {
  if (cause instanceof RamalError && cause.code !== 'query') return cause;
  return new RamalError(
    'fileDamaged',
    { file: file.name, what: 'não é um Parquet inteiro (ou a fonte não é esta)' },
    cause,
  );
}
