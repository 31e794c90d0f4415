import { quotient } from '../indicator.ts';

export default quotient({
  name: 'resolutionTime',
  version: 1,
  group: 'time',
  order: 40,
  unit: 's',
  label: { pt: 'Tempo de resolução', en: 'Resolution time' },
  help: {
    pt: 'Da abertura ao fechamento dos chamados fechados. Algumas equipes chamam isto de tempo médio de atendimento.',
    en: 'From opening to closing of closed tickets. Some desks call this average handle time.',
  },
  formula: { pt: 'soma(fechamento − abertura) / fechados', en: 'sum(closed − opened) / closed' },
  better: 'lower',
  interval: 'none',
  numerator: 'resolution_s',
  denominator: 'resolutions',
});
