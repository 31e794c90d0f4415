import { WAIT_LIMITS } from '../../contracts/index.ts';
import { quotient } from '../indicator.ts';

const { answerWithinSeconds, shortAbandonSeconds } = WAIT_LIMITS;

export default quotient({
  name: 'serviceLevel',
  version: 2,
  group: 'access',
  order: 10,
  unit: 'ratio',
  label: { pt: 'Nível de serviço', en: 'Service level' },
  help: {
    pt: `Atendidos em até ${answerWithinSeconds} s, sobre os oferecidos menos os abandonados em até ${shortAbandonSeconds} s; só os de espera conhecida.`,
    en: `Answered within ${answerWithinSeconds} s, over those offered minus those abandoned within ${shortAbandonSeconds} s; only those whose wait is known.`,
  },
  formula: {
    pt: 'atendidos em até T / (oferecidos − abandonados em até t)',
    en: 'answered within T / (offered − abandoned within t)',
  },
  better: 'higher',
  interval: 'wilson',
  numerator: 'answered_in_time',
  denominator: 'offered_timed - abandoned_short',
  needsUnanswered: true,
  needsAbandonedWait: true,
  parameters: { answerWithinSeconds, shortAbandonSeconds },
});
