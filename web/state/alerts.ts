import { addDays } from '../format/days.ts';
import { unbroken } from '../format/index.ts';
import { dimensionInText, filterName } from './dimensions.ts';
import { here } from './here.svelte.ts';
import { splitFilter } from './scope.ts';
import { session } from './session.svelte.ts';
import type { AlertView, RaisedView } from './shapes.ts';
import { ui } from './ui.svelte.ts';

type Watched = Pick<AlertView, 'metric' | 'sources' | 'filters'>;
type Verdict = RaisedView['told'];

const indicatorOf = (name: string) => session.indicators.find((each) => each.name === name);
export const unitOf = (name: string) => indicatorOf(name)?.unit ?? 'count';

/** What is watched: `Nível de serviço (fila Suporte)`. */
export function watchedText({ metric, sources, filters }: Watched): string {
  const named = filters
    .map(splitFilter)
    .map(({ column, value }) => `${dimensionInText(column)} ${filterName(column, value)}`);
  const parts = [...named, ...sources.map((source) => here.label(source, ui.lang))];
  const label = indicatorOf(metric)?.label[ui.lang] ?? metric;
  return parts.length > 0 ? `${label} (${parts.join('; ')})` : label;
}

/** When it tells: `Avisa quando ficar abaixo de 80,0%, por semana`. */
export function ruleText({ metric, kind, threshold, period }: AlertView): string {
  const words = ui.t.alerts;
  const value = threshold === null ? '' : ui.f.value(threshold, unitOf(metric));
  return words.when(words.kinds[kind] ?? kind, value, words.periodShort[period] ?? period);
}

export const periodText = ({ from, to }: { from: string; to: string }): string => ui.f.range({ from, to });

/** What was crossed, and which way. */
export function crossingText({ metric }: Pick<AlertView, 'metric'>, told: Verdict): string {
  const words = ui.t.alerts;
  const text = (value: number | null) => ui.f.value(value, unitOf(metric));
  const side = told.signal === 'above' || told.signal === 'run-above' ? 'above' : 'below';
  if (told.signal?.startsWith('run')) return words.run[side](text(told.mean));
  if (told.threshold !== null) return words.thresholdCrossed[side](text(told.threshold));
  return words.limitsCrossed[side](`${text(told.limitLow)}–${text(told.limitHigh)}`);
}

/** A value with its interval and its cases, where it has them. */
export function valueText({ metric }: Pick<AlertView, 'metric'>, { value, n, low, high }: Verdict): string {
  const unit = unitOf(metric);
  const sides = [
    ...(low === null || high === null ? [] : [ui.intervalText(low, high, unit)]),
    ...(unit === 'count' ? [] : [`n\u00a0${ui.f.count(n)}`]),
  ];
  return sides.length > 0 ? `${ui.f.value(value, unit)} (${sides.join('; ')})` : ui.f.value(value, unit);
}

/** A period that crossed, in a sentence. */
export function raisedText(alert: AlertView, raised: RaisedView): string {
  const words = ui.t.alerts;
  // As it was told: the alert may go by other periods since.
  const when = words.on[addDays(raised.from, 1) === raised.to ? 'day' : 'week'](periodText(raised));
  return unbroken(
    words.sentence(watchedText(alert), valueText(alert, raised.told), when, crossingText(alert, raised.told)),
  );
}

/** What the last look found. */
export function lookText(alert: AlertView): string {
  const words = ui.t.alerts;
  const { looked, lookedFrom, lookedTo, lookedMessage } = alert;
  if (lookedMessage) return ui.t.errors.said('', lookedMessage);
  if (!looked || !lookedFrom || !lookedTo) return words.waits;
  const verdict = words.verdicts[looked.verdict] ?? looked.verdict;
  const value = looked.value === null ? '' : `${valueText(alert, looked)}, `;
  return words.last(periodText({ from: lookedFrom, to: lookedTo }), `${value}${verdict}`);
}
