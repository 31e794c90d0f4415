import { here } from './here.svelte.ts';
import type { Insight } from './shapes.ts';
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

/** `40 a 86`. */
export function rangeText({ effectHours, interval: [low, high] }: Insight): string {
  const [from, to] = effectHours < 0 ? [-high, -low] : [low, high];
  const end = (hours: number) => ui.f.signed(Math.round(hours)).replace('+', '');
  return ui.t.insights.interval(end(from), end(to));
}

/** The rows that a cause is of, with the filters in view. */
export function rowsOf({ evidence: { rows } }: Insight): string | undefined {
  if (!rows) return undefined;
  const { from, to, where = [] } = rows;
  return here.to('/linhas', { ...(from && to && from < to ? { from, to } : {}), where: [...here.url.where, ...where] });
}
