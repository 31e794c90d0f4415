import { repeatFigure } from '../indicator.ts';

export default repeatFigure({
  name: 'firstContactResolution',
  version: 1,
  group: 'repeat',
  order: 30,
  unit: 'ratio',
  label: { pt: 'FCR', en: 'FCR' },
  help: {
    pt: 'Âncoras de janela fechada a que ninguém voltou pelo mesmo motivo. Motivo desconhecido nunca é o mesmo.',
    en: 'Anchors with a closed window to which nobody came back for the same reason. An unknown reason is never the same.',
  },
  formula: {
    pt: '1 − âncoras com rechamada pelo mesmo motivo / âncoras de janela fechada',
    en: '1 − anchors with a repeat for the same reason / anchors with a closed window',
  },
  better: 'higher',
  interval: 'wilson',
  trials: (sums, { house }) => (house ? { successes: sums.matured - sums.repeated_same, trials: sums.matured } : null),
});
