import type { arrivals as pt } from './arrivals-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** What came to Intake today, what did not, and what waits for somebody. */
export const arrivals: typeof pt = {
  today: (day) => `Today, ${day}`,
  missing: (count) => s(count, 'One expected file has not come.', `${count} expected files have not come.`),
  missingNamed: (count, names) =>
    s(count, `One expected file has not come: ${names}`, `${count} expected files have not come: ${names}`),
  late: (closes, ago) => `Has not come: it was expected until ${closes}, ${ago} ago`,
  failed: (at, closes) => `Came at ${at} and did not load; it was expected until ${closes}`,
  due: (opens, closes) => `Has not come yet: expected from ${opens} to ${closes}`,
  expected: (opens, closes) => `Expected from ${opens} to ${closes}`,
  holiday: 'Holiday: not asked for today',
  came: (at) => `Came at ${at}`,
  files: (text) => `${text} files`,
  overdue: (deadline) => `${deadline}: overdue`,
  feeds: (deadline) => `Feeds: ${deadline}`,
  columns: { source: 'Source', what: 'Today', rows: 'Rows', deadline: 'Feeds' },
  span: (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (hours === 0) return `${rest}\u00a0min`;
    return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${rest}\u00a0min`;
  },
  onHoliday: (name) => `Holiday today: ${name}. No file is asked for.`,
  noneToday: 'No file is expected today.',
  noneYet: 'No file is expected today, and nothing has come yet.',
  unknown: 'Ramal does not know yet which files to expect, so it cannot tell which ones are missing.',
  learn: 'Learn from history…',
  table: 'Expected arrivals',
  next: (source, closes) => `All that was due has come. Next expected: ${source}, until ${closes}.`,
  others: (text) => `See ${text} more`,
  needs: (count) => (count === 0 ? 'Needs you now' : `Needs you now (${count})`),
  fewRows: (source, files, rows) => `${source} · ${files} files, ${rows} in quarantine`,
  rowsOf: (text) => `${text} rows`,
  usual: (text) => `usually ${text}`,
  before: (text) => `before: ${text}`,
  age: (days) => (days === 0 ? 'came today' : s(days, 'came a day ago', `came ${days} days ago`)),
  tick: (file) => `Tick ${file}`,
  tickAll: (count) => s(count, 'Tick the one with the usual layout', `Tick the ${count} with the usual layout`),
  untick: 'Untick',
  together: 'These files came in their usual layout: only how much or what they hold is unusual.',
  must: 'its columns changed: open it and decide',
  sum: (count, files, rows) => `${files} ${s(count, 'file', 'files')}, ${rows}`,
  apart: 'Each file is compared with what is loaded now, not with the others that are ticked.',
  approve: (count, text) => s(count, 'Approve and load 1 file', `Approve and load ${text} files`),
  undoable: 'Each batch can be rolled back on its own page.',
  approved: (count, text) => s(count, 'One file approved and loaded.', `${text} files approved and loaded.`),
  notApproved: (file, why) => `${file} was not loaded. ${why}`,
  returned: 'Waiting for the client',
  see: 'See',
  alsoOpen: (who) => `${who} has this batch open too`,
  learnTitle: 'Expected arrivals, from history',
  learnWhy:
    'From the last eight weeks: the days and hours at which each source usually sends. Nothing changes before you approve.',
  learnNone: 'History shows no habit yet: it takes three weeks of files from one source.',
  learnRows: (text) => `and ${text} more`,
  learnApprove: (count, text) => s(count, 'Approve 1 arrival', `Approve ${text} arrivals`),
  learning: 'Keeping the expected arrivals',
  waitsFor: (file, why) => `${file} waits for you: ${why}`,
};
