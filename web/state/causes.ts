import type { Insight } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** How the hours of a cause are told, before or after them: `faltaram` 10 h, 61 h `a mais`. */
export function hoursWords({ kind, subject, effectHours }: Insight): { before?: string; after?: string } {
  const words = ui.t.insights;
  const gap = kind === 'half-hours' ? words.gaps[subject] : undefined;
  if (gap) return ui.lang === 'pt' ? { before: gap } : { after: gap };
  return { after: effectHours < 0 ? words.saves : words.costs };
}

/** `faltaram 10 h`, `61 h a mais`. */
export function hoursText(cause: Insight): string {
  const { before, after } = hoursWords(cause);
  const hours = ui.t.insights.hours(ui.f.count(Math.round(Math.abs(cause.effectHours))));
  return [before, hours, after].filter(Boolean).join(' ');
}
