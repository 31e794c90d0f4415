import type { batch as batchPt, intake as intakePt } from './intake-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const intake: typeof intakePt = {
  headline: {
    none: 'There are no files yet. Drop one here.',
    fine: (count) => `All received: ${count} ${count === '1' ? 'batch' : 'batches'}, nothing in quarantine.`,
    look: (count) => s(count, 'One matter needs you.', `${count} matters need you.`),
    client: (count) =>
      s(count, 'One file sent back waits for the client.', `${count} files sent back wait for the client.`),
  },
  drop: 'Drop a file here',
  dropSub: 'CSV, TXT, XLSX or JSON, also as .gz or .bz2',
  choose: 'Choose a file',
  source: 'Source of the file',
  sending: (file) => `Sending ${file}`,
  chooseSource: 'Choose the source…',
  sourceFirst: 'Choose the source first: it says how the file is read.',
  done: (file) => `${file} received.`,
  already: 'This file was already received:',
  alreadyBatch: (number, loaded, quarantined) =>
    `batch ${number}, ${loaded[1]} loaded${quarantined[0] > 0 ? `, ${quarantined[1]} in quarantine` : ''}.`,
  unchanged: 'Nothing changed.',
  nothingNew: 'Nothing changed: every row was already loaded.',
  cancelled: 'Cancelled. Nothing was half loaded.',
  list: 'Batches',
  all: 'All sources',
  needing: 'Batches that need attention',
  showing: 'Show',
  shown: { '': 'all', needs: 'only those that need attention' },
  onlyNeeding: 'See all that need attention',
  batch: (number) => `Batch ${number}`,
  columns: {
    batch: 'Batch',
    state: 'State',
    source: 'Source',
    file: 'File',
    received: 'Received',
    period: 'Period',
    read: 'Rows',
    loaded: 'Loaded',
    quarantined: 'Quarantine',
    duplicate: 'Duplicates',
  },
  states: {
    loading: 'loading',
    loaded: 'loaded',
    quarantine: 'with quarantine',
    'rolled-back': 'rolled back',
    waiting: 'waiting for you',
    refused: 'waiting for the client',
    superseded: 'superseded',
    failed: 'failed',
  },
};

export const batch: typeof batchPt = {
  headline: {
    loading: 'This batch is still loading.',
    loaded: (rows) => `Loaded: ${rows}, nothing in quarantine.`,
    quarantine: (rows, rest, loaded) =>
      `In quarantine: ${rows}; ${rest ? `the rest of the file ${loaded ? 'went on' : 'was already loaded'}` : 'no row entered'}.`,
    repeated: 'This file was already loaded. Nothing changed.',
    'rolled-back': 'This batch was rolled back: its rows no longer count.',
    waiting: 'The file changed. Nothing was stored yet.',
    refused: 'Waiting for the client: nothing of this file was loaded.',
    superseded: 'Another batch, written later, counts in its place.',
    failed: 'This batch did not load. Nothing was half loaded.',
  },
  received: (when, who) => `received ${when} from ${who}`,
  facts: 'The file',
  file: 'File',
  size: 'Size',
  layout: 'Layout',
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  delimiters: { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'vertical bar' },
  period: 'Period',
  seconds: 'Load time',
  undone: (when, read, loaded, quarantined) =>
    `Rolled back on ${when}. The file holds ${read}. Before that, ${loaded} counted and ${quarantined} were in quarantine; now none counts. To load it again, send it in Intake.`,
  unused: (version) =>
    `Version ${version} of the layout, which only this file used, is still in use: the next file will be read by it.`,
  retire: (version) => `Retire version ${version}`,
  retireTitle: (version) => `Retire version ${version} of the layout?`,
  retireEffect:
    'Files that come are read by the version before. If there is no other, the source is gone until a layout is made. This batch still says how it was read.',
  retired: (version) => `Version ${version} is not in use any more.`,
  undoing: 'Rolling back',
  quarantine: (rows) => `Quarantine (${rows})`,
  allReasons: 'All reasons',
  fills: 'Filled as unknown',
  fillsNone: 'No text was missing.',
  warnings: 'Warnings',
  warningsNone: 'No warnings.',
  rollback: 'Roll back the batch…',
  mendLayout: 'Change the layout’s columns and read again',
  rollbackTitle: (number) => `Roll back batch ${number}?`,
  rollbackEffect: (rows, range) =>
    `What this batch loaded${range ? `, ${range},` : ''} stops counting on every screen: ${rows}. Rows repeated in later batches count again. The received file is kept and can be loaded again.`,
  rollbackNothing:
    'No row of this batch counts: rolling it back takes those that wait in it out of quarantine. The received file is kept and can be loaded again.',
  rollbackVerb: 'Roll back',
  unknown: (number) => `Batch ${number} does not exist`,
  unknownExplain: 'The number may have been copied only in part.',
  toList: 'See the batches in Intake',
};
