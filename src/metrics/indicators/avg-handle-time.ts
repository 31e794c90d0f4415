import { indicator } from '../indicator.ts';

export default indicator({
  name: 'avgHandleTime',
  version: 1,
  unit: 's',
  label: { pt: 'TMA', en: 'AHT' },
  help: {
    pt: 'Tempo médio de atendimento: conversa, espera na linha e pós, por atendimento que começou com uma pessoa; por agente, supervisor, fila, conta, motivo, categoria ou hora, por perna. A duração de um chamado aberto não é TMA.',
    en: 'Average handle time: talk, hold and wrap-up per contact that began with a person; by agent, supervisor, queue, account, reason, category or hour, per leg. The life of a ticket is not handle time.',
  },
  formula: 'soma(conversa + espera na linha + pós) / atendimentos humanos',
  better: 'lower',
  numerator: 'handle_s',
  denominator: 'handled',
  perLeg: {
    columns: ['agent', 'supervisor', 'queue', 'account', 'reason', 'reason_category', 'hour'],
    numerator: 'handle_s',
    denominator: 'handled_legs',
  },
});
