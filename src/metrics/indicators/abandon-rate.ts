import { indicator } from '../indicator.ts';

export default indicator({
  name: 'abandonRate',
  version: 1,
  unit: 'ratio',
  label: { pt: 'Abandono', en: 'Abandonment' },
  help: {
    pt: 'Abandonados depois de 10 s, sobre os oferecidos menos os abandonados em até 10 s.',
    en: 'Abandoned after 10 s, over those offered minus those abandoned within 10 s.',
  },
  formula: 'abandonados depois de t / (oferecidos − abandonados em até t)',
  better: 'lower',
  numerator: 'abandoned - abandoned_short',
  denominator: 'offered - abandoned_short',
  needsUnanswered: true,
  parameters: { shortAbandonSeconds: 10 },
});
