import { percentile } from '../indicator.ts';

export default percentile({
  name: 'resolutionTimeP90',
  version: 2,
  group: 'time',
  order: 42,
  unit: 's',
  label: { pt: 'Resolução, P90', en: 'Resolution, P90' },
  help: {
    pt: 'Nove em cada dez têm no máximo este valor: abertura, ou última reabertura, até o fechamento dos fechados.',
    en: 'Nine in ten take no longer than this: opening, or last reopening, to closing of those closed.',
  },
  formula: {
    pt: 'percentil 90 de (abertura, ou última reabertura, até o fechamento dos fechados)',
    en: 'percentile 90 of (opening, or last reopening, to closing of those closed)',
  },
  better: 'lower',
  quantile: 0.9,
  time: 'resolution_s',
});
