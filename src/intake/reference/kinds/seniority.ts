import type { ReferenceKind } from '../kind.ts';

export const seniority: ReferenceKind = {
  name: 'seniority',
  label: { pt: 'Senioridade', en: 'Seniority' },
  purpose: {
    pt: 'O nível de cada agente, de quando até quando. O primeiro dia é o da contratação: diz quem é novo.',
    en: 'The level of each agent, from when until when. The first day is the hiring day: it says who is new.',
  },
  key: [
    {
      name: 'agent',
      label: { pt: 'Agente', en: 'Agent' },
      type: 'agent',
      called: [
        'codigo',
        'cod',
        'cod_atendente',
        'cod_agente',
        'codigo do agente',
        'matricula',
        'atendente',
        'operador',
      ],
    },
  ],
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
