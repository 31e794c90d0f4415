import type { CellKind } from './table-file.ts';

const DIMENSIONS: Record<string, { name: string; kind: CellKind }> = {
  day: { name: 'Dia', kind: 'day' },
  week: { name: 'Semana de', kind: 'day' },
  month: { name: 'Mês', kind: 'day' },
  weekday: { name: 'Dia da semana (1 = segunda)', kind: 'integer' },
  hour: { name: 'Hora', kind: 'integer' },
  agent: { name: 'Agente', kind: 'text' },
  queue: { name: 'Fila', kind: 'text' },
  account: { name: 'Conta', kind: 'text' },
  reason: { name: 'Motivo', kind: 'text' },
  source: { name: 'Fonte', kind: 'text' },
};

/** Headings of the contacts' file. */
export const CONTACT_HEADINGS: Readonly<Record<string, string>> = {
  source: 'Fonte',
  protocol: 'Protocolo',
  leg_no: 'Perna',
  started_at: 'Início',
  contact_name: 'Contato',
  phone: 'Telefone',
  uf: 'UF',
  agent_name: 'Agente',
  queue: 'Fila',
  account: 'Conta',
  reason: 'Motivo',
  status: 'Situação',
  wait_s: 'Espera',
  talk_s: 'Conversa',
  wrapup_s: 'Pós',
  satisfaction: 'Nota',
  ended_at: 'Fim',
  channel: 'Canal',
  customer_ref: 'Cliente',
  batch_id: 'Lote',
};

/** What a contact's status is called in a file. */
export const STATUS_WORDS: Readonly<Record<string, string>> = {
  answered: 'atendido',
  abandoned: 'abandonado',
  open: 'aberto',
  closed: 'fechado',
  void: 'anulado',
};

/** A dimension as a column of a file. */
export function dimensionColumn(name: string): { name: string; kind: CellKind } {
  return DIMENSIONS[name] ?? { name, kind: 'text' };
}

interface Answered {
  readonly from: string | null;
  readonly to: string | null;
  readonly watermark: string | null;
  readonly rule: { readonly name: string; readonly version: number };
  readonly excluded: number;
  readonly lakeVersion: number;
}

/** The lines of a file's first sheet: what it is of, and by which rule. */
export function aboutScope(answer: Answered, title: string, formula: string): [string, string][] {
  return [
    ['Ramal', title],
    ['Período', `${answer.from ?? 'início'} até ${answer.to ?? 'fim'}, sem incluir o último dia`],
    ['Fórmula', formula],
    ['Regra', `${answer.rule.name} v${answer.rule.version}`],
    ['Dados até', answer.watermark ?? '–'],
    ['Expurgados', String(answer.excluded)],
    ['Versão dos dados', String(answer.lakeVersion)],
  ];
}
