import type { callers as callersPt } from './callers-pt.ts';

export const callers: typeof callersPt = {
  finding: (share) => `${share} of customers made contact more than once`,
  subtitle: (callers, contacts) => `customers by contacts in the period; ${callers} customers, ${contacts} contacts`,
  anonymous: (text) => `${text} without identification, apart.`,
  count: 'Contacts of the customer',
  callers: 'Customers',
  ofCallers: 'Of customers',
  contacts: 'Contacts',
  counts: { 1: '1', 2: '2', 3: '3', 4: '4', 5: '5 or more', anonymous: 'not identified' },
  few: (slices, of, share) => `${slices} of ${of} customers make ${share} of the contacts.`,
  ranking: {
    title: 'Who contacted most',
    titleByTime: (time) => `Who had the longest: ${time}`,
    openLast: 'See the latest contact',
    open: 'By customer',
    order: 'Sort by',
    note: (shown, all) =>
      `The first ${shown} of ${all} identified customers, as the rule tells them apart; name and phone are of the latest contact. The file has a thousand, with the percentiles of each time.`,
    noteByTime: (shown, all) =>
      `The first ${shown} of ${all}, from the longest time to the shortest; name and phone are of the latest contact. The file has a thousand.`,
    few: (count, least, label) =>
      `${label} of fewer than ${least} cases is mostly chance: ${count} identified customers with fewer are left out of this order.`,
    none: (least, label) => `No customer has ${least} cases of ${label} in this period.`,
    percentilesHelp: 'From 5 cases on; P90 from 10: with fewer it would be the longest.',
    columns: {
      contact_name: 'Customer',
      contacts: 'Contacts',
      share: 'Of the contacts',
      running: 'Running share',
      agents: 'Agents',
      reasons: 'Reasons',
      first: 'First',
      last: 'Latest',
      cases: 'Cases',
    },
  },
  rows: (count) => `Contacts of customers who made ${count} in the period; first legs only.`,
  rowsAnonymous: 'Contacts that are not identified; first legs only.',
};
