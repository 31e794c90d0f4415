import { RESOLUTION_GROUPS } from '../../contracts/index.ts';
import { quotient } from '../indicator.ts';

export default quotient({
  name: 'resolvedSameDay',
  version: 2,
  group: 'quality',
  order: 30,
  unit: 'ratio',
  label: { pt: 'Resolvidos no mesmo dia', en: 'Resolved the same day' },
  help: {
    pt: 'Fechados no dia em que abriram, ou reabriram por último, sobre os fechados.',
    en: 'Closed on the day they were opened, or last reopened, over those closed.',
  },
  formula: { pt: 'fechados no dia da abertura / fechados', en: 'closed on the opening day / closed' },
  better: 'higher',
  interval: 'wilson',
  numerator: RESOLUTION_GROUPS[0]!.measure,
  denominator: 'resolutions',
});
