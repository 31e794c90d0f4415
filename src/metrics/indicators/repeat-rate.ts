import { repeatFigure } from '../indicator.ts';

export default repeatFigure({
  name: 'repeatRate',
  version: 1,
  group: 'repeat',
  order: 10,
  unit: 'ratio',
  label: { pt: 'Rechamada', en: 'Repeat contacts' },
  help: {
    pt: 'De cada cem âncoras de janela fechada, quantas tiveram rechamada. Pela regra clássica, que não tem âncoras: rechamadas sobre elegíveis.',
    en: 'Of a hundred anchors whose window has closed, how many came back. Under the classic rule, which has no anchors: repeats over eligible contacts.',
  },
  formula: {
    pt: 'âncoras com rechamada / âncoras de janela fechada',
    en: 'anchors with a repeat / anchors with a closed window',
  },
  better: 'lower',
  interval: 'wilson',
  trials: (sums, { house, charged }) =>
    house
      ? { successes: sums.repeated, trials: sums.matured }
      : { successes: charged ? sums.charged : sums.repeats, trials: sums.eligible },
});
