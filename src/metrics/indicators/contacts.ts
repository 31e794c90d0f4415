import { quotient } from '../indicator.ts';

export default quotient({
  name: 'contacts',
  version: 1,
  group: 'volume',
  order: 10,
  unit: 'count',
  label: { pt: 'Atendimentos', en: 'Contacts' },
  help: {
    pt: 'Interações recebidas, atendidas ou não. Pernas de uma transferência contam um só atendimento; por agente, cada perna conta.',
    en: 'Interactions received, answered or not. Legs of a transfer are one contact; by agent, each leg counts.',
  },
  formula: { pt: 'contagem de atendimentos', en: 'count of contacts' },
  better: 'neither',
  interval: 'none',
  numerator: 'contacts',
  perLeg: { when: 'agent', numerator: 'legs' },
});
