import { type Drawing, draw, fitting, Plot } from './plot.ts';

export interface SpreadRow {
  readonly label: string;
  /** Percentiles 10, 25, 50, 75 and 90. */
  readonly at: readonly [number, number, number, number, number];
}

/** Share of the width that names may take before they move above their bands. */
const NAMES_SHARE = 0.4;
/** How many times as much the right end is as the left one, at most: what is nearly nothing lies at the left, too. */
const WIDEST = 1e5;

/** Where the middle half and the middle eight tenths of each lie, and the middle one, on a scale of times. */
export function spreads(
  { rows, tick }: { rows: readonly SpreadRow[]; tick: (value: number) => string },
  drawing: Drawing,
): SVGSVGElement {
  const longest = Math.max(0, ...rows.map(({ label }) => label.length)) * 6.8 + 16;
  const narrow = longest > drawing.width * NAMES_SHARE;
  const keys = rows.map((_, index) => String(index));
  const y = (_: SpreadRow, index: number) => keys[index];
  const positive = rows.flatMap(({ at }) => at).filter((value) => value > 0);
  // What is nothing lies at the left end of a scale that has no zero.
  const least = Math.max(Math.min(...positive) / 2, Math.max(...positive) / WIDEST);
  const at = (place: number) => (row: SpreadRow) => Math.max(least, row.at[place]!);
  const dy = narrow ? 8 : 0;
  return draw(
    {
      height: rows.length * (narrow ? 44 : 28) + 44,
      marginLeft: narrow ? 4 : longest,
      marginRight: 24,
      marginTop: 8,
      marginBottom: 32,
      x: {
        type: 'log',
        label: null,
        ticks: Math.max(3, Math.floor(drawing.width / 140)),
        tickFormat: tick,
        tickSize: 0,
      },
      y: { axis: null, domain: keys },
      marks: [
        Plot.gridX({ stroke: 'var(--hairline)', strokeOpacity: 1 }),
        Plot.ruleY(rows, { y, x1: at(0), x2: at(4), stroke: 'var(--sequence-2)', strokeWidth: 10, dy }),
        Plot.ruleY(rows, { y, x1: at(1), x2: at(3), stroke: 'var(--sequence-4)', strokeWidth: 10, dy }),
        Plot.tickX(rows, { y, x: at(2), stroke: 'var(--ink)', strokeWidth: 3, inset: narrow ? 13 : 4, dy }),
        Plot.text(rows, {
          y,
          text: 'label',
          frameAnchor: 'left',
          textAnchor: narrow ? 'start' : 'end',
          dx: narrow ? 0 : -12,
          dy: narrow ? -8 : 0,
          fill: 'var(--ink)',
          ...fitting(narrow ? drawing.width - 16 : longest - 16),
        }),
      ],
    },
    drawing,
  );
}
