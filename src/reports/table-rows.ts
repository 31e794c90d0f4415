import { type DimensionKind, dimension } from '../contracts/index.ts';
import { sourceNames } from './about.ts';
import type { Reporting } from './reporting.ts';
import { type CellKind, cellKind } from './table-file.ts';
import { FILE_WORDS, type FileLang, MISSING, missingWord, quotedDash, weekText } from './words.ts';

/** A column of a table whose rows are all in memory. */
export interface FileColumn<Row> {
  /** What the screens sort by. */
  readonly key: string;
  readonly name: string;
  readonly kind: CellKind;
  readonly cell: (row: Row) => unknown;
  /** What it is sorted by, when that is not the cell; null is last. */
  readonly order?: (row: Row) => unknown;
  /** The screens do not sort by it. */
  readonly unsorted?: true;
  /** It is what the table is about, even where it has no value. */
  readonly kept?: true;
}

/** How a table's rows are found and sorted; absent is the table's own way. */
export interface Ordered {
  /** As the screens write it: a column, `-` before it for descending. */
  readonly sort?: string | undefined;
  /** Part of the first column's text. */
  readonly search?: string | undefined;
}

interface Shown<Row> extends Ordered {
  readonly columns: readonly FileColumn<Row>[];
  readonly rows: readonly Row[];
  readonly sort: string;
  /** Rows that stand last, whatever the order. */
  readonly last?: (row: Row) => boolean;
}

/** The columns and rows of a screen's table, found and sorted as there; a column without a single value is left out. */
export function tableOf<Row>({ columns, rows, sort, search = '', last = () => false }: Shown<Row>) {
  const [first] = columns;
  const found = search ? rows.filter((row) => folded(String(first?.cell(row) ?? '')).includes(folded(search))) : rows;
  const ordered = sorted(found, columns, sort);
  const shown = [...ordered.filter((row) => !last(row)), ...ordered.filter(last)];
  const filled = columns.filter(
    (column, index) =>
      index === 0 || column.kept || shown.length === 0 || shown.some((row) => !isEmpty(column.cell(row))),
  );
  return { columns: filled, rows: shown.map((row) => filled.map((column) => column.cell(row))) };
}

/** In which order the rows stand, in words; nothing where no column is sorted by. */
export function orderText(
  columns: readonly { readonly key: string; readonly name: string }[],
  sort: string,
  lang: FileLang,
): string {
  const name = columns.find(({ key }) => key === sort.replace(/^-/, ''))?.name;
  if (name === undefined) return '';
  return FILE_WORDS[lang][sort.startsWith('-') ? 'descending' : 'ascending'](name);
}

/** Whether a source did not say what a row stands for: nothing to rank. */
export function isNameless(value: unknown, label?: string): boolean {
  return [value ?? '-', label].some((one) => one === MISSING || one === '-' || one === '–');
}

/** What a value of a dimension is called, before its source or agent has given it a name. */
export function valueName(by: string, value: unknown, missing: string, lang: FileLang): unknown {
  if (value === null || value === undefined) return null;
  const kind = dimension(by)?.kind ?? 'text';
  if (kind === 'weekday') return FILE_WORDS[lang].weekdays[Number(value) - 1] ?? String(value);
  if (kind === 'half-hour') return hoursOf(String(value));
  if (kind !== 'text') return value;
  return value === MISSING ? missing : (FILE_WORDS[lang].codes[by]?.[String(value)] ?? quotedDash(String(value)));
}

/** What the rows of a split are called: agents and sources by name, the rest by their value. */
export function memberNames(to: Reporting, by: string) {
  const { lang, config } = to;
  const missing = missingWord(config.missingLabel, lang);
  const sources = by === 'source' ? sourceNames(to) : undefined;
  return (row: { readonly label?: string; readonly [dimension: string]: unknown }): unknown => {
    if (by === 'agent' && row.label) return quotedDash(row.label);
    return sources?.get(String(row[by])) || valueName(by, row[by], missing, lang);
  };
}

/** `10:30` as ten hours and a half. */
function hoursOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return hours! + minutes! / 60;
}

/** The number of each week of a split by them, where weeks have numbers. */
export function weekColumns<Row extends object>({ lake, lang }: Pick<Reporting, 'lake' | 'lang'>, by: string) {
  if (by !== 'week' || lake.week.number === null) return [];
  const cell = (row: Row) => weekText(String((row as { week?: unknown }).week), lake.week, lang);
  return [{ key: 'weekNumber', name: FILE_WORDS[lang].weekNumber, kind: 'text', cell, unsorted: true } as const];
}

const CELLS: Readonly<Record<DimensionKind, CellKind>> = {
  ...{ text: 'text', weekday: 'text', hour: 'hour', 'half-hour': 'hour', day: 'day', week: 'day', month: 'day' },
};

export function dimensionKind(by: string): CellKind {
  return CELLS[dimension(by)?.kind ?? 'text'];
}

/** Whether the values of a dimension have an order of their own, which is neither their names' nor their sizes'. */
export function isNatural(by: string): boolean {
  return (dimension(by)?.kind ?? 'text') !== 'text';
}

/** A column of contacts as the screens head it, with the kind of its cells. */
export function contractColumn(
  name: string,
  { type, meaning }: { readonly type: Parameters<typeof cellKind>[0]; readonly meaning: string },
  lang: FileLang,
) {
  return { key: name, name: FILE_WORDS[lang].columns[name] ?? meaning, kind: cellKind(type, name) };
}

/** The values of a row of contacts in words: statuses, sources, what is missing. */
export function namedCell(
  name: string,
  value: unknown,
  sources: ReadonlyMap<string, string>,
  configured: string,
  lang: FileLang,
): unknown {
  if (typeof value !== 'string') return value;
  if (name === 'source') return sources.get(value) ?? value;
  if (value === MISSING) return missingWord(configured, lang);
  return FILE_WORDS[lang].codes[name]?.[value] ?? quotedDash(value);
}

function sorted<Row>(rows: readonly Row[], columns: readonly FileColumn<Row>[], sort: string): Row[] {
  const name = sort.replace(/^-/, '');
  const column = columns.find(({ key, unsorted }) => key === name && !unsorted);
  if (!column) return [...rows];
  const sign = sort.startsWith('-') ? -1 : 1;
  const order = column.order ?? column.cell;
  return rows.toSorted((a, b) => {
    const [x, y] = [order(a) ?? null, order(b) ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * String(x).localeCompare(String(y), 'pt');
  });
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/** Text without accents or case. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
