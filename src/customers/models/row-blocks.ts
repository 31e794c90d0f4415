import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Points } from './points.ts';
import { makeWork, type WorkName, type WorkSettings } from './works.ts';

/** Pure work over rows: by some parameters, adds to sums what rows `from` up to before `to` make. */
export interface RowWork {
  /** Numbers of the sums. */
  readonly sums: number;
  run(parameters: Float64Array, from: number, to: number, sums: Float64Array): void;
}

/** What a thread is to do: the blocks that are its own, each with sums of its own. */
export interface RowTask {
  readonly name: WorkName;
  readonly settings: WorkSettings;
  readonly rows: number;
  readonly columns: number;
  readonly memory: SharedArrayBuffer;
  readonly parameters: SharedArrayBuffer;
  readonly sums: SharedArrayBuffer;
  /** Of {@link blockBounds}, those of a thread. */
  readonly blocks: readonly number[];
}

/** As many whatever the machine, so that sums are the same everywhere. */
const BLOCKS = 16;
/** Fewer rows are done faster than a thread is told of them. */
const FEW = 5000;

/** The rows of a block. */
export const blockBounds = (block: number, rows: number): [from: number, to: number] => [
  Math.floor((block * rows) / BLOCKS),
  Math.floor(((block + 1) * rows) / BLOCKS),
];

/** Does a task's blocks, over sums that begin at zero. */
export function blockRunner(task: RowTask): () => void {
  const points = new Points(task.rows, task.columns, task.memory);
  const work = makeWork(task.name, points, task.settings);
  const parameters = new Float64Array(task.parameters);
  return () => {
    for (const block of task.blocks) {
      const sums = new Float64Array(task.sums, 8 * block * work.sums, work.sums).fill(0);
      work.run(parameters, ...blockBounds(block, task.rows), sums);
    }
  };
}

/** Work that goes over all rows again and again, on all processors where there are many rows. */
export class RowBlocks {
  readonly parameters: Float64Array<SharedArrayBuffer>;
  readonly #sums: Float64Array<SharedArrayBuffer>;
  readonly #size: number;
  readonly #threads: readonly Worker[];
  readonly #here: (() => void) | undefined;

  /** @param threads as many as there are processors, or one for few rows, unless said. */
  constructor(
    points: Points,
    name: WorkName,
    settings: WorkSettings,
    parameters: number,
    { signal, threads }: { readonly signal?: AbortSignal | undefined; readonly threads?: number | undefined } = {},
  ) {
    signal?.throwIfAborted();
    this.#size = makeWork(name, points, settings).sums;
    this.parameters = new Float64Array(new SharedArrayBuffer(8 * parameters));
    this.#sums = new Float64Array(new SharedArrayBuffer(8 * BLOCKS * this.#size));
    const count = Math.min(BLOCKS, threads ?? (points.rows < FEW ? 1 : availableParallelism()));
    const tasks = Array.from({ length: count }, (_, thread): RowTask => {
      const { rows, columns, values } = points;
      const blocks = Array.from({ length: BLOCKS }, (_, block) => block).filter((block) => block % count === thread);
      const memory = { memory: values.buffer, parameters: this.parameters.buffer, sums: this.#sums.buffer };
      return { name, settings, rows, columns, ...memory, blocks };
    });
    this.#here = count === 1 ? blockRunner(tasks[0]!) : undefined;
    const thread = new URL('./row-thread.ts', import.meta.url);
    this.#threads = count === 1 ? [] : tasks.map((workerData) => new Worker(thread, { workerData }));
  }

  /** Goes over all rows by the parameters as they stand; gives the sums of all blocks, in the blocks' order. */
  async run(signal?: AbortSignal): Promise<Float64Array> {
    signal?.throwIfAborted();
    if (this.#here) {
      // Whoever else the process serves has a turn between passes.
      await setImmediate();
      signal?.throwIfAborted();
      this.#here();
    } else
      await Promise.all(
        this.#threads.map(async (thread) => {
          const answer = once(thread, 'message', signal ? { signal } : {});
          thread.postMessage('run');
          await answer;
        }),
      );
    const sums = new Float64Array(this.#size);
    for (let at = 0; at < this.#sums.length; at++) sums[at % this.#size]! += this.#sums[at]!;
    return sums;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }
}
