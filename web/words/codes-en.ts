import type { codes as pt } from './codes-pt.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const codes: typeof pt = {
  nulls: {
    'only-answered': 'This data holds answered contacts only: without those abandoned this figure does not exist.',
    'not-given': 'This data does not carry what this figure measures.',
    'no-data': 'No contacts in this selection.',
    'not-matured': 'No anchor has had its whole window yet.',
    'not-identified': 'No identified contacts in this selection.',
  },
  quarantine: {
    missing: 'a required value is missing',
    'invalid-date': 'a date or time that does not exist or is in another format',
    'clock-change': 'a time that never was: the clock was put forward',
    'invalid-number': 'not a number',
    'invalid-duration': 'not a duration',
    'negative-duration': 'negative duration',
    'ends-before-start': 'ends before it starts',
    'unknown-code': 'a code that the layout does not list',
    'invalid-text': 'text not understood',
    'invalid-phone': 'invalid phone number',
    'invalid-cpf': 'invalid CPF',
    'invalid-taxpayer': 'invalid CPF or CNPJ',
    'left-out': 'left out by a step of the layout',
    'step-value': 'a step of the layout did not understand the value',
    'lookup-none': 'not in the list that is looked up',
    'lookup-many': 'more than once in the list that is looked up',
    'invalid-email': 'invalid e-mail address',
    'too-few-columns': 'too few columns',
    'too-many-columns': 'too many columns',
    'record-too-long': 'row too long',
    'record-too-short': 'row too short',
    'unknown-record': 'unknown record type',
    'record-incomplete': 'a record of the title is missing',
    emptied: 'empty, and hardly ever was before',
    'never-seen': 'a value never seen in this column',
  },
  warnings: {
    'broken-characters': (rows, text) =>
      `${text} ${s(rows, 'row holds', 'rows hold')} characters that were already broken (� or Ã©); they stay as they came`,
    'mixed-encoding': (rows, text) =>
      `${text} ${s(rows, 'row was', 'rows were')} in another encoding than the rest of the file, and read as such`,
    'control-characters': (rows, text) =>
      `${text} control ${s(rows, 'character became a space', 'characters became spaces')}`,
    'trailer-mismatch': (rows, text, detail) =>
      `${text} ${s(rows, 'total of the trailer differs', 'totals of the trailer differ')} from the file: ${detail}`,
    'extra-columns': (rows, text, detail) =>
      `${text} ${s(rows, 'column', 'columns')} that the layout does not use ${s(rows, 'stays', 'stay')} in the original only: ${detail}`,
    'not-understood': (rows, text, detail) =>
      `${detail}: ${text} ${s(rows, 'value was not understood and is empty', 'values were not understood and are empty')}`,
  },
  steps: [
    [/^lendo (.+)$/, 'reading $1'],
    [/^conferindo (.+)$/, 'checking $1'],
    [/^olhando (.+)$/, 'looking at $1'],
    [/^buscando (.+)$/, 'fetching $1'],
    [/^(.+): dia (\S+), página (\d+)(?: de \d+)?$/, '$1: day $2, page $3'],
    [/^silver$/, 'sorting the rows'],
    [/^marks$/, 'marking repeat contacts'],
    [/^marts$/, 'adding up the figures'],
  ],
  homes: { demonstração: 'demonstration', produção: 'production' },
  formulas: {
    abandonRate: 'abandoned after t / (offered − abandoned within t)',
    avgHandleTime: 'sum(talk + hold + wrap-up) / contacts handled by a person',
    avgSatisfaction: 'sum of scores / scores',
    avgWaitTime: 'sum(answered − queued) / answered',
    contacts: 'count of contacts',
    daysToAnswer: 'sum(days to answer) / answered',
    grossAbandonRate: 'abandoned / offered',
    resolutionTime: 'sum(closed − opened) / closed',
    serviceLevel: 'answered within T / (offered − abandoned within t)',
  },
  values: {
    channel: { voz: 'voice', reclamação: 'complaint' },
    direction: { receptivo: 'inbound', ativo: 'outbound' },
  },
  unknown: 'unknown',
};
