import type { Reason } from '../state/shapes.ts';

type Values = Reason['values'];

const TYPES: Readonly<Record<string, string>> = {
  cpf: 'CPFs with right check digits',
  cnpj: 'CPFs or CNPJs with right check digits',
  phone: 'phone numbers',
  email: 'e-mail addresses',
  uf: 'codes of states',
  date: 'dates',
  moment: 'dates with a time',
  time: 'times or durations',
  integer: 'whole numbers',
  decimal: 'numbers with decimals',
  text: 'texts',
  empty: 'empty',
  digits: 'digits',
  money: 'amounts with two decimals',
};

const content = ({ type, share, filled }: Values): string =>
  type === 'empty' ? 'the column is empty' : `${share}% of ${filled} values are ${TYPES[type!]}`;

/** The reasons of the API, in English; its own words are Portuguese. */
export const REASONS_EN: Readonly<Record<Reason['code'], (values: Values) => string>> = {
  content,
  'name-agrees': (values) => `the name “${values.name}”, and ${content(values)}`,
  'name-disagrees': (values) => `the name “${values.name}”, but ${content(values)}`,
  rival: ({ name }) => `“${name}” may be it as well`,
  'values-only': ({ type }) => `the values are ${TYPES[type!]}`,
  nothing: () => 'neither the name nor the values tell what it is',
  confirmed: ({ times }) => `you confirmed it so ${times === 1 ? 'once' : `${times} times`}`,
  'pair-phone': ({ first, second, share }) =>
    `“${first}” and “${second}” together are ${share}% phone numbers with area code`,
  'pair-moment': ({ first, second }) => `“${first}” and “${second}” together are the date and the time`,
  field: ({ meaning, from, to, record }) => `${meaning}: places ${from}–${to} of ${record}`,
  'field-empty': () => 'empty in this file',
  'field-content': ({ share, filled, type }) => `${share}% of ${filled} filled ones are ${TYPES[type!]}`,
  'same-name': () => 'the name is the same, written otherwise',
  'alike-name': () => 'the name is alike',
  'same-content': () => 'the content is the same',
  'alike-content': () => 'the content is of the same kind',
  'known-values': ({ share }) => `${share}% of its values came in the missing column before`,
  'same-place': () => 'it stands in the same place',
  'decimal-form': () => 'all numbers of the sample are so',
  'only-form': () => 'only this form reads all dates of the sample',
  'wider-before': ({ places, field }) => `${places} more places before ${field}`,
  'wider-end': ({ places }) => `${places} more places at the end`,
  'narrower-before': ({ places, field }) => `${places} fewer places before ${field}`,
  'narrower-end': ({ places }) => `${places} fewer places at the end`,
};
