import { quotient } from '../indicator.ts';

export default quotient({
  name: 'abandonWait',
  version: 1,
  group: 'access',
  order: 50,
  unit: 's',
  label: { pt: 'Espera de quem abandonou', en: 'Wait of those who abandoned' },
  help: {
    pt: 'Quanto esperou em média quem desistiu, dos que têm a espera conhecida.',
    en: 'How long those who gave up waited on average, of those whose wait is known.',
  },
  formula: { pt: 'soma(espera) / abandonados', en: 'sum(wait) / abandoned' },
  better: 'neither',
  interval: 'none',
  numerator: 'abandoned_wait_s',
  denominator: 'abandoned_timed',
  needsUnanswered: true,
  needsAbandonedWait: true,
});
