import { addDays } from '../format/days.ts';
import { here } from './here.svelte.ts';
import { DEFAULT_RULE } from './scope.ts';
import { session } from './session.svelte.ts';
import type { Insight, NoteView } from './shapes.ts';
import type { Told } from './told-causes.ts';
import { ui } from './ui.svelte.ts';

/** What many findings of a kind say together. */
export function statementOf({ kind, causes, effectHours }: Told): string {
  if (causes.length === 1) return causes[0]!.statement[ui.lang];
  const words = ui.t.insights;
  const count = ui.f.count(causes.length);
  const alike = words.alike[kind];
  return alike ? alike(count, effectHours < 0) : words.many(count, words.kinds[kind] ?? kind);
}

/** How the hours of a cause are told, before or after them: `faltaram` 10 h, 61 h `a mais`. */
export function hoursWords({
  kind,
  subject = '',
  effectHours,
}: Pick<Insight, 'kind' | 'effectHours'> & { subject?: string }): {
  before?: string;
  after?: string;
} {
  const words = ui.t.insights;
  const gap = kind === 'half-hours' ? words.gaps[subject] : undefined;
  if (gap) return ui.lang === 'pt' ? { before: gap } : { after: gap };
  return { after: effectHours < 0 ? words.saves : words.costs };
}

/** `faltaram 10 h`, `61 h a mais`. */
export function hoursText(cause: Parameters<typeof hoursWords>[0]): string {
  const { before, after } = hoursWords(cause);
  const hours = ui.t.insights.hours(ui.f.count(Math.round(Math.abs(cause.effectHours))));
  return [before, hours, after].filter(Boolean).join(' ');
}

/** `40 a 86`; what was counted has none. */
export function rangeText({ effectHours, interval }: Insight): string {
  if (!interval) return ui.t.insights.counted;
  const [low, high] = interval;
  const [from, to] = effectHours < 0 ? [-high, -low] : [low, high];
  const end = (hours: number) => ui.f.signed(Math.round(hours)).replace('+', '');
  return ui.t.insights.interval(end(from), end(to));
}

/** What the bars of what is told together measure: each one's hours, or the figure that shows it. */
export function measureOf({ causes: [cause, ...others] }: Told): string {
  const { units } = ui.t.insights;
  if (!cause || others.length > 0) return units.hours!;
  const indicator = session.indicators.find(({ name }) => name === cause.metric);
  const { unit } = cause.evidence;
  return (indicator?.unit === unit && indicator.label[ui.lang]) || units[unit]!;
}

/** What notes call a cause. */
export function keyOf({ kind, subject }: Pick<Insight, 'kind' | 'subject'>): string {
  return `${kind}/${subject}`;
}

/** Whether a note is about a cause as it is in view: under the same filters besides the cause's own, of any sources or the same. */
export function isAbout(note: NoteView, cause: Insight): boolean {
  const own = cause.evidence.rows?.where ?? [];
  const besides = (filters: readonly string[]) => filters.filter((one) => !own.includes(one));
  const same = (one: readonly string[], other: readonly string[]) =>
    one.toSorted().join('\n') === other.toSorted().join('\n');
  if (note.cause !== keyOf(cause) || !same(besides(note.filters), besides(here.url.where))) return false;
  return note.sources.length === 0 || same(note.sources, here.asked?.source ?? []);
}

/** Days in which people are held against demand, as causes take them: the last of the period. */
const STAFFING_DAYS = 28;

export function staffingDays(): { from?: string; to?: string } {
  return here.period ? { from: addDays(here.period.to, -STAFFING_DAYS), to: here.period.to } : {};
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})( \d{2}:\d{2})?$/;

/** Whether a point is a day or a half-hour. */
export function isMoment(label: string): boolean {
  return MOMENT.test(label);
}

/** What a point of a cause's chart is called: a day, a half-hour, a group or a name. */
export function pointName(label: string): string {
  const [, day, clock = ''] = MOMENT.exec(label) ?? [];
  return day ? `${ui.f.shortDay(day)}${clock}` : (ui.t.insights.labels[label] ?? label);
}

/** A point's figure in the unit of its chart. */
export function pointFigure(value: number | null, unit: Insight['evidence']['unit'] | 'hours'): string {
  if (value === null) return '–';
  if (unit === 'hours') return ui.t.insights.hours(ui.f.count(Math.round(value)));
  return unit === 'agents' ? ui.f.count(value) : ui.f.value(value, unit);
}

/** `564 âncoras de janela fechada`: what a cause rests on. */
export function casesOf({ kind, evidence: { n, unit } }: Pick<Insight, 'kind' | 'evidence'>): string {
  const words = ui.t.insights;
  return words.n(ui.f.count(n), words.cases[kind] ?? words.cases[unit] ?? '');
}

/** The rows that a cause is of, with the filters in view. */
export function rowsOf({ evidence: { rows } }: Insight): string | undefined {
  if (!rows) return undefined;
  const { from, to, where = [], repeat } = rows;
  const days = from && to && from < to ? { from, to } : {};
  return here.to('/linhas', {
    ...days,
    where: [...here.url.where, ...where],
    ...(repeat ? { repeat, rule: DEFAULT_RULE } : {}),
  });
}
