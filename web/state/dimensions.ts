import { nameless } from './change.ts';
import { here } from './here.svelte.ts';
import { session } from './session.svelte.ts';
import type { Dimension } from './shapes.ts';
import { ui } from './ui.svelte.ts';

const named = (name: string): Dimension | undefined => session.dimensions.find((each) => each.name === name);

/** What a dimension is called. */
export const dimensionLabel = (name: string): string => named(name)?.label[ui.lang] ?? name;

/** Likewise within a sentence: `fila`, but `UF`. */
export function dimensionInText(name: string): string {
  const label = dimensionLabel(name);
  return label === label.toUpperCase() ? label : label.toLowerCase();
}

/** Whether its values have an order of their own, as hours do. */
export const isOrdered = (name: string): boolean => (named(name)?.kind ?? 'text') !== 'text';

/** Dimensions that split a page's table: texts first, then the parts of a day and of a week. */
export function splitters(): string[] {
  const texts = session.dimensions.filter(({ kind }) => kind === 'text');
  const parts = session.dimensions.filter(({ kind }) => ['weekday', 'hour', 'half-hour'].includes(kind));
  return [...texts, ...parts].map(({ name }) => name);
}

/** What a value of a dimension is called; an agent brings a name of its own. */
export function valueName(by: string, value: string, label?: string): string {
  if (label) return ui.named(label);
  if (nameless(value)) return ui.named(value);
  const kind = named(by)?.kind;
  if (kind === 'weekday') return ui.f.weekday(Number(value));
  if (kind === 'hour') return ui.f.hour(Number(value));
  if (by === 'source') return here.label(value, ui.lang);
  return here.names()[by]?.(value) ?? ui.named(value);
}

/** Likewise where only the value is known, as in an address. */
export function filterName(column: string, value: string): string {
  const agent = column === 'agent' ? session.sources?.values.agent.find(({ id }) => id === value) : undefined;
  return valueName(column, value, agent?.name);
}
