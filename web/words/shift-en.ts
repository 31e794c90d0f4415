import type { shift as pt } from './shift-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** Today: the shift so far. */
export const shift: typeof pt = {
  day: 'Day',
  previous: 'Day before',
  next: 'Day after',
  at: 'Up to',
  now: 'Now',
  untilToday: (time) => `Data up to ${time} today`,
  untilDay: (day, time) => `${day}, up to ${time}`,
  wholeDay: (day) => `${day}, the whole day`,
  lastDay: (day) => `The last day with data is ${day}.`,
  otherDay: (first, last) =>
    first ? `There is data from ${first} through ${last}.` : `There is data through ${last}.`,
  see: (day) => `See ${day}`,
  empty: 'There are no calls yet of any source that also keeps the abandoned ones.',
  emptyHere: (one) =>
    one
      ? 'The source in view brings no calls with the abandoned ones: there is no shift to show.'
      : 'The sources in view bring no calls with the abandoned ones: there is no shift to show.',
  sources: 'See all sources',
  nothing: (day, at) => `No call on ${day}${at ? ` until ${at}` : ', the whole day'}.`,
  below: (queue, level, target) => `${queue} is below target (${level}, target ${target})`,
  belowAt: (half) => `, mostly at ${half}`,
  belowToo: (count) => ` and so ${s(count, 'is', 'are')} ${count} other ${s(count, 'queue', 'queues')}`,
  noneBelow: 'No queue is clearly below its target',
  level: (offered, level, seconds) => `Of ${offered} calls, ${level} answered within ${seconds} s`,
  offered: (count, text, at) => `${text} ${s(count, 'call', 'calls')} by ${at}`,
  lack: (people, text, half) => `${text} ${s(people, 'person', 'people')} short at ${half}`,
  lackLater: (text, half) => `, ${text} at ${half}`,
  toCall: (count, text) => `${text} ${s(count, 'person', 'people')} to call back`,
  nobodyToCall: 'nobody to call back',
  nobodyToCallKnown: 'nobody identified to call back',
  nobodyKnown: (_, text) => `${text} abandoned without identification: whom to call back is not known`,
  notNarrowed: (names) => `The filter by ${names} does not hold on this page: rosters only know queues and accounts.`,
  drop: 'Remove',
  ages: 'Age of the data',
  age: (name, newest) => `${name}, data up to ${newest}`,
  batch: (received, age) => `last file: ${received}, ${age} ago`,
  usually: (age) => `at this hour usually up to ${age} old`,
  expected: (opens, closes) => `did not come from ${opens} to ${closes}`,
  minutes: (count) =>
    count < 1
      ? 'less than 1 min'
      : count < 120
        ? `${count} min`
        : count < 2880
          ? `${Math.round(count / 60)} h`
          : `${Math.round(count / 1440)} days`,
  queues: {
    title: 'Queues',
    note: (seconds, short) =>
      `Service level: share answered within ${seconds} s, only of those whose wait is known. Who gave up within ${short} s does not count as abandoned.`,
    noTarget: 'No service level target holds here: that is why no queue is said to be below it.',
    setTarget: 'Set the target',
    columns: {
      queue: 'Queue',
      offered: 'Offered',
      answered: 'Answered',
      abandoned: 'Abandoned',
      level: 'Service level',
      interval: '95% CI',
      target: 'Target',
      against: 'Status',
      worst: 'Worst half-hour',
    },
    against: { below: 'below', near: 'borderline', few: 'few cases', met: 'on target' },
    unsure: 'above target, unsure',
    worst: (half, inTime, n) => `${half} (${inTime} of ${n} in time)`,
  },
  halves: {
    above: (share) => `${share} more calls than expected`,
    under: (share) => `${share} fewer calls than expected`,
    few: (came, expected) => `${came} came, ${expected} expected`,
    asExpected: 'What came is within what was expected',
    asExpectedInAll: 'In all, what was expected came',
    none: 'Calls by half-hour',
    outside: (count, text) => `; ${text} ${s(count, 'half-hour', 'half-hours')} outside the expected interval`,
    subtitle: (channel, at) => `Channel ${channel}, by half-hour, up to ${at}`,
    legend: 'Blue area: answered. Line: offered. Dashed: expected from the days before; grey band: its 95% interval.',
    legendAlone: 'Blue area: answered. Line: offered.',
    filling: 'Square: the half-hour under way.',
    naiveWins: 'The difference may be chance.',
    error: (own, naive) =>
      `On past days the forecast missed ${own} of the calls, and repeating the week before (naive) ${naive}.`,
    noForecast: 'There are not yet 35 days of history to forecast from.',
    columns: ['Half-hour', 'Offered', 'Expected', 'Interval', 'Naive', 'Answered', 'Abandoned'],
    ends: { offered: 'offered', expected: 'expected' },
    states: { over: '', filling: ' (filling)', ahead: ' (ahead)' },
  },
  people: {
    lacking: (people, text, half) => `${text} ${s(people, 'person', 'people')} short at ${half}`,
    enough: 'From here on the roster covers what is expected',
    covered: 'The roster covered what came',
    lacked: (half) => `Most short of people at ${half}`,
    noRoster: (atWork) => `No roster of this day: only who ${atWork ? 'was at work' : 'answered'} is known`,
    unknown: 'People by half-hour',
    subtitle: (level, seconds, model) => `People needed to answer ${level} within ${seconds} s, ${model}`,
    models: { 'erlang-a': 'Erlang A', 'erlang-c': 'Erlang C' },
    legend: (atWork, rostered) =>
      `Bars: agents ${atWork ? 'on a contact or available, on average' : 'who answered'}. Blue line: people needed; dashed, by the forecast.${rostered ? ' Dark line: people rostered.' : ''}`,
    note: 'Who was available and got no call is not seen among those who answered.',
    columns: ['Half-hour', 'Needed', 'Rostered', 'Short', 'Answered', 'At work'],
    ends: { needed: 'needed', rostered: 'rostered' },
  },
  callbacks: {
    flags: { true: 'yes', false: 'no' },
    may: 'Open a person to see their phone and name; each time is recorded.',
    title: 'Call back',
    of: (count, text, isToday) => `${text} ${s(count, 'person', 'people')} of ${isToday ? 'today' : 'the day'}`,
    ofBefore: (text) => `${text} of the day before`,
    some: (_, people) => `Abandoned and not answered since, on any channel: ${people}.`,
    none: 'Those who abandoned were answered later.',
    noneKnown: 'Nobody identified to call back.',
    anonymous: (count, text) =>
      `${text} ${s(count, 'abandoned call without identification is', 'abandoned calls without identification are')} not listed.`,
    silent: {
      'only-answered': (names) => `Who gave up in ${names} is not known: only those answered come.`,
      'no-abandons': (names) => `No abandoned contact ever came of ${names}.`,
    },
  },
};
