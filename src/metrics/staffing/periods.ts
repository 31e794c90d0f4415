import { addDays, type Day, daysBetween } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { SourceFacts } from '../facts.ts';
import { chosenSources, watermarkOf } from '../scope.ts';
import { HISTORY_DAYS } from './forecast.ts';
import type { StaffingQuestion } from './staffing-answers.ts';

/** Columns that both calls and rosters can be narrowed by. */
const FILTERED = ['queue', 'account'];
const MOST_DAYS = 366;
/** Days of a period that nobody chose, and after which a source is no longer live. */
export const USUAL_DAYS = 28;
/** Days before the period that the usual demand is learnt from too. */
export const LEARN_DAYS = 56;

/** Days `[from, to)`. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

/** The period as asked, or the last four weeks, with its sources and those of them that hold all calls; null where no day is known. */
export function periodOf(known: readonly SourceFacts[], { scope }: StaffingQuestion) {
  const filter = (scope.where ?? []).find(({ column }) => !FILTERED.includes(column));
  if (filter)
    throw new RamalError('usage', {
      what: `Dimensionamento não se filtra por ${filter.column}`,
      todo: `Use ${FILTERED.join(' ou ')}`,
    });
  const asked = chosenSources(known, scope);
  const whole = asked.filter(({ holds }) => holds === 'all');
  const last = (whole.length > 0 ? whole : asked)
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  const to = scope.to ?? (last && addDays(last, 1));
  if (to === undefined) return null;
  const from = scope.from ?? addDays(to, -USUAL_DAYS);
  if (daysBetween(from, to) > MOST_DAYS)
    throw new RamalError('usage', {
      what: `O período tem mais de ${MOST_DAYS} dias`,
      todo: 'Escolha um período menor',
    });
  const chosen = chosenSources(known, { ...scope, from, to });
  return { scope, chosen, sources: chosen.filter(({ holds }) => holds === 'all'), from, to };
}

/** The days after the last one known, and those before that they are learnt from; null where none are asked for. */
export function comingOf(known: readonly SourceFacts[], { scope, horizon }: StaffingQuestion) {
  const all = chosenSources(known, { sources: scope.sources }).filter(({ holds }) => holds === 'all');
  const last = all
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  if (horizon === 0 || last === undefined) return null;
  const live = all.filter(({ last_day }) => daysBetween(last_day, last) < USUAL_DAYS);
  const first = live.map(({ first_day }) => first_day).sort()[0]!;
  const from = addDays(watermarkOf(live)!, 1);
  const earliest = addDays(from, -HISTORY_DAYS.most);
  return { history: first > earliest ? first : earliest, from, to: addDays(from, horizon) };
}

/** Windows that overlap or touch as one. */
export function joined(windows: readonly Window[]): Window[] {
  const sorted = windows.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const kept: Window[] = [];
  for (const window of sorted) {
    const last = kept.at(-1);
    if (!last || window.from > last.to) kept.push(window);
    else if (window.to > last.to) kept[kept.length - 1] = { from: last.from, to: window.to };
  }
  return kept;
}
