import { randomUUID } from 'node:crypto';
import { RamalError } from '../kernel/errors.ts';
import { type Moment, type Progress, secondsLeft } from '../kernel/progress.ts';
import { asRamalError } from '../kernel/thrown.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** What anyone may know of a piece of long work. */
export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  readonly result: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export type JobWork = (progress: Progress, signal: AbortSignal) => Promise<unknown>;

interface Job {
  readonly id: string;
  readonly kind: string;
  readonly work: JobWork;
  readonly dispose: () => void;
  readonly abort: AbortController;
  state: JobState;
  moment: Moment;
  startedMs: number;
  result: unknown;
  error: RamalError | null;
}

const KEPT = 200;
const ALIVE: readonly JobState[] = ['queued', 'running'];

/** Long work, one writer at a time, in the order it was asked for. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #beside = new Set<Promise<void>>();
  #tail: Promise<void> = Promise.resolve();

  /** @param dispose called once the job has ended in any way, also when it was cancelled before it began. */
  start(kind: string, work: JobWork, dispose: () => void = () => {}): JobView {
    const job = this.#add(kind, work, dispose);
    this.#tail = this.#tail.then(() => this.#run(job));
    return view(job);
  }

  /** Starts work that mostly waits for others, at once: what it writes goes through {@link Jobs.write}. */
  startBeside(kind: string, work: JobWork): JobView {
    const job = this.#add(kind, work, () => {});
    const run = this.#run(job).finally(() => this.#beside.delete(run));
    this.#beside.add(run);
    return view(job);
  }

  /** Does a piece of work in its turn among the writers. */
  write<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(work);
    this.#tail = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  #add(kind: string, work: JobWork, dispose: () => void): Job {
    const job: Job = {
      id: randomUUID(),
      kind,
      work,
      dispose,
      abort: new AbortController(),
      state: 'queued',
      moment: { step: '', done: 0, total: 0 },
      startedMs: 0,
      result: null,
      error: null,
    };
    this.#jobs.set(job.id, job);
    this.#forgetOldest();
    return job;
  }

  /** @throws RamalError `notFound`. */
  get(id: string): JobView {
    return view(this.#find(id));
  }

  /** The latest job of a kind that has not ended. */
  current(kind: string): JobView | null {
    const alive = [...this.#jobs.values()].filter((job) => job.kind === kind && ALIVE.includes(job.state));
    const last = alive.at(-1);
    return last ? view(last) : null;
  }

  /** Asks a job to stop; what it had not committed is undone. */
  cancel(id: string): JobView {
    const job = this.#find(id);
    job.abort.abort();
    if (job.state === 'queued') job.state = 'cancelled';
    return view(job);
  }

  /** Waits until nothing is queued or running. */
  async idle(): Promise<void> {
    while (this.#beside.size > 0) await Promise.all(this.#beside);
    await this.#tail;
  }

  cancelAll(): void {
    for (const job of this.#jobs.values()) if (ALIVE.includes(job.state)) this.cancel(job.id);
  }

  async #run(job: Job): Promise<void> {
    if (job.state === 'cancelled') {
      tidied(job);
      return;
    }
    job.state = 'running';
    job.startedMs = performance.now();
    try {
      const given = await job.work((moment) => {
        job.moment = moment;
      }, job.abort.signal);
      job.result = given ?? null;
      job.state = 'done';
    } catch (thrown) {
      job.error =
        thrown === job.abort.signal.reason ? new RamalError('cancelled', { what: 'o trabalho' }) : asRamalError(thrown);
      job.state = job.error.code === 'cancelled' ? 'cancelled' : 'failed';
    } finally {
      tidied(job);
      this.#forgetOldest();
    }
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter(({ state }) => !ALIVE.includes(state));
    for (const { id } of ended.slice(0, Math.max(0, this.#jobs.size - KEPT))) this.#jobs.delete(id);
  }

  #find(id: string): Job {
    const job = this.#jobs.get(id);
    if (!job)
      throw new RamalError('notFound', {
        what: 'trabalho',
        received: id,
        todo: 'Ele pode ser de antes do último início.',
      });
    return job;
  }
}

/** What is left over only takes room: it must hold up nobody. */
function tidied(job: Job): void {
  try {
    job.dispose();
  } catch (cause) {
    process.stderr.write(`${job.kind}: ${asRamalError(cause).message}\n`);
  }
}

function view({ id, kind, state, moment, startedMs, result, error }: Job): JobView {
  const left = state === 'running' ? secondsLeft(moment, (performance.now() - startedMs) / 1000) : null;
  return {
    id,
    kind,
    state,
    ...moment,
    secondsLeft: left === null ? null : Math.round(left),
    result,
    error: error ? { code: error.code, message: error.message } : null,
  };
}
