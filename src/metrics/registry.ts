import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RamalError } from '../kernel/errors.ts';
import type { Indicator } from './indicator.ts';

const FOLDER = join(import.meta.dirname, 'indicators');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const modules = await Promise.all(
  files.map((name) => import(pathToFileURL(join(FOLDER, name)).href) as Promise<{ default: Indicator }>),
);

/** Every indicator: a file in `indicators/` is one, for the API, the screens, the commands and the dictionary alike. */
export const INDICATORS: readonly Indicator[] = modules
  .map((module) => module.default)
  .sort((a, b) => a.name.localeCompare(b.name));

/** @throws RamalError `notFound` with the names that exist. */
export function indicatorNamed(name: string): Indicator {
  const found = INDICATORS.find((one) => one.name === name);
  if (found) return found;
  throw new RamalError('notFound', {
    what: 'indicador',
    received: name,
    todo: `Existem: ${INDICATORS.map((one) => one.name).join(', ')}.`,
  });
}
