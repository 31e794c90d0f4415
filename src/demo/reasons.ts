/** Why people call: shares of contacts and the chance that a contact comes back within seven days. */
export interface Reason {
  text: string;
  category: string;
  queue: string;
  /** Share of contacts, relative. */
  weight: number;
  /** Chance of a repeat when an average agent handles it. */
  repeat: number;
  /** Mean talk time, seconds. */
  talk: number;
  /** How many times as frequent on the day of a product deploy. */
  deploy: number;
  /** A topic that agents hired in the last {@link NOVICE_DAYS} days were never taught. */
  untaught: boolean;
}

export const NOVICE_DAYS = 90;
/** What missing training does to a novice's contact on an untaught topic. */
export const UNTAUGHT = { topic: 2.5, talk: 1.6, repeat: 1.8, score: -0.6 };

const FINANCE = { category: 'Financeiro', queue: 'Financeiro' };
const SUPPORT = { category: 'Suporte', queue: 'Suporte Técnico' };
const RECORDS = { category: 'Cadastro', queue: 'Relacionamento' };
const SALES = { category: 'Comercial', queue: 'Comercial' };
const LEAVING = { category: 'Cancelamento', queue: 'Retenção' };
const SERVICE = { category: 'Serviços', queue: 'Agendamento' };
const COMPLAINT = { category: 'Reclamação', queue: 'Ouvidoria' };

type Numbers = [weight: number, repeat: number, talk: number];

function reason(text: string, where: { category: string; queue: string }, numbers: Numbers, deploy = 1): Reason {
  const [weight, repeat, talk] = numbers;
  return { text, ...where, weight, repeat, talk, deploy, untaught: false };
}

function untaught(text: string, where: { category: string; queue: string }, numbers: Numbers): Reason {
  return { ...reason(text, where, numbers), untaught: true };
}

export const REASONS: readonly Reason[] = [
  reason('Segunda via de boleto', FINANCE, [12, 0.1, 170]),
  reason('Contestação de cobrança', FINANCE, [7, 0.3, 380]),
  reason('Negociação de débito', FINANCE, [5, 0.22, 340]),
  reason('Confirmação de pagamento', FINANCE, [6, 0.16, 180]),
  untaught('Parcelamento pelo Pix', FINANCE, [3, 0.2, 300]),
  reason('Sem conexão', SUPPORT, [8, 0.28, 420]),
  reason('Lentidão', SUPPORT, [5, 0.3, 400]),
  reason('Erro no aplicativo', SUPPORT, [4, 0.25, 310], 6),
  reason('Senha e acesso', SUPPORT, [7, 0.14, 200], 2),
  untaught('Portabilidade para o plano novo', SUPPORT, [3, 0.24, 450]),
  reason('Alteração de endereço', RECORDS, [4, 0.08, 190]),
  reason('Atualização cadastral', RECORDS, [5, 0.07, 180]),
  reason('Inclusão de dependente', RECORDS, [3, 0.18, 330]),
  reason('Contratação', SALES, [4, 0.15, 420]),
  reason('Upgrade de plano', SALES, [3, 0.16, 360]),
  reason('Informações de produtos', SALES, [4, 0.12, 240]),
  reason('Cancelamento', LEAVING, [4, 0.26, 460]),
  reason('Proposta de retenção', LEAVING, [2, 0.2, 400]),
  reason('Agendamento de visita', SERVICE, [5, 0.2, 230]),
  reason('Reagendamento', SERVICE, [3, 0.24, 210]),
  reason('Autorização de exame', SERVICE, [5, 0.27, 320]),
  untaught('Reembolso pela tela nova', SERVICE, [3, 0.26, 380]),
  reason('Demora na solução', COMPLAINT, [3, 0.32, 430], 1.5),
  reason('Qualidade do atendimento', COMPLAINT, [1.5, 0.25, 390]),
];

/** What the source holds when the agent gave no reason: a dash or nothing. */
export const NO_REASON = ['-', ''] as const;
export const DASH = REASONS.length;
export const BLANK = REASONS.length + 1;

/** The reason as the files hold it, by its number. */
export function reasonText(index: number): string {
  return index < REASONS.length ? REASONS[index]!.text : NO_REASON[index - REASONS.length]!;
}
