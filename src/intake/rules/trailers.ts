import { existsSync } from 'node:fs';
import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { type BronzeFile, unreadPath } from '../bronze.ts';
import { type Layout, WHOLE_LINE } from '../layout.ts';
import type { RuleResult } from './judge.ts';
import { isTrailer, type Trailer } from './trailer.ts';

/** Lines from the end where trailers are looked for first. */
const LAST_LINES = 5000;
/** Numbers are compared in ten-thousandths. */
const PLACES = 4;

interface TrailerLine {
  readonly line: number;
  readonly fields: readonly (string | null)[];
}

/** What a file read gives of itself. */
interface FileRead {
  readonly good: number;
  readonly bad: number;
  readonly delimiter: string | null;
}

/** Marks of lines that are no rows. */
export function trailerMarks(layout: Layout): string[] {
  return [...new Set((layout.rules ?? []).filter(isTrailer).map(({ starts }) => starts))];
}

/** The condition that an unread line is a trailer. */
export function unreadTrailer(layout: Layout): string {
  return trailerMarks(layout)
    .map((mark) => `starts_with(record, ${literal(mark)})`)
    .join(' OR ');
}

/**
 * Compares what the trailers of a batch say with its rows in table `checked`. Gives also how many lines of the file are
 * trailers, read as records or not.
 */
export async function judgeTrailers(
  session: LakeSession,
  layout: Layout,
  bronze: BronzeFile,
  read: FileRead,
): Promise<{ results: RuleResult[]; trailers: number }> {
  const rules = (layout.rules ?? []).filter(isTrailer);
  if (rules.length === 0) return { results: [], trailers: 0 };
  const sums = rules.map(({ sums: column }, index) =>
    column === undefined ? `'' AS sum_${index}` : `CAST(coalesce(sum(sum_${index}), 0) AS VARCHAR) AS sum_${index}`,
  );
  const found = await session.row<{ rows: number } & Record<string, string>>(
    `SELECT count(*) AS rows, ${sums.join(', ')} FROM checked WHERE row_id >> 32 = ${bronze.batch}`,
  );
  const lines = await trailerLines(session, layout, bronze, read, read.good - found.rows);
  const rows = read.good + read.bad - lines.trailers;
  const results = rules.map((rule, index): RuleResult => {
    const { id, severity = 'stop', counts } = rule;
    const line = lines.all.get(rule.starts);
    const told = line ? fieldOf(rule, line) : null;
    const count = counts === 'lines' ? rows + lines.trailers : rows;
    const value = rule.sums === undefined ? BigInt(count) * 10n ** BigInt(PLACES) : scaled(found[`sum_${index}`]!, {});
    const agrees = told !== null && scaled(told, rule) === value;
    const samples = line && !agrees ? [{ line: line.line, value: told }] : [];
    return { id, severity, rows, failed: agrees ? 0 : 1, samples, told, found: written(value ?? 0n) };
  });
  return { results, trailers: lines.trailers };
}

async function trailerLines(
  session: LakeSession,
  layout: Layout,
  { path, columns }: BronzeFile,
  { delimiter }: FileRead,
  wanted: number,
): Promise<{ all: Map<string, TrailerLine>; trailers: number; unread: number }> {
  const marks = trailerMarks(layout);
  const first = layout.format.kind === 'fixed' ? WHOLE_LINE : (columns[0] ?? '');
  const begins = marks.map((mark) => `starts_with(${quoted(first)}, ${literal(mark)})`).join(' OR ');
  const fields = columns.map((name) => quoted(name)).join(', ');
  const from = `read_parquet(${literal(path)})`;
  const select = `SELECT _line AS line, [${fields}] AS fields FROM ${from} WHERE (${begins})`;
  const end = `_line > (SELECT max(_line) FROM ${from}) - ${LAST_LINES}`;
  let lines = wanted === 0 ? [] : await session.rows<TrailerLine>(`${select} AND ${end}`);
  if (lines.length < wanted) lines = await session.rows<TrailerLine>(select);
  const unread = existsSync(unreadPath(path))
    ? await session.rows<{ line: number; record: string }>(
        `SELECT line, record FROM read_parquet(${literal(unreadPath(path))}) WHERE ${unreadTrailer(layout)}`,
      )
    : [];
  const all = new Map<string, TrailerLine>();
  const split = unread.map(({ line, record }) => ({ line, fields: record.split(delimiter ?? ';') }));
  for (const line of [...lines, ...split].toSorted((a, b) => a.line - b.line))
    for (const mark of marks) if ((line.fields[0] ?? '').startsWith(mark)) all.set(mark, line);
  return { all, trailers: lines.length + unread.length, unread: unread.length };
}

function fieldOf({ field }: Trailer, { fields }: TrailerLine): string | null {
  const text = typeof field === 'number' ? fields[field - 1] : fields[0]?.slice(field.from - 1, field.to);
  return text?.trim() || null;
}

/** A number as it is written, in ten-thousandths; null when it is none. */
function scaled(text: string, { decimals, format }: Pick<Trailer, 'decimals' | 'format'>): bigint | null {
  const brazilian = format === '1.234,5' || text.includes(',');
  const plain = brazilian ? text.replaceAll('.', '').replace(',', '.') : text;
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(plain) ?? [];
  if (whole === '') return null;
  const value =
    decimals === undefined || part !== ''
      ? BigInt(whole + part.padEnd(PLACES, '0'))
      : BigInt(whole) * 10n ** BigInt(PLACES - decimals);
  return sign === '-' ? -value : value;
}

/** Ten-thousandths as a Brazilian number. */
function written(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, '0');
  const part = digits.slice(-PLACES).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${part === '' ? '' : `,${part}`}`;
}
