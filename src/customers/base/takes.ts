/** What a column says of a customer: an amount, a day, the code of a kind, or words. */
export type ColumnKind = 'number' | 'day' | 'code' | 'text';

/** What is made of a column's values of one customer. */
export const TAKES = [
  'value',
  'sum',
  'mean',
  'median',
  'min',
  'max',
  'mode',
  'distinct',
  'days',
  'daysFirst',
  'daysLast',
] as const;
export type Take = (typeof TAKES)[number];

/** What is made of a customer's purchases: days since the last, how many there were, what they came to, and its group. */
export const PURCHASE_TAKES = ['recency', 'frequency', 'money', 'rfm'] as const;
export type PurchaseTake = (typeof PURCHASE_TAKES)[number];

/** Those that a column's kind has a meaning for, in the order they are offered. */
export const TAKES_OF: Readonly<Record<ColumnKind, readonly Take[]>> = {
  number: ['value', 'sum', 'median', 'mean', 'min', 'max', 'distinct'],
  day: ['days', 'daysFirst', 'daysLast'],
  code: ['value', 'mode', 'distinct'],
  text: ['value', 'mode', 'distinct'],
};

/** What is taken unless something else is asked for: of a table with one row for each customer, and of any other. */
export const USUAL_TAKES: Readonly<Record<'one' | 'many', Readonly<Record<ColumnKind, readonly Take[]>>>> = {
  one: { number: ['value'], day: ['days'], code: ['value'], text: ['value'] },
  many: { number: ['sum', 'median'], day: ['daysFirst', 'daysLast'], code: ['mode'], text: ['mode'] },
};

/** What a taken column is called after its own name. */
export const TAKE_SUFFIX: Readonly<Record<Take, string>> = {
  value: '',
  sum: '_soma',
  mean: '_media',
  median: '_mediana',
  min: '_minimo',
  max: '_maximo',
  mode: '_mais_comum',
  distinct: '_distintos',
  days: '_dias',
  daysFirst: '_dias_da_primeira',
  daysLast: '_dias_da_ultima',
};

/** A customer's value (SQL) of the `value` of its rows, at one day. */
export function takeSql(take: Exclude<Take, 'mode'>, value: string, day: string): string {
  const since = (of: 'min' | 'max') => `CAST(DATE '${day}' - DATE '1970-01-01' AS DOUBLE) - ${of}(${value})`;
  switch (take) {
    case 'value':
      return `min(${value})`;
    case 'mean':
      return `avg(${value})`;
    case 'distinct':
      return `CAST(count(DISTINCT ${value}) AS DOUBLE)`;
    case 'days':
    case 'daysLast':
      return since('max');
    case 'daysFirst':
      return since('min');
    default:
      return `${take}(${value})`;
  }
}
