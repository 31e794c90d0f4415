import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RamalError } from '../../kernel/errors.ts';
import type { LeftOut } from './left-out.ts';

/** Files that a base is made of at most. */
export const MOST_FILES = 500;

/**
 * The files of places of this machine: each a file, or a folder whose files are taken in order; what else lies in a
 * folder is added to what is left out.
 * @throws RamalError `usage` for a folder without files, and for too many.
 */
export function filesAt(places: readonly string[], leftOut: LeftOut[]): string[] {
  const files = places.flatMap((place) => {
    if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [place];
    const found: string[] = [];
    for (const name of readdirSync(place).sort()) {
      const isFile = statSync(join(place, name), { throwIfNoEntry: false })?.isFile();
      const why = name.startsWith('.') ? 'hidden' : isFile ? null : 'folder';
      if (why) leftOut.push({ name, table: null, why, column: null });
      else found.push(join(place, name));
    }
    if (found.length > 0) return found;
    throw new RamalError('usage', {
      what: `A pasta ${basename(place)} está vazia`,
      todo: 'Diga os arquivos ou outra pasta',
    });
  });
  if (files.length <= MOST_FILES) return files;
  throw new RamalError('usage', { what: `São mais de ${MOST_FILES} arquivos`, todo: 'Diga menos, ou outra pasta' });
}
