import { quotient } from '../indicator.ts';

export default quotient({
  name: 'firstReplyTime',
  version: 1,
  group: 'time',
  order: 30,
  unit: 's',
  label: { pt: 'TMPR', en: 'First reply' },
  help: {
    pt: 'Tempo médio até a primeira resposta de uma pessoa, desde a abertura, onde a fonte dá as duas horas.',
    en: 'Average time from opening to a person’s first reply, where a source gives both times.',
  },
  formula: { pt: 'soma(primeira resposta − abertura) / respondidos', en: 'sum(first reply − opened) / replied' },
  better: 'lower',
  interval: 'none',
  numerator: 'reply_s',
  denominator: 'replies',
});
