import { indicator } from '../indicator.ts';

export default indicator({
  name: 'serviceLevel',
  version: 1,
  unit: 'ratio',
  label: { pt: 'Nível de serviço', en: 'Service level' },
  help: {
    pt: 'Atendidos em até 20 s, sobre os oferecidos menos os abandonados em até 10 s.',
    en: 'Answered within 20 s, over those offered minus those abandoned within 10 s.',
  },
  formula: 'atendidos em até T / (oferecidos − abandonados em até t)',
  better: 'higher',
  numerator: 'answered_in_time',
  denominator: 'offered - abandoned_short',
  needsUnanswered: true,
  parameters: { answerWithinSeconds: 20, shortAbandonSeconds: 10 },
});
