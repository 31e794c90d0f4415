import { type Layout, sourceColumns } from '../layout.ts';
import type { LineRanges } from '../rules/lines.ts';
import { policyOf } from './drift.ts';

/** Why a row that the layout could read is put into quarantine: its file differs from those before. */
export type RefusalReason = 'never-seen' | 'emptied';

/** A source column of which the policies quarantine the rows that a difference is of. */
export interface Refusable {
  readonly column: string;
  readonly reason: RefusalReason;
}

/** A column whose rows are looked at, in one file. */
export interface HeldColumn extends Refusable {
  /** Values that are no news. */
  readonly known: readonly string[];
  /** The lines that are looked at; null for all. */
  readonly among: LineRanges | null;
}

const KINDS = { 'never-seen': 'values', emptied: 'empties' } as const;
const REASONS = Object.keys(KINDS) as RefusalReason[];

/** The columns of a layout of which some rows may be refused, in a fixed order. */
export function refusables(layout: Layout): Refusable[] {
  const { policies } = layout;
  if (![policies?.kinds, policies?.columns].some((said) => Object.values(said ?? {}).includes('quarantine'))) return [];
  return sourceColumns(layout).flatMap((column) =>
    REASONS.filter((reason) => policyOf(policies!, KINDS[reason], column) === 'quarantine').map((reason) => ({
      column,
      reason,
    })),
  );
}

/** Under which name a batch's verdict keeps the lines that were refused; no rule is called so. */
export const refusalName = ({ column, reason }: Refusable): string => `${reason} ${column}`;
