import { type Column, table } from './table.ts';

/** What an agent may be doing while logged in; whoever is logged out is in no state, and has no row. */
export const AGENT_STATES = ['handling', 'available', 'pause', 'other'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** One row per stretch of one agent in one state, as the source gave it. */
export const agentTime = table({
  schema: 'silver',
  name: 'agent_time',
  meaning: 'Tempo de agente: uma linha por trecho de um agente em um estado, como a fonte o enviou',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Lote × 2³² + linha de registro no lote', personal: 'none', required: true },
    batch_id: { type: 'INTEGER', meaning: 'Lote que trouxe a linha', personal: 'none', required: true },
    source: { type: 'VARCHAR', meaning: 'Fonte', personal: 'none', required: true },
    agent_id: { type: 'VARCHAR', meaning: 'Agente', personal: 'none', required: true },
    state: {
      type: `ENUM(${AGENT_STATES.map((state) => `'${state}'`).join(', ')})`,
      meaning: 'Atendendo, disponível, em pausa, ou em outra atividade (treinamento, reunião)',
      personal: 'none',
      required: true,
    },
    started_at: { type: 'TIMESTAMP', meaning: 'Início', personal: 'none', required: true },
    ended_at: { type: 'TIMESTAMP', meaning: 'Fim', personal: 'none', required: true },
  },
});

const seconds = (meaning: string): Column => ({ type: 'BIGINT', meaning, personal: 'none', required: true });

/** Seconds of each state by agent and half-hour: stretches are cut at half-hours, and count no moment twice. */
export const agentTimeMart = table({
  schema: 'gold',
  name: 'agent_time_mart',
  meaning: 'Segundos de cada estado por agente e meia hora',
  columns: {
    source: { type: 'VARCHAR', meaning: 'Fonte', personal: 'none', required: true },
    day: { type: 'DATE', meaning: 'Dia', personal: 'none', required: true },
    half_hour: { type: 'TINYINT', meaning: 'Meia hora, de 0 a 47', personal: 'none', required: true },
    agent: { type: 'VARCHAR', meaning: 'Agente', personal: 'none', required: true },
    stretches: seconds('Trechos que começam na meia hora'),
    handling_s: seconds('Atendendo, em segundos'),
    available_s: seconds('Disponível, em segundos'),
    pause_s: seconds('Em pausa, em segundos'),
    other_s: seconds('Em outra atividade, em segundos'),
    overlap_s: seconds('Fora da conta: um trecho anterior do mesmo agente e fonte já os cobre, em segundos'),
  },
});
