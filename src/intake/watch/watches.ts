import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { Secret, Secrets } from '../secrets.ts';
import { type PlaceKind, readAddress } from './address.ts';
import { checkPatterns, type WatchPattern } from './patterns.ts';

/** What a watch is told: where to look, for what, how often, and what then. */
export interface WatchSettings {
  /** `/folder`, `sftp://user@host/folder`, `ftps://…`, `ftp://…` or `s3://KEY@host/bucket/prefix`; no secret in it. */
  readonly place: string;
  readonly patterns: readonly WatchPattern[];
  /** Seconds from one look to the next. */
  readonly every: number;
  /** Seconds that a file must have stayed the same to count as complete. */
  readonly settle: number;
  /** A file is complete when one of its name and this ending stands beside it; null goes by `settle`. */
  readonly marker: string | null;
  /** What is done with a file that was loaded. */
  readonly after: 'leave' | 'move';
  /** Region that S3 requests are signed for. */
  readonly region: string;
  /** The SFTP server's key, `SHA256:…`. */
  readonly fingerprint: string | null;
  readonly trustFirst: boolean;
  readonly enabled: boolean;
}

export interface Watch extends WatchSettings {
  readonly name: string;
  readonly kind: PlaceKind;
  readonly changedAt: Date;
  readonly changedBy: string;
  readonly lookedAt: Date | null;
  /** Why the last look failed, or null. */
  readonly message: string | null;
}

const DEFAULTS = {
  every: 60,
  settle: 30,
  marker: null,
  after: 'leave',
  region: 'us-east-1',
  fingerprint: null,
  trustFirst: false,
  enabled: true,
} as const satisfies Partial<WatchSettings>;

/** The watches of a home: settings in the ledger, secrets in files beside it. */
export class Watches {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #secrets: Secrets;
  readonly #home: string;

  constructor({ ledger, clock, secrets, home }: { ledger: Ledger; clock: Clock; secrets: Secrets; home: string }) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#secrets = secrets;
    this.#home = home;
  }

  list(): Promise<Watch[]> {
    return this.#rows();
  }

  /** @throws RamalError `notFound`. */
  async get(name: string): Promise<Watch> {
    const [watch] = await this.#rows(name);
    if (watch) return watch;
    const known = (await this.#rows()).map((one) => one.name).join(', ');
    throw new RamalError('notFound', {
      what: 'vigia',
      received: name,
      todo: known ? `Existem: ${known}.` : 'Não há nenhuma.',
    });
  }

  /**
   * Makes a watch, or changes what is given of one. A new address needs its secret and its key anew: what opens one
   * door is not tried on another.
   * @throws RamalError `usage` for what no watch can be.
   */
  async save(name: string, given: Partial<WatchSettings>, secret: Secret | null, by: string): Promise<Watch> {
    if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(name))
      throw wrong(`Nome de vigia inválido: ${JSON.stringify(name)}`, 'Use a-z, 0-9 e hífen');
    const [before] = await this.#rows(name);
    const moved = before !== undefined && given.place !== undefined && given.place !== before.place;
    const kept = before && { ...before, ...(moved ? { fingerprint: null, trustFirst: false } : {}) };
    const settings = { ...DEFAULTS, ...kept, ...given } as WatchSettings;
    const { place, patterns } = settings;
    if (!place || !patterns) throw wrong('Faltam o lugar ou os padrões da vigia', 'Informe os dois');
    const { kind, path } = readAddress(place);
    checkPatterns(patterns);
    this.#check(settings, kind, path);
    const { sql } = this.#ledger;
    await sql`
      INSERT INTO watch (name, place, patterns, every_seconds, settle_seconds, marker, after, region, fingerprint,
        trust_first, enabled, changed_at, changed_by)
      VALUES (${name}, ${place}, ${sql.json(patterns as never)}, ${settings.every}, ${settings.settle},
        ${settings.marker}, ${settings.after}, ${settings.region}, ${settings.fingerprint}, ${settings.trustFirst},
        ${settings.enabled}, ${this.#clock.now()}, ${by})
      ON CONFLICT (name) DO UPDATE SET place = excluded.place, patterns = excluded.patterns,
        every_seconds = excluded.every_seconds, settle_seconds = excluded.settle_seconds, marker = excluded.marker,
        after = excluded.after, region = excluded.region, fingerprint = excluded.fingerprint,
        trust_first = excluded.trust_first, enabled = excluded.enabled, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by`;
    if (moved) this.#secrets.remove(secretName(name));
    if (secret) await this.#secrets.write(secretName(name), secret);
    return this.get(name);
  }

  /** Forgets a watch, what it saw and what opens its place; what was loaded stays. */
  async remove(name: string): Promise<void> {
    await this.get(name);
    await this.#ledger.sql`DELETE FROM watch WHERE name = ${name}`;
    this.#secrets.remove(secretName(name));
  }

  secretOf(name: string): Secret {
    return this.#secrets.read(secretName(name));
  }

  /** Keeps the key that a server showed first. */
  async remember(name: string, fingerprint: string): Promise<void> {
    await this.#ledger.sql`
      UPDATE watch SET fingerprint = ${fingerprint}, trust_first = false WHERE name = ${name} AND fingerprint IS NULL`;
  }

  async looked(name: string, message: string | null): Promise<void> {
    await this.#ledger
      .sql`UPDATE watch SET looked_at = ${this.#clock.now()}, message = ${message} WHERE name = ${name}`;
  }

  #check(
    { every, settle, marker, after, fingerprint, trustFirst }: WatchSettings,
    kind: PlaceKind,
    path: string,
  ): void {
    if (every < 5 || every > 86_400 || settle < 0 || settle > 86_400)
      throw wrong(
        'Intervalo fora do que se pode usar',
        'Use de 5 a 86400 segundos entre olhadas, e de 0 a 86400 de espera',
      );
    if (marker !== null && !/^[\p{L}\p{N}._-]{1,20}$/u.test(marker))
      throw wrong('Marca inválida', 'Use um fim de nome, como .ok');
    if (fingerprint !== null && !/^SHA256:[A-Za-z0-9+/]{43}$/.test(fingerprint))
      throw wrong('Impressão da chave inválida', 'Use SHA256: e 43 sinais, como ssh-keygen -lf mostra');
    if (kind !== 'sftp' && (fingerprint !== null || trustFirst))
      throw wrong('Só SFTP tem chave de servidor', 'Tire a impressão da chave');
    if (after !== 'leave' && after !== 'move') throw wrong('Destino inválido', 'Use leave ou move');
    if (kind === 'folder' && overlaps(path, this.#home))
      throw wrong('A pasta vigiada e a dos dados do Ramal estão uma dentro da outra', 'Escolha uma pasta à parte');
  }

  async #rows(name?: string): Promise<Watch[]> {
    const { sql } = this.#ledger;
    const rows = await sql<Omit<Watch, 'kind'>[]>`
      SELECT name, place, patterns, every_seconds AS every, settle_seconds AS settle, marker, after, region, fingerprint,
        trust_first AS "trustFirst", enabled, changed_at AS "changedAt", changed_by AS "changedBy",
        looked_at AS "lookedAt", message
      FROM watch ${name === undefined ? sql`` : sql`WHERE name = ${name}`} ORDER BY name`;
    return rows.map((row) => ({ ...row, kind: readAddress(row.place).kind }));
  }
}

const secretName = (name: string) => `watch-${name}`;

function overlaps(one: string, other: string): boolean {
  const [a, b] = [real(one), real(other)].map((path) => (path.endsWith(sep) ? path : path + sep)) as [string, string];
  return a.startsWith(b) || b.startsWith(a);
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function wrong(what: string, todo: string): RamalError {
  return new RamalError('usage', { what, todo });
}
