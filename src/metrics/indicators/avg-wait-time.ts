import { quotient } from '../indicator.ts';

export default quotient({
  name: 'avgWaitTime',
  version: 1,
  group: 'time',
  order: 20,
  unit: 's',
  label: { pt: 'TME', en: 'ASA' },
  help: {
    pt: 'Tempo médio de espera dos atendidos. A espera de quem abandonou é outro número.',
    en: 'Average wait of answered contacts. The wait of those who abandoned is another figure.',
  },
  formula: { pt: 'soma(atendido − entrou na fila) / atendidos', en: 'sum(answered − queued) / answered' },
  better: 'lower',
  interval: 'none',
  numerator: 'wait_s',
  denominator: 'waits',
});
