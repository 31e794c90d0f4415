import { type DayAxis, dayFrame, endNames, wholeTicks } from './half-hours.ts';
import { type Drawing, draw, Plot } from './plot.ts';

export interface StepHalf {
  half: number;
  needed: number;
  /** Null where it is not known. */
  there: number | null;
  /** Shown beside the pointer. */
  text: string;
}

export interface StepOptions {
  /** Every half-hour from the first to the last. */
  halves: StepHalf[];
  words: { needed: string; there: string };
  clock: (half: number) => string;
  tick: (value: number) => string;
}

/** People needed against people there by half-hour; what lies between them is lack or surplus. */
export function steps({ halves, words, clock, tick }: StepOptions, drawing: Drawing): SVGSVGElement {
  const [first, last] = [halves[0]?.half ?? 0, (halves.at(-1)?.half ?? 0) + 1];
  const axis: DayAxis = { first, last, clock };
  const room = Math.max(words.needed.length, words.there.length) * 7 + 14;
  const frame = dayFrame(axis, room, drawing);
  const most = Math.max(1, ...halves.map(({ needed, there }) => Math.max(needed, there ?? 0))) * 1.05;
  const known = halves.flatMap(({ half, needed, there }) => (there === null ? [] : [{ half, needed, there }]));
  const between = (of: typeof known, fill: string) =>
    Plot.rect(of, {
      x1: 'half',
      x2: ({ half }: { half: number }) => half + 1,
      y1: 'needed',
      y2: 'there',
      fill,
    });
  /** The last half-hour runs to its end. */
  const line = (of: 'needed' | 'there', stroke: string) =>
    Plot.lineY([...halves, ...halves.slice(-1).map((half) => ({ ...half, half: half.half + 1 }))], {
      x: 'half',
      y: of,
      curve: 'step-after',
      stroke,
      strokeWidth: 2,
    });
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
        between(
          known.filter(({ needed, there }) => needed > there),
          'var(--lack-soft)',
        ),
        between(
          known.filter(({ needed, there }) => there > needed),
          'var(--surplus-soft)',
        ),
        ...(known.length > 0 ? [line('there', 'var(--ink)')] : []),
        line('needed', 'var(--accent)'),
        ...endNames(
          [
            { name: words.needed, value: end?.needed ?? 0, bold: true },
            ...(known.length > 0 ? [{ name: words.there, value: end?.there ?? 0 }] : []),
          ],
          last,
          most,
        ),
        Plot.tip(
          halves,
          Plot.pointerX({
            x: ({ half }: StepHalf) => half + 0.5,
            y: ({ needed, there }: StepHalf) => Math.max(needed, there ?? 0),
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
