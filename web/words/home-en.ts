import type { home as pt } from './home-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** The likes that a mean is of: weeks, and Mondays to Sundays. */
const LIKES = ['weeks', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** What Início says. */
export const home: typeof pt = {
  sentence: (noun, range, count, text) => `${noun} ${range} had ${text} ${s(count, 'contact', 'contacts')}`,
  without: (names) => `; without ${names}`,
  more: (change) => `, ${change} more than the one before`,
  less: (change) => `, ${change} fewer than the one before`,
  same: () => ', like the one before',
  moreWeek: (change, one) => `, ${change} more than the same ${one ? 'day' : 'days'} the week before`,
  lessWeek: (change, one) => `, ${change} fewer than the same ${one ? 'day' : 'days'} the week before`,
  sameWeek: (one) => `, like the same ${one ? 'day' : 'days'} the week before`,
  usual: {
    mean: (weekday) => `the mean of the four ${LIKES[weekday] ?? LIKES[0]} before`,
    more: (change, mean) => `, ${change} above ${mean}`,
    less: (change, mean) => `, ${change} below ${mean}`,
    same: (mean) => `, like ${mean}`,
    was: (value) => `a mean of ${value}`,
    basis: (value, n) => `mean ${value}, n ${n}`,
    against: (mean) => `change vs. ${mean}`,
    againstWithout: (mean, names) => `change vs. ${mean}, without ${names}, which lacks days of them`,
  },
  worse: (label, before, now) => `. Worsened most: ${label}, from ${before} to ${now}.`,
  better: (label, before, now) => `. Biggest improvement: ${label}, from ${before} to ${now}.`,
  steady: (labels) =>
    `. ${s(labels.length, `${labels[0]} was stable`, `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)} were stable`)}.`,
  repeatsProvisional: (range) => `Repeat contacts of ${range} are still provisional.`,
  needs: (count) => (count === 0 ? 'Needs you' : `Needs you (${count})`),
  nothingNeeded: 'Nothing pending: all files loaded and the data is up to date.',
  nothingRaised: 'No alert to be seen.',
  batchFailed: (file) => `${file} did not load`,
  batchQuarantine: (file, rows) => `${file}: ${rows} in quarantine`,
  batchReturned: (file) => `${file} waits for the client`,
  stale: (day, days) => `data stops at ${day}, ${days} days ago`,
  sharedCodes: (count, code, sources) =>
    `${s(count, 'An agent’s code seems', `${count} agents’ codes seem`)} to be of different people, such as ${code} in ${sources.join(' and in ')}; say in the layout whose the codes are`,
  see: 'See',
  moreBatches: (count) => `${count} more in Intake`,
  changed: 'What changed, by reason',
  changedSubtitle: (range, previous) => `contacts, ${range} minus ${previous}`,
  changedMost: (name, change, text) => `${name}: ${text} ${s(Math.abs(change), 'contact', 'contacts')}`,
  unchanged: 'No reason changed',
  before: 'Before',
  now: 'Now',
  difference: 'Difference',
};
