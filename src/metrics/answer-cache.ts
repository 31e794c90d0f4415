const MOST_ANSWERS = 2000;
/** Rows of all answers that are kept: what they weigh goes by them. */
const MOST_ROWS = 500_000;

/** What answers are made of: the integer changes when it does. */
interface Data {
  readonly version: number;
}

/** Answers by question and version of the data: what has not changed needs no time limit. */
export class AnswerCache {
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #rows = new Map<string, number>();
  readonly #asked = new Map<unknown, number>();
  #held = 0;
  #version = -1;

  /** What `ask` answers of the data for what it is given, kept by both: who asks the same meets the same answer. */
  answer<D extends Data, Given extends readonly unknown[], T>(
    data: D,
    ask: (data: D, ...given: Given) => Promise<T>,
    given: NoInfer<Given>,
    refresh = false,
  ): Promise<T> {
    if (!this.#asked.has(ask)) this.#asked.set(ask, this.#asked.size);
    return this.get(data, [this.#asked.get(ask), given], () => ask(data, ...given), refresh);
  }

  /** The answer kept for the question, or the one that `ask` gives now; `refresh` asks anyway. */
  async get<T>(data: Data, question: unknown, ask: () => Promise<T>, refresh = false): Promise<T> {
    if (data.version !== this.#version) {
      this.#answers.clear();
      this.#rows.clear();
      this.#held = 0;
      this.#version = data.version;
    }
    const key = JSON.stringify(question, inOrder);
    const kept = this.#answers.get(key);
    if (kept && !refresh) return kept as Promise<T>;
    this.#drop(key);
    const answer = ofOneVersion(data, ask);
    this.#answers.set(key, answer);
    answer.then(
      (made) => this.#weigh(key, answer, rowsOf(made)),
      () => this.#answers.get(key) === answer && this.#drop(key),
    );
    while (this.#answers.size > MOST_ANSWERS) this.#drop(this.#oldest());
    return answer;
  }

  #weigh(key: string, answer: Promise<unknown>, rows: number): void {
    if (this.#answers.get(key) !== answer) return;
    this.#rows.set(key, rows);
    this.#held += rows;
    while (this.#held > MOST_ROWS && this.#answers.size > 0) this.#drop(this.#oldest());
  }

  #oldest(): string {
    return this.#answers.keys().next().value as string;
  }

  #drop(key: string): void {
    this.#answers.delete(key);
    this.#held -= this.#rows.get(key) ?? 0;
    this.#rows.delete(key);
  }
}

/** A question is the same in whatever order its parts are said. */
function inOrder(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many entries an answer's lists have. */
function rowsOf(answer: unknown): number {
  const lists = [answer, ...Object.values(answer ?? {})].filter(Array.isArray) as unknown[][];
  return 1 + lists.reduce((sum, list) => sum + list.length, 0);
}

/** Several statements make one answer: when the data changed between them, they are asked again. */
async function ofOneVersion<T>(data: Data, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const { version } = data;
    const answer = await ask();
    if (data.version === version) return answer;
  }
}
