import { utc } from '../format/days.ts';
import { type ChartEvent, eventMarks } from './events.ts';
import { wholeTicks } from './half-hours.ts';
import { clockTicks, type Drawing, draw, HATCHED, type Opens, opening, Plot, thinned } from './plot.ts';

export interface TrendPoint extends Opens {
  at: string;
  value: number | null;
  /** Not closed yet: hatched and not joined. */
  provisional: boolean;
  /** How the point is read out and shown beside the pointer. */
  text: string;
}

export interface TrendOptions {
  points: TrendPoint[];
  tick: (value: number) => string;
  day: (day: string) => string;
  /** Counts start at zero; other measures use the room for their variation. */
  fromZero: boolean;
  /** Seconds: ticks at round minutes, not at round numbers. */
  clock: boolean;
  end: string;
  events: ChartEvent[];
  /** What the measure should be. */
  target?: { at: number; text: string } | undefined;
  open: (href: string) => void;
}

/** Counts up to which an axis has a tick of its own for each. */
const FEW = 4;

/** One measure over time. */
export function trend(
  { points, tick, day, fromZero, clock, end, events, target, open }: TrendOptions,
  drawing: Drawing,
): SVGSVGElement {
  const known = points.filter((point): point is TrendPoint & { value: number } => point.value !== null);
  const closed = known.filter((point) => !point.provisional);
  const loose = known.filter((point) => point.provisional);
  const x = (point: TrendPoint) => utc(point.at);
  const days = new Map(points.map((point) => [utc(point.at).getTime(), point.at]));
  const values = [...known.map((point) => point.value), ...(target ? [target.at] : [])];
  const clocked = clock && values.length > 0 ? clockTicks(Math.min(...values), Math.max(...values)) : undefined;
  const domain = clocked ? { domain: [clocked[0], clocked.at(-1)] } : {};
  // Of a few contacts none is a part of one.
  const few = fromZero && values.length > 0 && Math.max(...values) <= FEW && values.every(Number.isInteger);
  const ticks = clocked ?? (few ? wholeTicks(Math.max(...values)) : 4);
  const room = Math.max(0, ...points.map((point) => day(point.at).length)) * 7 + 24;
  const marginRight = 12 + end.length * 7;
  const line = points.map((point) => ({ ...point, value: point.provisional ? null : point.value }));
  return draw(
    {
      height: Math.max(200, Math.min(280, drawing.width * 0.36)),
      marginLeft: 48,
      marginRight,
      marginBottom: 28,
      x: { type: 'utc', label: null, insetLeft: 8 },
      y: { label: null, nice: true, zero: fromZero, ...domain },
      marks: [
        Plot.gridY({ stroke: 'var(--hairline)', strokeOpacity: 1, ticks }),
        Plot.axisY({ tickFormat: tick, ticks, tickSize: 0, label: null }),
        Plot.axisX(
          thinned(points, drawing.width - 48 - marginRight, room).map((point) => utc(point.at)),
          { tickFormat: (date: Date) => day(days.get(date.getTime()) ?? ''), tickSize: 0, label: null },
        ),
        ...eventMarks(events, {
          from: points[0]?.at ?? '',
          to: points.at(-1)?.at ?? '',
          width: drawing.width - 48 - marginRight,
        }),
        ...(target
          ? [
              Plot.ruleY([target.at], { stroke: 'var(--ink)', strokeDasharray: '5 4' }),
              Plot.text([target], {
                y: 'at',
                text: 'text',
                frameAnchor: 'left',
                textAnchor: 'start',
                dx: 4,
                dy: -8,
                fill: 'var(--ink)',
                stroke: 'var(--paper)',
                strokeWidth: 4,
              }),
            ]
          : []),
        Plot.lineY(line, { x, y: 'value', stroke: 'var(--accent)', strokeWidth: 2 }),
        Plot.dot(closed, {
          x,
          y: 'value',
          r: closed.length > 45 ? 1.5 : 3,
          fill: 'var(--accent)',
          render: opening(closed, open),
        }),
        Plot.dot(loose, {
          x,
          y: 'value',
          r: 5,
          symbol: 'square',
          fill: HATCHED,
          stroke: 'var(--waiting)',
          render: opening(loose, open),
        }),
        Plot.text(known.slice(-1), {
          x,
          y: 'value',
          text: () => end,
          dx: 10,
          textAnchor: 'start',
          fill: 'var(--ink)',
          fontWeight: 600,
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
