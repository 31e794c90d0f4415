import type { playbook as pt } from './playbook-pt.ts';

export const playbook: typeof pt = {
  title: 'Playbook',
  headline: (count) => (count === 1 ? '1 kind of customer' : `${count} kinds of customers`),
  usual: 'the customary one',
  written: (by, at) => `kept by ${by}, ${at}`,
  explain:
    'It says what customers of each kind are like, what they need and what to do. Each group of a division follows the kind that it is most like. Places go from 0 (nobody has less) to 100 (nobody has more); blank is any. What is kept holds from the next division on.',
  name: 'Name',
  like: { value: 'Value', tenure: 'Tenure', usage: 'Usage', size: 'Size' },
  segments: 'Segments, with commas',
  pain: 'What they need',
  action: 'What to do',
  play: (number) => `Kind ${number}`,
  remove: (name) => `Remove ${name}`,
  removeWord: 'Remove',
  add: 'Add a kind',
  save: 'Keep',
  back: 'Back to the customary one',
  saved: 'Kept: it holds from the next division on.',
  divide: 'Divide again in Segments',
  history: 'History',
  when: 'When',
  by: 'By',
  what: 'What was kept',
  kinds: (count) => `${count} kinds`,
  trail: 'Personas',
};
