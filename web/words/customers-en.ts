import type { customers as pt } from './customers-pt.ts';

export const customers: typeof pt = {
  none: 'No customer base yet',
  explain: 'The base puts in one row all that the loaded lists say of each customer.',
  how: 'It is built of the lists that Intake loaded. The customer’s column may have another name in each list.',
  headline: (customers, day) => `${customers} customers on ${day}`,
  from: (tables, fields) => `${fields} fields from ${tables} tables`,
  madeBy: (who, when) => `built by ${who}, ${when}`,
  build: 'Build the base',
  again: 'Build again',
  building: 'Building the base',
  ofLists: (names) => `Of the loaded lists: ${names}.`,
  noLists:
    'No list is loaded: once there is one, the base is built here. Lists (registrations, contracts, invoices, surveys, tickets…) arrive in Intake; from files, without loading them, a command builds it: ramal customers build folder/ --keep.',
  toIntake: 'Go to Intake',
  leftOut: (count, text) =>
    `Of what was given, ${text} ${count === 1 ? 'was' : 'were'} left out: names and reasons, in “Where it came from”.`,
  leftOutList: 'What was left out',
  whyLeftOut: {
    noRows: () => 'it has no rows',
    noKey: () => 'no column seems to name customers',
    noCustomer: (column) =>
      column === null
        ? 'it names no customer of the base'
        : `of column ${column}, fewer than 5% are customers of the base`,
    otherSheet: () => 'of a file the first sheet is read',
    folder: () => 'it is a folder inside the one given',
    hidden: () => 'its name starts with a dot',
    pattern: () => 'the patterns of the watch do not accept it',
  },
  holdings: (table: string, column: string, products: string) =>
    `Each customer’s products come from ${table}, column ${column}: ${products} products.`,
  noHoldings: 'No list tells which products customers have: there are no offers of this base.',
  tables: 'Where it came from',
  tablesIn: (tables) => `${tables} tables`,
  table: {
    name: 'Table',
    key: 'Customer column',
    rows: 'Rows',
    used: 'Used',
    others: 'Of other customers',
    noCustomer: 'Without customer',
    coverage: 'Customers of the base',
  },
  explore: 'Explore the fields',
  fields: 'What is known of each customer',
  fieldsIn: (fields) => `${fields} fields`,
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
