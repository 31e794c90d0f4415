/** A column of a DataTable; `sort` is the name that the address and the API sort by. */
export interface Column<Row> {
  key: string;
  label: string;
  text: (row: Row) => string;
  numeric?: boolean;
  sort?: string;
  /** For sorting rows that are all here. */
  order?: (row: Row) => number | string | null;
  help?: string;
  /** Long sentences, which run over lines instead of being cut. */
  wrap?: boolean;
  /** Texts that are never cut, on one line however long. */
  whole?: boolean;
}

/** Of a table's rows only the first, until all are asked for; paper has them all. */
export interface Fold {
  first: number;
  all: boolean;
  onall: (all: boolean) => void;
}

export interface SortedBy {
  name: string;
  descending: boolean;
}

export function readSort(text: string | undefined): SortedBy | undefined {
  if (!text) return undefined;
  return text.startsWith('-') ? { name: text.slice(1), descending: true } : { name: text, descending: false };
}

/** A second click on the same column turns the order round; numbers start with the largest. */
export function nextSort(current: SortedBy | undefined, column: { sort?: string; numeric?: boolean }): string {
  const descending = current?.name === column.sort ? !current?.descending : column.numeric === true;
  return `${descending ? '-' : ''}${column.sort}`;
}

/** Rows in the order of a column; nulls always last. */
export function sortRows<Row>(rows: Row[], columns: Column<Row>[], sort: SortedBy | undefined): Row[] {
  const order = columns.find((column) => column.sort !== undefined && column.sort === sort?.name)?.order;
  if (!order || !sort) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [order(a), order(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y), 'pt') : x - y);
  });
}

/** Whether a column puts any of these rows in an order; those of few cases have none. */
export const orders = <Row>({ order }: Column<Row>, rows: Row[]): boolean =>
  rows.length === 0 || !order || rows.some((row) => order(row) !== null);

/** Text without accents or case, so that a search finds “José” by `jose`. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
