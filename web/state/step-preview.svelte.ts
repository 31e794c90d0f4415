import { ApiError, call } from './api.ts';
import { lackOf, type Previewed, type Step, type StepPreview } from './steps.ts';

/** A person writes faster than every letter need be tried. */
const PATIENCE_MS = 300;

/** Whose rows the steps are tried on. */
export type Tried = { batch: number } | { list: string } | { contacts: string } | { offers: true };

/** What steps do, asked again as they change; what was answered last stays until then. */
export class StepTrial {
  answer = $state.raw<StepPreview | undefined>();
  error = $state.raw<ApiError | undefined>();
  pending = $state(false);
  #begun = false;
  /** The steps that the answer is of: all before the first that lacks something. */
  #tried = $state.raw<readonly Step[]>([]);

  constructor(rows: () => Tried | undefined, steps: () => readonly Step[]) {
    // Not asked again while something else of the page changes.
    const place = $derived(JSON.stringify(rows() ?? null));
    const all = $derived(steps());
    $effect(() => {
      const asked = JSON.parse(place) as Tried | null;
      const whole = all;
      const end = whole.findIndex((step) => lackOf(step) !== undefined);
      const sent = end < 0 ? whole : whole.slice(0, end);
      if (!asked) return;
      const stale = new AbortController();
      this.pending = true;
      const wait = this.#begun ? PATIENCE_MS : 0;
      this.#begun = true;
      const timer = setTimeout(
        () => void this.#ask({ ...asked, steps: sent, partial: true }, sent, stale.signal),
        wait,
      );
      return () => {
        clearTimeout(timer);
        stale.abort();
      };
    });
  }

  /** What there is after so many steps; undefined where they were not tried. */
  after(count: number): Previewed | undefined {
    return this.answer?.steps[count];
  }

  /** The columns before the step of an index, as far as they are known. */
  columnsBefore(index: number): readonly string[] {
    const { steps = [] } = this.answer ?? {};
    return (steps[index] ?? steps.at(-1))?.columns ?? [];
  }

  /** What is wrong with the step of an index, as it was tried. */
  mistake(index: number): { what: string; todo: string } | undefined {
    const failed = this.answer?.failed;
    return failed && failed.step === index + 1 ? failed : undefined;
  }

  /** The step stands as it was tried, and it was right. */
  isRight(index: number, step: Step): boolean {
    return this.#tried[index] === step && this.answer?.steps[index + 1] !== undefined;
  }

  async #ask(body: object, sent: readonly Step[], signal: AbortSignal): Promise<void> {
    try {
      const answer = await call<StepPreview>('/api/steps/preview', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
        signal,
      });
      if (signal.aborted) return;
      this.answer = answer;
      this.error = undefined;
      this.#tried = sent;
    } catch (thrown) {
      if (signal.aborted) return;
      this.error = thrown instanceof ApiError ? thrown : new ApiError('unexpected', String(thrown), 0);
    }
    this.pending = false;
  }
}
