import { RamalError } from '../../kernel/errors.ts';
import type { Declaration } from './declaration.ts';
import { valueAt } from './template.ts';

/** Secrets by the names that a declaration gives them. */
export type Secrets = Readonly<Record<string, string>>;

/** A code is changed for a new one this long before it ends. */
const EARLY_MS = 30_000;

/** The code by which a source knows us, for as long as it holds; kept in memory alone. */
export class Session {
  readonly #auth: Declaration['auth'];
  readonly #secrets: Secrets;
  #token: string | null = null;
  #endsMs = Number.POSITIVE_INFINITY;

  constructor(auth: Declaration['auth'], secrets: Secrets) {
    this.#auth = auth;
    this.#secrets = secrets;
  }

  get renews(): boolean {
    return this.#auth.session !== undefined;
  }

  /** The header of a request, or null when a new code has to be asked for first. */
  header(nowMs: number): Record<string, string> | null {
    const { header = 'authorization', prefix = 'Bearer ' } = this.#auth;
    const token = this.renews ? this.#token : this.#secrets.token;
    if (token === null || token === undefined || nowMs >= this.#endsMs - EARLY_MS) return null;
    return { [header.toLowerCase()]: `${prefix}${token}` };
  }

  /** Takes the code out of the answer to the session's request. @throws RamalError `connectionDenied`. */
  open(answer: unknown, nowMs: number, source: string): void {
    const session = this.#auth.session!;
    const token = valueAt(answer, session.token);
    if (typeof token !== 'string' || token === '')
      throw new RamalError('connectionDenied', { source, received: 'resposta sem código de acesso' });
    this.#token = token;
    const seconds = session.expiresIn === undefined ? undefined : Number(valueAt(answer, session.expiresIn));
    // A code of less than a minute would be over before its first use.
    this.#endsMs = seconds && seconds * 1000 > 2 * EARLY_MS ? nowMs + seconds * 1000 : Number.POSITIVE_INFINITY;
  }

  /** Forgets a code that the source no longer takes. */
  forget(): void {
    this.#token = null;
  }
}
