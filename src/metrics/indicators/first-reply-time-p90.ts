import { percentile } from '../indicator.ts';

export default percentile({
  name: 'firstReplyTimeP90',
  version: 1,
  group: 'time',
  order: 32,
  unit: 's',
  label: { pt: 'Primeira resposta, P90', en: 'First reply, P90' },
  help: {
    pt: 'Nove em cada dez têm no máximo este valor: abertura até a primeira resposta de uma pessoa.',
    en: 'Nine in ten take no longer than this: opening to a person’s first reply.',
  },
  formula: {
    pt: 'percentil 90 de (abertura até a primeira resposta de uma pessoa)',
    en: 'percentile 90 of (opening to a person’s first reply)',
  },
  better: 'lower',
  quantile: 0.9,
  time: 'reply_s',
});
