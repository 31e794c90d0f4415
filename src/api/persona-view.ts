import type { Persona } from '../customers/personas/personas.ts';
import type { WrittenText } from '../customers/segments/kept-segments.ts';
import { personaName, portraitOf } from '../reports/persona-words.ts';

/** A persona as screens show it, with what its numbers say in words. */
export function personaViewOf(persona: Persona) {
  const said = (lang: 'pt' | 'en') => ({ name: personaName(persona, lang), portrait: portraitOf(persona, lang) });
  return { ...persona, said: { pt: said('pt'), en: said('en') } };
}

export const textViewOf = ({ createdAt, ...text }: WrittenText) => ({ ...text, createdAt: createdAt.toISOString() });
