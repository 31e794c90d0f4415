import { quotient } from '../indicator.ts';

export default quotient({
  name: 'nps',
  version: 1,
  group: 'quality',
  order: 20,
  unit: 'points',
  label: { pt: 'NPS', en: 'NPS' },
  help: {
    pt: 'Quem deu 9 ou 10 menos quem deu de 0 a 6, em pontos de cem. Só de fontes com notas de 0 a 10: as que têm nota acima de 5 e nenhuma acima de 10.',
    en: 'Those who gave 9 or 10 minus those who gave 0 to 6, in points of a hundred. Only of sources that score from 0 to 10: those with a score above 5 and none above 10.',
  },
  formula: { pt: '100 × (notas 9 e 10 − notas 0 a 6) / notas', en: '100 × (scores 9 and 10 − scores 0 to 6) / scores' },
  better: 'higher',
  interval: 'mean',
  numerator: '100 * (promoters - detractors)',
  denominator: 'scores',
  squares: '10000 * (promoters + detractors)',
  needsTenPoints: true,
});
