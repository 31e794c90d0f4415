import type { ReferenceKind } from '../kind.ts';
import { agentKey } from './agent-key.ts';

export const supervisors: ReferenceKind = {
  name: 'supervisors',
  label: { pt: 'Supervisores', en: 'Supervisors' },
  purpose: {
    pt: 'Quem supervisiona cada agente, de quando até quando. Cada atendimento fica com quem supervisionava no dia dele.',
    en: 'Who supervises each agent, from when until when. Each contact stays with whoever supervised on its day.',
  },
  key: [agentKey],
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
