import { utc } from '../format/days.ts';
import { type ChartEvent, eventMarks } from './events.ts';
import { type Drawing, draw, HATCHED, opening, Plot, thinned } from './plot.ts';
import type { TrendPoint } from './trend.ts';
import { type Limits, type Signal, signalsOf } from './xmr.ts';

export interface ControlPoint extends TrendPoint {
  n: number;
}

export interface ControlOptions {
  points: ControlPoint[];
  limits: Limits | undefined;
  tick: (value: number) => string;
  value: (value: number) => string;
  day: (day: string) => string;
  events: ChartEvent[];
  words: { mean: string; limit: string; provisional: string };
  open: (href: string) => void;
}

/** Keeps a label readable where a line passes behind it. */
const HALO = { stroke: 'var(--paper)', strokeWidth: 6 } as const;

type Known = ControlPoint & { value: number; signal: Signal | undefined };

/** What is not closed may be far off by chance: it is drawn at the edge, and does not flatten the rest. */
function scaleOf(known: readonly Known[], rules: readonly { at: number }[]): Plot.ScaleOptions {
  const closed = known.filter(({ provisional }) => !provisional).map(({ value }) => value);
  const scaled = [...closed, ...rules.map(({ at }) => at)];
  return closed.length > 1 ? { domain: [Math.min(...scaled), Math.max(...scaled)], clamp: true } : {};
}

/** Weekly rates against the limits of their own variation. */
export function control(options: ControlOptions, drawing: Drawing): SVGSVGElement {
  const { points, limits, tick, value, day, words, events, open } = options;
  const signals = signalsOf(points, limits);
  const known = points
    .map((point, index) => ({ ...point, signal: signals[index] }))
    .filter((point): point is Known => point.value !== null);
  const of = (test: (point: Known) => boolean) => known.filter(test);
  const quiet = of((point) => !point.provisional && !point.signal);
  const outside = of((point) => point.signal === 'outside');
  const run = of((point) => point.signal === 'run');
  const loose = of((point) => point.provisional);
  /** Where the word stands so as not to cover the line that comes to it. */
  const below = (loose.at(-1)?.value ?? Infinity) < (of((point) => !point.provisional).at(-1)?.value ?? -Infinity);
  const x = (point: TrendPoint) => utc(point.at);
  const days = new Map(points.map((point) => [utc(point.at).getTime(), point.at]));
  const rules = limits
    ? [
        { at: limits.high, text: `${words.limit} ${value(limits.high)}`, dash: '2 3' },
        { at: limits.mean, text: `${words.mean} ${value(limits.mean)}`, dash: '' },
        { at: limits.low, text: `${words.limit} ${value(limits.low)}`, dash: '2 3' },
      ]
    : [];
  const room = Math.max(0, ...points.map((point) => day(point.at).length)) * 7 + 20;
  const marginRight = limits ? 100 : 56;
  const mark = (data: Known[], more: Plot.DotOptions) =>
    Plot.dot(data, { x, y: 'value', ...more, render: opening(data, open) });
  const label = (data: Known[], more: Plot.TextOptions) =>
    Plot.text(data, { x, y: 'value', dy: -14, ...HALO, fill: 'var(--ink)', fontWeight: 600, ...more });
  return draw(
    {
      height: Math.max(220, Math.min(280, drawing.width * 0.42)),
      marginLeft: 44,
      marginRight,
      marginTop: 24,
      marginBottom: 28,
      x: { type: 'utc', label: null, insetLeft: 8 },
      y: { label: null, nice: true, zero: false, ticks: 4, insetBottom: below ? 16 : 0, ...scaleOf(known, rules) },
      marks: [
        Plot.axisY({ tickFormat: tick, ticks: 4, tickSize: 0, label: null }),
        Plot.axisX(
          thinned(points, drawing.width - 44 - marginRight, room).map((point) => utc(point.at)),
          { tickFormat: (date: Date) => day(days.get(date.getTime()) ?? ''), tickSize: 0, label: null },
        ),
        ...rules.map((rule) =>
          Plot.ruleY([rule.at], { stroke: 'var(--context)', ...(rule.dash ? { strokeDasharray: rule.dash } : {}) }),
        ),
        Plot.text(rules, {
          y: 'at',
          text: 'text',
          frameAnchor: 'right',
          dx: 8,
          textAnchor: 'start',
          fill: 'var(--ink-second)',
        }),
        ...eventMarks(events, {
          from: points[0]?.at ?? '',
          to: points.at(-1)?.at ?? '',
          width: drawing.width - 44 - marginRight,
        }),
        Plot.lineY(
          points.map((point) => ({ ...point, value: point.provisional ? null : point.value })),
          { x, y: 'value', stroke: 'var(--accent)', strokeWidth: 1.5 },
        ),
        mark(quiet, { r: 3.5, fill: 'var(--accent)' }),
        mark(run, { r: 5, symbol: 'triangle', fill: 'var(--attention)' }),
        mark(outside, { r: 5, symbol: 'square', fill: 'var(--critical)' }),
        mark(loose, { r: 6, symbol: 'square', fill: HATCHED, stroke: 'var(--waiting)' }),
        label(outside, { text: (point: Known) => value(point.value) }),
        label(loose.slice(-1), {
          text: () => words.provisional,
          fill: 'var(--waiting)',
          fontWeight: 400,
          textAnchor: 'end',
          dx: 6,
          dy: below ? 16 : -14,
        }),
        Plot.tip(
          known,
          Plot.pointerX({ x, y: 'value', title: 'text', fill: 'var(--surface)', stroke: 'var(--control)' }),
        ),
      ],
    },
    drawing,
  );
}
