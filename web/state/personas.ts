import type { PersonasView } from '../../src/api/schema-segments.ts';
import { ui } from './ui.svelte.ts';

export type Persona = PersonasView['personas'][number];
export type PersonaText = PersonasView['texts'][number];
type Texts = readonly PersonaText[];

/** What was written last of a group. */
export const textOf = (texts: Texts, group: number): PersonaText | undefined =>
  texts.find(({ number }) => number === group);

/** What a persona goes by: what somebody called it, or what its numbers say. */
export const nameOf = (persona: Persona, texts: Texts): string =>
  textOf(texts, persona.group)?.name ?? persona.said[ui.lang].name;

/** Names by group; of one that has no persona any more, its number. */
export function groupNames(personas: readonly Persona[], texts: Texts): (group: number | null) => string {
  const names = new Map(personas.map((one) => [one.group, nameOf(one, texts)]));
  return (group) => {
    const words = ui.t.personas;
    if (group === null) return words.outside;
    return names.get(group) ?? words.group(ui.f.count(group));
  };
}

/** A number of any size, with as many digits as tell it. */
export function amount(value: number | null): string {
  if (value === null) return ui.f.count(null);
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return ui.f.count(Math.round(value));
  return ui.f.decimal(value, size >= 1 ? 1 : 2);
}
