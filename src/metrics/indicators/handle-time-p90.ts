import { percentile } from '../indicator.ts';

export default percentile({
  name: 'handleTimeP90',
  version: 1,
  group: 'time',
  order: 12,
  unit: 's',
  label: { pt: 'Tempo de atendimento, P90', en: 'Handle time, P90' },
  help: {
    pt: 'Nove em cada dez têm no máximo este valor: conversa, espera na linha e pós, por perna.',
    en: 'Nine in ten take no longer than this: talk, hold and wrap-up, per leg.',
  },
  formula: {
    pt: 'percentil 90 de (conversa, espera na linha e pós, por perna)',
    en: 'percentile 90 of (talk, hold and wrap-up, per leg)',
  },
  better: 'lower',
  quantile: 0.9,
  time: 'handle_s',
});
