import type { customers as pt } from './customers-pt.ts';

export const customers: typeof pt = {
  none: 'No customer base yet',
  explain: 'The base puts in one row all that the loaded lists say of each customer.',
  how: 'Load the lists in Intake (registrations, contracts, invoices, surveys, tickets…) and build the base. The customer’s column may have another name in each list. From files, without loading them: ramal customers build folder/ --keep.',
  headline: (customers, day) => `${customers} customers on ${day}`,
  from: (tables, fields) => `${fields} fields from ${tables} tables`,
  madeBy: (who, when) => `built by ${who}, ${when}`,
  build: 'Build the base',
  again: 'Build again',
  building: 'Building the base',
  leftOut: (names) => `They name no customer of the base and were left out: ${names}.`,
  holdings: (table: string, column: string, products: string) =>
    `Each customer’s products come from ${table}, column ${column}: ${products} products.`,
  noHoldings: 'No list tells which products customers have: there are no offers of this base.',
  tables: 'Where it came from',
  table: {
    name: 'Table',
    key: 'Customer column',
    rows: 'Rows',
    used: 'Used',
    others: 'Of other customers',
    noCustomer: 'Without customer',
    coverage: 'Customers of the base',
  },
  fields: 'What is known of each customer',
  field: { name: 'Field', table: 'Table', take: 'What it is', coverage: 'Filled' },
  takes: {
    ...{ value: 'the value', sum: 'sum', mean: 'mean', median: 'median', min: 'least', max: 'most' },
    ...{ mode: 'most common', distinct: 'different values', days: 'days until the base', rows: 'rows of the customer' },
    ...{ daysFirst: 'days since the first', daysLast: 'days since the last' },
    ...{
      recency: 'days since the last purchase',
      frequency: 'purchases',
      money: 'sum of purchases',
      rfm: 'recency and frequency',
    },
  },
  kept: 'Kept bases',
  keptColumns: { day: 'Day', customers: 'Customers', fields: 'Fields', by: 'By' },
};
