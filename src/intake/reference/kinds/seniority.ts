import type { ReferenceKind } from '../kind.ts';
import { agentKey } from './agent-key.ts';

export const seniority: ReferenceKind = {
  name: 'seniority',
  label: { pt: 'Senioridade', en: 'Seniority' },
  purpose: {
    pt: 'O nível de cada agente, de quando até quando. O primeiro dia é o da contratação: diz quem é novo.',
    en: 'The level of each agent, from when until when. The first day is the hiring day: it says who is new.',
  },
  key: [agentKey],
  values: [
    {
      name: 'level',
      label: { pt: 'Nível', en: 'Level' },
      type: 'text',
      called: ['senioridade', 'cargo', 'nivel do agente', 'seniority'],
    },
  ],
  dated: true,
  editor: 'intake',
};
