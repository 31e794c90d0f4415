import { createHash, randomBytes } from 'node:crypto';
import type { Day } from '../kernel/brazil/dates.ts';
import { businessDay, type Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger, LedgerSql } from '../storage/ledger/ledger.ts';
import { identifies } from './masking.ts';
import { CONSOLE, type Role, SCHEDULE, type User } from './roles.ts';

const SESSION_DAYS = 7;
const PRINTER_MINUTES = 10;
const TOKEN_MINUTES = 24 * 60;
const MOST_SEEN = 1000;
const MOST_NAME = 60;
/** The administrator that a home begins with. */
const FIRST = 'admin';

/** A user as administrators see them. */
export interface Account extends User {
  /** Where their reports go. */
  readonly email: string | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly disabledAt: Date | null;
  readonly disabledBy: string | null;
  readonly seenOn: Day | null;
  /** Raised by every change. */
  readonly version: number;
}

/** What is said of a user; what is not said stays. */
export interface AccountChange {
  readonly role?: Role | undefined;
  readonly email?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  /** The version that was looked at: another one is refused. */
  readonly version?: number | undefined;
}

/** The cookie that holds a browser's session. */
export const SESSION_COOKIE = 'ramal_session';

/** Users, their one-time login tokens and their sessions; only hashes of secrets are stored. */
export class Accounts {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #timeZone: string;
  /** Open sessions seen, by hash: this process alone writes its ledger, so what it ends here is ended. */
  readonly #seen = new Map<string, { readonly user: User; readonly expires: Date }>();
  /** How often sessions were ended or users changed: what was read before is not kept. */
  #ended = 0;
  /** The day on which each user was last written down as seen. */
  readonly #days = new Map<string, Day>();

  constructor(ledger: Ledger, clock: Clock, timeZone: string) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#timeZone = timeZone;
  }

  async ensure(name: string, role: Role): Promise<User> {
    await this.#ledger.sql`
      INSERT INTO app_user (user_name, folded_name, role, created_at)
      VALUES (${name}, ${folded(name)}, ${role}, ${this.#clock.now()}) ON CONFLICT DO NOTHING`;
    return { name, role };
  }

  /** An administrator who may enter, the first before others; the first one is made in a home without any. */
  async administrator(): Promise<User> {
    const [found] = await this.#ledger.sql<User[]>`
      SELECT user_name AS name, role FROM app_user WHERE role = 'administrator' AND disabled_at IS NULL
      ORDER BY user_name <> ${FIRST}, created_at, user_name LIMIT 1`;
    return found ?? this.ensure(FIRST, 'administrator');
  }

  /** Every user, those who may enter first. */
  list(): Promise<Account[]> {
    const { sql } = this.#ledger;
    return sql<Account[]>`SELECT ${columns(sql)} FROM app_user ORDER BY disabled_at IS NOT NULL, folded_name`;
  }

  /** @throws RamalError `notFound`. */
  get(name: string): Promise<Account> {
    return accountNamed(this.#ledger.sql, name);
  }

  /** @throws RamalError `userName` for a name that does not serve, `userExists` for one that is taken, `userEmail`. */
  async create(given: { name: string; role: Role; email?: string | null | undefined }, by: User): Promise<Account> {
    const name = userNameOf(given.name);
    const email = given.email ? emailOf(given.email) : null;
    const { sql } = this.#ledger;
    const { count } = await sql`
      INSERT INTO app_user (user_name, folded_name, role, email, created_at, created_by)
      VALUES (${name}, ${folded(name)}, ${given.role}, ${email}, ${this.#clock.now()}, ${by.name})
      ON CONFLICT DO NOTHING`;
    if (count === 0) throw new RamalError('userExists', { name });
    return this.get(name);
  }

  /**
   * Changes what is said, at once also for open sessions; who is disabled loses sessions, login addresses and tokens.
   * @throws RamalError `notFound`, `userChanged` when somebody changed them first, `lastAdministrator`, `userEmail`.
   */
  async change(name: string, said: AccountChange, by: User): Promise<{ was: Account; now: Account }> {
    const changed = await this.#ledger.sql.begin(async (sql) => {
      // Two who take each other's rights away at once would leave nobody.
      await sql`LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE`;
      const was = await accountNamed(sql, name);
      if (said.version !== undefined && said.version !== was.version) throw new RamalError('userChanged', { name });
      const role = said.role ?? was.role;
      const enabled = said.enabled ?? was.disabledAt === null;
      if (isAdministrator(was) && !(enabled && role === 'administrator')) await refuseLast(sql, was.name);
      const email = said.email === undefined ? was.email : said.email && emailOf(said.email);
      const since = was.disabledAt ?? this.#clock.now();
      await sql`
        UPDATE app_user SET role = ${role}, email = ${email || null}, version = version + 1,
          disabled_at = ${enabled ? null : since}, disabled_by = ${enabled ? null : (was.disabledBy ?? by.name)}
        WHERE user_name = ${was.name}`;
      // A secret made while one was being disabled does not come back with them.
      if (!enabled || was.disabledAt) {
        await sql`DELETE FROM login WHERE user_name = ${was.name}`;
        await sql`DELETE FROM read_token WHERE user_name = ${was.name}`;
      }
      return { was, now: await accountNamed(sql, was.name) };
    });
    this.#seen.clear();
    this.#ended++;
    return changed;
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

  /** A session that only prints, for minutes: it does not tell that its user was here. */
  openPrinter(user: User): Promise<string> {
    return this.#secret(user.name, 'printer', PRINTER_MINUTES);
  }

  async userOf(session: string): Promise<User | null> {
    const key = hash(session);
    const seen = this.#seen.get(key);
    if (seen && seen.expires > this.#clock.now()) return this.#here(seen.user);
    const ended = this.#ended;
    const [found] = await this.#ledger.sql<{ name: string; role: Role; expires: Date; prints: boolean }[]>`
      SELECT app_user.user_name AS name, role, expires_at AS expires, kind = 'printer' AS prints FROM login JOIN app_user USING (user_name)
      WHERE secret_hash = ${key} AND kind IN ('session', 'printer') AND expires_at > ${this.#clock.now()} AND disabled_at IS NULL`;
    if (!found) return null;
    const { name, role, expires } = found;
    const user: User = { name, role, ...(found.prints ? { prints: true } : {}) };
    if (this.#seen.size >= MOST_SEEN) this.#seen.clear();
    if (ended === this.#ended) this.#seen.set(key, { user, expires });
    return this.#here(user);
  }

  async end(session: string): Promise<void> {
    await this.#ledger.sql`DELETE FROM login WHERE secret_hash = ${hash(session)}`;
    this.#seen.delete(hash(session));
    this.#ended++;
  }

  /** Writes down, once a day, that the user was here. */
  async #here(user: User): Promise<User> {
    if (user.prints) return user;
    const day = businessDay(this.#clock.now(), this.#timeZone);
    if (this.#days.get(user.name) === day) return user;
    this.#days.set(user.name, day);
    await this.#ledger.sql`UPDATE app_user SET seen_on = ${day}::date WHERE user_name = ${user.name}`;
    return user;
  }

  async #secret(userName: string, kind: 'token' | 'session' | 'printer', minutes: number): Promise<string> {
    const secret = newSecret();
    const now = this.#clock.now();
    const expires = new Date(now.getTime() + minutes * 60_000);
    await this.#ledger.sql`DELETE FROM login WHERE expires_at < ${now}`;
    await this.#ledger.sql`
      INSERT INTO login (secret_hash, user_name, kind, expires_at) VALUES (${hash(secret)}, ${userName}, ${kind}, ${expires})`;
    return secret;
  }
}

/** 192 random bits, as a text that any address may hold. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** What is stored of a secret: finding it by its hash tells nothing of how near a guess was. */
export function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * The name as it is kept: trimmed, single spaces. It stands in addresses and in the audit, so nothing personal but a name.
 * @throws RamalError `userName`.
 */
function userNameOf(text: string): string {
  const name = text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  const refused = (what: string, todo: string) => new RamalError('userName', { what, todo });
  if (name === '' || [...name].length > MOST_NAME) {
    const what = name === '' ? 'está vazio' : `tem mais de ${MOST_NAME} letras`;
    throw refused(what, 'Use o nome por que a pessoa é conhecida');
  }
  if (identifies(name))
    throw refused('parece um documento, telefone ou e-mail', 'O e-mail tem um campo próprio; use o nome da pessoa');
  if (!/^[\p{L}\p{M}\d .'’_-]+$/u.test(name) || !/\p{L}/u.test(name))
    throw refused('traz sinais que um nome não tem', "Use letras, números, espaço, ponto, hífen, ' ou _");
  if ([CONSOLE, SCHEDULE].some((own) => own.name === folded(name)))
    throw refused('é o do próprio Ramal na auditoria', 'Escolha outro');
  return name;
}

function emailOf(text: string): string {
  const email = text.trim();
  if (email.length <= 254 && /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(email)) return email;
  throw new RamalError('userEmail');
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();

const isAdministrator = ({ role, disabledAt }: Account): boolean => role === 'administrator' && disabledAt === null;

/** @throws RamalError `lastAdministrator` when no other one may enter. */
async function refuseLast(sql: LedgerSql, name: string): Promise<void> {
  const [other] = await sql`
    SELECT 1 FROM app_user WHERE role = 'administrator' AND disabled_at IS NULL AND user_name <> ${name} LIMIT 1`;
  if (!other) throw new RamalError('lastAdministrator', { name });
}

const columns = (sql: LedgerSql) => sql`
  user_name AS name, role, email, created_at AS "createdAt", created_by AS "createdBy", disabled_at AS "disabledAt",
  disabled_by AS "disabledBy", seen_on::text AS "seenOn", version`;

async function accountNamed(sql: LedgerSql, name: string): Promise<Account> {
  const [found] = await sql<Account[]>`SELECT ${columns(sql)} FROM app_user WHERE folded_name = ${folded(name)}`;
  if (found) return found;
  throw new RamalError('notFound', {
    what: 'usuário',
    received: identifies(name) ? '***' : name.slice(0, MOST_NAME),
    todo: 'Veja os que existem em Usuários, ou com ramal user list.',
  });
}
