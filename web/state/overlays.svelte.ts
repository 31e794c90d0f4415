/** A figure whose origin can be asked: what it is called and the answer that carries its receipt. */
export interface Origin {
  label: string;
  url: string;
}

export interface Question {
  title: string;
  effect: string;
  verb: string;
  act: () => Promise<void> | void;
}

/** What may lie over a page; one of each at most. */
class Overlays {
  palette = $state(false);
  keys = $state(false);
  more = $state(false);
  origins = $state.raw<Origin[]>([]);
  question = $state.raw<Question | undefined>();
  toast = $state.raw<{ text: string; undo: () => void } | undefined>();
}

export const overlays = new Overlays();
