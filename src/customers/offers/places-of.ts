import { folded } from '../../intake/reference/value.ts';

/** Where the spellings of a name are: accents, capitals and spaces do not tell names apart, and a base may have several. */
export function placesOf(names: readonly string[], name: string): number[] {
  const asked = folded(name);
  return names.flatMap((one, place) => (folded(one) === asked ? [place] : []));
}
