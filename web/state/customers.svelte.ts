import type { BaseView, CustomerField } from '../../src/api/schema-customers.ts';
import { addDays } from '../format/days.ts';
import { NONE } from '../format/index.ts';
import { ui } from './ui.svelte.ts';

type Field = BaseView['fields'][number];
type Value = CustomerField['value'];

/** A field as people read it: its column and what was taken of it. */
export function fieldText({ column, table, take }: Field): string {
  if (take === 'value') return column ?? table;
  return `${column ?? table} · ${ui.t.customers.takes[take] ?? take}`;
}

/** What a field says of a customer, or the field itself. */
export const roleText = (field: Field & { readonly role: string | null }): string =>
  (field.role && ui.t.customer.roles[field.role]) || fieldText(field);

/** Whether a field's values are numbers, days among them. */
export const isNumber = ({ kind }: Pick<Field, 'kind'>): boolean => kind === 'number' || kind === 'day';

/** Fields by the table that they came from, in the base's order. */
export const byTable = <One extends Field>(fields: readonly One[]): [string, One[]][] => [
  ...Map.groupBy(fields, ({ table }) => table),
];

/** A field's value as it is read: whole numbers whole, what a customer is worth as money, days with their word. */
export function valueText(
  { take, role }: Pick<Field, 'take'> & { readonly role?: string | null },
  value: Value,
): string {
  if (value === null) return NONE;
  if (typeof value === 'string') return value;
  if (role === 'value') return ui.f.money(value);
  return isSince(take) ? ui.t.customer.days(numberText(value)) : numberText(value);
}

/** Days that are counted from a day of the customer to the base's. */
const isSince = (take: Field['take']): boolean => take.startsWith('days') || take === 'recency';

/** The same, with the day that days are counted from: `3.186 dias (24/02/2018)`. */
export function datedText(
  field: Pick<Field, 'take'> & { readonly role?: string | null },
  value: Value,
  day: string,
): string {
  const text = valueText(field, value);
  if (!isSince(field.take) || typeof value !== 'number') return text;
  return `${text} (${ui.f.shortDay(addDays(day, -Math.round(value)))})`;
}

/** `1.234`, `1.234,50`. */
export const numberText = (value: number): string => ui.f.decimal(value, Number.isInteger(value) ? 0 : 2);

/** `+3`, `−12,50`; nothing of what stayed. */
export function differenceText(now: number, before: number): string {
  const difference = now - before;
  const sign = difference > 0 ? '+' : '';
  return difference === 0 ? '=' : `${sign}${numberText(Math.round(100 * difference) / 100)}`;
}

/** What was taken of one column of a customer, once where it is all the same: `soma 4.326,17 · mediana 2.163,09`. */
export function takenText(fields: readonly CustomerField[], day: string): string {
  const [first] = fields;
  const same = fields.every(({ value }) => value === first?.value);
  return (same && first ? [first] : fields)
    .map((field) => {
      const { take, value } = field;
      const alone = same || take === 'value' || take === 'mode' || take === 'days' || take === 'rows';
      if (isSince(take))
        return `${alone ? '' : `${ui.t.customer.ofDays[take] ?? take} `}${datedText(field, value, day)}`;
      if (alone || typeof value !== 'number') return valueText(field, value);
      return `${ui.t.customers.takes[take] ?? take} ${numberText(value)}`;
    })
    .join(' · ');
}

/** The address of a customer's page: its place in the base, which says nothing of it. */
export const customerPath = (base: number, row: number): string => `/clientes/${base}/${row}`;

/** What was sought last, for who comes back from a customer's page. */
class Searched {
  text = $state('');
  /** The page that was left, with its filters and order. */
  address = $state('/clientes');
}
export const searched = new Searched();
