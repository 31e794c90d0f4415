import type { Day } from '../../kernel/brazil/dates.ts';
import type { CauseInputs } from './inputs.ts';

export interface Texts {
  readonly pt: string;
  readonly en: string;
}

/** A point of a cause's chart: what was found, and what is usual. */
export interface EvidencePoint {
  readonly label: string;
  readonly value: number;
  readonly usual: number | null;
  /** The point that the statement is about. */
  readonly marked?: true;
}

export interface Evidence {
  /** What the points measure. */
  readonly unit: 'count' | 's' | 'ratio' | 'score' | 'agents';
  readonly points: readonly EvidencePoint[];
  /** Cases that the statement rests on. */
  readonly n: number;
  /** The rows behind it: a period and filters, as the address of the rows has them. */
  readonly rows?: {
    readonly from?: Day;
    readonly to?: Day;
    readonly where?: readonly string[];
    /** Of repeat contacts, by the house rule: the anchors that the rate counts. */
    readonly repeat?: 'matured';
  };
}

/** Something that costs people's time, or saves it, as one test among all tests made. */
export interface Candidate {
  readonly kind: string;
  /** What it is about, such as a day, an agent or a reason. */
  readonly subject: string;
  readonly statement: Texts;
  readonly todo: Texts;
  /** The indicator in which it shows. */
  readonly metric: string;
  /** Hours of people's work in the period that it explains. */
  readonly effectHours: number;
  /** 95 % interval of those hours; null where they were counted, or there are none. */
  readonly interval: readonly [number, number] | null;
  /** Of this test alone; null where the rows are counted and nothing is inferred. */
  readonly pValue: number | null;
  readonly evidence: Evidence;
}

/** A candidate that stands once every test made is reckoned with. */
export interface Cause extends Candidate {
  /** The p-value by Holm's method over all tests. */
  readonly adjusted: number | null;
}

/** One way of looking for causes: every test that it makes, also those that find nothing. */
export interface CauseKind {
  readonly find: (inputs: CauseInputs) => Candidate[];
}

/** A number in both languages, with so many decimals. */
export function written(value: number, digits = 0): Texts {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const text = (locale: string) => value.toLocaleString(locale, options).replace('-', '−');
  return { pt: text('pt-BR'), en: text('en-GB') };
}

/** A share as a percentage with one decimal. */
export function share(value: number): Texts {
  const { pt, en } = written(value * 100, 1);
  return { pt: `${pt}%`, en: `${en}%` };
}

/** Seconds as `5:48`. */
export function minutes(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  return `${seconds < 0 ? '−' : ''}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A day as `11/11`. */
export function shortDay(day: Day): Texts {
  const [year, month, date] = day.split('-') as [string, string, string];
  const name = new Date(Date.UTC(Number(year), Number(month) - 1)).toLocaleString('en-GB', {
    month: 'short',
    timeZone: 'UTC',
  });
  return { pt: `${date}/${month}`, en: `${Number(date)} ${name}` };
}
