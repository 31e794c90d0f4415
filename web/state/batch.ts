import type { Status } from '../components/status-mark.svelte';
import { addDays } from '../format/days.ts';
import type { Batch } from './shapes.ts';

/** How a batch is marked: a loaded one with rows in quarantine still asks for a look. */
export function stateOf(batch: Pick<Batch, 'state' | 'quarantined'>): {
  status: Status;
  word: Batch['state'] | 'quarantine';
} {
  if (batch.state === 'failed') return { status: 'critical', word: 'failed' };
  if (batch.state === 'loaded' && batch.quarantined > 0) return { status: 'attention', word: 'quarantine' };
  if (batch.state === 'loaded') return { status: 'ok', word: 'loaded' };
  if (batch.state === 'waiting') return { status: 'attention', word: 'waiting' };
  return { status: 'waiting', word: batch.state };
}

/** The days a batch holds, half-open like every period here; a batch itself names its last day. */
export const periodOf = ({ from, to }: Pick<Batch, 'from' | 'to'>): { from: string | null; to: string | null } => ({
  from,
  to: to && addDays(to, 1),
});
