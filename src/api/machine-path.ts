import { isAbsolute } from 'node:path';
import { RamalError } from '../kernel/errors.ts';

/** @throws RamalError `usage` for a path that would be of the server's folder, and not of the one who asks. */
export function refuseRelative(...paths: readonly string[]): void {
  const relative = paths.find((path) => !isAbsolute(path));
  if (relative !== undefined)
    throw new RamalError('usage', { what: `Caminho relativo: ${relative}`, todo: 'Envie o caminho completo' });
}
