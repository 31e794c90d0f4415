import { RESOLUTION_GROUPS } from '../../contracts/index.ts';
import { quotient } from '../indicator.ts';

/** `2 a 3`, and what the first and the last group are called. */
function labelOf({ from, to }: (typeof RESOLUTION_GROUPS)[number]): { pt: string; en: string } {
  if (to === 0) return { pt: 'no mesmo dia', en: 'same day' };
  if (to === null) return { pt: `mais de ${from - 1} dias`, en: `more than ${from - 1} days` };
  if (to === from) return { pt: `${to} ${to === 1 ? 'dia' : 'dias'}`, en: `${to} ${to === 1 ? 'day' : 'days'}` };
  return { pt: `${from} a ${to} dias`, en: `${from} to ${to} days` };
}

export default quotient({
  name: 'resolutionDays',
  version: 2,
  group: 'quality',
  order: 40,
  unit: 'd',
  label: { pt: 'Dias até a resolução', en: 'Days to resolution' },
  help: {
    pt: 'Dias corridos da abertura, ou da última reabertura, ao fechamento, e que parte fechou em cada faixa de dias.',
    en: 'Calendar days from opening, or the last reopening, to closing, and which share closed within each range of days.',
  },
  formula: { pt: 'soma(dias até o fechamento) / fechados', en: 'sum(days to closing) / closed' },
  better: 'lower',
  interval: 'none',
  numerator: 'resolution_days',
  denominator: 'resolutions',
  groups: RESOLUTION_GROUPS.map((group) => ({ name: group.measure, label: labelOf(group), numerator: group.measure })),
});
