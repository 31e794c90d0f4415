import { dayFrame, endNames, wholeTicks } from './half-hours.ts';
import { type Drawing, draw, Plot } from './plot.ts';

export interface CourseHalf {
  half: number;
  value: number;
  /** What it is held against. */
  beside: number | null;
  low?: number | undefined;
  high?: number | undefined;
  /** Shown beside the pointer. */
  text: string;
}

export interface CourseOptions {
  halves: CourseHalf[];
  words: { value: string; beside: string };
  clock: (half: number) => string;
  tick: (value: number) => string;
  /** Not come yet: dashed, with its band. */
  forecast: boolean;
}

/** One measure over the half-hours of a day, beside what it is held against: a trend within a day. */
export function course({ halves, words, clock, tick, forecast }: CourseOptions, drawing: Drawing): SVGSVGElement {
  const [first, last] = [halves[0]?.half ?? 0, (halves.at(-1)?.half ?? 0) + 1];
  const beside = halves.some((half) => half.beside !== null);
  const room = Math.max(words.value.length, beside ? words.beside.length : 0) * 7 + 14;
  const frame = dayFrame({ first, last, clock }, room, drawing);
  const most = Math.max(1, ...halves.map((half) => Math.max(half.value, half.beside ?? 0, half.high ?? 0))) * 1.05;
  const x = ({ half }: CourseHalf) => half + 0.5;
  const end = halves.at(-1);
  const ticks = wholeTicks(most);
  return draw(
    {
      ...frame.options,
      x: frame.x,
      y: { domain: [0, most], label: null },
      marks: [
        Plot.gridY(ticks, { stroke: 'var(--hairline)', strokeOpacity: 1 }),
        Plot.axisY(ticks, { tickSize: 0, tickFormat: tick, label: null }),
        frame.axis,
        ...(forecast
          ? [Plot.areaY(halves, { x, y1: 'low', y2: 'high', fill: 'var(--accent)', fillOpacity: 0.18 })]
          : []),
        ...(beside ? [Plot.lineY(halves, { x, y: 'beside', stroke: 'var(--context)', strokeWidth: 1.5 })] : []),
        Plot.lineY(halves, {
          x,
          y: 'value',
          stroke: 'var(--accent)',
          strokeWidth: 2,
          ...(forecast ? { strokeDasharray: '5 3' } : {}),
        }),
        ...endNames(
          [
            { name: words.value, value: end?.value ?? 0, bold: true },
            ...(beside ? [{ name: words.beside, value: end?.beside ?? 0 }] : []),
          ],
          last - 0.5,
          most,
        ),
        Plot.tip(
          halves,
          Plot.pointerX({ x, y: 'value', title: 'text', fill: 'var(--surface)', stroke: 'var(--control)' }),
        ),
      ],
    },
    drawing,
  );
}
