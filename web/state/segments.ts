import type { SegmentsList, SegmentsView } from '../../src/api/schema-segments.ts';
import type { Saying } from '../words/segment-warnings-pt.ts';
import { ui } from './ui.svelte.ts';

/** From it on a group is stable (Hennig, 2007). */
export const STABLE = 0.75;
/** Below it a group dissolves. */
export const DISSOLVES = 0.5;

/** The stability of the least stable of some groups; null where none is told. */
export function leastStable(groups: readonly { readonly stability: number | null }[]): number | null {
  const known = groups.flatMap(({ stability }) => (stability === null ? [] : [stability]));
  return known.length > 0 ? Math.min(...known) : null;
}

/** Fields that a division's name tells. */
const MOST_FIELDS = 3;

/** What a division goes by: its number, its groups and what they are made of. */
export function divisionName({
  id,
  groups,
  fields,
}: Pick<SegmentsList['divisions'][number], 'id' | 'groups' | 'fields'>): string {
  const told = fields.slice(0, MOST_FIELDS).map((field) => field[ui.lang]);
  const more = fields.length - told.length;
  return ui.t.segments.name(
    ui.t.segments.title(ui.f.count(id)),
    ui.f.count(groups.length),
    [...told, ...(more > 0 ? [ui.t.segments.more(ui.f.count(more))] : [])].join(', '),
  );
}

/** A warning of a division in the reader's words; null where it has none. */
export function warningText(
  warning: string,
  columns: readonly { readonly column: string; readonly label: SegmentsView['fields'][number] }[],
  names: (group: number | null) => string,
): string | null {
  const say: Saying = {
    count: (count) => ui.f.count(Number(count)),
    share: (share) => ui.f.percent(Number(share.replace('%', '').replace(',', '.')) / 100),
    field: (name) => columns.find(({ column }) => column === name)?.label[ui.lang] ?? name,
    group: (number) => names(Number(number)),
  };
  for (const [pattern, text] of ui.t.segments.own.told) {
    const [whole, ...parts] = pattern.exec(warning) ?? [];
    if (whole !== undefined) return text(say, ...parts);
  }
  return null;
}
