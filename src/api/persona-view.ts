import type { Persona } from '../customers/personas/personas.ts';
import type { WrittenText } from '../customers/segments/divisions.ts';
import { fieldWords, toldAches, toldTraits } from '../reports/persona-fields.ts';
import { sayPlay } from '../reports/persona-plays.ts';
import { personaName, portraitOf } from '../reports/persona-words.ts';

const LANGS = ['pt', 'en'] as const;
type Lang = (typeof LANGS)[number];

/** A persona as screens show it, with what its numbers say in words. */
export function personaViewOf(persona: Persona) {
  const play = (text: string | null, lang: Lang) => (text === null ? null : sayPlay(text, lang));
  const said = (lang: Lang) => ({
    name: personaName(persona, lang),
    portrait: portraitOf(persona, lang),
    pain: play(persona.pain, lang),
    action: play(persona.action, lang),
  });
  return {
    ...persona,
    traits: toldTraits(persona).map(named),
    aches: toldAches(persona).map(named),
    said: { pt: said('pt'), en: said('en') },
  };
}

/** What is of a column of the base, with how the column reads. */
export function named<One extends { readonly column: string }>(one: One) {
  return { ...one, ...readingOf(one.column) };
}

export function readingOf(column: string) {
  const { pt, en, unit } = fieldWords(column);
  return { label: { pt, en }, unit };
}

export const textViewOf = ({ createdAt, ...text }: WrittenText) => ({ ...text, createdAt: createdAt.toISOString() });
