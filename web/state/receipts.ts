import { addDays, type Period } from '../format/days.ts';
import { session } from './session.svelte.ts';
import type { MetricAnswer, RepeatAnswer, Shift, ShiftSoFar, Staffing } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** An answer that carries its receipt. */
export type Received = MetricAnswer | RepeatAnswer | Staffing | Shift;

/** What a drawer tells of a figure beside its receipt. */
export interface Told {
  readonly value: string;
  readonly formula: string;
  /** What it is called under, and its name with its version where it has one. */
  readonly label: string;
  readonly name: string;
  /** The rule in a sentence, and what it or the question sets. */
  readonly statement?: string | undefined;
  readonly parameters: readonly string[];
  readonly gross?: string | undefined;
  readonly period: Period | undefined;
  readonly until: string;
  readonly lakeVersion: number;
}

const indicatorOf = (name: string) => session.indicators.find((each) => each.name === name);
const spanIn = ({ from, to }: { from: string | null; to: string | null }): Period | undefined =>
  from && to ? { from, to } : undefined;
const rateText = ({ value, low, high }: { value: number | null; low?: number | null; high?: number | null }) =>
  value !== null && low != null && high != null ? ui.f.interval(value, low, high) : ui.f.percent(value);
const untilText = (watermark: string | null) => (watermark ? ui.f.day(watermark) : '–');

/** What is told of an answer; nothing of a shift before the first call. */
export function toldOf(data: Received): Told | undefined {
  if ('shift' in data) return data.shift ? shiftTold(data.shift) : undefined;
  return 'shrinkage' in data ? staffingTold(data) : figureTold(data);
}

/** `windowDays` 7 as `janela de 7 dias corridos`; one without words of its own as it is written. */
function parameterText([key, value]: [string, unknown]): string {
  const said = ui.t.receipt.parameters[key];
  if (!said || (typeof value !== 'number' && value !== true))
    return `${key} = ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  const number = Number(value);
  if (key.endsWith('Seconds')) return said(wholeTime(number));
  return said(Number.isInteger(number) ? ui.f.count(number) : ui.f.decimal(number, 1));
}

/** Seconds in the largest of hours, minutes and seconds that is whole: `24 h`, `15 min`, `20 s`. */
function wholeTime(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${ui.f.count(seconds / 3600)}\u00a0h`;
  return seconds >= 60 && seconds % 60 === 0 ? `${ui.f.count(seconds / 60)}\u00a0min` : `${ui.f.count(seconds)}\u00a0s`;
}

function figureTold(data: MetricAnswer | RepeatAnswer): Told {
  const isMetric = 'metric' in data;
  const rule = session.rules.find((each) => each.name === data.rule.name);
  const name = isMetric ? (indicatorOf(data.metric)?.label[ui.lang] ?? data.metric) : rule?.label[ui.lang];
  return {
    value: isMetric
      ? ui.f.value(data.total, data.unit)
      : rateText({ value: data.rate, low: data.low, high: data.high }),
    formula: indicatorOf(isMetric ? data.metric : data.rateName)?.formula[ui.lang] ?? data.receipt?.formula ?? '–',
    label: isMetric ? ui.t.receipt.indicator : ui.t.rules.name,
    name: `${name}, v${data.rule.version}`,
    statement: data.rule.statement && ((isMetric ? undefined : rule?.statement[ui.lang]) ?? data.rule.statement),
    parameters: Object.entries(data.rule.parameters).map(parameterText),
    gross: isMetric && data.gross !== null ? ui.f.value(data.gross, data.unit) : undefined,
    period: spanIn(data),
    until: untilText(data.watermark),
    lakeVersion: data.lakeVersion,
  };
}

function staffingTold(data: Staffing): Told {
  const { target, aht, shrinkage, model } = data;
  const said = ui.t.staffing.counted;
  return {
    value: ui.f.agentHours(data.usual.needed),
    formula: ui.t.receipt.people[model],
    label: ui.t.receipt.indicator,
    name: ui.t.receipt.needed,
    statement: ui.t.staffing.usualNote,
    parameters: [
      said.aim(ui.f.share(target.level), ui.f.count(target.within)),
      ...(aht === null ? [] : [said.aht(ui.f.duration(aht))]),
      ...(shrinkage > 0 ? [said.away(ui.f.share(shrinkage))] : []),
    ],
    period: spanIn(data),
    until: untilText(data.watermark),
    lakeVersion: data.lakeVersion,
  };
}

function shiftTold({ day, at, whole, staffing, lakeVersion }: ShiftSoFar): Told {
  const indicator = indicatorOf('serviceLevel');
  const { level, within, model } = staffing;
  const models = ui.t.shift.people.models;
  return {
    value: rateText(whole.level),
    formula: indicator?.formula[ui.lang] ?? '–',
    label: ui.t.receipt.indicator,
    name: indicator?.label[ui.lang] ?? '–',
    statement: `${ui.t.shift.people.subtitle(ui.f.tick(level, 'ratio'), within, models[model])}: ${ui.t.receipt.people[model]}`,
    parameters: [],
    period: { from: day, to: addDays(day, 1) },
    until: ui.t.shift.untilDay(ui.f.day(day), at),
    lakeVersion,
  };
}
