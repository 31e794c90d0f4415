import { quotient } from '../indicator.ts';

export default quotient({
  name: 'avgSatisfaction',
  version: 1,
  group: 'quality',
  order: 10,
  unit: 'score',
  label: { pt: 'Satisfação', en: 'Satisfaction' },
  help: {
    pt: 'Média das notas dadas; quem não deu nota não entra.',
    en: 'Mean of the scores given; those who gave none are left out.',
  },
  formula: { pt: 'soma das notas / notas', en: 'sum of scores / scores' },
  better: 'higher',
  interval: 'mean',
  numerator: 'score_cents / 100.0',
  denominator: 'scores',
  squares: 'score_squares / 10000.0',
});
