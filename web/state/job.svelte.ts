import { ApiError, call } from './api.ts';
import type { Job } from './shapes.ts';

const PACE_MS = 400;
const ENDED = ['done', 'failed', 'cancelled'];

/** Long work in progress, watched until it ends. */
export class Work {
  job = $state.raw<Job | undefined>();
  error = $state.raw<ApiError | undefined>();
  running = $state(false);

  /** Runs to the end; gives the ended job, or undefined when it failed (see `error`). */
  async watch(start: Promise<Job>): Promise<Job | undefined> {
    this.running = true;
    this.job = undefined;
    this.error = undefined;
    try {
      this.job = await start;
      while (!ENDED.includes(this.job.state)) {
        await new Promise((resolve) => setTimeout(resolve, PACE_MS));
        this.job = await call<Job>(`/api/jobs/${this.job.id}`);
      }
      if (this.job.error) throw new ApiError(this.job.error.code, this.job.error.message, 0);
      return this.job;
    } catch (thrown) {
      this.error = thrown instanceof ApiError ? thrown : new ApiError('unexpected', String(thrown), 0);
      return undefined;
    } finally {
      this.running = false;
    }
  }

  async cancel(): Promise<void> {
    if (this.job) this.job = await call<Job>(`/api/jobs/${this.job.id}`, { method: 'DELETE' });
  }
}
