import { percentile } from '../indicator.ts';

export default percentile({
  name: 'waitTimeP50',
  version: 1,
  group: 'time',
  order: 21,
  unit: 's',
  label: { pt: 'Espera, P50', en: 'Wait, P50' },
  help: {
    pt: 'Metade tem no máximo este valor: espera dos atendidos.',
    en: 'Half take no longer than this: wait of answered contacts.',
  },
  formula: { pt: 'percentil 50 de (espera dos atendidos)', en: 'percentile 50 of (wait of answered contacts)' },
  better: 'lower',
  quantile: 0.5,
  time: 'wait_s',
});
