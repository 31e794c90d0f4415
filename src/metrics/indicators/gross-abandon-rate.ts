import { indicator } from '../indicator.ts';

export default indicator({
  name: 'grossAbandonRate',
  version: 1,
  unit: 'ratio',
  label: { pt: 'Abandono, todos', en: 'Abandonment, all' },
  help: {
    pt: 'Todos os abandonados, também os que desistiram nos primeiros segundos, sobre os oferecidos.',
    en: 'Everyone who abandoned, within the first seconds too, over those offered.',
  },
  formula: 'abandonados / oferecidos',
  better: 'lower',
  numerator: 'abandoned',
  denominator: 'offered',
  needsUnanswered: true,
});
