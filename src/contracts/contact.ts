import { type Column, table } from './table.ts';

/** One row per leg, as the source gave it: typed, canonical, deduplicated, free of any rule. */
export const contact = table({
  schema: 'silver',
  name: 'contact',
  meaning: 'Atendimento: uma linha por perna, como a fonte a enviou',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Lote × 2³² + linha de registro no lote', personal: 'none', required: true },
    batch_id: { type: 'INTEGER', meaning: 'Lote que trouxe a linha', personal: 'none', required: true },
    source: { type: 'VARCHAR', meaning: 'Fonte', personal: 'none', required: true },
    contact_id: { type: 'VARCHAR', meaning: 'Chave natural na fonte', personal: 'none', required: true },
    leg_no: { type: 'SMALLINT', meaning: 'Perna, a partir de 1', personal: 'none', required: true },
    day: { type: 'DATE', meaning: 'Dia em que o atendimento conta', personal: 'none', required: true },
    identity: {
      type: 'UBIGINT',
      meaning: 'Identidade principal (telefone, senão cliente na fonte, CPF/CNPJ, e-mail), resumida em 64 bits',
      personal: 'personal',
    },
    identity_received: {
      type: 'UBIGINT',
      meaning: 'A mesma como a fonte a escreveu, só os dígitos, resumida em 64 bits; nula quando não difere',
      personal: 'personal',
    },
    identity_kind: { type: 'VARCHAR', meaning: 'Tipo da identidade principal', personal: 'none' },
    channel: { type: 'VARCHAR', meaning: 'Canal', personal: 'none', filled: true },
    direction: { type: 'VARCHAR', meaning: 'Receptivo ou ativo', personal: 'none', filled: true },
    protocol: { type: 'VARCHAR', meaning: 'Protocolo na fonte', personal: 'personal', mask: 'text' },
    account: { type: 'VARCHAR', meaning: 'Conta (operadora, convênio)', personal: 'none', filled: true },
    queue: { type: 'VARCHAR', meaning: 'Fila / departamento', personal: 'none', filled: true },
    customer_ref: { type: 'VARCHAR', meaning: 'Código do cliente na fonte', personal: 'personal', mask: 'text' },
    contact_name: { type: 'VARCHAR', meaning: 'Nome de quem contatou', personal: 'personal', mask: 'name' },
    phone: { type: 'VARCHAR', meaning: 'Telefone canônico: DDD e número', personal: 'personal', mask: 'phone' },
    ddd: { type: 'VARCHAR', meaning: 'DDD do telefone', personal: 'none' },
    uf: { type: 'VARCHAR', meaning: 'Unidade da federação', personal: 'none', filled: true },
    city: { type: 'VARCHAR', meaning: 'Município', personal: 'none', filled: true },
    agent_id: { type: 'VARCHAR', meaning: 'Agente', personal: 'none', filled: true },
    agent_name: { type: 'VARCHAR', meaning: 'Nome do agente', personal: 'none', filled: true },
    agent_email: { type: 'VARCHAR', meaning: 'E-mail do agente', personal: 'personal', mask: 'email' },
    reason: { type: 'VARCHAR', meaning: 'Motivo, como recebido', personal: 'none', filled: true },
    reason_category: { type: 'VARCHAR', meaning: 'Categoria do motivo', personal: 'none', filled: true },
    tags: { type: 'VARCHAR', meaning: 'Etiquetas, separadas por vírgula', personal: 'none' },
    custom_fields: { type: 'VARCHAR', meaning: 'Demais campos da fonte, em JSON', personal: 'personal', mask: 'text' },
    priority: { type: 'VARCHAR', meaning: 'Prioridade', personal: 'none' },
    sla_due: { type: 'TIMESTAMP', meaning: 'Prazo acordado', personal: 'none' },
    status: {
      type: 'VARCHAR',
      meaning: 'answered, abandoned, open, closed, void (não houve atendimento) ou o texto da fonte',
      personal: 'none',
      filled: true,
    },
    opened_at: { type: 'TIMESTAMP', meaning: 'Abertura', personal: 'none' },
    queued_at: { type: 'TIMESTAMP', meaning: 'Entrada na fila', personal: 'none' },
    started_at: { type: 'TIMESTAMP', meaning: 'Início', personal: 'none', required: true },
    answered_at: { type: 'TIMESTAMP', meaning: 'Quando uma pessoa atendeu', personal: 'none' },
    first_reply_at: { type: 'TIMESTAMP', meaning: 'Primeira resposta de uma pessoa', personal: 'none' },
    ended_at: { type: 'TIMESTAMP', meaning: 'Fim', personal: 'none' },
    updated_at: { type: 'TIMESTAMP', meaning: 'Última alteração na fonte', personal: 'none' },
    wait_s: { type: 'INTEGER', meaning: 'Espera, em segundos', personal: 'none' },
    talk_s: { type: 'INTEGER', meaning: 'Conversa, em segundos', personal: 'none' },
    hold_s: { type: 'INTEGER', meaning: 'Em espera durante a conversa, em segundos', personal: 'none' },
    wrapup_s: { type: 'INTEGER', meaning: 'Pós-atendimento, em segundos', personal: 'none' },
    answer_days: { type: 'INTEGER', meaning: 'Dias até a resposta, contados pela fonte', personal: 'none' },
    satisfaction: { type: 'DECIMAL(9,2)', meaning: 'Nota dada pelo cliente', personal: 'none' },
  },
});

/** What tells versions of a row apart, and which of them counts: the highest `rank`, then the highest `content`. */
const VERSION = {
  rank: {
    type: 'BIGINT',
    meaning: 'Quando a versão foi escrita, em µs: última alteração na fonte, senão a data do arquivo',
    personal: 'none',
    required: true,
  },
  content: { type: 'UBIGINT', meaning: 'O que foi lido, resumido em 64 bits', personal: 'none', required: true },
} as const satisfies Record<string, Column>;

/** What decides whether a row is a duplicate, and which rows of bronze silver holds. */
export const naturalKey = table({
  schema: 'silver',
  name: 'natural_key',
  meaning: 'A chave natural de cada linha carregada: quem chega depois com a mesma é repetida',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Lote × 2³² + linha de registro no lote', personal: 'none', required: true },
    batch_id: { type: 'INTEGER', meaning: 'Lote que trouxe a linha', personal: 'none', required: true },
    key: {
      type: 'UHUGEINT',
      meaning: 'Fonte, chave natural e perna, resumidas em 128 bits (MD5)',
      personal: 'none',
      required: true,
    },
    ...VERSION,
  },
});

/** Rows that have the key of a row in `natural_key`: repeated, or of a version that does not count. */
export const otherVersion = table({
  schema: 'silver',
  name: 'other_version',
  meaning: 'Linhas repetidas ou de versões que não valem: se a que vale é desfeita, uma delas toma o lugar',
  columns: naturalKey.columns,
});

/** Rows that silver still holds typed though another version took their key. */
export const outdated = table({
  schema: 'silver',
  name: 'outdated',
  meaning: 'Linhas de silver que perderam a chave para outra versão e saem na próxima montagem',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Linha de silver', personal: 'none', required: true },
  },
});

/** What can happen to a contact; `open` is a state that a source gives again after a closing, `other` counts for nothing. */
export const EVENT_KINDS = ['message', 'reply', 'transfer', 'open', 'reopening', 'closing', 'other'] as const;

export const contactEvent = table({
  schema: 'silver',
  name: 'contact_event',
  meaning: 'O que aconteceu a um atendimento: mensagem do cliente, resposta, transferência, reabertura, fechamento',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Lote × 2³² + linha de registro no lote', personal: 'none', required: true },
    batch_id: { type: 'INTEGER', meaning: 'Lote que trouxe a linha', personal: 'none', required: true },
    source: { type: 'VARCHAR', meaning: 'Fonte do atendimento', personal: 'none', required: true },
    contact_id: { type: 'VARCHAR', meaning: 'Chave natural do atendimento na fonte', personal: 'none', required: true },
    happened_at: { type: 'TIMESTAMP', meaning: 'Quando', personal: 'none', required: true },
    kind: { type: 'VARCHAR', meaning: EVENT_KINDS.join(', '), personal: 'none', required: true },
    actor: { type: 'VARCHAR', meaning: 'Quem fez', personal: 'personal', mask: 'name' },
    value: { type: 'VARCHAR', meaning: 'Complemento', personal: 'personal', mask: 'text' },
  },
});

export const identity = table({
  schema: 'silver',
  name: 'identity',
  meaning: 'Cada (tipo, valor) de identificação visto em um atendimento',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Linha de silver.contact', personal: 'none', required: true },
    batch_id: { type: 'INTEGER', meaning: 'Lote que trouxe a linha', personal: 'none', required: true },
    kind: { type: 'VARCHAR', meaning: 'phone, cpf, cnpj, email, customer', personal: 'none', required: true },
    value: { type: 'VARCHAR', meaning: 'Valor canônico', personal: 'personal', mask: 'text', required: true },
    original: { type: 'VARCHAR', meaning: 'Como recebido, quando difere', personal: 'personal', mask: 'text' },
  },
});

export const quarantine = table({
  schema: 'silver',
  name: 'quarantine',
  meaning: 'Linhas que não carregaram, com o motivo',
  columns: {
    batch_id: { type: 'INTEGER', meaning: 'Lote', personal: 'none', required: true },
    line: { type: 'BIGINT', meaning: 'Linha física do arquivo', personal: 'none', required: true },
    column_name: { type: 'VARCHAR', meaning: 'Coluna do arquivo', personal: 'none' },
    reason: { type: 'VARCHAR', meaning: 'Código do motivo', personal: 'none', required: true },
    value: { type: 'VARCHAR', meaning: 'Valor recebido', personal: 'personal', mask: 'text' },
    record: {
      type: 'VARCHAR',
      meaning: 'A linha inteira, como recebida ou corrigida',
      personal: 'personal',
      mask: 'text',
    },
  },
});
