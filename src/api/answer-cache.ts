const LARGEST = 2000;

/** Answers by question and lake version: what has not changed needs no time limit. */
export class AnswerCache {
  readonly #answers = new Map<string, Promise<unknown>>();
  #version = -1;

  /** The answer kept for the question, or the one that `ask` gives now; `refresh` asks anyway. */
  async get<T>(version: number, question: unknown, ask: () => Promise<T>, refresh = false): Promise<T> {
    if (version !== this.#version) {
      this.#answers.clear();
      this.#version = version;
    }
    const key = JSON.stringify(question);
    const kept = this.#answers.get(key);
    if (kept && !refresh) return kept as Promise<T>;
    if (this.#answers.size >= LARGEST) this.#answers.delete(this.#answers.keys().next().value as string);
    const answer = ask();
    this.#answers.set(key, answer);
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }
}
