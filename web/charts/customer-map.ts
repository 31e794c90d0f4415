import { type Drawing, draw, fitting, Plot } from './plot.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}
interface MapPoint extends Place {
  readonly number: number;
}

/** Where a group is: at the mean of its customers. */
export interface MapCentre extends Place {
  readonly number: number;
  readonly name: string;
  /** The group whose centre is nearest; none of one alone. */
  readonly nearest: number | null;
}

/** The centres of groups that some point is of. */
export function centresOf(
  points: readonly MapPoint[],
  groups: readonly { readonly number: number; readonly name: string }[],
): MapCentre[] {
  const places = groups.flatMap((group) => {
    const own = points.filter(({ number }) => number === group.number);
    const mean = (axis: 'x' | 'y') => own.reduce((sum, point) => sum + point[axis], 0) / own.length;
    return own.length === 0 ? [] : [{ ...group, x: mean('x'), y: mean('y') }];
  });
  return places.map((one) => {
    const away = ({ x, y }: Place) => Math.hypot(x - one.x, y - one.y);
    const [near] = places.filter((other) => other !== one).toSorted((a, b) => away(a) - away(b));
    return { ...one, nearest: near?.number ?? null };
  });
}

/** A name's place: its middle, in pixels. */
interface NamePlace extends Place {
  readonly width: number;
}
const LINE = 17;

/** Names moved up and down until none covers another, inside a frame. */
export function apart(names: readonly NamePlace[], { width, height }: { width: number; height: number }): Place[] {
  const held = (value: number, half: number, most: number) => Math.min(most - half, Math.max(half, value));
  const places = names.map((one) => ({
    ...one,
    ...{ x: held(one.x, one.width / 2, width), y: held(one.y, LINE / 2, height) },
  }));
  const order = places.toSorted((a, b) => a.y - b.y);
  for (let turn = 0; turn < 200; turn++) {
    let moved = false;
    for (const [at, upper] of order.entries())
      for (const lower of order.slice(at + 1)) {
        const over = LINE - (lower.y - upper.y);
        if (over < 0.01 || Math.abs(lower.x - upper.x) * 2 >= lower.width + upper.width) continue;
        upper.y = held(upper.y - over / 2, LINE / 2, height);
        lower.y = held(Math.max(lower.y + over / 2, upper.y + LINE), LINE / 2, height);
        moved = true;
      }
    if (!moved) break;
  }
  return places.map(({ x, y }) => ({ x, y }));
}

const MARGIN = 8;
/** A letter of a name, in pixels. */
const LETTER = 7;

/** Customers as points, those of one group over the others, and the names of all at their centres: it is never a rainbow. */
export function customerMap(
  { points, centres, group }: { points: readonly MapPoint[]; centres: readonly MapCentre[]; group: number },
  drawing: Drawing,
): SVGSVGElement {
  const own = points.filter(({ number }) => number === group);
  const others = points.filter(({ number }) => number !== group);
  const frame = { width: drawing.width, height: Math.min(520, Math.max(280, drawing.width * 0.5)) };
  const domain = (axis: 'x' | 'y'): [number, number] => {
    const values = points.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [across, up] = [domain('x'), domain('y')];
  const part = (value: number, [low, high]: [number, number]) => (high > low ? (value - low) / (high - low) : 0.5);
  const inside = ({ width, height }: typeof frame) => ({ width: width - 2 * MARGIN, height: height - 2 * MARGIN });
  const room = inside(frame);
  const places = apart(
    centres.map(({ x, y, name }) => ({
      ...{ x: part(x, across) * room.width, y: (1 - part(y, up)) * room.height },
      width: Math.min(room.width, name.length * LETTER),
    })),
    room,
  );
  const names = centres.map((centre, at) => ({ ...centre, place: places[at]! }));
  const dot = { x: 'x', y: 'y', r: 2 };
  const text = (some: typeof names, options: Plot.TextOptions) =>
    Plot.text(some, {
      ...{
        text: 'name',
        fontVariant: 'normal',
        stroke: 'var(--paper)',
        strokeWidth: 4,
        ...fitting(room.width),
        ...options,
      },
      x: ({ place }) => across[0] + (place.x / room.width) * (across[1] - across[0]),
      y: ({ place }) => up[1] - (place.y / room.height) * (up[1] - up[0]),
    });
  return draw(
    {
      ...{ height: frame.height, margin: MARGIN },
      x: { axis: null, domain: across },
      y: { axis: null, domain: up },
      marks: [
        Plot.dot(others, { ...dot, fill: 'var(--context)', fillOpacity: 0.35 }),
        Plot.dot(own, { ...dot, r: 2.5, fill: 'var(--accent)', fillOpacity: 0.75 }),
        text(
          names.filter(({ number }) => number !== group),
          { fill: 'var(--ink-second)' },
        ),
        text(
          names.filter(({ number }) => number === group),
          { fill: 'var(--accent)', fontWeight: 600 },
        ),
      ],
    },
    drawing,
  );
}
