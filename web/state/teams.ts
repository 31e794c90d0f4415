import type { Indicator, LikeMix, MetricAnswer } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** Dimensions of people who may be given different work. */
const TEAMS = ['agent', 'supervisor', 'queue'];

/** A row whose cases cover less of the mix is compared on another one. */
const LEAST_COVERAGE = 0.5;

type Aim = NonNullable<MetricAnswer['aim']>;

/** The mark of how a figure stands to its target. */
export const AIMED = { met: 'ok', near: 'waiting', missed: 'attention' } as const;

/** Whether teams are compared on the mix of all too: where an indicator is a mean or a share, but not of access. */
export const isMixed = ({ kind, unit, group }: Indicator, by: string): boolean =>
  TEAMS.includes(by) && ['quotient', 'repeat'].includes(kind) && unit !== 'count' && group !== 'access';

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
  return state ? ui.t.figures.aims[state](target) : ui.t.figures.aim(target);
}
