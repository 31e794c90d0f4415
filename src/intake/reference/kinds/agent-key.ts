import type { ReferenceColumn } from '../kind.ts';

/** The agent that a row is about, as files of people call the column. */
export const agentKey: ReferenceColumn = {
  name: 'agent',
  label: { pt: 'Agente', en: 'Agent' },
  type: 'agent',
  called: ['codigo', 'cod', 'cod_atendente', 'cod_agente', 'codigo do agente', 'matricula', 'atendente', 'operador'],
};
