import {
  type Chosen,
  contactColumns,
  type Layout,
  LIST_TYPES,
  listColumns,
  type Mapping,
  together,
} from './new-source.ts';
import type { DraftColumn } from './shapes.ts';

/** What a layout makes of a file's columns, as choices of one thing for each column. */
export interface Edited {
  chosen: Record<string, Chosen>;
  situations: Record<string, Record<string, string>>;
  /** Columns of the layout that the choices do not hold: made of several, or of none, or by steps. */
  kept: string[];
}

/** A layout as choices over the columns of its last file. */
export function editedOf(columns: readonly DraftColumn[], layout: Layout): Edited {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const edited: Edited = { chosen: {}, situations: {}, kept: [] };
  for (const { name } of columns) edited.chosen[name] = { is: '', must: false };
  for (const [name, mapping] of Object.entries(layout.columns)) {
    const from = (mapping.from ?? []).map((one) => byName.get(one));
    const free = from.every((one) => one !== undefined && edited.chosen[one.name]!.is === '');
    if (!free || !isOneThing(name, mapping, from as DraftColumn[], layout)) {
      edited.kept.push(name);
      continue;
    }
    const is = layout.into === 'list' ? mapping.as : name;
    for (const one of from as DraftColumn[]) edited.chosen[one.name] = { is, must: mapping.required === true };
    if (name === 'status' && layout.into !== 'list')
      edited.situations[from[0]!.name] = Object.fromEntries(
        from[0]!.values.map(({ value }) => [value, mapping.codes?.[value] ?? '']),
      );
  }
  return edited;
}

function isOneThing(name: string, { as }: Mapping, from: readonly DraftColumn[], { into }: Layout): boolean {
  // The choices of the screen are of contacts and of lists.
  if (into === 'agent_time') return false;
  if (into === 'list') return from.length === 1 && LIST_TYPES.includes(as);
  return from.length === 1 || (from.length === 2 && together(name, from[0]!, from[1]!));
}

export interface Said {
  chosen: Readonly<Record<string, Chosen>>;
  days: Readonly<Record<string, string>>;
  situations: Readonly<Record<string, Readonly<Record<string, string>>>>;
  key: string[];
}

/** The layout with what was said of columns; what nobody changed stays as it was, in every detail. */
export function editedLayout(columns: readonly DraftColumn[], layout: Layout, before: Edited, said: Said): Layout {
  const made =
    layout.into === 'list'
      ? listColumns(columns, layout.columns, said)
      : contactColumns(columns, { ...said, channel: '' });
  const saidOf = (mapping: Mapping, now: Pick<Said, 'chosen' | 'situations'>, days: Said['days']) =>
    JSON.stringify((mapping.from ?? []).map((one) => [one, now.chosen[one], now.situations[one], days[one]]));
  const kept = before.kept.filter((name) => !(name in made)).map((name) => [name, layout.columns[name]!] as const);
  const chosen = Object.entries(made).map(([name, mapping]) => {
    const was = layout.columns[name];
    if (!was || before.kept.includes(name)) return [name, mapping] as const;
    const same = saidOf(was, before, {}) === saidOf(was, said, said.days) && sameColumns(was, mapping);
    return [name, same ? was : withUnseen(mapping, was, said.situations)] as const;
  });
  return { ...layout, key: said.key, columns: Object.fromEntries([...kept, ...chosen]) };
}

/** Codes that the last file does not have stay as they were said. */
function withUnseen(now: Mapping, was: Mapping, situations: Said['situations']): Mapping {
  if (!now.codes || !was.codes || !sameColumns(was, now)) return now;
  const seen = situations[now.from?.[0] ?? ''] ?? {};
  const unseen = Object.entries(was.codes).filter(([code]) => !(code in seen));
  return { ...now, codes: { ...Object.fromEntries(unseen), ...now.codes } };
}

const sameColumns = ({ from: one = [] }: Mapping, { from: other = [] }: Mapping) =>
  one.length === other.length && one.every((name) => other.includes(name));
