import { repeatFigure } from '../indicator.ts';

export default repeatFigure({
  name: 'repeatShare',
  version: 1,
  group: 'repeat',
  order: 20,
  unit: 'ratio',
  label: { pt: 'Participação das rechamadas', en: 'Share of repeats' },
  help: {
    pt: 'Que parte dos atendimentos elegíveis é rechamada, pela regra escolhida.',
    en: 'Which share of eligible contacts are repeats, under the chosen rule.',
  },
  formula: { pt: 'rechamadas / atendimentos elegíveis', en: 'repeats / eligible contacts' },
  better: 'lower',
  interval: 'wilson',
  trials: (sums, { charged }) => ({ successes: charged ? sums.charged : sums.repeats, trials: sums.eligible }),
});
