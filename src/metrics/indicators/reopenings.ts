import { quotient } from '../indicator.ts';

export default quotient({
  name: 'reopenings',
  version: 1,
  group: 'volume',
  order: 40,
  unit: 'count',
  label: { pt: 'Reaberturas', en: 'Reopenings' },
  help: {
    pt: 'Quantas vezes os atendimentos do período foram reabertos, em qualquer dia; uma fonte sem nenhuma não as diz.',
    en: 'How often the contacts of the period were reopened, on whichever day; a source without any does not tell them.',
  },
  formula: { pt: 'soma das reaberturas', en: 'sum of reopenings' },
  better: 'lower',
  interval: 'none',
  numerator: 'reopenings',
  needsReopenings: true,
});
