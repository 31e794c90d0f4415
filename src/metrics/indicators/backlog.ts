import { stock } from '../indicator.ts';

export default stock({
  name: 'backlog',
  version: 1,
  group: 'volume',
  order: 20,
  unit: 'count',
  label: { pt: 'Em aberto', en: 'Backlog' },
  help: {
    pt: 'Abertos até o fim do último dia do período e ainda não encerrados nele, de qualquer dia.',
    en: 'Opened by the end of the period’s last day and not ended by it, whatever their day.',
  },
  formula: {
    pt: 'abertos até o fim do dia − encerrados até o fim do dia',
    en: 'opened by the end of the day − ended by the end of the day',
  },
  better: 'lower',
  measure: 'open',
});
