import { quotient } from '../indicator.ts';

export default quotient({
  name: 'grossAbandonRate',
  version: 1,
  group: 'access',
  order: 30,
  unit: 'ratio',
  label: { pt: 'Abandono, todos', en: 'Abandonment, all' },
  help: {
    pt: 'Todos os abandonados, também os que desistiram nos primeiros segundos, sobre os oferecidos.',
    en: 'Everyone who abandoned, within the first seconds too, over those offered.',
  },
  formula: { pt: 'abandonados / oferecidos', en: 'abandoned / offered' },
  better: 'lower',
  interval: 'wilson',
  numerator: 'abandoned',
  denominator: 'offered',
  needsUnanswered: true,
});
