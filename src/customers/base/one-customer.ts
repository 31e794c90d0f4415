import { existsSync } from 'node:fs';
import type { Day } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type Lake, literal, quoted } from '../../storage/lake.ts';
import type { CareOfOne } from '../offers/reasons.ts';
import type { BaseField, CustomerBase } from './build-base.ts';
import type { KeptBase } from './kept-bases.ts';
import type { MainFields } from './main-fields.ts';
import { plainName } from './names.ts';
import { type Ended, type Followed, type Signal, signalsOf } from './signals.ts';

export type Value = string | number | null;

/** A base with the place of its rows. */
export interface PlacedBase {
  readonly base: KeptBase;
  readonly path: string;
}

/** Where a customer stands by a number: `rank` 1 has the most of the `n` customers that have one. */
export interface Standing {
  readonly field: string;
  readonly value: number | null;
  readonly rank: number | null;
  readonly n: number;
}

/** A customer on the day of a base; `row` is null where that base has it not. */
export interface Moment {
  readonly base: number;
  readonly day: Day;
  readonly row: number | null;
  readonly values: readonly { readonly field: string; readonly value: number | null }[];
}

/** A product that a customer has or had. */
export interface HeldProduct {
  readonly product: string;
  readonly line: string | null;
  /** When it was first and last contracted. */
  readonly first: Day | null;
  readonly last: Day | null;
  /** A month, of what stands. */
  readonly amount: number | null;
  readonly current: boolean;
}

const rowsOf = (path: string) => `read_parquet(${literal(path)}, file_row_number = true)`;

/**
 * A customer's row, by its place in the base from 1 on.
 * @throws RamalError `notFound`.
 */
export async function customerAt(lake: Lake, path: string, row: number): Promise<Record<string, Value>> {
  const [found] = await lake.rows<Record<string, Value>>(
    `SELECT * EXCLUDE (file_row_number) FROM ${rowsOf(path)} WHERE file_row_number = $row`,
    { row: row - 1 },
  );
  if (found) return found;
  throw new RamalError('notFound', { what: 'cliente', received: row, todo: 'Procure o cliente na página da base' });
}

/** Where a customer stands in its base by some of its numbers. */
export async function standingsOf(
  lake: Lake,
  path: string,
  fields: readonly BaseField[],
  row: Readonly<Record<string, Value>>,
): Promise<Standing[]> {
  if (fields.length === 0) return [];
  const values = fields.map(({ name }) => row[name] as number | null);
  const counted = await lake.rows<Record<string, number>>(
    `SELECT ${fields
      .map(({ name }, at) => {
        const own = values[at] ?? null;
        const above = own === null ? '0' : `count(*) FILTER (${quoted(name)} > $v${at})`;
        return `count(${quoted(name)}) AS n${at}, ${above} AS above${at}`;
      })
      .join(', ')} FROM read_parquet(${literal(path)})`,
    Object.fromEntries(values.flatMap((value, at) => (value === null ? [] : [[`v${at}`, value]]))),
  );
  return fields.map(({ name: field }, at) => ({
    ...{ field, value: values[at]!, n: counted[0]![`n${at}`]! },
    rank: values[at] === null ? null : counted[0]![`above${at}`]! + 1,
  }));
}

/** What is known of whether a customer is content, where a table tells it. */
export async function careOfCustomer(lake: Lake, path: string, key: string): Promise<CareOfOne | null> {
  if (!existsSync(path)) return null;
  const columns = ['last_nps', 'median_nps', 'open_tickets', 'recent_tickets', 'recent_use', 'earlier_use'];
  const [found] = await lake.rows<{ [name in keyof CareOfOne]: CareOfOne[name] }>(
    `SELECT ${columns.join(', ')} FROM read_parquet(${literal(path)}) WHERE customer = $key`,
    { key },
  );
  return found ?? null;
}

/** A customer's products, those that stand first, the largest first. */
export async function productsOf(lake: Lake, path: string, key: string): Promise<HeldProduct[]> {
  if (!existsSync(path)) return [];
  return lake.rows<{ -readonly [name in keyof HeldProduct]: HeldProduct[name] }>(
    `SELECT product, line, CAST(first_day AS VARCHAR) AS first, CAST(last_day AS VARCHAR) AS last, amount, is_current AS current
     FROM read_parquet(${literal(path)}) WHERE customer = $key ORDER BY is_current DESC, amount DESC NULLS LAST, product`,
    { key },
  );
}

/** What tables are called beside the day that their files are of. */
const undated = (name: string): string => plainName(name).replaceAll(/(^|_)\d+(?=_|$)/g, '');

/** The tables that a base may have its customers from: they name all of them, under its key. */
const basesTables = ({ key, tables }: Pick<CustomerBase, 'key' | 'tables'>): string[] =>
  tables.flatMap((table) =>
    table.key === key && table.coverage === 1 && table.others === 0 ? [undated(table.name)] : [],
  );

/** Whether two bases may be of the same customers on two days: named by the same column of a table of the same name. */
export function areOfSame(
  one: Pick<CustomerBase, 'key' | 'tables'>,
  other: Pick<CustomerBase, 'key' | 'tables'>,
): boolean {
  const names = basesTables(other);
  return one.key === other.key && basesTables(one).some((name) => names.includes(name));
}

/** So many days a customer is followed over. */
const MOST_DAYS = 24;

/** A customer over all days that there is a base of the same customers of, the latest of each day, in the order of time. */
export async function courseOf(
  lake: Lake,
  own: PlacedBase,
  all: readonly PlacedBase[],
  key: string,
  fields: readonly BaseField[],
): Promise<Moment[]> {
  const ofDay = new Map<Day, PlacedBase>();
  const alike = all.filter(({ base }) => areOfSame(own.base, base));
  for (const placed of alike.toSorted((a, b) => a.base.id - b.base.id)) ofDay.set(placed.base.day, placed);
  ofDay.set(own.base.day, own);
  const days = [...ofDay.values()].toSorted((a, b) => (a.base.day < b.base.day ? -1 : 1));
  const moments: Moment[] = [];
  for (const { base, path } of days.slice(-MOST_DAYS)) {
    const known = fields.filter(({ name }) => base.fields.some((one) => one.name === name && one.kind === 'number'));
    const [found] = await lake.rows<Record<string, number | null>>(
      `SELECT ${['file_row_number + 1 AS row', ...known.map(({ name }, at) => `${quoted(name)} AS v${at}`)].join(', ')}
       FROM ${rowsOf(path)} WHERE ${quoted(base.key)} = $key`,
      { key },
    );
    moments.push({
      ...{ base: base.id, day: base.day, row: found?.row ?? null },
      values: fields.map((field) => ({
        field: field.name,
        value: known.includes(field) ? (found?.[`v${known.indexOf(field)}`] ?? null) : null,
      })),
    });
  }
  return moments;
}

/** What the bases say of how a customer fares on the day of its base. */
export function signalsAt(
  base: KeptBase,
  { roles, numbers }: MainFields,
  row: Readonly<Record<string, Value>>,
  course: readonly Moment[],
  beside: { readonly care: CareOfOne | null; readonly ended: Ended | null },
): Signal[] {
  const earlier = course.findLast(({ day, row: there }) => day < base.day && there !== null);
  const followed = (role: string): Followed | undefined => {
    const field = numbers.find(({ name }) => roles.get(name) === role);
    if (!field) return undefined;
    const before = earlier?.values.find((one) => one.field === field.name);
    return {
      ...{ field: field.name, now: row[field.name] as number | null },
      before: earlier && before ? { day: earlier.day, value: before.value } : null,
    };
  };
  const tickets = numbers.find(({ name }) => roles.get(name) === 'tickets');
  const state = base.fields.find(
    ({ table, column, kind }) =>
      table === tickets?.table && kind !== 'number' && /status|situacao|state/.test(plainName(column ?? '')),
  );
  const newest = course.at(-1);
  return signalsOf({
    ...{ usage: followed('usage'), value: followed('value') },
    ...{ satisfaction: followed('satisfaction'), tickets: followed('tickets') },
    ...beside,
    ...(state ? { state: { field: state.name, value: row[state.name] as string | null } } : {}),
    gone: newest && newest.day > base.day && newest.row === null ? newest.day : null,
  });
}
