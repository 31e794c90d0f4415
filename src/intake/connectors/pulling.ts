import type { Day } from '../../kernel/brazil/dates.ts';
import type { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import type { Layouts } from '../layouts.ts';
import type { Intake } from '../load.ts';
import type { References } from '../reference/references.ts';
import type { Connections } from './connections.ts';
import type { DayLedger, DayState } from './day-ledger.ts';
import type { SourceIo } from './source.ts';
import type { TableLedger, TableState } from './table-ledger.ts';

/** What a pull works with. */
export interface Pulling extends Intake {
  readonly layouts: Layouts;
  readonly connections: Connections;
  readonly days: DayLedger;
  readonly tables: TableLedger;
  readonly references: References;
  readonly io: SourceIo;
  /** Does a piece of work that writes when no other does: waiting for a source keeps nobody from writing. */
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface PullOptions {
  /** Days to fetch whatever is known of them, `[from, to)`; without them, what is missing up to yesterday. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** Most days of this run; the connection's own without it. */
  readonly limit?: number | undefined;
  /** Only today, as a provisional day. */
  readonly today?: boolean | undefined;
  /** Only these tables, whatever is known of them: one that is empty now is believed. */
  readonly tables?: readonly string[] | undefined;
  readonly by: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a day in this run. */
export interface PulledDay {
  readonly day: Day;
  readonly state: DayState;
  readonly rows: number;
  readonly message: string | null;
}

/** What became of a table in this run. */
export interface PulledTable {
  readonly table: string;
  readonly state: TableState;
  readonly rows: number;
  readonly message: string | null;
}

export interface Pulled {
  readonly days: readonly PulledDay[];
  readonly tables: readonly PulledTable[];
  /** The lake's sources changed: it is worth building. */
  readonly changed: boolean;
  /** Why the run ended before its days did, or null. */
  readonly error: RamalError | null;
}
