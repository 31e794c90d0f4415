import { percentile } from '../indicator.ts';

export default percentile({
  name: 'firstReplyTimeP50',
  version: 1,
  group: 'time',
  order: 31,
  unit: 's',
  label: { pt: 'Primeira resposta, P50', en: 'First reply, P50' },
  help: {
    pt: 'Metade tem no máximo este valor: abertura até a primeira resposta de uma pessoa.',
    en: 'Half take no longer than this: opening to a person’s first reply.',
  },
  formula: {
    pt: 'percentil 50 de (abertura até a primeira resposta de uma pessoa)',
    en: 'percentile 50 of (opening to a person’s first reply)',
  },
  better: 'lower',
  quantile: 0.5,
  time: 'reply_s',
});
