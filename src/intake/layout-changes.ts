import type { Layout } from './layout.ts';
import type { Mapping } from './mapping.ts';
import { ruleLabel } from './rules/index.ts';

/** The parts of a layout in which two versions may differ. */
export const LAYOUT_PARTS = ['file', 'column', 'field', 'key', 'rule', 'step', 'policy', 'about'] as const;
export type LayoutPart = (typeof LAYOUT_PARTS)[number];

/** One thing that a version of a layout says otherwise than another; null where it says nothing. */
export interface LayoutChange {
  readonly part: LayoutPart;
  /** Which column, field, rule, step or setting. */
  readonly name: string;
  readonly was: string | null;
  readonly now: string | null;
}

/** What differs between two versions of a layout, part by part, in the layout's own order. */
export function layoutChanges(before: Layout, after: Layout): LayoutChange[] {
  return LAYOUT_PARTS.flatMap((part) => {
    const [was, now] = [PARTS[part](before), PARTS[part](after)];
    const names = [...new Set([...now.keys(), ...was.keys()])];
    return names
      .map((name) => ({ part, name, was: was.get(name) ?? null, now: now.get(name) ?? null }))
      .filter((one) => one.was !== one.now);
  });
}

type Said = ReadonlyMap<string, string>;

const PARTS: Readonly<Record<LayoutPart, (layout: Layout) => Said>> = {
  file: ({ format: { fields: _, ...format } }) => settings(format),
  column: ({ columns }) => new Map(Object.entries(columns).flatMap(([name, mapping]) => mappingSaid(name, mapping))),
  field: ({ format }) => new Map((format.fields ?? []).map(({ name, from, to }) => [name, `${from}–${to}`])),
  key: ({ key }) => (key.length === 0 ? new Map() : new Map([['key', key.join(' + ')]])),
  rule: ({ rules = [] }) =>
    new Map(
      rules.map((rule) => {
        const { id, label: _, severity = 'quarantine', ...said } = rule;
        return [id, `${ruleLabel(rule).pt} (${severity}) ${stable(said)}`];
      }),
    ),
  step: ({ steps = [] }) => new Map(steps.map((step, index) => [String(index + 1), stable(step)])),
  policy: ({ policies: { kinds = {}, columns = {} } = {} }) => settings({ ...kinds, ...columns }),
  about: ({ label, noun, into, of, agents, covers, holds, day, license }) =>
    settings({
      ...{ label: label.pt, noun: noun && `${noun.one}, ${noun.many}`, into, of, agents },
      ...{ covers, holds, day, license },
    }),
};

function settings(said: Readonly<Record<string, unknown>>): Said {
  const told = Object.entries(said).filter(([, value]) => value !== undefined);
  return new Map(told.map(([name, value]) => [name, typeof value === 'string' ? value : stable(value)]));
}

/** From which columns a column is made and how, `DT_VENC (date dd/mm/yyyy)`; what else is said of it, each by itself. */
function mappingSaid(name: string, { from = [], as, format, ...more }: Mapping): [string, string][] {
  const how = [as, ...[format ?? []].flat()].join(' ');
  const others = [...settings(more)].map(([what, said]): [string, string] => [`${name}: ${what}`, said]);
  return [[name, `${from.join(' + ')} (${how})`.trim()], ...others];
}

/** JSON with its keys in order: the ledger keeps them in another. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
