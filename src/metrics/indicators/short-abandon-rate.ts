import { WAIT_LIMITS } from '../../contracts/index.ts';
import { quotient } from '../indicator.ts';

const { shortAbandonSeconds } = WAIT_LIMITS;

export default quotient({
  name: 'shortAbandonRate',
  version: 1,
  group: 'access',
  order: 40,
  unit: 'ratio',
  label: { pt: 'Abandono curto', en: 'Short abandonment' },
  help: {
    pt: `Abandonados em até ${shortAbandonSeconds} s, sobre os oferecidos; só os de espera conhecida.`,
    en: `Abandoned within ${shortAbandonSeconds} s, over those offered; only those whose wait is known.`,
  },
  formula: { pt: 'abandonados em até t / oferecidos', en: 'abandoned within t / offered' },
  better: 'neither',
  interval: 'wilson',
  numerator: 'abandoned_short',
  denominator: 'offered_timed',
  needsUnanswered: true,
  needsAbandonedWait: true,
  parameters: { shortAbandonSeconds },
});
