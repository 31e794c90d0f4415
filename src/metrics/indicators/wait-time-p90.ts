import { percentile } from '../indicator.ts';

export default percentile({
  name: 'waitTimeP90',
  version: 1,
  group: 'time',
  order: 22,
  unit: 's',
  label: { pt: 'Espera, P90', en: 'Wait, P90' },
  help: {
    pt: 'Nove em cada dez têm no máximo este valor: espera dos atendidos.',
    en: 'Nine in ten take no longer than this: wait of answered contacts.',
  },
  formula: { pt: 'percentil 90 de (espera dos atendidos)', en: 'percentile 90 of (wait of answered contacts)' },
  better: 'lower',
  quantile: 0.9,
  time: 'wait_s',
});
