import type { layouts as pt } from './layouts-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const layouts: typeof pt = {
  title: 'Layouts',
  link: 'Layouts of the sources',
  headline: (count, text) =>
    count === 0 ? 'No layout yet' : `${text} ${s(count, 'source has', 'sources have')} a layout`,
  explain:
    'A layout says how files of a source are read. A version never changes: each file is read by that of its day.',
  columns: {
    source: 'Source',
    format: 'File',
    columns: 'Columns',
    version: 'Version in use',
    since: 'Since',
    by: 'Made by',
  },
  formats: {
    delimited: 'delimited text',
    fixed: 'fixed width',
    records: 'several kinds of record',
    xlsx: 'workbook',
    xls: 'old workbook',
    parquet: 'Parquet',
    'json-pages': 'API',
  },
  always: 'always',
  unknown: (name) => `There is no layout ${name}`,
  version: (version) => `Version ${version}`,
  history: (count) => s(count, 'One version', `${count} versions`),
  inUse: 'in use',
  only: (batch) => `for batch ${batch} only`,
  from: (day) => `holds from ${day} on`,
  fromStart: 'holds from the first file on',
  made: (instant, by) => `Made ${instant} by ${by}`,
  read: (count, text) => (count === 0 ? 'no file' : `${text} ${s(count, 'file', 'files')}`),
  first: 'The first: none before it.',
  same: 'Reads the same as the one before.',
  change: { what: 'What', was: 'Was', now: 'Is' },
  parts: {
    file: 'file',
    column: 'column',
    field: 'field',
    key: 'what names a row',
    rule: 'rule',
    step: 'step',
    policy: 'policy',
    about: 'about the source',
  },
};
