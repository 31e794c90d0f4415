import type { Day } from '../kernel/brazil/dates.ts';
import { businessDay, type Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger, LedgerSql } from '../storage/ledger/ledger.ts';
import { hash, newSecret } from './accounts.ts';
import { identifies } from './masking.ts';
import type { Role, User } from './roles.ts';

/** How long a token lasts unless said otherwise, and at most. */
export const USUAL_DAYS = 365;
export const MOST_DAYS = 2 * 365;
/** Tokens of one user at a time. */
const MOST_TOKENS = 20;
const MOST_NAME = 60;
/** Tells a token from other secrets, to people and to programs that look for lost ones. */
const PREFIX = 'ramal_';

/** What a program reads by, as its user and administrators see it: never the secret. */
export interface ReadToken {
  readonly id: number;
  readonly user: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly usedOn: Day | null;
}

/** Who a token reads for: that user, who by it only reads. */
export interface Reader extends User {
  readonly token: string;
}

/** The long-lived tokens of users; only their hashes are stored. */
export class ReadTokens {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #timeZone: string;

  constructor(ledger: Ledger, clock: Clock, timeZone: string) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#timeZone = timeZone;
  }

  /** Those of one user, or of all; the newest first. */
  list(user: string | null = null): Promise<ReadToken[]> {
    const { sql } = this.#ledger;
    return sql<ReadToken[]>`
      SELECT ${columns(sql)} FROM read_token WHERE ${user}::text IS NULL OR user_name = ${user} ORDER BY token_id DESC`;
  }

  /**
   * Makes a token; its secret is told this once.
   * @throws RamalError `tokenName`, and `usage` for more than two years or for too many tokens.
   */
  async create(
    user: string,
    given: { name: string; days?: number | undefined },
    by: User,
  ): Promise<{ token: ReadToken; secret: string }> {
    const name = nameOf(given.name);
    const { days = USUAL_DAYS } = given;
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
      throw new RamalError('usage', {
        what: `Um token vale de 1 a ${MOST_DAYS} dias, não ${days}`,
        todo: 'Dê outro prazo',
      });
    const now = this.#clock.now();
    const expires = new Date(now.getTime() + days * 86_400_000);
    const secret = PREFIX + newSecret();
    const { sql } = this.#ledger;
    const [{ held = 0 } = {}] = await sql<{ held: number }[]>`
      SELECT count(*)::int AS held FROM read_token WHERE user_name = ${user}`;
    if (held >= MOST_TOKENS)
      throw new RamalError('usage', {
        what: `${user} já tem ${MOST_TOKENS} tokens`,
        todo: 'Revogue os que não se usam mais',
      });
    const [token] = await sql<ReadToken[]>`
      INSERT INTO read_token (user_name, name, secret_hash, created_at, created_by, expires_at)
      VALUES (${user}, ${name}, ${hash(secret)}, ${now}, ${by.name}, ${expires}) RETURNING ${columns(sql)}`;
    return { token: token!, secret };
  }

  /** Ends a token of the user, at once. @throws RamalError `notFound`. */
  async revoke(user: string, id: number): Promise<ReadToken> {
    const { sql } = this.#ledger;
    const [token] = await sql<ReadToken[]>`
      DELETE FROM read_token WHERE user_name = ${user} AND token_id = ${id} RETURNING ${columns(sql)}`;
    if (token) return token;
    throw new RamalError('notFound', { what: `token de ${user}`, received: id, todo: 'Ele pode ter sido revogado.' });
  }

  /** Whom a secret reads for, with the role that they have now; null when it is expired, revoked, unknown or its user disabled. */
  async readerOf(secret: string): Promise<Reader | null> {
    const now = this.#clock.now();
    const [found] = await this.#ledger.sql<
      { id: number; token: string; name: string; role: Role; usedOn: Day | null }[]
    >`
      SELECT token_id AS id, read_token.name AS token, user_name AS name, role, used_on::text AS "usedOn"
      FROM read_token JOIN app_user USING (user_name)
      WHERE secret_hash = ${hash(secret)} AND expires_at > ${now} AND disabled_at IS NULL`;
    if (!found) return null;
    const { id, token, name, role, usedOn } = found;
    const day = businessDay(now, this.#timeZone);
    if (usedOn !== day)
      await this.#ledger
        .sql`UPDATE read_token SET used_on = ${day}::date WHERE user_name = ${name} AND token_id = ${id}`;
    return { name, role, token };
  }
}

function nameOf(text: string): string {
  const name = text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (name !== '' && [...name].length <= MOST_NAME && !identifies(name) && !/\p{C}/u.test(name)) return name;
  throw new RamalError('tokenName');
}

const columns = (sql: LedgerSql) => sql`
  token_id AS id, user_name AS "user", name, created_at AS "createdAt", created_by AS "createdBy",
  expires_at AS "expiresAt", used_on::text AS "usedOn"`;
