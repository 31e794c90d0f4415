/** What the screens call the columns of contacts and of agents' time: commands and questions say the same. */
export const COLUMN_WORDS: Readonly<Record<string, string>> = {
  leg_no: 'Perna',
  channel: 'Canal',
  direction: 'Sentido',
  protocol: 'Protocolo',
  account: 'Conta',
  queue: 'Fila',
  customer_ref: 'Cliente na fonte',
  contact_name: 'Nome',
  phone: 'Telefone',
  ddd: 'DDD',
  uf: 'UF',
  city: 'Município',
  agent_id: 'Código do agente',
  agent_name: 'Agente',
  agent_email: 'E-mail do agente',
  reason: 'Motivo',
  reason_category: 'Categoria',
  tags: 'Etiquetas',
  custom_fields: 'Demais campos',
  priority: 'Prioridade',
  sla_due: 'Prazo',
  status: 'Situação',
  opened_at: 'Abertura',
  queued_at: 'Entrada na fila',
  started_at: 'Início',
  answered_at: 'Atendido',
  first_reply_at: 'Primeira resposta',
  ended_at: 'Fim',
  updated_at: 'Alterado',
  wait_s: 'Espera',
  talk_s: 'Conversa',
  hold_s: 'Retenção',
  wrapup_s: 'Pós-atendimento',
  answer_days: 'Dias até a resposta',
  cpf: 'CPF',
  cnpj: 'CNPJ',
  email: 'E-mail',
  satisfaction: 'Nota',
  state: 'Estado',
};

/** `Fila (queue)`: as the screens call a column, and its code. */
export function columnWord(name: string): string {
  const word = COLUMN_WORDS[name];
  return word === undefined ? name : `${word} (${name})`;
}

/** {@link columnWord} inside a sentence: `nota (satisfaction)`. */
export function columnInside(name: string): string {
  const word = columnWord(name);
  return /^\p{Lu}\p{Ll}/u.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word;
}
