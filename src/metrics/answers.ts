import type { Day } from '../kernel/brazil/dates.ts';
import type { Basis } from './found.ts';
import type { Unit } from './indicator.ts';
import type { Pareto } from './pareto.ts';

/** Why a value is null: a code, for which the screens have words, and the sentence itself. */
export type NullReason =
  | 'only-answered'
  | 'not-given'
  | 'no-data'
  | 'not-matured'
  | 'not-identified'
  | 'no-anchors'
  | 'agents-only';

export const NULL_REASONS: Readonly<Record<NullReason, string>> = {
  'only-answered': 'A fonte só guarda atendidos: sem os abandonados, este número não existe.',
  'not-given': 'A fonte não traz o que este número mede.',
  'no-data': 'Nenhum atendimento com estes filtros.',
  'not-matured': 'Nenhuma âncora fechou a janela ainda.',
  'not-identified': 'Nenhum atendimento identificado com estes filtros.',
  'no-anchors': 'Esta regra não tem âncoras: sem elas, este número não existe.',
  'agents-only': 'O tempo dos agentes só se filtra por agente e supervisor.',
};

/** The rule behind a figure: named, versioned, with its parameters. */
export interface FigureRule {
  readonly name: string;
  readonly version: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly statement?: string;
}

export interface Receipt {
  readonly formula: string;
  readonly statement: string;
  readonly exclusions: readonly { name: string; version: number; reason: string; contacts: number }[];
  readonly lakeVersion: number;
  readonly sources: readonly string[];
  readonly batches: number;
}

/** How many cases of an indicator fall in one of its groups. */
export interface GroupShare {
  readonly name: string;
  readonly n: number;
  readonly share: number | null;
}

export interface MetricRow {
  readonly value: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  readonly provisional?: boolean;
  /** Of a repeat rate: drawn to the common one by as much as its few cases warrant; by it rows are ranked. */
  readonly shrunken?: number;
  readonly label?: string;
  /** Of what adds up: the share that this slice and all larger ones make. */
  readonly running?: number | null;
  readonly [dimension: string]: unknown;
}

export interface MetricAnswer {
  readonly metric: string;
  readonly unit: Unit;
  readonly rule: FigureRule;
  readonly watermark: Day | null;
  /** Sources of the question without data in the period. */
  readonly missingSources: readonly string[];
  readonly by: readonly string[];
  readonly rows: readonly MetricRow[];
  readonly total: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  /** Some of what it rests on is not known yet. */
  readonly provisional?: boolean;
  /** Of anchors: the share that has had its whole window. */
  readonly matured?: number;
  /** What its total and its rows count, where legs may count one by one. */
  readonly basis?: Basis;
  /** Shares of its cases, of an indicator that has groups. */
  readonly groups?: readonly GroupShare[];
  /** Of slices that add up: how few of them make most. */
  readonly pareto?: Pareto | null;
  readonly gross: number | null;
  readonly excluded: number;
  readonly reason?: string;
  readonly reasonCode?: NullReason;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly lakeVersion: number;
  readonly receipt?: Receipt;
}

export interface RepeatRow {
  readonly label?: string;
  readonly contacts: number;
  readonly anchors: number | null;
  readonly maturedAnchors: number | null;
  readonly repeatedAnchors: number | null;
  readonly repeats: number;
  readonly sameReason: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly shrunken?: number | null;
  readonly sameReasonRate: number | null;
  /** Of what the rate counts, those for the same reason, and the others. */
  readonly sameReasonCases: number;
  readonly sameReasonLow: number | null;
  readonly sameReasonHigh: number | null;
  readonly otherReasonRate: number | null;
  readonly otherReasonCases: number;
  readonly otherReasonLow: number | null;
  readonly otherReasonHigh: number | null;
  /** Of an agent: on most of the days worked in the period. */
  readonly supervisor?: string | null;
  readonly avgHandleTime?: number | null;
  /** Of what the rate counts: the share that this slice and all with more make. */
  readonly running: number | null;
  readonly provisional: boolean;
  /** The day whose data close the last open window; null without any. */
  readonly closesOn: Day | null;
  readonly [dimension: string]: unknown;
}

export interface RepeatAnswer {
  readonly rule: FigureRule;
  readonly identity: string;
  readonly contacts: number;
  readonly eligible: number;
  readonly repeats: number;
  readonly anchors: number | null;
  readonly maturedAnchors: number | null;
  readonly repeatedAnchors: number | null;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly rateName: 'repeatShare' | 'repeatRate';
  readonly provisional: boolean;
  /** The day whose data close the last open window; null without any. */
  readonly closesOn: Day | null;
  readonly watermark: Day | null;
  readonly missingSources: readonly string[];
  readonly from: Day | null;
  readonly to: Day | null;
  readonly buckets: { readonly D0: number; readonly D1_3: number; readonly D4_W: number };
  readonly sameReason: number;
  readonly excluded: number;
  readonly by: string | null;
  readonly rows: readonly RepeatRow[];
  /** Of the slices: how few of them make most of what the rate counts. */
  readonly pareto?: Pareto | null;
  readonly lakeVersion: number;
  readonly receipt?: Receipt;
}
