import type { Layout } from '../layout.ts';
import type { Mapping } from '../mapping.ts';
import { renameColumns, ruleColumns } from '../rules/index.ts';
import type { Drift } from './drift.ts';
import type { FileProfile } from './profile.ts';
import { shifted } from './shift.ts';

/**
 * What a person said of a difference, by its column: it is what was suggested, it is another column of the file now, it
 * is not there any more, or, of a new one, what it is used as.
 */
export type Decision = 'same' | 'gone' | { readonly as: string } | { readonly now: string };
export type Decisions = Readonly<Record<string, Decision>>;

/** The name under which the whole file's own differences are decided. */
export const WHOLE_FILE = '';

/**
 * The decisions that the suggestions make: what is shown before a person says anything. Of a column that is gone while
 * others are new only a person says whether it is one of them.
 */
export function suggestedDecisions(drifts: readonly Drift[]): Decisions {
  return Object.fromEntries(
    drifts
      .filter(({ kind }) => ['renamed', 'missing', 'moved', 'format', 'width'].includes(kind))
      .filter(({ suggestion, candidates }) => suggestion !== null || !candidates)
      .map(({ column, suggestion }) => [column ?? WHOLE_FILE, suggestion ? 'same' : 'gone'] as const),
  );
}

/** The next version of a layout as the decisions make it; the same one when they change nothing of it. */
export function propose(layout: Layout, drifts: readonly Drift[], now: FileProfile, decisions: Decisions): Layout {
  let next: Layout = layout;
  const renamed = new Map<string, string>();
  for (const { kind, column, suggestion } of drifts) {
    const decision = decisions[column ?? WHOLE_FILE];
    if (decision === 'same' && suggestion) {
      if (kind === 'renamed' && column !== null) renamed.set(column, suggestion.to);
      if (kind === 'moved' && column !== null) renamed.set(column, suggestion.to);
      if (kind === 'format' && column !== null) next = withFormat(next, column, suggestion.to);
      if (kind === 'width')
        next = { ...next, format: { ...next.format, fields: shifted(next.format.fields ?? [], suggestion.to) } };
    }
    if (decision === 'gone' && column !== null && (kind === 'missing' || kind === 'renamed'))
      next = without(next, column);
    if (typeof decision !== 'object' || column === null) continue;
    if ('as' in decision) next = withColumn(next, column, decision.as);
    else if (now.columns.some(({ name }) => name === decision.now)) renamed.set(column, decision.now);
  }
  if (renamed.size > 0) next = rename(next, renamed, now);
  return next;
}

/** The layout with source columns called otherwise, all at once: two may change places. */
function rename(layout: Layout, names: ReadonlyMap<string, string>, now: FileProfile): Layout {
  const called = (name: string) => names.get(name) ?? name;
  const mapping = (one: Mapping): Mapping => (one.from ? { ...one, from: one.from.map(called) } : one);
  const format = layout.format.columns
    ? { ...layout.format, columns: now.columns.map(({ name }) => name) }
    : layout.format;
  // Steps go on reading the names they know.
  if (layout.steps?.length)
    return { ...layout, format, steps: [{ do: 'rename', columns: Object.fromEntries(names) }, ...layout.steps] };
  const { policies } = layout;
  return {
    ...layout,
    format,
    ...(policies?.columns ? { policies: { ...policies, columns: mapKeys(policies.columns, called) } } : {}),
    key: layout.key.map(called),
    columns: Object.fromEntries(Object.entries(layout.columns).map(([name, one]) => [name, mapping(one)])),
    ...(layout.rules ? { rules: layout.rules.map((rule) => renameColumns(rule, called)) } : {}),
  };
}

function mapKeys<T>(record: Readonly<Record<string, T>>, called: (name: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [called(name), value]));
}

function without(layout: Layout, column: string): Layout {
  const columns = Object.entries(layout.columns).flatMap(([name, mapping]): [string, Mapping][] => {
    if (!mapping.from?.includes(column)) return [[name, mapping]];
    const from = mapping.from.filter((one) => one !== column);
    return from.length === 0 || POSITIONAL.has(mapping.as) ? [] : [[name, { ...mapping, from }]];
  });
  const rules = layout.rules?.filter((rule) => !ruleColumns([rule]).includes(column));
  return { ...layout, columns: Object.fromEntries(columns), ...(rules ? { rules } : {}) };
}

/** Transforms in which each input has a meaning of its own. */
const POSITIONAL = new Set(['date-time', 'date-time-plus', 'phone']);

function withFormat(layout: Layout, column: string, format: string): Layout {
  const changed = (mapping: Mapping): Mapping => {
    if (!mapping.from?.includes(column)) return mapping;
    if (['date', 'date-time', 'date-time-plus'].includes(mapping.as))
      return { ...mapping, format: dated(mapping, format) };
    if (!['decimal', 'duration', 'integer'].includes(mapping.as)) return mapping;
    const { format: _, ...plain } = mapping;
    return format === '1.234,5' ? { ...plain, format } : mapping.as === 'duration' ? { ...plain, format } : plain;
  };
  return {
    ...layout,
    columns: Object.fromEntries(Object.entries(layout.columns).map(([name, one]) => [name, changed(one)])),
  };
}

/** A day's new form with the clock that the former one had. */
function dated({ format = 'iso' }: Mapping, day: string): string {
  const former = [format].flat()[0] ?? 'iso';
  const clock = /\s(h.*)$/.exec(former)?.[1];
  return clock ? `${day} ${clock}` : day;
}

function withColumn(layout: Layout, column: string, canonical: string): Layout {
  if (canonical in layout.columns) return layout;
  return { ...layout, columns: { ...layout.columns, [canonical]: { from: [column], as: 'text' } } };
}
