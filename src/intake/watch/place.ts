import type { Clock } from '../../kernel/clock.ts';
import { type ErrorCode, RamalError } from '../../kernel/errors.ts';
import { type Secret, withoutSecret } from '../secrets.ts';
import { shownName } from './names.ts';

/** A version of a file as a place lists it: its path below the watched folder, with `/`. */
export interface PlaceFile {
  readonly path: string;
  readonly bytes: number;
  /** By the place's own clock: only ever compared with its other times. */
  readonly changedAt: Date;
  /** Why it must not be touched: a link that leads out of the folder. */
  readonly trick?: string;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Where files appear. Every call fails with a RamalError that names the place and holds no part of its secret, and
 * fails within {@link PATIENCE_MS} of the place's last sign of life.
 */
export interface Place {
  /** Files appear whole, never half written. */
  readonly whole: boolean;
  /** The files in the folder and in those up to `depth` below it, in any order; folders and files that `left` says are passed over. */
  list(depth: number, left: (path: string) => boolean): AsyncIterable<PlaceFile>;
  /** Copies a file to a new local one; gives what the place says of it after the last byte, or null when it is gone. */
  fetch(file: PlaceFile, to: string, options: FetchOptions): Promise<PlaceFile | null>;
  /** Moves a file into a folder of the watched one, made where it is missing. */
  move(path: string, folder: string, name: string): Promise<void>;
  close(): Promise<void>;
}

/** A file that the place lists and does not let us read. */
export function unreadable(path: string, cause: unknown): RamalError {
  const said = shownName(cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
  return new RamalError('fileUnreadable', { file: path, cause: said });
}

/** Milliseconds without a byte or an answer after which a place counts as gone. */
export const PATIENCE_MS = 30_000;

/** A failure of a place, with what the other side said: cut, without control characters, without the secret. */
export function placeError(code: ErrorCode, where: string, cause: unknown, secret: Secret = {}): RamalError {
  if (cause instanceof RamalError) return cause;
  const { code: system, message = String(cause) } = (cause ?? {}) as NodeJS.ErrnoException;
  if (system === 'ENOSPC') return new RamalError('diskFull', { where: 'RAMAL_HOME' });
  const said = system && !message.includes(String(system)) ? `${system}: ${message}` : message;
  const shown = shownName(withoutSecret(said, secret).replaceAll(/\s+/g, ' ').trim());
  return new RamalError(code, { where, cause: (shown || 'sem explicação').slice(0, 200) });
}

const IDLE_MS = 20_000;

/** A place that is opened when it is needed, and anew when it was left alone so long that it may have hung up. */
export class Door {
  readonly #open: () => Promise<Place>;
  readonly #clock: Clock;
  #place: Place | undefined;
  #usedMs = 0;

  constructor(open: () => Promise<Place>, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
  }

  async use<T>(work: (place: Place) => Promise<T>): Promise<T> {
    if (this.#place && this.#clock.now().getTime() - this.#usedMs > IDLE_MS) await this.close();
    this.#place ??= await this.#open();
    try {
      return await work(this.#place);
    } finally {
      this.#usedMs = this.#clock.now().getTime();
    }
  }

  async close(): Promise<void> {
    await this.#place?.close();
    this.#place = undefined;
  }
}
