import { type Drawing, draw, Plot, thinned } from './plot.ts';
import { wall } from './shift-course.ts';

/** A half-hour of a day with the people of it; what is not known is null. */
export interface PeopleHalf {
  /** Business wall time, `2026-11-19T10:30`. */
  at: string;
  needed: number | null;
  /** What is needed is told by a forecast. */
  foreseen: boolean;
  rostered: number | null;
  /** At work on average, where that is known; else who answered. */
  present: number | null;
  text: string;
}

export interface PeopleOptions {
  halves: PeopleHalf[];
  clock: (at: string) => string;
  ends: { needed: string; rostered: string };
}

const HALF_MS = 1_800_000;
const LABEL_PX = 46;

/** People needed and rostered as steps, over bars of those who were there. */
export function people({ halves, clock, ends }: PeopleOptions, drawing: Drawing): SVGSVGElement {
  const start = (half: PeopleHalf) => wall(half.at);
  const end = (half: PeopleHalf) => new Date(wall(half.at).getTime() + HALF_MS);
  const times = new Map(halves.map((half) => [wall(half.at).getTime(), half.at]));
  const rostered = halves.filter((half) => half.rostered !== null);
  /** A step that reaches to the end of its last half-hour. */
  const steps = (data: PeopleHalf[], of: 'needed' | 'rostered', more: Plot.LineYOptions) => {
    const points = data.map((half) => ({ x: start(half), y: half[of] }));
    const last = data.at(-1);
    return Plot.lineY(last ? [...points, { x: end(last), y: last[of] }] : points, {
      ...{ x: 'x', y: 'y', curve: 'step-after', strokeWidth: 2 },
      ...more,
    });
  };
  const last = halves.findLast((half) => half.needed !== null);
  const lastRostered = rostered.at(-1);
  const near = last && lastRostered && Math.abs(last.needed! - lastRostered.rostered!) < 1.5;
  const marginRight = 16 + Math.max(ends.needed.length, rostered.length > 0 ? ends.rostered.length : 0) * 6.5;
  return draw(
    {
      height: Math.max(220, Math.min(280, drawing.width * 0.6)),
      marginLeft: 32,
      marginRight,
      marginTop: 20,
      marginBottom: 28,
      x: { type: 'utc', label: null },
      y: { label: null, nice: true, zero: true },
      marks: [
        Plot.rectY(
          halves.filter((half) => half.present !== null),
          { x1: start, x2: end, y: 'present', fill: 'var(--accent-soft)', insetLeft: 1, insetRight: 1 },
        ),
        Plot.gridY({ stroke: 'var(--hairline)', strokeOpacity: 1, ticks: 4 }),
        Plot.axisY({
          ticks: 4,
          tickSize: 0,
          label: null,
          tickFormat: (value: number) => (value % 1 ? '' : `${value}`),
        }),
        Plot.axisX(
          thinned(halves, drawing.width - 32 - marginRight, LABEL_PX).map((half) => wall(half.at)),
          { tickFormat: (date: Date) => clock(times.get(date.getTime()) ?? ''), tickSize: 0, label: null },
        ),
        steps(
          halves.filter(({ foreseen }) => !foreseen),
          'needed',
          { stroke: 'var(--accent)' },
        ),
        steps(
          halves.filter(({ foreseen }) => foreseen),
          'needed',
          { stroke: 'var(--accent)', strokeDasharray: '4 3' },
        ),
        steps(rostered, 'rostered', { stroke: 'var(--ink)' }),
        Plot.text(last ? [last] : [], {
          ...{ x: end, y: 'needed', text: () => ends.needed, dx: 6, dy: near ? -7 : 0, textAnchor: 'start' },
          fill: 'var(--accent)',
        }),
        Plot.text(lastRostered ? [lastRostered] : [], {
          ...{ x: end, y: 'rostered', text: () => ends.rostered, dx: 6, dy: near ? 7 : 0, textAnchor: 'start' },
          fill: 'var(--ink)',
        }),
        Plot.tip(
          halves,
          Plot.pointerX({
            x: (half: PeopleHalf) => new Date(wall(half.at).getTime() + HALF_MS / 2),
            y: (half: PeopleHalf) => Math.max(half.needed ?? 0, half.present ?? 0, half.rostered ?? 0),
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
