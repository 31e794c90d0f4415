import { percentile } from '../indicator.ts';

export default percentile({
  name: 'replyTimeP90',
  version: 1,
  group: 'time',
  order: 37,
  unit: 's',
  label: { pt: 'Resposta, P90', en: 'Reply, P90' },
  help: {
    pt: 'Nove em cada dez têm no máximo este valor: da primeira mensagem do cliente sem resposta à resposta de uma pessoa.',
    en: 'Nine in ten take no longer than this: the customer’s first unanswered message to a person’s reply.',
  },
  formula: {
    pt: 'percentil 90 de (da primeira mensagem sem resposta à resposta)',
    en: 'percentile 90 of (first unanswered message to reply)',
  },
  better: 'lower',
  quantile: 0.9,
  time: 'answered_message_s',
});
