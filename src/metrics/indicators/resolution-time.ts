import { quotient } from '../indicator.ts';

export default quotient({
  name: 'resolutionTime',
  version: 2,
  group: 'time',
  order: 40,
  unit: 's',
  label: { pt: 'Tempo de resolução', en: 'Resolution time' },
  help: {
    pt: 'Da abertura, ou da última reabertura, ao fechamento dos chamados fechados. Algumas equipes chamam isto de tempo médio de atendimento.',
    en: 'From opening, or the last reopening, to closing of closed tickets. Some desks call this average handle time.',
  },
  formula: {
    pt: 'soma(fechamento − abertura ou última reabertura) / fechados',
    en: 'sum(closed − opened or last reopened) / closed',
  },
  better: 'lower',
  interval: 'none',
  numerator: 'resolution_s',
  denominator: 'resolutions',
});
