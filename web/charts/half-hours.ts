import { type Drawing, Plot } from './plot.ts';

/** The hours of a day as an axis: half-hours by their number, 0 for 00:00. */
export interface DayAxis {
  /** The first half-hour and the end of the last. */
  first: number;
  last: number;
  clock: (half: number) => string;
}

const LEFT = 32;
const HEIGHT = 220;
const TOP = 12;
const BOTTOM = 26;
/** Room for a clock under the axis, in pixels. */
const CLOCK = 44;
/** Lines of text closer than this run into each other. */
const LINE = 15;

/** Size and horizontal axis of a chart over the half-hours of a day; names at the ends of lines have `room` pixels. */
export function dayFrame({ first, last, clock }: DayAxis, room: number, drawing: Drawing) {
  const width = drawing.width - LEFT - room;
  const every = [2, 4, 6, 8, 12].find((step) => ((last - first) / step) * CLOCK <= width) ?? 12;
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (half) => half % every === 0,
  );
  return {
    options: { height: HEIGHT, marginLeft: LEFT, marginRight: room, marginTop: TOP, marginBottom: BOTTOM },
    x: { type: 'linear' as const, domain: [first, last], label: null },
    axis: Plot.axisX(ticks, { tickFormat: clock, tickSize: 3, label: null }),
  };
}

const TICKS = 4;

/** Ticks of a scale of whole things, from zero up to `most`. */
export function wholeTicks(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / TICKS)));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => most / each <= TICKS) ?? 10 * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

export interface EndName {
  name: string;
  /** Where its line ends. */
  value: number;
  bold?: boolean;
}

/** Names at the ends of lines, moved apart where they would run into each other; `most` is the top of the scale. */
export function endNames(names: readonly EndName[], x: number, most: number) {
  const perPixel = most / (HEIGHT - TOP - BOTTOM) || 1;
  const placed = names.toSorted((a, b) => a.value - b.value).map((one) => ({ ...one, at: one.value }));
  for (const [index, one] of placed.entries()) {
    const under = placed[index - 1];
    if (under) one.at = Math.max(one.at, under.at + LINE * perPixel);
  }
  const over = Math.max(0, (placed.at(-1)?.at ?? 0) - most);
  return placed.map(({ name, at, bold }) =>
    Plot.text([name], {
      x: () => x,
      y: () => at - over,
      text: () => name,
      textAnchor: 'start',
      dx: 8,
      fill: bold ? 'var(--ink)' : 'var(--ink-second)',
      fontWeight: bold ? 600 : 400,
    }),
  );
}
