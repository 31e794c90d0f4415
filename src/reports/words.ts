import type { Day } from '../kernel/brazil/dates.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { type WeekCount, weekNumber } from '../kernel/brazil/weeks.ts';
import type { CallerCount } from '../metrics/caller-counts.ts';
import { en } from './words-en.ts';
import { pt } from './words-pt.ts';

/** The languages that a file can be in. */
export type FileLang = 'pt' | 'en';

type Named = Readonly<Record<string, string>>;

/** The words of a downloaded file. */
export interface FileWords {
  readonly sheets: { readonly about: string; readonly data: string };
  readonly yes: string;
  readonly no: string;
  readonly or: string;
  readonly none: string;
  readonly nothing: string;
  readonly all: (names: string) => string;
  readonly span: (first: string, last: string) => string;
  readonly weekNumber: string;
  readonly weekName: (number: number) => string;
  /** Monday first. */
  readonly weekdays: readonly string[];
  readonly unknown: string;
  readonly by: string;
  readonly descending: (name: string) => string;
  readonly ascending: (name: string) => string;
  readonly titles: Readonly<Record<'repeats' | 'contacts' | 'marked' | 'quarantine' | 'callbacks', string>>;
  readonly batch: (number: number) => string;
  readonly units: Named;
  /** Of figures beside one another, and of workbooks of several sheets. */
  readonly figures: Readonly<
    Record<'now' | 'before' | 'usual' | 'week' | 'weeks' | 'what' | 'from' | 'last' | 'period' | 'when', string>
  > & { readonly sheet: (name: string) => string };
  readonly causes: Readonly<Record<'title' | 'statement' | 'hours' | 'adjusted' | 'todo', string>> & {
    readonly measure: (tests: number, alpha: number) => string;
  };
  /** Of a mail that brings a view. */
  readonly mail: {
    readonly subject: (view: string, span: string) => string;
    readonly why: (view: string, by: string, url: string) => string;
    readonly noPrinter: string;
    readonly notPrinted: (cause: string) => string;
    readonly noServer: string;
    readonly tooLarge: (name: string, megabytes: number) => string;
    readonly page: readonly [before: string, between: string];
  };
  /** What the screens are called, by path. */
  readonly pages: Named;
  readonly split: Readonly<
    Record<'n' | 'low' | 'high' | 'share' | 'shareOfSum' | 'time' | 'running' | 'few' | 'littleTime', string>
  >;
  readonly aims: { readonly target: string; readonly state: string; readonly states: Named };
  /** Of a provisional period beside others as they stood at its age. */
  readonly sameAge: Readonly<Record<'title' | 'until' | 'anchors' | 'rate', string>> & {
    readonly measure: (days: number) => string;
  };
  readonly mix: Readonly<Record<'value' | 'coverage' | 'measure', string>>;
  readonly monthly: Readonly<
    Record<'title' | 'perMonth' | 'perDay' | 'days' | 'months' | 'total' | 'whole' | 'partial' | 'measure', string>
  >;
  readonly repeats: Readonly<
    Record<
      | 'anchors'
      | 'repeated'
      | 'eligible'
      | 'repeats'
      | 'avgHandleTime'
      | 'rate'
      | 'shrunken'
      | 'sameReasonOfAnchors'
      | 'sameReasonOfEligible'
      | 'agentCode'
      | 'supervisor'
      | 'sameReasonCases'
      | 'otherReasonCases'
      | 'otherReasonOfAnchors'
      | 'otherReasonOfEligible'
      | 'provisional',
      string
    >
  >;
  /** Of the callers who contacted the most. */
  readonly ranking: Readonly<Record<'title' | 'by' | 'order', string>> & {
    readonly columns: Readonly<Record<string, string>>;
    readonly shown: (shown: number, all: number) => string;
    /** Of an order by a time: how many cases it takes, and how many customers have fewer. */
    readonly ranked: (least: number, few: number) => string;
  };
  /** Of callers by how often they contacted. */
  readonly callers: Readonly<Record<'title' | 'count' | 'callers' | 'ofCallers' | 'contacts' | 'measure', string>> & {
    readonly counts: Readonly<Record<CallerCount, string>>;
  };
  /** Columns of contacts and of quarantined rows. */
  readonly columns: Named;
  /** Columns that only the marked contacts have. */
  readonly marked: Named;
  /** What coded values are called, by column. */
  readonly codes: Readonly<Record<string, Named>>;
  /** Why a value is null, where the API's own words, which are Portuguese, do not serve. */
  readonly nulls: Named;
  /** What the lines of the first sheet are called. */
  readonly about: Readonly<
    Record<
      | 'period'
      | 'sources'
      | 'silent'
      | 'filters'
      | 'search'
      | 'by'
      | 'order'
      | 'view'
      | 'measure'
      | 'formula'
      | 'reason'
      | 'rule'
      | 'statement'
      | 'provisional'
      | 'shown'
      | 'batch'
      | 'file'
      | 'message'
      | 'changed'
      | 'until'
      | 'exclusions'
      | 'version'
      | 'personal'
      | 'screen'
      | 'made',
      string
    >
  >;
  readonly perLeg: string;
  /** Of repeats that filters choose. */
  readonly charged: string;
  readonly perProblem: string;
  /** Of the list of callers to call back. */
  readonly perCaller: string;
  readonly oldestFirst: string;
  readonly unanswered: (moment: string) => string;
  readonly net: string;
  readonly gross: string;
  readonly open: string;
  readonly unfinished: string;
  readonly masked: string;
  readonly hidden: string;
  readonly noExclusions: string;
  readonly exclusion: (name: string, version: number, reason: string, contacts: number, text: string) => string;
}

export const FILE_WORDS: Readonly<Record<FileLang, FileWords>> = { pt, en };

/** What the lake holds where a source gave no text. */
export const MISSING = 'desconhecido';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `26/10/2026`, or `26 Oct 2026`. */
export function dayText(day: Day, lang: FileLang): string {
  const [year, month, date] = day.split('-');
  return lang === 'pt' ? `${date}/${month}/${year}` : `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `S25`: the week that holds the day, where weeks have numbers. */
export function weekText(day: Day, weeks: WeekCount, lang: FileLang): string | null {
  const number = weekNumber(day, weeks);
  return number === null ? null : FILE_WORDS[lang].weekName(number);
}

/** A half-open period by its first and last day: `26/10/2026 a 01/11/2026`. */
export function spanText({ from, to }: { from: Day | null; to: Day | null }, lang: FileLang): string {
  return from && to ? FILE_WORDS[lang].span(dayText(from, lang), dayText(addDays(to, -1), lang)) : '–';
}

export function countText(value: number, lang: FileLang): string {
  return new Intl.NumberFormat(lang === 'pt' ? 'pt-BR' : 'en-US').format(value);
}

/** The word for a missing text: the configured one, which English replaces while it is the Portuguese default. */
export function missingWord(configured: string, lang: FileLang): string {
  return configured === MISSING ? FILE_WORDS[lang].unknown : configured;
}

/** A value as the screens show it: a lone dash is quoted; what masks a value is not. */
export function quotedDash(value: string): string {
  return /^(?:[-.?/]+|\*)$/.test(value) ? `“${value}”` : value;
}

/** `ramal-tempo-de-resolucao-2026-10-26_2026-11-01`: what it is of, and its first and last day. */
export function fileName(what: string, { from, to }: { from: Day | null; to: Day | null }): string {
  return ['ramal', slug(what), from && to ? `${from}_${addDays(to, -1)}` : ''].filter(Boolean).join('-');
}

function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
