import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import type { Role, User } from './roles.ts';

const SESSION_DAYS = 7;
const TOKEN_MINUTES = 24 * 60;
const MOST_SEEN = 1000;

/** Users, their one-time login tokens and their sessions; only hashes of secrets are stored. */
export class Accounts {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  /** Open sessions seen, by hash: this process alone writes its ledger, so what it ends here is ended. */
  readonly #seen = new Map<string, { readonly user: User; readonly expires: Date }>();
  /** How many sessions were ended: what was read before one ended is not kept. */
  #ended = 0;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async ensure(name: string, role: Role): Promise<User> {
    await this.#ledger.sql`
      INSERT INTO app_user (user_name, role, created_at) VALUES (${name}, ${role}, ${this.#clock.now()})
      ON CONFLICT (user_name) DO NOTHING`;
    return { name, role };
  }

  /** A secret that opens one session, within a day. */
  createToken(user: User): Promise<string> {
    return this.#secret(user.name, 'token', TOKEN_MINUTES);
  }

  /** Turns a token into a session, once; null when it is used, expired or unknown. */
  async exchange(token: string): Promise<string | null> {
    const [login] = await this.#ledger.sql<{ user_name: string }[]>`
      DELETE FROM login WHERE secret_hash = ${hash(token)} AND kind = 'token' AND expires_at > ${this.#clock.now()}
      RETURNING user_name`;
    return login ? this.#secret(login.user_name, 'session', SESSION_DAYS * 24 * 60) : null;
  }

  async userOf(session: string): Promise<User | null> {
    const key = hash(session);
    const seen = this.#seen.get(key);
    if (seen && seen.expires > this.#clock.now()) return seen.user;
    const ended = this.#ended;
    const [found] = await this.#ledger.sql<{ name: string; role: Role; expires: Date }[]>`
      SELECT app_user.user_name AS name, role, expires_at AS expires FROM login JOIN app_user USING (user_name)
      WHERE secret_hash = ${key} AND kind = 'session' AND expires_at > ${this.#clock.now()}`;
    if (!found) return null;
    const { name, role, expires } = found;
    if (this.#seen.size >= MOST_SEEN) this.#seen.clear();
    if (ended === this.#ended) this.#seen.set(key, { user: { name, role }, expires });
    return { name, role };
  }

  async end(session: string): Promise<void> {
    await this.#ledger.sql`DELETE FROM login WHERE secret_hash = ${hash(session)}`;
    this.#seen.delete(hash(session));
    this.#ended++;
  }

  async #secret(userName: string, kind: 'token' | 'session', minutes: number): Promise<string> {
    const secret = randomBytes(24).toString('base64url');
    const now = this.#clock.now();
    const expires = new Date(now.getTime() + minutes * 60_000);
    await this.#ledger.sql`DELETE FROM login WHERE expires_at < ${now}`;
    await this.#ledger.sql`
      INSERT INTO login (secret_hash, user_name, kind, expires_at) VALUES (${hash(secret)}, ${userName}, ${kind}, ${expires})`;
    return secret;
  }
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
