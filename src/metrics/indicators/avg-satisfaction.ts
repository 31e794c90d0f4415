import { indicator } from '../indicator.ts';

export default indicator({
  name: 'avgSatisfaction',
  version: 1,
  unit: 'score',
  label: { pt: 'Satisfação', en: 'Satisfaction' },
  help: {
    pt: 'Média das notas dadas; quem não deu nota não entra.',
    en: 'Mean of the scores given; those who gave none are left out.',
  },
  formula: 'soma das notas / notas',
  better: 'higher',
  numerator: 'score_cents / 100.0',
  denominator: 'scores',
});
