import type { insights as portuguese } from './insights-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const insights: typeof portuguese = {
  headline: (period, count, text, kind, amount) =>
    `Over ${period}, ${s(count, 'one cause', `${text} causes; the largest`)}: ${amount} (${kind}).`,
  none: (period) => `Over ${period}, nothing that was looked for went beyond what chance does.`,
  untested: (period) =>
    `Over ${period}, nothing was tested: handle times, agents or weeks with enough cases are missing.`,
  homeTitle: 'Causes, in hours of people',
  homeMore: (count) => (count > 3 ? `All ${count} causes, with intervals and rows` : 'Intervals and rows in Causes'),
  tests: (count, text, chance) =>
    `${s(count, '1 test', `${text} tests`)} made; the chance that any statement is a false alarm is ${chance}`,
  hours: (hours) => `${hours} h`,
  interval: (low, high) => `${low} to ${high}`,
  counted: 'counted',
  findings: (count) => `${count} findings; those that say the same are together`,
  summed: 'in sum',
  largest: 'the largest',
  many: (count, kind) => `${count} findings: ${kind}.`,
  alike: {
    'deploy-days': (n, less) =>
      `${n} times, on the day of a deploy or the two after it, there were ${less ? 'fewer' : 'more'} contacts than usual.`,
    'agent-repeats': (n, less) =>
      `${n} agents have ${less ? 'fewer' : 'more'} repeat contacts than colleagues with the same reasons.`,
    'novice-topics': (n) => `${n} reasons take longer with agents who came lately, beyond what these take anyway.`,
    'seniority-mix': (n) => `In ${n} half-hours calls go to new agents more than on the whole day.`,
    'own-history': (n, less) =>
      `${n} agents, reasons or accounts left their own history last week, ${less ? 'for the better' : 'for the worse'}.`,
    'ddd-changes': (n, less) =>
      `From ${n} area codes came ${less ? 'fewer' : 'more'} contacts last week than in those before.`,
  },
  saves: 'saved',
  costs: 'more',
  gaps: { lack: 'short', surplus: 'left over' },
  todo: 'What to do',
  evidence: 'See the figures',
  staffing: 'See in Staffing',
  rows: 'See the contacts',
  noHours: 'no hours',
  units: {
    count: 'contacts',
    s: 'handle time',
    ratio: 'share',
    score: 'score',
    agents: 'people rostered',
    hours: 'hours of each',
  },
  charted: (unit, top) => `${unit}, up to ${top}`,
  marked: 'what it is about',
  usual: 'usual',
  cases: {
    'deploy-days': 'contacts',
    'deploy-satisfaction': 'scores',
    'agent-repeats': 'anchors with a closed window',
    'novice-topics': 'legs of new agents',
    'several-names': 'contacts',
    'split-customers': 'repeats with another agent',
    'half-hours': 'half-hours',
    'seniority-mix': 'legs',
    'ddd-changes': 'contacts',
    s: 'legs',
    ratio: 'anchors with a closed window',
  },
  n: (n, cases) => `${n} ${cases}`,
  columns: { label: 'What', value: 'Value', usual: 'Usual' },
  labels: {
    novice: 'new agents',
    others: 'the others',
    other: 'another agent',
    same: 'the same agent',
    hidden: 'hidden by name',
    repeats: 'repeat contacts',
  },
  kinds: {
    'deploy-days': 'Deploy',
    'deploy-satisfaction': 'Satisfaction on deploy days',
    'agent-repeats': 'Agent',
    'novice-topics': 'Topic never taught',
    'several-names': 'Repeated registrations',
    'split-customers': 'Customer between agents',
    'half-hours': 'Roster',
    'seniority-mix': 'Newcomers',
    'own-history': 'Change',
    'ddd-changes': 'Area code',
  },
  missing: (count, tables) =>
    `Empty reference ${s(count, 'table', 'tables')}: ${tables}; the causes that rest on ${s(count, 'it', 'them')} are not looked for.`,
  tables: 'Reference tables',
};
