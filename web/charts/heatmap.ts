import { type Drawing, draw, type Opens, opening, Plot } from './plot.ts';

/** How a cell stands out: lack and surplus, or how much of something. */
export type Shade =
  | 'lack'
  | 'lack-soft'
  | 'even'
  | 'surplus-soft'
  | 'surplus'
  | `sequence-${1 | 2 | 3 | 4 | 5 | 6}`
  | 'none';

export const shadeColour = (shade: Shade): string => (shade === 'none' ? 'var(--paper)' : `var(--${shade})`);

export interface HeatCell extends Opens {
  row: string;
  column: string;
  shade: Shade;
  /** Written on the cell where there is room. */
  text: string;
  /** Shown beside the pointer. */
  title: string;
}

export interface HeatOptions {
  cells: HeatCell[];
  rows: string[];
  columns: string[];
  /** The row in view. */
  chosen: string;
  open: (href: string) => void;
}

/** Dark enough for light figures on it. */
const DARK: Shade[] = ['lack', 'surplus', 'sequence-4', 'sequence-5', 'sequence-6'];
/** Room that a figure takes on a cell, in pixels. */
const FIGURE = 22;
/** Below this width of a cell the chart is turned: rows become columns. */
const LEAST_CELL = 18;
const LEFT = 48;

/** Cells of two orders, weekdays by half-hours: shades say where, figures how much. In narrow room weekdays stand side by side. */
export function heatmap({ cells, rows, columns, chosen, open }: HeatOptions, drawing: Drawing): SVGSVGElement {
  const turned = (drawing.width - LEFT) / columns.length < LEAST_CELL;
  const [across, down] = turned ? [rows, columns] : [columns, rows];
  const x = (cell: HeatCell) => (turned ? cell.row : cell.column);
  const y = (cell: HeatCell) => (turned ? cell.column : cell.row);
  const figures = (drawing.width - LEFT) / across.length >= FIGURE;
  const label = (names: string[], of: 'x' | 'y', bold: boolean) =>
    Plot.text(names, {
      ...(of === 'x' ? { x: (name: string) => name, frameAnchor: 'top', dy: -10 } : {}),
      ...(of === 'y' ? { y: (name: string) => name, frameAnchor: 'left', textAnchor: 'end', dx: -8 } : {}),
      text: (name: string) => name,
      fill: bold ? 'var(--accent)' : 'var(--ink-second)',
      fontWeight: bold ? 600 : 400,
    });
  const hours = columns.filter((name) => name.endsWith(':00'));
  const every = turned ? 1 : Math.max(1, Math.ceil((hours.length * 44) / (drawing.width - LEFT)));
  const marked = hours.filter((_, index) => index % every === 0);
  return draw(
    {
      height: 24 + down.length * (turned ? 22 : 32),
      marginLeft: LEFT,
      marginRight: 0,
      marginTop: 22,
      marginBottom: 2,
      x: { axis: null, domain: across, padding: 0.04 },
      y: { axis: null, domain: down, padding: 0.06 },
      marks: [
        Plot.cell(cells, {
          x,
          y,
          fill: ({ shade }: HeatCell) => shadeColour(shade),
          stroke: ({ shade }: HeatCell) => (shade === 'none' ? 'var(--hairline)' : 'none'),
          render: opening(cells, open),
        }),
        ...(figures
          ? [
              Plot.text(cells, {
                x,
                y,
                text: 'text',
                fill: ({ shade }: HeatCell) => (DARK.includes(shade) ? 'var(--surface)' : 'var(--ink)'),
                pointerEvents: 'none',
              }),
            ]
          : []),
        label(marked, turned ? 'y' : 'x', false),
        label(
          rows.filter((name) => name !== chosen),
          turned ? 'x' : 'y',
          false,
        ),
        label(
          rows.filter((name) => name === chosen),
          turned ? 'x' : 'y',
          true,
        ),
        Plot.tip(cells, Plot.pointer({ x, y, title: 'title', fill: 'var(--surface)', stroke: 'var(--control)' })),
      ],
    },
    drawing,
  );
}
