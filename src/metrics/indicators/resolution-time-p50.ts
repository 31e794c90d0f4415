import { percentile } from '../indicator.ts';

export default percentile({
  name: 'resolutionTimeP50',
  version: 2,
  group: 'time',
  order: 41,
  unit: 's',
  label: { pt: 'Resolução, P50', en: 'Resolution, P50' },
  help: {
    pt: 'Metade tem no máximo este valor: abertura, ou última reabertura, até o fechamento dos fechados.',
    en: 'Half take no longer than this: opening, or last reopening, to closing of those closed.',
  },
  formula: {
    pt: 'percentil 50 de (abertura, ou última reabertura, até o fechamento dos fechados)',
    en: 'percentile 50 of (opening, or last reopening, to closing of those closed)',
  },
  better: 'lower',
  quantile: 0.5,
  time: 'resolution_s',
});
