import { quotient } from '../indicator.ts';

export default quotient({
  name: 'daysToAnswer',
  version: 1,
  group: 'time',
  order: 50,
  unit: 'd',
  label: { pt: 'Dias até a resposta', en: 'Days to answer' },
  help: {
    pt: 'Dias da abertura à resposta, onde a fonte só dá datas; vale a contagem da própria fonte, quando ela a envia.',
    en: 'Days from opening to answer, where a source gives dates only; the source’s own count stands when it sends one.',
  },
  formula: { pt: 'soma(dias até a resposta) / respondidos', en: 'sum(days to answer) / answered' },
  better: 'lower',
  interval: 'none',
  numerator: 'answer_days',
  denominator: 'answers',
});
