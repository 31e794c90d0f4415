import { addDays, weekdayOf } from '../kernel/brazil/dates.ts';
import { businessDay, type Clock, instantOf } from '../kernel/clock.ts';

/**
 * When a task runs: once a day at a wall time of the business, on some weekdays only (1–7, Monday first), or so many
 * minutes after its last run.
 */
export type When =
  | { readonly kind: 'daily'; readonly at: string; readonly weekdays?: readonly number[] }
  | { readonly kind: 'every'; readonly minutes: number };

const SUNDAY = 7;

export interface Task {
  readonly name: string;
  readonly when: When;
  /** Written down before the run counts as begun, so that a kill in between loses nothing; the same twice is once. */
  readonly owes?: (due: Date) => Promise<unknown>;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/** Where the schedule keeps when each task ran last, so that it survives a restart. */
export interface ScheduleMemory {
  lastRuns(): Promise<ReadonlyMap<string, Date>>;
  ran(task: string, at: Date): Promise<void>;
}

export interface ScheduleOptions {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly memory: ScheduleMemory;
  /** The tasks as they are now. */
  readonly tasks: () => Promise<readonly Task[]>;
  readonly onFailure: (task: string, error: unknown) => void;
}

/** The first moment after `last` at which a task is due. A time that the clocks jump over or show twice counts once. */
export function nextRun(when: When, last: Date, timeZone: string): Date {
  if (when.kind === 'every') return new Date(last.getTime() + when.minutes * 60_000);
  for (let day = businessDay(last, timeZone); ; day = addDays(day, 1)) {
    if (when.weekdays && !when.weekdays.includes(weekdayOf(day) || SUNDAY)) continue;
    const at = instantOf(day, when.at, timeZone);
    if (at > last) return at;
  }
}

/**
 * Runs named tasks when they are due: never two runs of one at once, and one that fails stops no other. Runs that were
 * missed while nothing was on happen once.
 */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  /** Looks now and every so often for what is due, until {@link Schedule.stop}. */
  start(everyMs: number): void {
    const look = () => {
      this.#looking = this.#looking.then(() => this.look()).catch((error) => this.#options.onFailure('agenda', error));
    };
    look();
    this.#timer = setInterval(look, everyMs);
    this.#timer.unref();
  }

  /** Starts what is due now; a task seen for the first time is counted from now. */
  async look(): Promise<void> {
    const { clock, memory, tasks, timeZone } = this.#options;
    const [known, last] = [await tasks(), await memory.lastRuns()];
    const now = clock.now();
    for (const task of known) {
      if (this.#abort.signal.aborted) return;
      if (this.#running.has(task.name)) continue;
      const before = last.get(task.name);
      if (!before) await memory.ran(task.name, now);
      else {
        const due = nextRun(task.when, before, timeZone);
        if (due <= now) this.#begin(task, due);
      }
    }
  }

  /** Resolves when no task runs. */
  async idle(): Promise<void> {
    await this.#looking;
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Starts nothing more, asks what runs to stop, and waits for it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#abort.abort();
    await this.idle();
  }

  #begin(task: Task, due: Date): void {
    const { clock, memory, onFailure } = this.#options;
    const run = (async () => {
      try {
        await task.owes?.(due);
        await memory.ran(task.name, clock.now());
        await task.run(this.#abort.signal);
      } catch (error) {
        if (!this.#abort.signal.aborted) onFailure(task.name, error);
      } finally {
        this.#running.delete(task.name);
      }
    })();
    this.#running.set(task.name, run);
  }
}
