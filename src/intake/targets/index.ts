import type { Layout } from '../layout.ts';
import { agentTimeTarget } from './agent-time.ts';
import { contactTarget } from './contact.ts';
import { eventTarget } from './event.ts';
import { listTarget } from './list.ts';
import type { Target } from './target.ts';

export { identityValue, PRIMARY_KINDS, primaryKinds } from './contact.ts';
export { listContract, listTable } from './list.ts';
export type { Check, Target } from './target.ts';

const TARGETS: Readonly<Record<NonNullable<Layout['into']>, Target>> = {
  contact: contactTarget,
  list: listTarget,
  event: eventTarget,
  agent_time: agentTimeTarget,
};

/** What the rows of a layout become. */
export function targetOf({ into = 'contact' }: Pick<Layout, 'into'>): Target {
  return TARGETS[into];
}
