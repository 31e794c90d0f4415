import type { Indicator, LikeMix, MetricAnswer } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** Dimensions of people who may be given different work. */
const TEAMS = ['agent', 'supervisor', 'queue'];

/** A row whose cases cover less of the mix is compared on another one. */
const LEAST_COVERAGE = 0.5;

export const isTeam = (by: string): boolean => TEAMS.includes(by);

type Aim = NonNullable<MetricAnswer['aim']>;

/** The mark of how a figure stands to its target. */
export const AIMED = { met: 'ok', near: 'waiting', missed: 'attention' } as const;

/** Whether teams are compared on the mix of all too: where an indicator is a mean or a share, but not of access. */
export const isMixed = ({ kind, unit, group }: Indicator, by: string): boolean =>
  isTeam(by) && ['quotient', 'repeat'].includes(kind) && unit !== 'count' && group !== 'access';

/** `6:03 (4:20–7:45)`, and that its cases are few; of too small a part of the mix, nothing but that. */
export function mixText(found: LikeMix['rows'][number] | undefined, unit: Indicator['unit']): string {
  if (!found) return '–';
  const { value, low, high, few, coverage } = found;
  if (coverage < LEAST_COVERAGE) return ui.t.measures.mix.partly(ui.f.percent(coverage));
  const plain = (each: number) => ui.f.value(each, unit);
  let text = plain(value);
  if (low !== null && high !== null)
    text = unit === 'ratio' ? ui.f.interval(value, low, high) : `${text} (${plain(low)}–${plain(high)})`;
  return few ? `${text}, ${ui.t.fewWord}` : text;
}

/** A target, and how what it is of stands to it, where that is known. */
export function aimText(aim: Aim | undefined, state: Aim['state'] | undefined, unit: Indicator['unit']): string {
  if (!aim) return '–';
  const target = ui.f.target(aim.target, unit);
  if (aim.rule) return ui.t.figures.aimOfHouse(target);
  return state ? ui.t.figures.aims[state](target) : ui.t.figures.aim(target);
}

/** The ends of an interval: `12,5–24,6` of a share, in the indicator's own way of others. */
export function boundsText(
  { low, high }: { low?: number | undefined; high?: number | undefined },
  unit: Indicator['unit'],
): string {
  if (low === undefined || high === undefined) return '–';
  const text = (end: number) => (unit === 'ratio' ? ui.f.decimal(end * 100, 1) : ui.f.value(end, unit));
  return `${text(low)}–${text(high)}`;
}

/** What the rows of a split count and what its total counts, where the two may differ. */
export function basisText(data: MetricAnswer | undefined): string | undefined {
  if (!data?.basis) return undefined;
  const { rows, total } = data.basis;
  const words = ui.t.measures.basis;
  return rows === total ? words.same[rows] : words.legs(ui.f.value(data.total, data.unit), ui.f.count(data.n));
}

/** Under a rate on the mix of all: its interval or, of too small a part of the mix, nothing but that; and that its cases are few. */
export function mixUnder(found: LikeMix['rows'][number] | undefined): string {
  if (!found) return '';
  const { low, high, few, coverage } = found;
  if (coverage < LEAST_COVERAGE) return ui.t.measures.mix.partly(ui.f.percent(coverage));
  const bounds = boundsText({ low: low ?? undefined, high: high ?? undefined }, 'ratio');
  return few ? `${bounds}, ${ui.t.fewWord}` : bounds;
}

/** A rate on the mix of all; none of too small a part of it. */
export const mixRateText = (found: LikeMix['rows'][number] | undefined): string =>
  found && found.coverage >= LEAST_COVERAGE ? ui.f.percent(found.value) : '–';
