import type { BaseView, CustomerField } from '../../src/api/schema-customers.ts';
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

/** A field's value as it is read: whole numbers whole, days with their word. */
export function valueText({ take }: Pick<Field, 'take'>, value: Value): string {
  if (value === null) return NONE;
  if (typeof value === 'string') return value;
  return take.startsWith('days') ? ui.t.customer.days(numberText(value)) : numberText(value);
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
export function takenText(fields: readonly CustomerField[]): string {
  const [first] = fields;
  if (first && fields.every(({ value }) => value === first.value)) return valueText(first, first.value);
  return fields
    .map((field) => {
      const { take, value } = field;
      const alone = take === 'value' || take === 'mode' || take === 'days' || take === 'rows';
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
}
export const searched = new Searched();
