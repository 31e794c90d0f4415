import { RamalError } from '../../kernel/errors.ts';
import type { ReferenceKind } from './kind.ts';
import { accounts } from './kinds/accounts.ts';
import { arrivals } from './kinds/arrivals.ts';
import { ddd } from './kinds/ddd.ts';
import { deploys } from './kinds/deploys.ts';
import { excludedNumbers } from './kinds/excluded-numbers.ts';
import { excludedProtocols } from './kinds/excluded-protocols.ts';
import { excludedQueues } from './kinds/excluded-queues.ts';
import { holidays } from './kinds/holidays.ts';
import { reasons } from './kinds/reasons.ts';
import { rosters } from './kinds/rosters.ts';
import { seniority } from './kinds/seniority.ts';
import { supervisors } from './kinds/supervisors.ts';
import { targets } from './kinds/targets.ts';

/** Every reference table, in the order they are shown. */
export const REFERENCE_KINDS: readonly ReferenceKind[] = [
  supervisors,
  seniority,
  accounts,
  reasons,
  targets,
  rosters,
  arrivals,
  excludedNumbers,
  excludedProtocols,
  excludedQueues,
  holidays,
  deploys,
  ddd,
];

/** @throws RamalError `notFound` with the tables that exist. */
export function referenceKind(name: string): ReferenceKind {
  const kind = REFERENCE_KINDS.find((one) => one.name === name);
  if (kind) return kind;
  const known = REFERENCE_KINDS.map((one) => one.name).join(', ');
  throw new RamalError('notFound', { what: 'tabela de apoio', received: name, todo: `Existem: ${known}.` });
}
