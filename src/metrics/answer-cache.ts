const LARGEST = 2000;

/** What answers are made of: the integer changes when it does. */
interface Data {
  readonly version: number;
}

/** Answers by question and version of the data: what has not changed needs no time limit. */
export class AnswerCache {
  readonly #answers = new Map<string, Promise<unknown>>();
  #version = -1;

  /** The answer kept for the question, or the one that `ask` gives now; `refresh` asks anyway. */
  async get<T>(data: Data, question: unknown, ask: () => Promise<T>, refresh = false): Promise<T> {
    if (data.version !== this.#version) {
      this.#answers.clear();
      this.#version = data.version;
    }
    const key = JSON.stringify(question);
    const kept = this.#answers.get(key);
    if (kept && !refresh) return kept as Promise<T>;
    if (this.#answers.size >= LARGEST) this.#answers.delete(this.#answers.keys().next().value as string);
    const answer = ofOneVersion(data, ask);
    this.#answers.set(key, answer);
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }
}

/** Several statements make one answer: when the data changed between them, they are asked again. */
async function ofOneVersion<T>(data: Data, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const { version } = data;
    const answer = await ask();
    if (data.version === version) return answer;
  }
}
