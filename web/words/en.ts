import { addresses } from './addresses-en.ts';
import { alerts } from './alerts-en.ts';
import { arrivals } from './arrivals-en.ts';
import { callers } from './callers-en.ts';
import { codes } from './codes-en.ts';
import { columns } from './columns-en.ts';
import { connections } from './connections-en.ts';
import { customer } from './customer-en.ts';
import { customers } from './customers-en.ts';
import { drift } from './drift-en.ts';
import { errorInEnglish } from './errors-en.ts';
import { explore } from './explore-en.ts';
import { home } from './home-en.ts';
import type { Words } from './index.ts';
import { figures, indicators } from './indicators-en.ts';
import { insights } from './insights-en.ts';
import { batch, intake } from './intake-en.ts';
import { keys } from './keys-en.ts';
import { layoutRules } from './layout-rules-en.ts';
import { layouts } from './layouts-en.ts';
import { measures } from './measures-en.ts';
import { mend } from './mend-en.ts';
import { notes } from './notes-en.ts';
import { offers } from './offers-en.ts';
import { personas } from './personas-en.ts';
import { places } from './places-en.ts';
import { playbook } from './playbook-en.ts';
import { practice } from './practice-en.ts';
import { reconciliation } from './reconciliation-en.ts';
import { reference } from './reference-en.ts';
import { repeats } from './repeats-en.ts';
import { ruleSwitch } from './rule-switch-en.ts';
import { segments } from './segments-en.ts';
import { send } from './send-en.ts';
import { shift } from './shift-en.ts';
import { staffing } from './staffing-en.ts';
import { steps } from './steps-en.ts';
import { users } from './users-en.ts';
import { views } from './views-en.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const en: Words = {
  tag: 'en',
  columns,
  connections,
  arrivals,
  drift,
  reference,
  codes,
  places,
  layouts,
  insights,
  views,
  notes,
  alerts,
  layoutRules,
  reconciliation,
  ruleSwitch,
  leaving: {
    title: 'Leave without saving?',
    effect: 'What you put together on this page is not saved yet and will be lost.',
    verb: 'Leave without saving',
  },
  practice,
  send,
  shift,
  staffing,
  steps,
  indicators,
  figures,
  repeats,
  home,
  measures,
  mend,
  users,
  addresses,
  customer,
  customers,
  explore,
  offers,
  segments,
  personas,
  playbook,
  groups: { operation: 'Operation', data: 'Data', customers: 'Customers', administration: 'Administration' },
  rowsPage: 'Rows',
  more: 'More',
  skip: 'Skip to content',
  menu: 'Pages',
  path: 'Path',
  goTo: 'Search or go to',
  language: 'Language',
  leave: 'Sign out',
  context: 'Period and filters',
  until: (day) => `Data through ${day}`,
  behind: (count) => `${count} sources`,
  untilDay: (day) => `only through ${day}`,
  noData: 'No data',
  loading: 'Loading',
  left: (time) => `${time} left`,
  search: 'Search',
  cancel: 'Cancel',
  close: 'Close',
  keep: 'Leave as it is',
  undo: 'Undo',
  copy: 'Copy',
  copied: 'Copied',
  fewWord: 'few cases',
  few: (n) => `few cases (${n})`,
  littleTime: (text) => `little time (${text})`,
  seeRows: 'See the rows',
  lines: (count, text) => `${text} ${s(count, 'row', 'rows')}`,
  statuses: { answered: 'answered', abandoned: 'abandoned', open: 'open', closed: 'closed', void: 'no contact' },
  periodNoun: { day: 'The day', week: 'The week', month: 'The month', range: 'The period' },
  periodIn: (kind, range) => `${{ day: 'On', week: 'In the week', month: 'In', range: 'In' }[kind]} ${range}`,
  held: (held, days, all) => `${held} of ${days} days with data${all ? ', but not from every source' : ''}`,
  missingSources: (names) => `No data in this period: ${names}.`,
  units: { count: '', s: 'min:s', clock: 'h:min:s', d: 'days', ratio: '%', score: 'score', points: 'points' },
  period: {
    name: 'Period',
    none: 'No period',
    choose: 'Choose period',
    previous: 'Previous period',
    next: 'Next period',
    lastDay: 'Last day',
    closedWeek: 'Last complete week',
    last28: 'Last 28 days',
    lastMonth: 'Last complete month',
    everything: 'All there is',
    kinds: { day: 'Day', week: 'Week', month: 'Month', range: 'Range' },
    first: 'First day',
    last: 'Last day',
    containing: { day: 'Day', week: 'Week that holds the day', month: 'Month that holds the day', range: 'Range' },
  },
  ended: {
    data: (day, days) => `The data ends on ${day}, ${days} days ago.`,
    demo: (day, days) => `The demonstration’s data ends on ${day}, ${days} days ago: its dates are fixed.`,
    intake: 'See what came',
  },
  filters: {
    sources: 'Sources',
    allSources: 'all',
    someSources: (some, all) => `${some} of ${all}`,
    name: 'Filters',
    add: '+ filter',
    open: (count) => (count === 0 ? 'Filters' : `Filters (${count})`),
    by: 'Filter by',
    nothing: 'Nothing by that name in this period.',
    more: (count) => `${count} more: type to find one.`,
    remove: (text) => `Remove the filter ${text}`,
    drop: (text) => `Remove the filter “${text}”`,
    clear: 'Clear filters',
    cleared: 'Filters removed.',
  },
  rules: {
    name: 'Rule',
    choose: 'Choose the rule',
    window: (days) => (days === 1 ? '24 h' : days === 3 ? '72 h' : `${days} days`),
  },
  gross: {
    name: 'Net or gross',
    net: 'Net',
    gross: 'Gross',
    explain: 'Net leaves out excluded contacts; gross counts them all.',
    line: (net, gross, excluded) => `net ${net} · gross ${gross} · ${excluded} excluded`,
    alone: 'gross: not compared',
    netOnly: 'always net',
    same: 'net equals gross: nothing excluded',
    always: (excluded, text) => `Always net: ${text} excluded ${s(excluded, 'contact is', 'contacts are')} left out.`,
  },
  provisional: {
    word: 'provisional',
    closes: (day) => `provisional: closes with the data of ${day}`,
  },
  receipt: {
    open: 'Where it comes from ›',
    title: 'Where it comes from',
    technical: 'Technical details',
    figure: 'Figure',
    indicator: 'Indicator',
    formula: 'Formula',
    exclusions: 'Exclusions',
    excluded: (count, text) => `${text} ${s(count, 'contact', 'contacts')} in this selection`,
    noExclusions: 'No contact excluded in this selection.',
    batches: (count) => `${count} ${count === '1' ? 'batch contributes' : 'batches contribute'}`,
    until: 'Data through',
    lake: 'Data version',
    parameters: {
      windowDays: (days) => `window of ${days} calendar ${days === '1' ? 'day' : 'days'}`,
      withinSeconds: (time) => `repeat within ${time}`,
      transferSeconds: (time) => `transfer within ${time}`,
      forwardedSeconds: (time) => `forwarded within ${time}`,
      sameDayAndType: () => 'only of the same day and type',
      handledOnly: () => 'only answered',
      anonymousToo: () => 'also without identification',
      answerWithinSeconds: (time) => `T: answered within ${time}`,
      shortAbandonSeconds: (time) => `t: short abandonment, up to ${time}`,
      quantile: (share) => `quantile ${share}`,
    },
    level: 'Service level of the shift',
    needed: 'Hours of people needed',
    people: {
      'erlang-a': 'the fewest people that meet the aim by Erlang A, divided by 1 minus those away',
      'erlang-c': 'the fewest people that meet the aim by Erlang C, divided by 1 minus those away',
    },
  },
  addUp: {
    read: (count) => s(count, 'row', 'rows'),
    loaded: () => 'loaded',
    quarantined: 'in quarantine',
    duplicate: (count) => s(count, 'duplicate', 'duplicates'),
    open: 'does not add up',
  },
  table: {
    further: 'More columns to the right',
    search: 'Search /',
    none: 'Nothing to show with these filters.',
    pages: (name) => `Pages of ${name}`,
    range: (first, last, all) => `${first}–${last} of ${all}`,
    all: (count) => `See all rows (${count})`,
    onlyFirst: (count) => `See only the first ${count}`,
    before: 'Previous page',
    after: 'Next page',
  },
  chart: {
    table: 'Table',
    share: 'Of total',
    n: 'n',
    interval: '95% CI',
    rest: (count) => `others (${count})`,
    restInTable: (count) => `${count} more in the table.`,
    restNote: (count, value) => `Others (${count}): ${value}, in the table.`,
    shareOfSum: 'Of the sum',
    topsOfSum: (name, value, share) => `${name}: ${value}, ${share} of the sum`,
    perLeg: (sum, total) =>
      `By leg: a transferred contact counts in each row it went through; the rows add up to ${sum}, of ${total} contacts.`,
    fewLeftOut: (count, least) => `${count} with less than ${least}, not drawn or ranked.`,
    empty: 'No values in this selection.',
    mean: (value) => `mean ${value}`,
    incomplete: 'incomplete',
    incompleteNote: 'Hatched square: incomplete, in the period or in the data.',
    flat: (value) => `${value} throughout`,
    span: (low, high, when) => `Between ${low} and ${high}; highest ${when}`,
    tops: (name, value, share) => `${name}: ${value}, ${share} of the total`,
    extremes: (high, highValue, low, lowValue) => `Highest: ${high}, ${highValue}. Lowest: ${low}, ${lowValue}`,
    single: (name, value) => `${name}: ${value}`,
    topsAt: (name, value, share) => `Highest: ${name}, ${value} (${share} of the total)`,
    allSame: (value, named) => `${value} in all${named ? ' that have a name' : ''}`,
    allFew: (least) => `All have less than ${least}: no chart.`,
    allUnknown: 'The source does not say whose or of what these cases are.',
    described: (low, high, latest) => `Between ${low} and ${high}; latest ${latest}.`,
    by: { day: 'by day', week: 'by week', month: 'by month' },
  },
  empty: {
    none: (range, filtered) => `No contacts in ${range}${filtered ? ' with these filters' : ''}.`,
    batch: (number, range, filtered) =>
      `No rows of batch ${number} in ${range}${filtered ? ' with these filters' : ''}.`,
    held: (first, last) =>
      first === last ? `There is data of ${first} only.` : `There is data from ${first} through ${last}.`,
    see: (range) => `See ${range}`,
    building: 'The figures are being made of the files that are already loaded.',
    again: 'Look again',
    start: 'There are no files yet. Drop one in Intake or open the demo company.',
    toIntake: 'Open Intake',
  },
  errors: {
    again: 'Try again',
    offline: (clock) => `No connection since ${clock}.`,
    offlineFigures: 'The figures are of that time; your filters are kept.',
    offlineKept: 'Your filters are kept.',
    broken: 'Ramal did not answer.',
    server: (status) =>
      [502, 503, 504].includes(status)
        ? 'Ramal did not answer just now; it may be starting again. Try again in a minute; if it goes on, tell whoever looks after it.'
        : 'Ramal answered in a way that this screen does not understand. Try again; if it goes on, tell whoever looks after it.',
    said: errorInEnglish,
  },
  enter: {
    title: 'Sign in with your address',
    explain:
      'To sign in you need an address that works once: ask whoever looks after Ramal. Open it in this browser, or paste it here.',
    install: 'I look after Ramal',
    command: 'When it starts, Ramal prints the address:',
    token: 'Address or code',
    send: 'Sign in',
    refused: 'This code is wrong, was used already or has expired. Ask whoever looks after Ramal for another.',
    used: 'This address was used already or has expired: each one works once. Ask whoever looks after Ramal for another.',
    again: 'With Ramal running, a new address:',
  },
  barred: {
    title: 'Your role has no screens',
    explain: (name, role) =>
      `You are in as ${name}, with the role ${role}. The screens there are today are for those who administer Ramal, manage the operation or load files.`,
    todo: 'If that is your work, ask whoever administers Ramal for another role.',
    roles: { operator: 'operator' },
  },
  missing: {
    title: 'This page does not exist',
    explain: (path) => `There is nothing at ${path}. The address may have been copied only in part.`,
    home: 'Go to Home',
    barred: {
      title: 'This page is not for your role',
      explain: (path, visitors) =>
        `${path} is for those who ${{ administrators: 'administer Ramal', managers: 'administer Ramal or manage the operation', files: 'administer Ramal, manage the operation or handle files' }[visitors]}. What your role may do is in Your account.`,
    },
  },
  intake,
  batch,
  happened: {
    title: 'What happened to this contact',
    shown: (shown, total) => `The last ${shown} of ${total} events.`,
    kinds: {
      message: 'Customer’s message',
      reply: 'Reply',
      transfer: 'Transfer',
      open: 'Open',
      reopening: 'Reopening',
      closing: 'Closing',
      other: 'Other',
    },
  },
  episode: {
    title: 'This person’s contacts',
    byRule: (rule) => `What the rule ${rule} says. The bar marks this contact.`,
    earlier: (count, text) => `Before: ${text} more ${s(count, 'leg', 'legs')} of this person.`,
    later: (count, text) => `After: ${text} more ${s(count, 'leg', 'legs')} of this person.`,
    out: 'not counted: void or excluded',
    sameReason: 'same reason',
    otherReason: 'another reason or unknown',
    of: (when, agent) => `charged to ${when}, ${agent}`,
    protocol: (text) => `protocol ${text}`,
  },
  callers,
  rows: {
    headline: (count, range) => `${count} rows in ${range}`,
    one: (range) => `One row in ${range}`,
    none: (range, search) => `Nothing with “${search}” in ${range}`,
    ofBatch: (count, text, number, range) => `${text} ${s(count, 'row', 'rows')} of batch ${number} in ${range}`,
    gross: 'Gross: excluded contacts are here too.',
    legs: 'Each row is a leg; a transferred contact has more than one.',
    showing: 'Show',
    kinds: {
      '': 'all',
      anchor: 'anchors',
      matured: 'anchors with a closed window',
      repeated: 'of these, with a repeat',
      unrepeated: 'of these, without a repeat',
      repeat: 'repeats',
    },
    charged: 'Repeats charged to those that the filters choose: they may have been another agent’s, on another day.',
    masked: 'Masked',
    fields: 'The fields of this contact',
    revealed: 'Revealed; the access was recorded',
    reveal: 'Reveal',
    maskAgain: 'Mask again',
    rest: 'Other fields of this row',
    may: 'Personal data is masked. Revealing a row is recorded.',
    mayNot: 'Your role sees personal data masked. To reveal it, ask the administrator.',
    detail: 'Contact',
    behind: (label, value) => `All rows of this selection, behind ${label}: ${value}.`,
    behindShare: (label, value, cases) => `All rows of this selection; ${label} is ${value} of ${cases} cases.`,
  },
  palette: {
    title: 'Search or go to',
    page: 'page',
    indicator: 'indicator',
    persona: 'persona',
    help: 'help',
    nothing: 'Nothing by that name.',
    search: 'search',
    seek: (text, page) => `Find “${text}” in ${page}`,
  },
  keys,
};
