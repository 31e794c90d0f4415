import { type Drawing, draw, fitting, Plot } from './plot.ts';

export interface SharesRow {
  readonly label: string;
  /** Parts of one, in the order of the kinds. */
  readonly parts: readonly number[];
  /** What the whole is of: `560 clientes`. */
  readonly n: string;
}

/** Kinds that have a colour of their own, in their order; what is beyond them is context. */
const KIND_COLOURS = [1, 2, 3, 4, 5].map((at) => `var(--category-${at})`);
export const MOST_KINDS = KIND_COLOURS.length;
export const kindColour = (kind: number): string => KIND_COLOURS[kind] ?? 'var(--context)';

/** Share of the width that names may take before they move above their bars. */
const NAMES_SHARE = 0.4;

/** What each is made of: bars of one length, parted in the same order; the last part of more than {@link MOST_KINDS} is the rest. */
export function shares(
  { rows, kinds, tell }: { rows: readonly SharesRow[]; kinds: readonly string[]; tell: (share: number) => string },
  drawing: Drawing,
): SVGSVGElement {
  const longest = Math.max(0, ...rows.map(({ label }) => label.length)) * 6.8 + 16;
  const narrow = longest > drawing.width * NAMES_SHARE;
  const keys = rows.map((_, index) => String(index));
  const parts = rows.flatMap(({ label, parts: own }, row) =>
    own.map((share, kind) => ({
      ...{ y: keys[row]!, kind, share, title: `${label}: ${kinds[kind]} ${tell(share)}` },
      from: own.slice(0, kind).reduce((sum, one) => sum + one, 0),
    })),
  );
  const ends = Math.max(0, ...rows.map(({ n }) => n.length)) * 7 + 12;
  const y = (_: SharesRow, index: number) => keys[index]!;
  const fill = ({ kind }: { readonly kind: number }) => kindColour(kind);
  return draw(
    {
      height: rows.length * (narrow ? 42 : 28) + 8,
      marginLeft: narrow ? 1 : longest,
      marginRight: narrow ? 1 : ends,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, domain: [0, 1] },
      y: { axis: null, domain: keys, padding: narrow ? 0 : 0.3 },
      marks: [
        Plot.rectX(parts, {
          ...{ x1: 'from', x2: ({ from, share }) => from + share, y: 'y', fill, title: 'title' },
          ...{ stroke: 'var(--paper)', strokeWidth: 1 },
          ...(narrow ? { insetTop: 20, insetBottom: 6 } : {}),
        }),
        Plot.text(rows, {
          y,
          text: narrow ? ({ label, n }: SharesRow) => `${label}, ${n}` : 'label',
          frameAnchor: 'left',
          textAnchor: narrow ? 'start' : 'end',
          dx: narrow ? 0 : -12,
          dy: narrow ? -11 : 0,
          fill: 'var(--ink)',
          fontVariant: 'normal',
          ...fitting(narrow ? drawing.width - 8 : longest - 16),
        }),
        ...(narrow
          ? []
          : [
              Plot.text(rows, {
                y,
                text: 'n',
                frameAnchor: 'right',
                textAnchor: 'start',
                dx: 8,
                fill: 'var(--ink-second)',
              }),
            ]),
      ],
    },
    drawing,
  );
}
