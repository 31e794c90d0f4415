import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIMENSIONS, type Dimension } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Indicator, IndicatorGroup } from './indicator.ts';

/** The order of a report: how much, how long, how easily reached, how well, how often again. */
const GROUPS: readonly IndicatorGroup[] = ['volume', 'time', 'access', 'quality', 'repeat'];

const FOLDER = join(import.meta.dirname, 'indicators');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const modules = await Promise.all(
  files.map((name) => import(pathToFileURL(join(FOLDER, name)).href) as Promise<{ default: Indicator }>),
);

/** Every indicator: a file in `indicators/` is one, for the API, the screens, the commands and the dictionary alike. */
export const INDICATORS: readonly Indicator[] = modules
  .map((module) => module.default)
  .sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || a.order - b.order);

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

/** Parts of time that have no end at which something is open. */
const ENDLESS: readonly string[] = ['weekday', 'hour', 'half-hour'];

/** The dimensions that an indicator says something by: who gave up waiting met no agent. */
export function dimensionsOf({ kind, needsUnanswered }: Indicator): string[] {
  const tells = ({ legs, kind: of }: Dimension) =>
    !(needsUnanswered && legs === 'agent') && !(kind === 'stock' && ENDLESS.includes(of));
  return DIMENSIONS.filter(tells).map(({ name }) => name);
}
