import { quotient } from '../indicator.ts';

export default quotient({
  name: 'avgHandleTime',
  version: 1,
  group: 'time',
  order: 10,
  unit: 's',
  label: { pt: 'TMA', en: 'AHT' },
  help: {
    pt: 'Tempo médio de atendimento: conversa, espera na linha e pós, por atendimento que começou com uma pessoa; por agente, supervisor, fila, conta, motivo, categoria, situação ou hora, por perna. A duração de um chamado aberto não é TMA.',
    en: 'Average handle time: talk, hold and wrap-up per contact that began with a person; by agent, supervisor, queue, account, reason, category, status or hour, per leg. The life of a ticket is not handle time.',
  },
  formula: {
    pt: 'soma(conversa + espera na linha + pós) / atendimentos humanos',
    en: 'sum(talk + hold + wrap-up) / contacts handled by a person',
  },
  better: 'lower',
  interval: 'none',
  numerator: 'handle_s',
  denominator: 'handled',
  perLeg: {
    when: 'differing',
    numerator: 'handle_s',
    denominator: 'handled_legs',
  },
});
