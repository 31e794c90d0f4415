import { type Drawing, draw, HATCHED, Plot, thinned } from './plot.ts';

/** A half-hour of a day; what is not known of it is null. */
export interface CourseHalf {
  /** Business wall time, `2026-11-19T10:30`. */
  at: string;
  offered: number | null;
  answered: number | null;
  /** Not over yet: not joined to the others. */
  filling: boolean;
  expected: number | null;
  low: number | null;
  high: number | null;
  /** How it is read out beside the pointer. */
  text: string;
}

export interface CourseOptions {
  halves: CourseHalf[];
  clock: (at: string) => string;
  tick: (value: number) => string;
  ends: { offered: string; expected: string };
}

/** Wall time as UTC, which Plot's axes show. */
export const wall = (at: string): Date => new Date(`${at}Z`);
const LABEL_PX = 46;
const LETTER_PX = 8;
const HALO = { stroke: 'var(--paper)', strokeWidth: 5 } as const;

/** What came in a day by half-hour, over what was answered of it, against what was expected and its interval. */
export function course({ halves, clock, tick, ends }: CourseOptions, drawing: Drawing): SVGSVGElement {
  const x = (half: CourseHalf) => wall(half.at);
  const over = halves.filter(({ offered, filling }) => offered !== null && !filling);
  const filling = halves.filter((half) => half.filling);
  const expected = halves.filter((half) => half.expected !== null);
  const times = new Map(halves.map((half) => [wall(half.at).getTime(), half.at]));
  const marginRight = expected.length > 0 ? 20 + ends.expected.length * 6.5 : 24;
  const last = over.at(-1);
  // The name stands over the line where it runs under it, not across it.
  const ended = over.length > halves.length / 2;
  const step = (drawing.width - 40 - marginRight) / Math.max(1, halves.length);
  const under = ended ? over.slice(-Math.ceil((ends.offered.length * LETTER_PX) / step) - 1) : over.slice(-1);
  return draw(
    {
      height: Math.max(220, Math.min(280, drawing.width * 0.42)),
      marginLeft: 40,
      marginRight,
      marginTop: 20,
      marginBottom: 28,
      x: { type: 'utc', label: null, insetLeft: 6 },
      y: { label: null, nice: true, zero: true },
      marks: [
        Plot.areaY(expected, { x, y1: 'low', y2: 'high', fill: 'var(--context)', fillOpacity: 0.18 }),
        Plot.areaY(over, { x, y: 'answered', fill: 'var(--accent-soft)', fillOpacity: 0.9 }),
        Plot.gridY({ stroke: 'var(--hairline)', strokeOpacity: 1, ticks: 4 }),
        Plot.axisY({ tickFormat: tick, ticks: 4, tickSize: 0, label: null }),
        Plot.axisX(
          thinned(halves, drawing.width - 40 - marginRight, LABEL_PX).map((half) => wall(half.at)),
          { tickFormat: (date: Date) => clock(times.get(date.getTime()) ?? ''), tickSize: 0, label: null },
        ),
        Plot.lineY(expected, { x, y: 'expected', stroke: 'var(--ink-second)', strokeDasharray: '4 3' }),
        Plot.lineY(over, { x, y: 'offered', stroke: 'var(--accent)', strokeWidth: 2 }),
        Plot.dot(over, { x, y: 'offered', r: 3, fill: 'var(--accent)' }),
        Plot.dot(filling, { x, y: 'offered', r: 5, symbol: 'square', fill: HATCHED, stroke: 'var(--waiting)' }),
        Plot.text(last ? [last] : [], {
          ...{
            x,
            y: () => Math.max(...under.map(({ offered }) => offered ?? 0)),
            text: () => ends.offered,
            dy: -12,
            ...HALO,
          },
          ...{ textAnchor: ended ? 'end' : 'start', fill: 'var(--accent)', fontWeight: 600 },
        }),
        Plot.text(expected.slice(-1), {
          ...{ x, y: 'expected', text: () => ends.expected, dx: 8, textAnchor: 'start', fill: 'var(--ink-second)' },
        }),
        Plot.tip(
          halves,
          Plot.pointerX({
            x,
            y: (half: CourseHalf) => half.offered ?? half.expected,
            title: 'text',
            fill: 'var(--surface)',
            stroke: 'var(--control)',
          }),
        ),
      ],
    },
    drawing,
  );
}
