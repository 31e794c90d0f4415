import { type Drawing, draw, fitting, type Opens, opening, Plot } from './plot.ts';

export interface IntervalRow extends Opens {
  label: string;
  value: number;
  low: number;
  high: number;
  text: string;
  few: boolean;
}

/** Share of the width that names may take before they move above their intervals. */
const NAMES_SHARE = 0.4;

/** A dot with its 95 % interval per row, against the mean of all: never a podium. */
export function intervals(
  {
    rows,
    mean,
    meanText,
    open,
  }: { rows: IntervalRow[]; mean: number | null; meanText: string; open: (href: string) => void },
  drawing: Drawing,
): SVGSVGElement {
  const longest = Math.max(0, ...rows.map((row) => row.label.length)) * 6.6 + 16;
  const narrow = longest > drawing.width * NAMES_SHARE;
  const ends = Math.max(0, ...rows.map((row) => row.text.length)) * 7.5 + 14;
  const keys = rows.map((_, index) => String(index));
  const y = (_: IntervalRow, index: number) => keys[index];
  const [least, most] = [Math.min(...rows.map((row) => row.low)), Math.max(...rows.map((row) => row.high))];
  const [low, high] = [Math.min(least, mean ?? least), Math.max(most, mean ?? most)];
  const place = ((mean ?? low) - low) / (high - low || 1);
  const stroke = (row: IntervalRow) => (row.few ? 'var(--context)' : 'var(--accent)');
  return draw(
    {
      height: rows.length * (narrow ? 42 : 26) + 36,
      marginLeft: narrow ? 4 : longest,
      marginRight: ends,
      marginTop: 28,
      marginBottom: 8,
      x: { axis: null, nice: true },
      y: { axis: null, domain: keys },
      marks: [
        ...(mean === null
          ? []
          : [
              Plot.ruleX([mean], { stroke: 'var(--context)', strokeDasharray: '2 3' }),
              Plot.text([mean], {
                x: (value: number) => value,
                frameAnchor: 'top',
                dy: -16,
                text: () => meanText,
                textAnchor: place < 0.2 ? 'start' : place > 0.8 ? 'end' : 'middle',
                fill: 'var(--ink-second)',
              }),
            ]),
        Plot.ruleY(rows, { y, x1: 'low', x2: 'high', stroke, strokeWidth: 2, dy: narrow ? 8 : 0 }),
        Plot.dot(rows, {
          x: 'value',
          y,
          r: 4,
          dy: narrow ? 8 : 0,
          fill: (row: IntervalRow) => (row.few ? 'var(--surface)' : 'var(--accent)'),
          stroke,
          render: opening(rows, open),
        }),
        Plot.text(rows, {
          y,
          text: 'label',
          ...(narrow ? fitting(drawing.width - 8) : {}),
          frameAnchor: 'left',
          textAnchor: narrow ? 'start' : 'end',
          dx: narrow ? 0 : -10,
          dy: narrow ? -10 : 0,
          fill: 'var(--ink)',
        }),
        Plot.text(rows, {
          y,
          text: 'text',
          frameAnchor: 'right',
          textAnchor: 'start',
          dx: 10,
          dy: narrow ? 8 : 0,
          fill: 'var(--ink)',
        }),
      ],
    },
    drawing,
  );
}
