import { stock } from '../indicator.ts';

export default stock({
  name: 'backlogAge',
  version: 1,
  group: 'volume',
  order: 30,
  unit: 'd',
  label: { pt: 'Idade do que está em aberto', en: 'Age of the backlog' },
  help: {
    pt: 'Há quantos dias, em média, está aberto o que está em aberto no fim do último dia do período.',
    en: 'For how many days, on average, what is open at the end of the period’s last day has been open.',
  },
  formula: { pt: 'soma(fim do dia − abertura) / em aberto', en: 'sum(end of the day − opened) / backlog' },
  better: 'lower',
  measure: 'age',
});
