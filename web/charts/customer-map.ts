import { type Drawing, draw, Plot } from './plot.ts';

interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly number: number;
}

/** Customers as points, those of one group over the others: one colour tells them apart, and it is never a rainbow. */
export function customerMap(
  { points, group }: { points: readonly MapPoint[]; group: number },
  drawing: Drawing,
): SVGSVGElement {
  const own = points.filter(({ number }) => number === group);
  const others = points.filter(({ number }) => number !== group);
  const dot = { x: 'x', y: 'y', r: 2 };
  return draw(
    {
      height: Math.min(520, Math.max(280, drawing.width * 0.5)),
      margin: 8,
      x: { axis: null },
      y: { axis: null },
      marks: [
        Plot.dot(others, { ...dot, fill: 'var(--context)', fillOpacity: 0.35 }),
        Plot.dot(own, { ...dot, r: 2.5, fill: 'var(--accent)', fillOpacity: 0.75 }),
      ],
    },
    drawing,
  );
}
