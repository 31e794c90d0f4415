import type { offers as pt } from './offers-pt.ts';

export const offers: typeof pt = {
  none: 'No offers yet',
  explain: 'Each offer is a product that a customer does not have, with what others like it have as evidence.',
  noBase: 'Offers are made from the base of customers.',
  toBase: 'Build the base in Customers',
  noProducts:
    'The base does not tell which products customers have. Load a list of contracts in Intake, one row per contract, and build the base again.',
  make: 'Make the offers',
  again: 'Make them again',
  making: 'Making the offers',
  newer: (day) => `There is a newer base, of ${day}.`,
  headline: (offers, customers, money) =>
    `${offers} offers for ${customers} customers: ${money} a month, if all were accepted`,
  audience: (customers, segments) => `${customers} active customers of ${segments}`,
  allSegments: 'all segments',
  activeBy: {
    contract: 'active: with a contract that stands',
    usage: 'active: with a product and use in 90 days',
    holding: 'active: with any product',
  },
  madeBy: (who, when) => `made by ${who}, ${when}`,
  verdict: {
    unmeasured: (why) => `The method could not be measured, so the most contracted products are offered. ${why}`,
    beats: (method) => `Method in use: ${method}. On the test data it finds more than offering the most contracted.`,
    orders: (method) =>
      `Method in use: ${method}. On the test data it puts the right product nearer to the top than the most contracted; among the first ten they find the same.`,
    nothing: (method) =>
      `Method in use: ${method}. On the test data nothing beats offering the most contracted by more than chance.`,
  },
  methods: {
    ...{ popularity: 'the most contracted', groupPopularity: 'the most contracted in the group' },
    ...{ rules: 'who has X also has Y', cosine: 'cosine between products', ease: 'EASE^R' },
  },
  warnings: {
    undated: (n) => `${n} products of customers have no date and count as the first.`,
    noSegment: () => 'The base does not tell customers’ segments: the offers are for all of them.',
    noUsualSegment: () => 'No segment is of logistics, retail, industry or services: the offers are for all of them.',
    beyondCap: (names) => `There is too little else to offer: beyond the cap of one product are ${names}.`,
    unpriced: (n) => `${n} offers are of products whose amount is not known.`,
  },
  list: 'Offers',
  column: {
    ...{ customer: 'Customer', product: 'Product', mrr: 'Expected MRR', evidence: 'Evidence', why: 'Why not now' },
    ...{ segment: 'Segment', seller: 'Seller', outcome: 'Outcome' },
  },
  all: 'All',
  outcome: { accepted: 'accepted', refused: 'refused', noAnswer: 'no answer' },
  untold: 'not yet',
  outcomeOf: (product, customer) => `Outcome of ${product} for ${customer}`,
  nothing: 'No offers with these filters.',
  products: 'By product',
  product: {
    ...{ name: 'Product', line: 'Line', holders: 'Have it now', offers: 'Offers', mrr: 'MRR if accepted', cap: 'Cap' },
    reached: 'reached the cap',
  },
  capNote: (cap, most) => `At most ${cap} of the offers are of one product, and ${most} are of one customer.`,
  held: 'Do not sell now',
  heldNote: (customers, parts) => `${customers} customers wait: ${parts}. A customer may have more than one reason.`,
  reason: {
    lowNps: (n) => `${n} with an NPS up to 6`,
    openTickets: (n) => `${n} with an open ticket`,
    manyTickets: (n) => `${n} with 5 tickets or more in 90 days`,
    lessUse: (n) => `${n} with falling use`,
  },
  noHeld: 'No customer with offers shows signs of discontent.',
  measured: 'The methods, side by side',
  measuredNote: (customers, from) =>
    `Measured on ${customers} customers who contracted something new since ${from}; the method was chosen on the period before, without looking at these.`,
  measure: {
    ...{ method: 'Method', recall10: 'Recall at 10', ndcg10: 'NDCG at 10', over: 'NDCG over the most contracted' },
    ...{ interval: '95% CI', coverage: 'Products offered', chosen: 'chosen' },
  },
  bars: 'Rules',
  barsNote: 'They hold when the offers are made again.',
  bar: {
    ...{ product: 'Product', kind: 'What', value: 'Which', add: 'Add the rule', lift: 'Lift', choose: 'Choose' },
    ...{ none: 'No rules: every product may be offered to everybody.', by: 'By', history: 'Lifted rules' },
    lifted: (who, when) => `lifted by ${who}, ${when}`,
    liftOf: (rule) => `Lift the rule: ${rule}`,
  },
  kinds: {
    ...{
      never: 'is never offered',
      segment: 'not to the segment',
      size: 'not to the size',
      requires: 'only to who has',
    },
  },
  results: 'Outcomes',
  resultsNote:
    'Mark them in the table above, or download the CSV or the XLSX, fill the Outcome column and drop the file here.',
  upload: 'Outcomes in a list',
  uploadNote: 'CSV or XLSX with customer, product and outcome (accepted, refused, no answer)',
  choose: 'Choose a file',
  read: {
    rows: 'rows with an outcome',
    matched: 'recognised',
    unknown: 'that were not offered',
    notUnderstood: 'of an outcome not understood',
    duplicate: 'repeated',
    unread: 'unreadable',
  },
  tried: {
    ...{ name: 'Product', method: 'Method', told: 'With an outcome', accepted: 'Accepted', rate: 'Acceptance' },
    total: (accepted, told, rate, interval) =>
      `${accepted} of ${told} offers with an outcome were accepted: ${rate} (95% CI ${interval}).`,
    none: 'No outcomes yet.',
  },
};
