import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIMENSIONS, type Dimension } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import { AGENT_DIMENSIONS } from './agent-times.ts';
import type { Indicator, IndicatorGroup } from './indicator.ts';

/** The order of a report: how much, how long, how easily reached, how well, how often again, and by whom. */
const GROUPS: readonly IndicatorGroup[] = ['volume', 'time', 'access', 'quality', 'repeat', 'agents'];

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

/** The dimensions that an indicator says something by: who gave up waiting met no agent, and agents wait in no queue. */
export function dimensionsOf({ kind, needsUnanswered }: Indicator): string[] {
  const tells = ({ name, legs, kind: of }: Dimension) =>
    (kind !== 'agentTime' || AGENT_DIMENSIONS.includes(name)) &&
    !(needsUnanswered && legs === 'agent') &&
    !(kind === 'stock' && ENDLESS.includes(of));
  return DIMENSIONS.filter(tells).map(({ name }) => name);
}
