import { indicator } from '../indicator.ts';

export default indicator({
  name: 'contacts',
  version: 1,
  unit: 'count',
  label: { pt: 'Atendimentos', en: 'Contacts' },
  help: {
    pt: 'Interações recebidas, atendidas ou não. Pernas de uma transferência contam um só atendimento; por agente, cada perna conta.',
    en: 'Interactions received, answered or not. Legs of a transfer are one contact; by agent, each leg counts.',
  },
  formula: 'contagem de atendimentos',
  better: 'neither',
  numerator: 'contacts',
  perLeg: { columns: ['agent', 'supervisor'], numerator: 'legs' },
});
