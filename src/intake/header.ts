import { identifies } from '../access/masking.ts';
import { RamalError } from '../kernel/errors.ts';
import { type Layout, sourceColumns } from './layout.ts';
import { type Encoding, textOf } from './readers/encoding.ts';
import { DELIMITERS, splitRecord } from './sniff.ts';
import { HEAD_BYTES, type SourceFile } from './source-file.ts';

/** Lines that a header may be on. */
export const HEADER_WITHIN = 20;
/** Names that intake gives to columns of its own. */
const OWN_COLUMNS = ['_line', '_content', '_copy', '_linha', '_cabecalho'];
/** Columns of the widest table that is taken, and characters of a name; a file beyond them is none that a system wrote. */
const MOST_COLUMNS = 5000;
const LONGEST_NAME = 200;

interface Header {
  columns: readonly string[];
  /** Bytes up to and with the header's line end. */
  end: number;
  lines: number;
  delimiter: string;
}

/**
 * The first line that names every column the layout reads, by the likeliest delimiter or else by another; without one,
 * the line that names most of them, for a source may have changed its header.
 */
export function findHeader(
  head: Buffer,
  start: number,
  { encoding, delimiter: likeliest, quote }: { encoding: Encoding; delimiter: string; quote: string },
  layout: Layout,
  file: SourceFile,
): Header {
  const lines = firstLines(head, start, encoding, file);
  const delimiters = [likeliest, ...DELIMITERS.filter((one) => one !== likeliest)];
  for (const find of [exactHeader, mostAlike]) {
    for (const delimiter of delimiters) {
      const candidates = lines.map(({ text }) => headerFields(text, delimiter, quote));
      const index = find(layout, candidates);
      const fields = candidates[index];
      if (fields)
        return { columns: distinct(fields, layout, file), end: lines[index]!.end, lines: index + 1, delimiter };
    }
  }
  const received = lines.filter(({ text }) => text.trim() !== '');
  throw headerMismatch(
    layout,
    received.map(({ text }) => headerFields(text, likeliest, quote)),
    file,
  );
}

/** Which of the candidates is the header of a layout's file, -1 when none is. */
export function headerAmong(layout: Layout, candidates: readonly (readonly string[])[]): number {
  const exact = exactHeader(layout, candidates);
  return exact === -1 ? mostAlike(layout, candidates) : exact;
}

function exactHeader(layout: Layout, candidates: readonly (readonly string[])[]): number {
  return candidates.findIndex((fields) => missingColumns(layout, fields).length === 0);
}

/** The first line that has most of the names that the layout reads; -1 without one. */
function mostAlike(layout: Layout, candidates: readonly (readonly string[])[]): number {
  const wanted = sourceColumns(layout).map(plainName);
  const shares = candidates.map((fields) => {
    const names = new Set(fields.slice(0, MOST_COLUMNS).map(plainName));
    return wanted.filter((name) => names.has(name)).length / Math.max(1, wanted.length);
  });
  const most = Math.max(0, ...shares);
  return most >= 0.5 ? shares.indexOf(most) : -1;
}

/** A column's name as people tell it from others: capitals, accents and signs do not count. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function headerFields(line: string, delimiter: string, quote: string): string[] {
  return splitRecord(line, delimiter, quote).map((field) => field.trim());
}

/**
 * The lines that a header may be on, and where each ends; none that goes on beyond the head.
 * @throws RamalError `fileTooLarge` when the first already does.
 */
export function firstLines(
  head: Buffer,
  start: number,
  encoding: Encoding,
  file: SourceFile,
): { text: string; end: number }[] {
  const lines: { text: string; end: number }[] = [];
  for (let at = start; lines.length < HEADER_WITHIN && at < head.length; ) {
    let end = at;
    while (end < head.length && head[end] !== 0x0a && head[end] !== 0x0d) end++;
    if (end === head.length && head.length >= HEAD_BYTES) break;
    const bytes = head.subarray(at, end);
    at = head[end] === 0x0d && head[end + 1] === 0x0a ? end + 2 : end + 1;
    lines.push({ text: textOf(bytes, encoding), end: at });
  }
  if (lines.length === 0 && head.length > start)
    throw new RamalError('fileTooLarge', { file: file.name, what: `a primeira linha passa de ${HEAD_BYTES >> 20} MB` });
  return lines;
}

export function missingColumns(layout: Layout, fields: readonly string[]): string[] {
  const present = new Set(fields);
  return sourceColumns(layout).filter((name) => !present.has(name));
}

/** What the header lacks; its names are told only when it is one, for a line of data may hold a person's. */
export function headerMismatch(layout: Layout, candidates: readonly string[][], file: SourceFile): RamalError {
  const closest =
    candidates.toSorted((a, b) => missingColumns(layout, a).length - missingColumns(layout, b).length)[0] ?? [];
  const missing = missingColumns(layout, closest);
  const isHeader = missing.length < sourceColumns(layout).length;
  const names = closest.map((name) => (/\d{5,}/.test(name) || identifies(name) ? '…' : name.slice(0, 40))).join(', ');
  const about = { file: file.name, layout: `${layout.source} v${layout.version}` };
  if (!isHeader) {
    const some = missing.length > 3 ? `${missing.slice(0, 3).join(', ')}, …` : missing.join(', ');
    return new RamalError('headerUnknown', {
      ...about,
      missing: some,
      expected: missing.length,
      received: closest.length,
    });
  }
  return new RamalError('headerMismatch', { ...about, missing: missing.join(', '), received: names.slice(0, 400) });
}

/**
 * Names without repetition, as the engine tells them apart: capitals do not count. The layout's columns keep their
 * names, an empty name is made of its place, a long one is cut.
 * @throws RamalError `fileTooLarge` when they are more than a table has.
 */
export function distinct(fields: readonly string[], layout: Layout, file: SourceFile): string[] {
  if (fields.length > MOST_COLUMNS)
    throw new RamalError('fileTooLarge', {
      file: file.name,
      what: `o cabeçalho traz ${fields.length} colunas, e uma tabela tem no máximo ${MOST_COLUMNS}`,
    });
  const read = new Set(sourceColumns(layout));
  const taken = new Set([...OWN_COLUMNS, ...[...read].map((name) => name.toLowerCase())]);
  const copies = new Map<string, number>();
  return fields.map((field, index) => {
    const wanted = field === '' ? `coluna_${index + 1}` : field;
    if (read.delete(wanted)) return wanted;
    const short = wanted.slice(0, LONGEST_NAME);
    const plain = short.toLowerCase();
    let name = short;
    while (taken.has(name.toLowerCase())) {
      const copy = (copies.get(plain) ?? 1) + 1;
      copies.set(plain, copy);
      name = `${short}_${copy}`;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}
