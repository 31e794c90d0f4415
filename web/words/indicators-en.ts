import type { figures as figuresPt, indicators as indicatorsPt } from './indicators-pt.ts';

/** What Indicadores says. */
export const indicators: typeof indicatorsPt = {
  yearToDate: (value, first) => `this year, since ${first}: ${value}`,
  was: (value, _one, day) => ` (${value} on ${day})`,
  group: 'Show',
  groups: {
    volume: 'Volume',
    time: 'Time',
    access: 'Access',
    quality: 'Quality',
    repeat: 'Repeat contacts',
    agents: 'Agents',
  },
  shares: (name, share) => `${name}: ${share}`,
  range: 'Range',
  headline: (label, value, range, one) => `${label}: ${value} ${one ? 'on' : 'in'} ${range}`,
  noValue: 'no value',
  change: (change, verdict) => `; ${change} vs. the period before${verdict && `, ${verdict}`}.`,
  steady: '; stable vs. the period before.',
  changeWeek: (change, verdict, one) =>
    `; ${change} vs. the same ${one ? 'day' : 'days'} the week before${verdict && `, ${verdict}`}.`,
  steadyWeek: (one) => `; stable vs. the same ${one ? 'day' : 'days'} the week before.`,
  by: 'By',
  over: (label, by) => `${label}, ${by}`,
  formula: 'Formula',
  value: 'Value',
  contacts: 'Cases',
  time: 'Time',
  leastCases: (count) => `${count} cases`,
  leastTime: (hours) => `${hours} of agents`,
};

/** The line of figures of Início and Indicadores. */
export const figures: typeof figuresPt = {
  aim: (target) => `target ${target}`,
  aimOfHouse: (target) => `target of ${target}, of the house rule: not compared`,
  aims: {
    met: (target) => `meets its target of ${target}`,
    near: (target) => `near its target of ${target}`,
    missed: (target) => `misses its target of ${target}`,
  },
  name: 'Figures of the period',
  stable: 'stable',
  better: 'better',
  worse: 'worse',
  nothingBefore: 'no value before',
  notWholeBefore: 'no complete period before',
  notCompared: 'not compared',
  closedWeek: (range) => `week ${range}, window closed`,
  repeats: (window) => `Repeat contacts, ${window}`,
  against: 'change vs. the period before',
  againstWeek: 'change vs. the same days the week before',
  againstNothing: (held) => `${held}: not compared`,
  againstWithout: (names) => `change since the period before, without ${names}, which lacks days of the two`,
  seeWithout: (count) => (count === 1 ? 'See without it' : 'See without them'),
  line: 'line: weeks up to here',
  lineNet: 'line: weeks up to here, net',
};
