import { indicator } from '../indicator.ts';

export default indicator({
  name: 'daysToAnswer',
  version: 1,
  unit: 'd',
  label: { pt: 'Dias até a resposta', en: 'Days to answer' },
  help: {
    pt: 'Dias da abertura à resposta, onde a fonte só dá datas; vale a contagem da própria fonte, quando ela a envia.',
    en: 'Days from opening to answer, where a source gives dates only; the source’s own count stands when it sends one.',
  },
  formula: 'soma(dias até a resposta) / respondidos',
  better: 'lower',
  numerator: 'answer_days',
  denominator: 'answers',
});
