import { indicator } from '../indicator.ts';

export default indicator({
  name: 'resolutionTime',
  version: 1,
  unit: 's',
  label: { pt: 'Tempo de resolução', en: 'Resolution time' },
  help: {
    pt: 'Da abertura ao fechamento dos chamados fechados. Algumas equipes chamam isto de tempo médio de atendimento.',
    en: 'From opening to closing of closed tickets. Some desks call this average handle time.',
  },
  formula: 'soma(fechamento − abertura) / fechados',
  better: 'lower',
  numerator: 'resolution_s',
  denominator: 'resolutions',
});
