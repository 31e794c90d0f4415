import { percentile } from '../indicator.ts';

export default percentile({
  name: 'handleTimeP50',
  version: 1,
  group: 'time',
  order: 11,
  unit: 's',
  label: { pt: 'Tempo de atendimento, P50', en: 'Handle time, P50' },
  help: {
    pt: 'Metade tem no máximo este valor: conversa, espera na linha e pós, por perna.',
    en: 'Half take no longer than this: talk, hold and wrap-up, per leg.',
  },
  formula: {
    pt: 'percentil 50 de (conversa, espera na linha e pós, por perna)',
    en: 'percentile 50 of (talk, hold and wrap-up, per leg)',
  },
  better: 'lower',
  quantile: 0.5,
  time: 'handle_s',
});
