import type { Segment } from './firms.ts';

/** Of an amount that is log-normal over a persona's customers. */
export interface Spread {
  mean: number;
  /** Deviation / mean. */
  variation: number;
}

/** How a kind of customer lives; every figure of a customer is drawn from its persona's. */
export interface Persona {
  name: string;
  /** Of all customers. */
  share: number;
  /** Weights; segments that are not there are not drawn. */
  segments: Partial<Record<Segment, number>>;
  /** Mean size band, from 1 to 9. */
  band: number;
  /** BRL a month, and the share of customers whose amount is in the file. */
  mrr: Spread;
  mrrKnown: number;
  /** Since the first contract; drawn again outside of the limits. */
  tenureDays: { mean: number; deviation: number; from: number; to: number };
  /** Rows of telemetry of the last 90 days. */
  telemetry: Spread;
  /** Tickets of the last 365 days. */
  tickets: Spread;
  /** Chance that a ticket is a doubt, is urgent, missed its SLA. */
  doubt: number;
  urgent: number;
  late: number;
  /** Chance of each of three questions about the relation to be answered, and the mean score. */
  answers: number;
  nps: number;
  /** Mean answers of the surveys after a purchase, an implementation, an onboarding, about a product. */
  surveys: { acquisition: number; implementation: number; onboarding: number; product: number };
  /** Chance of having the ERP, the time clock, the payroll where the rule says nothing, and each other product. */
  holds: { erp: number; clock: number; payroll: number; other: number };
  /** Whether {@link RULE} holds at its higher share. */
  paired: boolean;
  /** Chance of contracts in the last 12 months besides those of newcomers. */
  renews: number;
}

const YEAR = 365.25;
const DIVERSE = {
  MANUFATURA: 16,
  VAREJO: 18,
  SERVICOS: 22,
  EDUCACIONAL: 8,
  LOGISTICA: 10,
  AGROINDUSTRIA: 9,
  SAUDE: 9,
  CONSTRUCAO: 8,
};
const SMALL_TRADE = { SERVICOS: 55, VAREJO: 40, SAUDE: 3, CONSTRUCAO: 2 };
const INDUSTRY = { MANUFATURA: 90, AGROINDUSTRIA: 7, LOGISTICA: 3 };
const NEVER: Spread = { mean: 0, variation: 0 };

/** The eight that are planted; shares add up to 1. */
export const PERSONAS: readonly Persona[] = [
  {
    ...{ name: 'Clientes Adormecidos', share: 0.22, segments: SMALL_TRADE, band: 1.4 },
    ...{ mrr: { mean: 420, variation: 0.62 }, mrrKnown: 0.7 },
    tenureDays: { mean: 4.6 * YEAR, deviation: 1.9 * YEAR, from: 1.7 * YEAR, to: 9 * YEAR },
    ...{ telemetry: NEVER, tickets: { mean: 0.2, variation: 0.8 }, doubt: 0.3, urgent: 0.02, late: 0.1 },
    ...{ answers: 0.04, nps: 6 },
    surveys: { acquisition: 0.02, implementation: 0.01, onboarding: 0.01, product: 0.02 },
    ...{ holds: { erp: 0.45, clock: 0.12, payroll: 0.08, other: 0.06 }, paired: false, renews: 0.12 },
  },
  {
    ...{ name: 'VIPs da Indústria', share: 0.08, segments: INDUSTRY, band: 7.2 },
    ...{ mrr: { mean: 68_000, variation: 0.42 }, mrrKnown: 0.9 },
    tenureDays: { mean: 13.5 * YEAR, deviation: 2.3 * YEAR, from: 7 * YEAR, to: 20 * YEAR },
    telemetry: { mean: 36, variation: 0.44 },
    ...{ tickets: { mean: 8, variation: 0.4 }, doubt: 0.15, urgent: 0.6, late: 0.06 },
    ...{ answers: 0.4, nps: 8.5 },
    surveys: { acquisition: 0.3, implementation: 0.5, onboarding: 0.1, product: 0.4 },
    ...{ holds: { erp: 0.95, clock: 0.6, payroll: 0.3, other: 0.3 }, paired: true, renews: 0.55 },
  },
  {
    ...{ name: 'Veteranos em Manutenção', share: 0.14, segments: DIVERSE, band: 3.6 },
    ...{ mrr: { mean: 2900, variation: 0.62 }, mrrKnown: 0.86 },
    tenureDays: { mean: 19 * YEAR, deviation: 2.4 * YEAR, from: 15 * YEAR, to: 26 * YEAR },
    ...{ telemetry: NEVER, tickets: { mean: 1.4, variation: 0.6 }, doubt: 0.2, urgent: 0.05, late: 0.1 },
    ...{ answers: 0.2, nps: 7 },
    surveys: { acquisition: 0.04, implementation: 0.03, onboarding: 0.01, product: 0.05 },
    ...{ holds: { erp: 0.8, clock: 0.4, payroll: 0.2, other: 0.12 }, paired: false, renews: 0.18 },
  },
  {
    ...{ name: 'Parceiros Estratégicos', share: 0.04, segments: DIVERSE, band: 8.4 },
    ...{ mrr: { mean: 390_000, variation: 0.45 }, mrrKnown: 0.9 },
    tenureDays: { mean: 13 * YEAR, deviation: 3.5 * YEAR, from: 6 * YEAR, to: 22 * YEAR },
    telemetry: { mean: 8, variation: 0.4 },
    ...{ tickets: { mean: 4, variation: 0.5 }, doubt: 0.15, urgent: 0.3, late: 0.05 },
    ...{ answers: 0.45, nps: 9 },
    surveys: { acquisition: 0.4, implementation: 0.5, onboarding: 0.1, product: 0.3 },
    ...{ holds: { erp: 0.95, clock: 0.5, payroll: 0.25, other: 0.4 }, paired: false, renews: 0.6 },
  },
  {
    ...{ name: 'Clientes Padrão', share: 0.24, segments: DIVERSE, band: 2.2 },
    ...{ mrr: { mean: 3100, variation: 0.62 }, mrrKnown: 0.82 },
    tenureDays: { mean: 8.2 * YEAR, deviation: 2.4 * YEAR, from: 2.5 * YEAR, to: 15 * YEAR },
    telemetry: { mean: 22, variation: 0.57 },
    ...{ tickets: { mean: 2.6, variation: 0.5 }, doubt: 0.35, urgent: 0.08, late: 0.1 },
    ...{ answers: 0.3, nps: 8 },
    surveys: { acquisition: 0.15, implementation: 0.12, onboarding: 0.05, product: 0.25 },
    ...{ holds: { erp: 0.7, clock: 0.35, payroll: 0.15, other: 0.14 }, paired: false, renews: 0.35 },
  },
  {
    ...{ name: 'Super-Usuários de Elite', share: 0.05, segments: { EDUCACIONAL: 92, SAUDE: 8 }, band: 7 },
    ...{ mrr: { mean: 48_000, variation: 0.55 }, mrrKnown: 0.9 },
    tenureDays: { mean: 22 * YEAR, deviation: 2.4 * YEAR, from: 17 * YEAR, to: 29 * YEAR },
    telemetry: { mean: 150, variation: 0.42 },
    ...{ tickets: { mean: 5, variation: 0.4 }, doubt: 0.3, urgent: 0.1, late: 0.05 },
    ...{ answers: 0.5, nps: 9.5 },
    surveys: { acquisition: 0.4, implementation: 0.6, onboarding: 0.15, product: 0.8 },
    ...{ holds: { erp: 0.97, clock: 0.7, payroll: 0.35, other: 0.55 }, paired: true, renews: 0.6 },
  },
  {
    ...{ name: 'Usuários Intensivos', share: 0.09, segments: INDUSTRY, band: 6.2 },
    ...{ mrr: { mean: 12_000, variation: 0.42 }, mrrKnown: 0.88 },
    tenureDays: { mean: 10 * YEAR, deviation: 2.1 * YEAR, from: 5 * YEAR, to: 17 * YEAR },
    telemetry: { mean: 90, variation: 0.38 },
    ...{ tickets: { mean: 28, variation: 0.4 }, doubt: 0.1, urgent: 0.35, late: 0.45 },
    ...{ answers: 0.4, nps: 5 },
    surveys: { acquisition: 0.2, implementation: 0.35, onboarding: 0.08, product: 0.5 },
    ...{ holds: { erp: 0.95, clock: 0.65, payroll: 0.3, other: 0.28 }, paired: true, renews: 0.4 },
  },
  {
    ...{ name: 'Novos Exploradores', share: 0.14, segments: SMALL_TRADE, band: 1.5 },
    ...{ mrr: { mean: 900, variation: 0.62 }, mrrKnown: 0.75 },
    tenureDays: { mean: 270, deviation: 120, from: 15, to: 540 },
    telemetry: { mean: 46, variation: 0.57 },
    ...{ tickets: { mean: 6, variation: 0.5 }, doubt: 0.75, urgent: 0.04, late: 0.1 },
    ...{ answers: 0.25, nps: 8 },
    surveys: { acquisition: 0.5, implementation: 0.4, onboarding: 1.3, product: 0.3 },
    ...{ holds: { erp: 0.5, clock: 0.25, payroll: 0.1, other: 0.12 }, paired: false, renews: 0.3 },
  },
];
