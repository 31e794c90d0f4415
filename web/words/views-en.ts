import type { views as pt } from './views-pt.ts';

export const views: typeof pt = {
  title: 'Views',
  page: 'Page',
  download: 'Download the page, XLSX',
  save: 'Save view',
  saved: (name) => `Saved: ${name}.`,
  name: 'Name of the view',
  nameHelp: 'The same name replaces your view.',
  follows: 'The period follows',
  followed: {
    fixed: 'the days chosen, always the same',
    page: 'the days the screen opens with',
    day: 'the last whole day',
    week: 'the last whole week',
    month: 'the last whole month',
    '28d': 'the last 28 days',
  },
  share: 'Others see it too',
  all: 'All views, mails and alerts',
  none: 'No view yet.',
  empty:
    'There are no views yet. In Home, Indicators, Repeat contacts, Causes or Rows, choose what you want to see and use Views › Save view.',
  headline: (views, mails) =>
    `${views} ${views === 1 ? 'view' : 'views'}; ${
      mails === 0 ? 'none goes by mail' : mails === 1 ? 'one mail' : `${mails} mails`
    }.`,
  of: (owner) => `by ${owner}`,
  mine: 'yours',
  shared: 'shared',
  open: 'Open',
  remove: 'Delete',
  removeTitle: (name) => `Delete the view “${name}”?`,
  removeEffect: (mails) =>
    mails === 0
      ? 'Nobody sees it any more. The data stay as they are.'
      : `Nobody sees it any more, and ${mails === 1 ? 'its mail ends' : `its ${mails} mails end`}.`,
  mail: {
    add: 'Send by mail…',
    title: (name) => `Send “${name}” by mail`,
    to: 'To whom',
    toWhom: (names) => `to ${names}`,
    toHelp: 'Each one receives what their own role sees.',
    nobody: 'No user has an e-mail. An administrator tells it in Users.',
    days: 'Days',
    at: 'At',
    format: 'As',
    formats: { xlsx: 'XLSX', pdf: 'PDF', both: 'PDF and XLSX' },
    create: 'Create mail',
    required: 'Choose at least one.',
    unset: 'Ramal has no way to send mails yet: an administrator sets RAMAL_SMTP_URL and RAMAL_MAIL_FROM.',
    when: (days, at) => `${days} at ${at}`,
    everyDay: 'every day',
    workDays: 'Monday to Friday',
    off: 'off',
    turnOff: 'Turn off',
    turnOn: 'Turn on',
    now: 'Send now',
    sending: 'Sending…',
    remove: 'Delete mail',
    removeTitle: 'Delete this mail?',
    removeEffect: 'People no longer receive the view. The record of what was sent goes with it; the audit stays.',
    history: 'Last sendings',
    never: 'Not sent yet.',
    columns: { at: 'When', recipient: 'To whom', outcome: 'What became of it', message: 'Why' },
    outcomes: { sent: 'sent', skipped: 'not sent', failed: 'failed' },
  },
};
