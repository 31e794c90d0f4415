import { quotient } from '../indicator.ts';

export default quotient({
  name: 'avgReplyTime',
  version: 1,
  group: 'time',
  order: 35,
  unit: 's',
  label: { pt: 'TMR', en: 'Reply time' },
  help: {
    pt: 'Tempo médio de resposta de uma pessoa, desde a primeira mensagem do cliente ainda sem resposta, em horas corridas. As mensagens seguidas contam uma vez; resposta sem mensagem à espera não conta.',
    en: 'Average time to a person’s reply from the customer’s first unanswered message, around the clock. Messages in a row count once; a reply that nobody waits for does not count.',
  },
  formula: {
    pt: 'soma(resposta − primeira mensagem sem resposta) / mensagens respondidas',
    en: 'sum(reply − first unanswered message) / answered messages',
  },
  better: 'lower',
  interval: 'none',
  numerator: 'answered_message_s',
  denominator: 'answered_messages',
});
