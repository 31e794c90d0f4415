import * as Plot from '@observablehq/plot';

export { Plot };

/** What every form needs to be drawn: its room, what it says to a reader who cannot see it, and what a click opens. */
export interface Drawing {
  width: number;
  label: string;
  description: string;
}

export interface Opens {
  href?: string | undefined;
}

const SVG = 'http://www.w3.org/2000/svg';
const HATCH = 'provisional-hatch';
export const HATCHED = `url(#${HATCH})`;

/** Draws without the `<style>` that Plot injects (the policy of the page refuses it; base.css repeats it). */
export function draw(options: Plot.PlotOptions, { width, label, description }: Drawing): SVGSVGElement {
  const svg = Plot.plot({ ...options, width, className: 'plot' }) as SVGSVGElement;
  svg.querySelector('style')?.remove();
  for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  for (const name of ['font-family', 'font-size']) svg.removeAttribute(name);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('aria-description', description);
  svg.prepend(hatch());
  return svg;
}

/** A Plot render transform that lets a click on the k-th mark open its rows; keyboards use the table. */
export function opening<T extends Opens>(data: T[], open: (href: string) => void): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null;
    for (const [position, mark] of [...(group?.children ?? [])].entries()) {
      const href = data[index[position] ?? -1]?.href;
      if (!href) continue;
      (mark as SVGElement).style.cursor = 'pointer';
      mark.addEventListener('click', () => open(href));
    }
    return group;
  };
}

const STEPS_S = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 180_000, 360_000, 720_000,
];
const MOST_TICKS = 5;

/** Round durations between two values, as a clock divides them. */
export function clockTicks(low: number, high: number): number[] {
  const step = STEPS_S.find((each) => (high - low) / each <= MOST_TICKS - 1) ?? STEPS_S.at(-1)!;
  const first = Math.floor(low / step);
  return Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

const FONT_PX = 12;

/** Text options that cut a name with an ellipsis where the room, in pixels, ends; its whole stays in the tooltip. */
export const fitting = (room: number): Plot.TextOptions => ({ lineWidth: room / FONT_PX, textOverflow: 'ellipsis' });

/** Decimals that keep about four round ticks between two values apart. */
export function tickDigits(low: number, high: number): number {
  const raw = (high - low) / 4;
  if (!(raw > 0)) return 1;
  const power = Math.floor(Math.log10(raw));
  return Math.max(0, -(raw / 10 ** power >= Math.sqrt(50) ? power + 1 : power));
}

/** At most one tick per `room` pixels, always keeping the last. */
export function thinned<T>(values: T[], width: number, room: number): T[] {
  const every = Math.max(1, Math.ceil((values.length * room) / Math.max(width, room)));
  return values.filter((_, index) => (values.length - 1 - index) % every === 0);
}

function hatch(): SVGDefsElement {
  const defs = document.createElementNS(SVG, 'defs');
  const pattern = document.createElementNS(SVG, 'pattern');
  const stroke = document.createElementNS(SVG, 'path');
  const attributes: [Element, Record<string, string>][] = [
    [pattern, { id: HATCH, width: '5', height: '5', patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }],
    [stroke, { d: 'M0 0V5', stroke: 'var(--waiting)', 'stroke-width': '3' }],
  ];
  for (const [element, values] of attributes) {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  }
  pattern.append(stroke);
  defs.append(pattern);
  return defs;
}
