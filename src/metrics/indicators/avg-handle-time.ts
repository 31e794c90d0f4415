import { indicator } from '../indicator.ts';

export default indicator({
  name: 'avgHandleTime',
  version: 1,
  unit: 's',
  label: { pt: 'TMA', en: 'AHT' },
  help: {
    pt: 'Tempo médio de atendimento: conversa, espera na linha e pós, por atendimento feito por uma pessoa; por agente, por perna. A duração de um chamado aberto não é TMA.',
    en: 'Average handle time: talk, hold and wrap-up per contact handled by a person; by agent, per leg. The life of a ticket is not handle time.',
  },
  formula: 'soma(conversa + espera na linha + pós) / atendimentos humanos',
  better: 'lower',
  numerator: 'handle_s',
  denominator: 'handled',
  denominatorPerLeg: 'handled_legs',
});
