import { SvelteSet } from 'svelte/reactivity';
import { countWeeks } from '../format/days.ts';
import { ApiError, call, post } from './api.ts';
import { route } from './route.svelte.ts';
import type { Dimension, Indicator, Rule, Session, Sources } from './shapes.ts';
import { ui } from './ui.svelte.ts';

/** Where a role’s day begins, when it is not Início: where files arrive, where the shift is. */
const FIRST_PAGES: Readonly<Record<string, string>> = { intake: '/recepcao', supervisor: '/hoje' };

/** Who is here and what the house holds: loaded once, again after data changed. */
class House {
  state = $state<'opening' | 'out' | 'in' | 'barred' | 'broken'>('opening');
  now = $state.raw<Session | undefined>();
  sources = $state.raw<Sources | undefined>();
  indicators = $state.raw<Indicator[]>([]);
  /** What figures are split and filtered by, in the order that people read them. */
  dimensions = $state.raw<Dimension[]>([]);
  rules = $state.raw<Rule[]>([]);
  error = $state.raw<ApiError | undefined>();
  /** The address that led here was used already. */
  refused = $state(false);
  /** Raised when data changed, so that every answer on the screen is asked again. */
  lake = $state(0);
  /** Since when nothing answers; the next answer ends it. */
  unreached = $state.raw<Date | undefined>();
  /** Who still shows an answer of before that. */
  aged = new SvelteSet<object>();

  reveals = $derived(this.now?.user?.reveals ?? false);

  async open(): Promise<void> {
    try {
      this.now = await call<Session>('/api/session');
      if (this.now.user) await this.#enter();
      else this.state = 'out';
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  async signIn(token: string): Promise<void> {
    this.refused = false;
    try {
      this.now = await post<Session>('/api/session', { token });
    } catch (thrown) {
      this.refused = thrown instanceof ApiError && thrown.status === 401;
      throw thrown;
    }
    if (!this.now.user) throw new ApiError('notSessionIn', ui.t.enter.refused, 401);
    const first = FIRST_PAGES[this.now.user.role];
    if (first && route.path === '/') route.go(first, { replace: true });
    await this.#enter().catch((thrown: unknown) => this.#fail(thrown));
  }

  async signOut(): Promise<void> {
    await call('/api/session', { method: 'DELETE' }).catch(() => undefined);
    this.signedOut();
  }

  signedOut(): void {
    this.state = 'out';
  }

  /** To be called when a batch was loaded or rolled back. */
  async refresh(): Promise<void> {
    const sources = await call<Sources>('/api/sources');
    this.#hold(sources);
    this.lake += 1;
  }

  /** Asks for every answer on the screen once more. */
  askAgain(): void {
    this.lake += 1;
  }

  async #enter(): Promise<void> {
    if (this.now) countWeeks(this.now.week);
    if (this.now?.user?.role === 'operator') {
      this.state = 'barred';
      return;
    }
    const [sources, { indicators, dimensions }, { rules }] = await Promise.all([
      call<Sources>('/api/sources'),
      call<{ indicators: Indicator[]; dimensions: Dimension[] }>('/api/indicators'),
      call<{ rules: Rule[] }>('/api/rules'),
    ]);
    this.#hold(sources);
    this.indicators = indicators;
    this.dimensions = dimensions;
    this.rules = rules;
    this.state = 'in';
  }

  #hold(sources: Sources): void {
    this.sources = sources;
    ui.thisYear = Number(sources.today.slice(0, 4));
  }

  #fail(thrown: unknown): void {
    this.error = thrown instanceof ApiError ? thrown : new ApiError('unexpected', String(thrown), 0);
    this.state = this.error.status === 401 ? 'out' : 'broken';
  }
}

export const session = new House();
