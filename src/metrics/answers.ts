import type { Day } from '../kernel/brazil/dates.ts';
import type { Unit } from './indicator.ts';

/** Why a value is null: a code, for which the screens have words, and the sentence itself. */
export type NullReason = 'only-answered' | 'not-given' | 'no-data' | 'not-matured' | 'not-identified';

export const NULL_REASONS: Readonly<Record<NullReason, string>> = {
  'only-answered': 'A fonte só guarda atendidos: sem os abandonados, este número não existe.',
  'not-given': 'A fonte não traz o que este número mede.',
  'no-data': 'Nenhum atendimento com estes filtros.',
  'not-matured': 'Nenhuma âncora fechou a janela ainda.',
  'not-identified': 'Nenhum atendimento identificado com estes filtros.',
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

export interface MetricRow {
  readonly value: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  readonly label?: string;
  readonly [dimension: string]: unknown;
}

export interface MetricAnswer {
  readonly metric: string;
  readonly unit: Unit;
  readonly rule: FigureRule;
  readonly watermark: Day | null;
  readonly by: readonly string[];
  readonly rows: readonly MetricRow[];
  readonly total: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
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
  readonly avgHandleTime?: number | null;
  readonly provisional: boolean;
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
  readonly watermark: Day | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly buckets: { readonly D0: number; readonly D1_3: number; readonly D4_W: number };
  readonly sameReason: number;
  readonly excluded: number;
  readonly by: string | null;
  readonly rows: readonly RepeatRow[];
  readonly lakeVersion: number;
  readonly receipt?: Receipt;
}
