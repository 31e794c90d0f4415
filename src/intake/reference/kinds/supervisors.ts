import type { ReferenceKind } from '../kind.ts';

export const supervisors: ReferenceKind = {
  name: 'supervisors',
  label: { pt: 'Supervisores', en: 'Supervisors' },
  purpose: {
    pt: 'Quem supervisiona cada agente, de quando até quando. Cada atendimento fica com quem supervisionava no dia dele.',
    en: 'Who supervises each agent, from when until when. Each contact stays with whoever supervised on its day.',
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
      name: 'supervisor',
      label: { pt: 'Supervisor', en: 'Supervisor' },
      type: 'text',
      called: ['supervisora', 'gestor', 'lider', 'nome do supervisor'],
    },
  ],
  dated: true,
  monthly: true,
  figures: true,
  editor: 'intake',
};
