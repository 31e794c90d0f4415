import { WAIT_LIMITS } from '../../contracts/index.ts';
import { quotient } from '../indicator.ts';

const { shortAbandonSeconds } = WAIT_LIMITS;

export default quotient({
  name: 'abandonRate',
  version: 2,
  group: 'access',
  order: 20,
  unit: 'ratio',
  label: { pt: 'Abandono', en: 'Abandonment' },
  help: {
    pt: `Abandonados depois de ${shortAbandonSeconds} s, sobre os oferecidos menos os abandonados em até ${shortAbandonSeconds} s; só os de espera conhecida.`,
    en: `Abandoned after ${shortAbandonSeconds} s, over those offered minus those abandoned within ${shortAbandonSeconds} s; only those whose wait is known.`,
  },
  formula: {
    pt: 'abandonados depois de t / (oferecidos − abandonados em até t)',
    en: 'abandoned after t / (offered − abandoned within t)',
  },
  better: 'lower',
  interval: 'wilson',
  numerator: 'abandoned_timed - abandoned_short',
  denominator: 'offered_timed - abandoned_short',
  needsUnanswered: true,
  needsAbandonedWait: true,
  parameters: { shortAbandonSeconds },
});
