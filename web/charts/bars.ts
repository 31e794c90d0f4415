import { type Drawing, draw, fitting, HATCHED, type Opens, opening, Plot } from './plot.ts';

export interface Bar extends Opens {
  label: string;
  value: number;
  text: string;
  /** “Demais” and what is only context. */
  rest?: boolean;
  /** Not closed yet: hatched. */
  provisional?: boolean;
}

/** Share of the width that names may take before they move above their bars. */
const NAMES_SHARE = 0.4;

/** Horizontal bars from zero in the order given; the value stands at the end. In narrow room the name stands above. */
export function bars({ rows, open }: { rows: Bar[]; open: (href: string) => void }, drawing: Drawing): SVGSVGElement {
  const longest = Math.max(0, ...rows.map((row) => row.label.length)) * 6.6 + 16;
  const narrow = longest > drawing.width * NAMES_SHARE;
  const ends = Math.max(0, ...rows.map((row) => row.text.length)) * 7.5 + 10;
  const keys = rows.map((_, index) => String(index));
  const y = (_: Bar, index: number) => keys[index];
  const negative = rows.some((row) => row.value < 0);
  const names = narrow
    ? Plot.text(rows, {
        ...fitting(drawing.width - 4),
        ...{ y, text: 'label', frameAnchor: 'left', textAnchor: 'start', dy: -11, fill: 'var(--ink)' },
      })
    : Plot.text(rows, { y, text: 'label', frameAnchor: 'left', textAnchor: 'end', dx: -10, fill: 'var(--ink)' });
  const text = (data: Bar[], side: 'start' | 'end') =>
    Plot.text(data, {
      x: 'value',
      y: (row: Bar) => keys[rows.indexOf(row)],
      text: 'text',
      textAnchor: side,
      dx: side === 'start' ? 6 : -6,
      dy: narrow ? 5 : 0,
      fill: 'var(--ink)',
    });
  return draw(
    {
      height: rows.length * (narrow ? 40 : 26) + 8,
      marginLeft: narrow ? 1 : longest,
      marginRight: rows.some((row) => row.value > 0) ? ends : 8,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, domain: domain(rows), insetLeft: negative ? ends : 0 },
      y: { axis: null, domain: keys, padding: narrow ? 0 : 0.3 },
      marks: [
        Plot.barX(rows, {
          x: 'value',
          y,
          ...(narrow ? { insetTop: 18, insetBottom: 8 } : {}),
          fill: (row: Bar) => (row.provisional ? HATCHED : row.rest ? 'var(--context)' : 'var(--accent)'),
          stroke: (row: Bar) => (row.provisional ? 'var(--waiting)' : 'none'),
          render: opening(rows, open),
        }),
        ...zero(rows, keys, { negative, narrow }),
        names,
        text(
          rows.filter((row) => row.value >= 0),
          'start',
        ),
        text(
          rows.filter((row) => row.value < 0),
          'end',
        ),
      ],
    },
    drawing,
  );
}

/** The zero line; where names stand above their bars it is drawn beside each bar only, so that it crosses no name. */
function zero(rows: Bar[], keys: string[], { negative, narrow }: { negative: boolean; narrow: boolean }) {
  if (!narrow) return [Plot.ruleX([0], { stroke: 'var(--control)' })];
  if (!negative) return [];
  const y = (_: Bar, index: number) => keys[index];
  return [Plot.tickX(rows, { x: () => 0, y, insetTop: 16, insetBottom: 6, stroke: 'var(--control)' })];
}

function domain(rows: Bar[]): [number, number] {
  const values = rows.map((row) => row.value);
  return [Math.min(0, ...values), Math.max(0, ...values) || 1];
}

/** The rows that are drawn, how many are not, what these add up to, and whether that is a bar among the others or would dwarf them. */
export function largest<Row extends { readonly value: number | null }>(
  rows: Row[],
  { shown: most, all, adds }: { shown: number; all: boolean; adds: boolean },
) {
  const shown = all || rows.length === most + 1 ? rows : rows.slice(0, most);
  const others = rows.length - shown.length;
  const rest = rows.slice(shown.length).reduce((total, row) => total + (row.value ?? 0), 0);
  const drawn = adds && others > 0 && rest <= Math.max(...shown.map((row) => row.value ?? 0));
  return { shown, others, rest, drawn };
}
