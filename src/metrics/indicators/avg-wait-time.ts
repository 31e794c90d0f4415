import { indicator } from '../indicator.ts';

export default indicator({
  name: 'avgWaitTime',
  version: 1,
  unit: 's',
  label: { pt: 'TME', en: 'ASA' },
  help: {
    pt: 'Tempo médio de espera dos atendidos. A espera de quem abandonou é outro número.',
    en: 'Average wait of answered contacts. The wait of those who abandoned is another figure.',
  },
  formula: 'soma(atendido − entrou na fila) / atendidos',
  better: 'lower',
  numerator: 'wait_s',
  denominator: 'waits',
});
