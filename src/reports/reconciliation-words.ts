import type { FileLang } from './words.ts';

type Named = Readonly<Record<string, string>>;

/** What a reconciliation says in a file and on a terminal; the screens say the same. */
export interface ReconciliationWords {
  readonly title: string;
  readonly side: string;
  readonly sides: Named;
  readonly reason: string;
  readonly line: string;
  readonly received: string;
  readonly otherLine: string;
  readonly batch: string;
  /** A column of the list beside ours of the same name. */
  readonly inList: (column: string) => string;
  readonly ofContact: (column: string) => string;
  readonly kind: string;
  readonly kinds: Named;
  readonly tolerance: string;
  readonly minutes: (count: string) => string;
  readonly list: string;
  readonly sums: (list: string, ours: string, matched: string, onlyInList: string, onlyInOurs: string) => string;
  /** By reason; `reason detail` where a detail has a sentence of its own, and `{detail}` stands for others. */
  readonly reasons: Named;
  readonly columns: Named;
  /** What the lists of exclusions are called. */
  readonly exclusions: Named;
}

const pt: ReconciliationWords = {
  title: 'Conferência',
  side: 'Onde está',
  sides: { list: 'só na lista', ours: 'só aqui', both: 'nos dois, e difere' },
  reason: 'Motivo da diferença',
  line: 'Linha da lista',
  received: 'Recebido',
  otherLine: 'Outra linha',
  batch: 'Lote',
  inList: (column) => `${column}, na lista`,
  ofContact: (column) => `${column} do atendimento anterior ou debitado`,
  kind: 'A lista é de',
  kinds: { contacts: 'atendimentos', repeats: 'rechamadas' },
  tolerance: 'Tolerância do início',
  minutes: (count) => `${count} min`,
  list: 'Lista',
  sums: (list, ours, matched, onlyInList, onlyInOurs) =>
    `${list} linhas na lista = ${matched} com par + ${onlyInList} só na lista; ${ours} aqui = ${matched} com par + ${onlyInOurs} só aqui`,
  reasons: {
    'repeated-line': 'linha repetida na lista',
    'unreadable columns': 'linha que não se lê: o número de colunas é outro',
    'unreadable started_at': 'linha que não se lê: sem protocolo e sem um início que se entenda',
    'unreadable phone': 'linha que não se lê: sem protocolo e sem um telefone que se entenda',
    'outside-period': 'está na base, fora do período',
    filtered: 'está na base, fora do filtro por {detail}',
    'other-source': 'está na base, de fonte que não entra na conta: {detail}',
    'later-leg': 'é outra perna de um atendimento que já conta',
    excluded: 'está na base, expurgado: {detail}',
    void: 'está na base, sem ter havido atendimento',
    'not-repeat anonymous': 'não é rechamada: atendimento sem identificação',
    'not-repeat unhandled': 'não é rechamada: ninguém atendeu',
    'not-repeat first': 'não é rechamada: é o primeiro contato',
    'not-repeat late': 'não é rechamada: o anterior está fora da janela',
    'not-repeat other': 'não é rechamada: o anterior é de outro número ou tipo',
    'not-repeat forwarded': 'não é rechamada: foi encaminhado',
    'not-repeat joined': 'não é rechamada: é parte do atendimento anterior',
    'charged-elsewhere': 'é rechamada, debitada a atendimento fora do período ou dos filtros',
    quarantined: 'está em quarentena',
    'not-in-base': 'não está na base',
    'outside-list-days': 'fora dos dias da lista',
    'no-protocol': 'sem protocolo aqui, e sem par por telefone e início',
    'no-phone': 'sem telefone aqui, e a lista não tem protocolo',
    'not-in-list': 'não está na lista',
    differs: '{detail} difere',
  },
  columns: {
    protocol: 'protocolo',
    phone: 'telefone',
    started_at: 'início',
    agent_name: 'agente',
    account: 'conta',
    status: 'situação',
  },
  exclusions: {
    'excluded-numbers': 'número da tabela de apoio',
    'excluded-protocols': 'protocolo da tabela de apoio',
    'excluded-queues': 'fila da tabela de apoio',
  },
};

const en: ReconciliationWords = {
  title: 'Reconciliation',
  side: 'Where it is',
  sides: { list: 'only in the list', ours: 'only here', both: 'in both, and differs' },
  reason: 'Why it differs',
  line: 'Line of the list',
  received: 'Received',
  otherLine: 'Other line',
  batch: 'Batch',
  inList: (column) => `${column}, in the list`,
  ofContact: (column) => `${column} of the contact before or charged`,
  kind: 'The list holds',
  kinds: { contacts: 'contacts', repeats: 'repeats' },
  tolerance: 'Tolerance of the start',
  minutes: (count) => `${count} min`,
  list: 'List',
  sums: (list, ours, matched, onlyInList, onlyInOurs) =>
    `${list} lines in the list = ${matched} paired + ${onlyInList} only in the list; ${ours} here = ${matched} paired + ${onlyInOurs} only here`,
  reasons: {
    'repeated-line': 'line that the list repeats',
    'unreadable columns': 'unreadable line: another number of columns',
    'unreadable started_at': 'unreadable line: no protocol and no start that can be understood',
    'unreadable phone': 'unreadable line: no protocol and no phone that can be understood',
    'outside-period': 'in the base, outside the period',
    filtered: 'in the base, outside the filter by {detail}',
    'other-source': 'in the base, of a source that does not count here: {detail}',
    'later-leg': 'another leg of a contact that counts already',
    excluded: 'in the base, excluded: {detail}',
    void: 'in the base, though no contact took place',
    'not-repeat anonymous': 'no repeat: the contact identifies nobody',
    'not-repeat unhandled': 'no repeat: nobody answered',
    'not-repeat first': 'no repeat: it is the first contact',
    'not-repeat late': 'no repeat: the one before is outside the window',
    'not-repeat other': 'no repeat: the one before is of another number or type',
    'not-repeat forwarded': 'no repeat: it was forwarded',
    'not-repeat joined': 'no repeat: it is part of the contact before',
    'charged-elsewhere': 'a repeat, charged to a contact outside the period or the filters',
    quarantined: 'in quarantine',
    'not-in-base': 'not in the base',
    'outside-list-days': 'outside the days of the list',
    'no-protocol': 'without protocol here, and no pair by phone and start',
    'no-phone': 'without phone here, and the list has no protocol',
    'not-in-list': 'not in the list',
    differs: '{detail} differs',
  },
  columns: {
    protocol: 'protocol',
    phone: 'phone',
    started_at: 'start',
    agent_name: 'agent',
    account: 'account',
    status: 'status',
  },
  exclusions: {
    'excluded-numbers': 'number of the reference table',
    'excluded-protocols': 'protocol of the reference table',
    'excluded-queues': 'queue of the reference table',
  },
};

export const RECONCILIATION_WORDS: Readonly<Record<FileLang, ReconciliationWords>> = { pt, en };
