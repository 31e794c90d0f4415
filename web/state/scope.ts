import type { Period } from '../format/days.ts';

/** What staffing is asked by: aims, a queue to reckon, rules of shifts. */
const STAFFING = [
  ...(['level', 'target', 'shrinkage', 'patience', 'due'] as const),
  ...(['calls', 'minutes', 'handle', 'seconds', 'agents', 'aim', 'leaves'] as const),
  ...(['days', 'lengths', 'earliest', 'latest', 'rest', 'people'] as const),
] as const;

type StaffingTexts = Partial<Record<(typeof STAFFING)[number], string | undefined>>;

/** What the address says: period, filters, view and order. Absent means the page's own default. */
export interface Scope extends StaffingTexts {
  from?: string;
  to?: string;
  source: string[];
  where: string[];
  rule: string;
  by?: string;
  metric?: string;
  sort?: string;
  search?: string;
  page: number;
  gross: boolean;
  repeat?: string;
  /** The rule that the one in view is held against, and of their differences only those of one kind. */
  than?: string;
  why?: string;
  thanWhy?: string;
  /** Of repeats, those that came so long after. */
  bucket?: string;
  /** Of rows, those whose callers contacted so often. */
  times?: string;
  /** Of customers, what they are ranked by; absent where they are not looked at. */
  order?: string;
  batch?: string;
  /** `1`: a table with the columns that few readers need. */
  more?: string;
  /** `1`: every row of a table that shows the first few. */
  all?: string;
  /** Of the batches, only those that ask for a look. */
  needs?: string;
  /** The day of a reference table's rows, `past` for those of every day; of staffing, a day or weekday; of a shift, its day. */
  day?: string;
  past?: string;
  /** Of a shift, the time up to which it is looked at. */
  at?: string;
  /** Of a data address: its table, how many days, a row for each what, and how it is written. */
  table?: string;
  last?: string;
  part?: string;
  format?: string;
}

export const DEFAULT_RULE = 'house';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TEXTS = [
  ...(['by', 'metric', 'sort', 'search', 'repeat', 'bucket', 'than', 'why', 'thanWhy', 'batch', 'needs'] as const),
  ...(['day', 'past', 'table', 'last', 'part', 'format', 'at', 'more', 'all', 'times', 'order'] as const),
  ...STAFFING,
] as const;

export function readScope(query: URLSearchParams): Scope {
  const scope: Scope = {
    source: (query.get('source') ?? '').split(',').filter(Boolean),
    where: query.getAll('where').filter((entry) => entry.includes('=')),
    rule: query.get('rule') ?? DEFAULT_RULE,
    page: Math.max(1, Math.trunc(Number(query.get('page'))) || 1),
    gross: query.get('gross') === '1',
  };
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (DAY.test(from) && DAY.test(to) && from < to) Object.assign(scope, { from, to });
  for (const name of TEXTS) {
    const value = query.get(name);
    if (value) scope[name] = value;
  }
  return scope;
}

/** The address of a scope, always in the same order and without what is the default. */
export function writeScope(scope: Partial<Scope>): string {
  const query = new URLSearchParams();
  if (scope.from && scope.to) {
    query.set('from', scope.from);
    query.set('to', scope.to);
  }
  if (scope.source?.length) query.set('source', scope.source.join(','));
  for (const entry of scope.where ?? []) query.append('where', entry);
  if (scope.rule && scope.rule !== DEFAULT_RULE) query.set('rule', scope.rule);
  for (const name of TEXTS) {
    const value = scope[name];
    if (value) query.set(name, value);
  }
  if (scope.page && scope.page > 1) query.set('page', String(scope.page));
  if (scope.gross) query.set('gross', '1');
  return query.toString();
}

export function href(path: string, scope: Partial<Scope> = {}): string {
  const query = writeScope(scope);
  return query ? `${path}?${query}` : path;
}

/** What a reader takes along from page to page: what they looked at, not how it was sorted. */
export const carried = ({ from, to, source, where, rule, gross }: Scope): Partial<Scope> => ({
  ...(from && to ? { from, to } : {}),
  source,
  where,
  rule,
  gross,
});

export interface Asked extends Period {
  source: string[];
  where: string[];
  gross: boolean;
}

/** The address of an API answer for a scope. */
export function apiUrl(
  path: string,
  asked: Partial<Asked>,
  more: Record<string, string | number | undefined> = {},
): string {
  const query = new URLSearchParams();
  if (asked.source?.length) query.set('source', asked.source.join(','));
  if (asked.from && asked.to) {
    query.set('from', asked.from);
    query.set('to', asked.to);
  }
  for (const entry of asked.where ?? []) query.append('where', entry);
  if (asked.gross) query.set('view', 'gross');
  for (const [name, value] of Object.entries(more)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `/api/${path}?${text}` : `/api/${path}`;
}

/** Splits `queue=Vendas` into its column and value. */
export function splitFilter(entry: string): { column: string; value: string } {
  const cut = entry.indexOf('=');
  return { column: entry.slice(0, cut), value: entry.slice(cut + 1) };
}
