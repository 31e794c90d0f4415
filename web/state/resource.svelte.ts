import { ApiError, call } from './api.ts';
import { session } from './session.svelte.ts';

/** After it the eye wants to see that something is on its way. */
export const PATIENCE_MS = 200;

/** One answer of the API that follows its address: the old one stays while the new one is on its way. */
export class Resource<T> {
  data = $state.raw<T | undefined>();
  error = $state.raw<ApiError | undefined>();
  /** True while an answer is on its way. */
  pending = $state(false);
  /** True once an answer has taken longer than the eye forgives. */
  slow = $state(false);
  /** The address that `data` answers. */
  url = $state.raw<string | undefined>();
  #turn = $state(0);

  constructor(address: () => string | undefined) {
    $effect(() => {
      const url = address();
      void this.#turn;
      void session.lake;
      if (url === undefined) {
        this.pending = false;
        return;
      }
      const stale = new AbortController();
      this.pending = true;
      const timer = setTimeout(() => {
        this.slow = true;
      }, PATIENCE_MS);
      this.#load(url, stale.signal).finally(() => clearTimeout(timer));
      return () => {
        session.aged.delete(this);
        stale.abort();
        clearTimeout(timer);
      };
    });
  }

  again(): void {
    this.#turn += 1;
  }

  async #load(url: string, signal: AbortSignal): Promise<void> {
    try {
      const data = await call<T>(url, { signal });
      if (signal.aborted) return;
      this.data = data;
      this.url = url;
      this.error = undefined;
      session.unreached = undefined;
      session.aged.clear();
    } catch (thrown) {
      if (signal.aborted) return;
      if (thrown instanceof ApiError && thrown.status === 401) session.signedOut();
      this.error = thrown instanceof ApiError ? thrown : new ApiError('unexpected', String(thrown), 0);
      if (this.error.code === 'offline') {
        session.unreached ??= this.error.at;
        if (this.data !== undefined) session.aged.add(this);
      }
    }
    this.slow = false;
    this.pending = false;
  }
}

/** To be called while a component is being set up; an address of `undefined` asks nothing. */
export const resource = <T>(address: () => string | undefined): Resource<T> => new Resource<T>(address);
