import { dimensionInText } from '../contracts/index.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { parseFilter } from '../metrics/scope.ts';
import type { Verdict } from './alert-verdict.ts';
import type { Alert } from './alerts.ts';
import { casesText, figureText } from './figure-text.ts';
import { dayText, type FileLang, MISSING, missingWord, quotedDash, spanText } from './words.ts';

interface AlertWords {
  readonly figure: (label: string, scope: string, value: string, when: string, crossing: string) => string;
  readonly when: { readonly day: (day: string) => string; readonly week: (span: string) => string };
  readonly threshold: { readonly above: (threshold: string) => string; readonly below: (threshold: string) => string };
  readonly limits: { readonly above: (limits: string) => string; readonly below: (limits: string) => string };
  readonly run: { readonly above: (mean: string) => string; readonly below: (mean: string) => string };
  readonly interval: (low: string, high: string) => string;
  readonly cases: (n: string) => string;
  readonly time: (text: string) => string;
  readonly subject: (name: string, label: string) => string;
  readonly why: (name: string, by: string, url: string) => string;
}

export const ALERT_WORDS: Readonly<Record<FileLang, AlertWords>> = {
  pt: {
    figure: (label, scope, value, when, crossing) => `${label}${scope}: ${value} ${when}, ${crossing}.`,
    when: { day: (day) => `em ${day}`, week: (span) => `na semana ${span}` },
    threshold: {
      above: (threshold) => `acima do limiar ${threshold}`,
      below: (threshold) => `abaixo do limiar ${threshold}`,
    },
    limits: {
      above: (limits) => `acima dos limites ${limits} da própria variação`,
      below: (limits) => `abaixo dos limites ${limits} da própria variação`,
    },
    run: {
      above: (mean) => `oito vezes seguidas acima da própria média, ${mean}`,
      below: (mean) => `oito vezes seguidas abaixo da própria média, ${mean}`,
    },
    interval: (low, high) => `Intervalo de 95%: ${low} a ${high}.`,
    cases: (n) => `Casos: ${n}.`,
    time: (text) => `Tempo dos agentes: ${text}.`,
    subject: (name, label) => `Alerta ${name}: ${label}`,
    why: (name, by, url) =>
      `Você recebe este aviso porque ${by} o incluiu no alerta “${name}”.${url && ` A tela: ${url}`}`,
  },
  en: {
    figure: (label, scope, value, when, crossing) => `${label}${scope}: ${value} ${when}, ${crossing}.`,
    when: { day: (day) => `on ${day}`, week: (span) => `in the week ${span}` },
    threshold: {
      above: (threshold) => `above the threshold of ${threshold}`,
      below: (threshold) => `below the threshold of ${threshold}`,
    },
    limits: {
      above: (limits) => `above the limits of its own variation, ${limits}`,
      below: (limits) => `below the limits of its own variation, ${limits}`,
    },
    run: {
      above: (mean) => `eight times in a row above its own mean, ${mean}`,
      below: (mean) => `eight times in a row below its own mean, ${mean}`,
    },
    interval: (low, high) => `95% interval: ${low} to ${high}.`,
    cases: (n) => `Cases: ${n}.`,
    time: (text) => `Time of agents: ${text}.`,
    subject: (name, label) => `Alert ${name}: ${label}`,
    why: (name, by, url) =>
      `You receive this because ${by} put you on the alert “${name}”.${url && ` The screen: ${url}`}`,
  },
};

/** What names in a sentence come from. */
export interface AlertNames {
  readonly sources: ReadonlyMap<string, string>;
  readonly agents: ReadonlyMap<string, string>;
  readonly missingLabel: string;
}

/** The lines that tell of a period that crossed: the sentence, the interval and the cases. */
export function alertLines(
  alert: Alert,
  { told, from, to }: { readonly told: Verdict; readonly from: string; readonly to: string },
  names: AlertNames,
): string[] {
  const { lang, metric } = alert;
  const words = ALERT_WORDS[lang];
  const indicator = indicatorNamed(metric);
  const { unit, label, kind } = indicator;
  const text = (value: number) => figureText(value, unit, lang);
  const when =
    addDays(from, 1) === to ? words.when.day(dayText(from, lang)) : words.when.week(spanText({ from, to }, lang));
  const sentence = words.figure(label[lang], scopeText(alert, names), text(told.value!), when, crossing(alert, told));
  return [
    sentence,
    ...(told.low === null || told.high === null ? [] : [words.interval(text(told.low), text(told.high))]),
    ...(unit === 'count' ? [] : [words[kind === 'agentTime' ? 'time' : 'cases'](casesText(indicator, told.n, lang))]),
  ];
}

function crossing({ lang, metric }: Alert, { signal, threshold, mean, limitLow, limitHigh }: Verdict): string {
  const words = ALERT_WORDS[lang];
  const { unit } = indicatorNamed(metric);
  const text = (value: number | null) => figureText(value ?? 0, unit, lang);
  const side = signal === 'above' || signal === 'run-above' ? 'above' : 'below';
  if (signal?.startsWith('run')) return words.run[side](text(mean));
  return threshold === null
    ? words.limits[side](`${text(limitLow)}–${text(limitHigh)}`)
    : words.threshold[side](text(threshold));
}

/** ` (fila Suporte; demo-calls)`, or nothing for the whole operation. */
function scopeText({ sources, filters, lang }: Alert, names: AlertNames): string {
  const named = filters.map(parseFilter).map(({ column, value }) => {
    const known = (column === 'agent' && names.agents.get(value)) || value;
    const shown = known === MISSING ? missingWord(names.missingLabel, lang) : quotedDash(known);
    return `${dimensionInText(column, lang)} ${shown}`;
  });
  const parts = [...named, ...sources.map((source) => names.sources.get(source) ?? source)];
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}
