import { percentile } from '../indicator.ts';

export default percentile({
  name: 'replyTimeP50',
  version: 1,
  group: 'time',
  order: 36,
  unit: 's',
  label: { pt: 'Resposta, P50', en: 'Reply, P50' },
  help: {
    pt: 'Metade tem no máximo este valor: da primeira mensagem do cliente sem resposta à resposta de uma pessoa.',
    en: 'Half take no longer than this: the customer’s first unanswered message to a person’s reply.',
  },
  formula: {
    pt: 'percentil 50 de (da primeira mensagem sem resposta à resposta)',
    en: 'percentile 50 of (first unanswered message to reply)',
  },
  better: 'lower',
  quantile: 0.5,
  time: 'answered_message_s',
});
