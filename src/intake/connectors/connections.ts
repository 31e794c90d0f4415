import { BUSINESS_TIME_ZONE, type Day, parseDay } from '../../kernel/brazil/dates.ts';
import { type Clock, wallTime } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { Layouts } from '../layouts.ts';
import { Secrets as SecretFiles } from '../secrets.ts';
import type { Secrets } from './auth.ts';
import { type Declaration, declarations } from './declaration.ts';
import { type SourceKind, sourceKinds } from './kinds.ts';
import { checkTables, databaseAddress, listSource, type TableSetting } from './table-setting.ts';

/** One account at a source, extracted day by day; its name is the source's. */
export interface Connection {
  readonly name: string;
  readonly connector: string;
  readonly baseUrl: string;
  readonly enabled: boolean;
  /** First day that is wanted. */
  readonly firstDay: Day;
  /** When days up to yesterday are fetched, `HH:MM` of the business. */
  readonly runAt: string;
  /** Minutes between readings of today, as a provisional day; null for none. */
  readonly todayMinutes: number | null;
  /** Most days fetched in one run. */
  readonly daysPerRun: number;
  /** Where the source's clock is, when it is not the business's. */
  readonly timeZone: string | null;
  /** How far the source's clock is ahead. */
  readonly skewSeconds: number;
  /** What is read of a source that has tables. */
  readonly tables: readonly TableSetting[];
  /** Corrections at the source have been looked at up to here. */
  readonly seenUntil: Date;
  readonly pulledAt: Date | null;
  /** What went wrong in the last run, or null. */
  readonly message: string | null;
  /** When and by whom it was deleted, or null. */
  readonly removedAt: Date | null;
  readonly removedBy: string | null;
}

/** What a person says of a connection. */
export interface ConnectionSettings {
  readonly connector: string;
  readonly baseUrl: string;
  /** Without it the day of creation, for a source of which no day is asked. */
  readonly firstDay?: Day | undefined;
  readonly enabled?: boolean | undefined;
  readonly runAt?: string | undefined;
  readonly todayMinutes?: number | null | undefined;
  readonly daysPerRun?: number | undefined;
  readonly timeZone?: string | null | undefined;
  readonly skewSeconds?: number | undefined;
  readonly tables?: readonly TableSetting[] | undefined;
}

/** Settings with none left unsaid. */
type Whole = { [Name in keyof ConnectionSettings]-?: Exclude<ConnectionSettings[Name], undefined> };

const DEFAULTS = {
  enabled: true,
  runAt: '06:00',
  todayMinutes: null,
  daysPerRun: 31,
  timeZone: null,
  skewSeconds: 0,
  tables: [],
} as const;

/** The connections of a home. */
export class Connections {
  readonly #ledger: Ledger;
  readonly #layouts: Layouts;
  readonly #clock: Clock;
  readonly #home: string;
  readonly #secrets: SecretFiles;

  constructor(ledger: Ledger, layouts: Layouts, clock: Clock, home: string) {
    this.#ledger = ledger;
    this.#layouts = layouts;
    this.#clock = clock;
    this.#home = home;
    this.#secrets = new SecretFiles(home);
  }

  /** Those that there are, or those that were deleted. */
  list({ removed = false }: { removed?: boolean } = {}): Promise<Connection[]> {
    return this.#ledger.sql<Connection[]>`
      SELECT ${this.#columns()} FROM connection WHERE (removed_at IS NOT NULL) = ${removed} ORDER BY name`;
  }

  /** @throws RamalError `notFound`, also of one that was deleted. */
  async get(name: string): Promise<Connection> {
    const found = await this.#find(name);
    if (found?.removedAt === null) return found;
    return this.#unknown(name);
  }

  /** One that there is or that was deleted. @throws RamalError `notFound`. */
  async everKnown(name: string): Promise<Connection> {
    return (await this.#find(name)) ?? this.#unknown(name);
  }

  async #find(name: string): Promise<Connection | undefined> {
    const [found] = await this.#ledger.sql<
      Connection[]
    >`SELECT ${this.#columns()} FROM connection WHERE name = ${name}`;
    return found;
  }

  async #unknown(name: string): Promise<never> {
    const known = (await this.list()).map((one) => one.name).join(', ');
    const todo = known === '' ? 'Crie uma com ramal connector add.' : `Existem: ${known}.`;
    throw new RamalError('notFound', { what: 'conexão', received: name, todo });
  }

  /** Every declaration by name. */
  declarations(): Map<string, Declaration> {
    return declarations(this.#home);
  }

  /** How a source is asked day by day. @throws RamalError `notFound`. */
  declaration(name: string): Declaration {
    const found = this.declarations().get(name);
    if (found) return found;
    throw new RamalError('notFound', { what: 'declaração', received: name, todo: 'Veja ramal connector kinds.' });
  }

  /** Every kind of source by name. */
  kinds(): Map<string, SourceKind> {
    return sourceKinds(this.declarations());
  }

  /** @throws RamalError `notFound`. */
  kind(name: string): SourceKind {
    const known = this.kinds();
    const found = known.get(name);
    if (found) return found;
    throw new RamalError('notFound', {
      what: 'conector',
      received: name,
      todo: `Existem: ${[...known.keys()].join(', ')}.`,
    });
  }

  /** The names of the secrets that a connection has, of those its declaration asks for. */
  secretNames({ name, connector }: Pick<Connection, 'name' | 'connector'>): { name: string; kept: boolean }[] {
    const kept = this.secrets(name);
    return this.kind(connector).secrets.map((one) => ({ name: one, kept: Boolean(kept[one]) }));
  }

  secrets(name: string): Secrets {
    return this.#secrets.read(secretName(name));
  }

  /** Keeps secrets beside those that a connection has; an empty one is forgotten. */
  async #keep(name: string, secrets: Secrets): Promise<void> {
    const kept = Object.entries({ ...this.secrets(name), ...secrets }).filter(([, secret]) => secret !== '');
    await this.#secrets.write(secretName(name), Object.fromEntries(kept));
  }

  /**
   * Makes a connection; one of a name that was deleted goes on with the days that it had.
   * @throws RamalError `usage` when there is one of that name, or a setting is not understood.
   */
  async create(name: string, settings: ConnectionSettings, secrets: Secrets, by: string): Promise<Connection> {
    const { sql } = this.#ledger;
    const known = await this.#find(name);
    if (known?.removedAt === null)
      throw new RamalError('usage', { what: `Já existe a conexão ${name}`, todo: 'Altere-a, ou escolha outro nome' });
    if (known && known.connector !== settings.connector)
      throw new RamalError('usage', {
        what: `A conexão ${name} que foi apagada era de ${known.connector}`,
        todo: 'Escolha outro nome',
      });
    const kind = this.kind(settings.connector);
    const now = this.#clock.now();
    const firstDay = kind.reads === 'tables' ? wallTime(now, BUSINESS_TIME_ZONE).slice(0, 10) : '';
    const one = this.#checked(name, { ...DEFAULTS, firstDay, ...given(settings) }, secrets);
    if (kind.layout !== null) await this.#own(name, kind.layout, by);
    await sql`
      INSERT INTO connection (name, connector, base_url, enabled, first_day, run_at, today_minutes, days_per_run,
        time_zone, skew_seconds, tables, seen_until, created_at, created_by)
      VALUES (${name}, ${one.connector}, ${one.baseUrl}, ${one.enabled}, ${one.firstDay}, ${one.runAt},
        ${one.todayMinutes}, ${one.daysPerRun}, ${one.timeZone}, ${one.skewSeconds}, ${sql.json(one.tables as never)}, ${now}, ${now}, ${by})
      ON CONFLICT (name) DO UPDATE SET base_url = excluded.base_url, enabled = excluded.enabled,
        first_day = excluded.first_day, run_at = excluded.run_at, today_minutes = excluded.today_minutes,
        days_per_run = excluded.days_per_run, time_zone = excluded.time_zone, skew_seconds = excluded.skew_seconds,
        tables = excluded.tables, created_at = excluded.created_at, created_by = excluded.created_by,
        message = NULL, removed_at = NULL, removed_by = NULL`;
    await this.#keep(name, secrets);
    return this.get(name);
  }

  /**
   * Changes what is given; the connector stays. Another server gets no secret that was given for the one before.
   * @throws RamalError `notFound`, `usage`.
   */
  async change(
    name: string,
    settings: Partial<Omit<ConnectionSettings, 'connector'>>,
    secrets: Secrets,
  ): Promise<Connection> {
    const before = await this.get(name);
    const one = this.#checked(name, { ...before, ...given(settings) }, secrets);
    if (serverOf(one.baseUrl) !== serverOf(before.baseUrl)) this.#refuseKept(before, secrets);
    const { sql } = this.#ledger;
    await sql`
      UPDATE connection SET base_url = ${one.baseUrl}, enabled = ${one.enabled}, first_day = ${one.firstDay},
        run_at = ${one.runAt}, today_minutes = ${one.todayMinutes}, days_per_run = ${one.daysPerRun},
        time_zone = ${one.timeZone}, skew_seconds = ${one.skewSeconds},
        tables = ${sql.json(one.tables as never)}
      WHERE name = ${name}`;
    if (Object.keys(secrets).length > 0) await this.#keep(name, secrets);
    return this.get(name);
  }

  /** Deletes a connection and its secrets; what it brought stays, and its days can still be read. */
  async remove(name: string, by: string): Promise<void> {
    await this.get(name);
    this.#secrets.remove(secretName(name));
    await this.#ledger.sql.begin(async (sql) => {
      await sql`
        UPDATE connection SET removed_at = ${this.#clock.now()}, removed_by = ${by}, enabled = false, message = NULL
        WHERE name = ${name}`;
      await sql`DELETE FROM schedule_run WHERE task IN (${`pull ${name}`}, ${`today ${name}`})`;
    });
  }

  /** Tells how a run ended. */
  async pulled(name: string, message: string | null): Promise<void> {
    await this.#ledger.sql`
      UPDATE connection SET pulled_at = ${this.#clock.now()}, message = ${message} WHERE name = ${name}`;
  }

  #refuseKept(connection: Connection, given: Secrets): void {
    const kept = this.secretNames(connection).filter((one) => one.kept && given[one.name] === undefined);
    if (kept.length > 0)
      throw new RamalError('usage', {
        what: `O endereço é de outro servidor, e ${kept.map((one) => one.name).join(', ')} valia só para o de antes`,
        todo: 'Informe os segredos de novo, com o endereço',
      });
  }

  /** Gives a source that is asked by days its first layout, unless it has one. */
  async #own(name: string, shipped: string, by: string): Promise<void> {
    const layout = this.#layouts.get(shipped);
    const own = this.#layouts.newest().find(({ source }) => source === name);
    if (own && own.format.kind !== layout.format.kind)
      throw new RamalError('usage', { what: `${name} já é uma fonte de arquivos`, todo: 'Escolha outro nome' });
    if (own) return;
    const label = { pt: `${layout.label.pt} (${name})`, en: `${layout.label.en} (${name})` };
    await this.#layouts.save({ ...layout, source: name, label }, { by });
  }

  #checked(name: string, settings: Whole, secrets: Secrets): Whole {
    const refuse = (what: string, todo: string) => new RamalError('usage', { what, todo });
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
      throw refuse(`Nome de conexão inválido: ${name}`, 'Use letras minúsculas, números e hífen');
    const { secrets: asked, reads } = this.kind(settings.connector);
    const stray = Object.keys(secrets).find((one) => !asked.includes(one));
    if (stray) throw refuse(`${settings.connector} não usa o segredo ${stray}`, `Use ${asked.join(', ')}`);
    const { baseUrl, firstDay, runAt, timeZone } = settings;
    if (reads === 'tables') {
      databaseAddress(baseUrl);
      checkTables(name, settings.tables);
      this.#checkLists(name, settings.tables);
    } else {
      checkAddress(baseUrl);
      if (settings.tables.length > 0) throw refuse(`${settings.connector} não tem tabelas`, 'Tire --table');
      if (firstDay === '') throw refuse('Falta o primeiro dia', 'Informe o primeiro dia que se quer');
    }
    if (parseDay(firstDay) !== firstDay)
      throw refuse(`Primeiro dia inválido: ${firstDay}`, 'Use uma data como 2026-11-15');
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(runAt)) throw refuse(`Horário inválido: ${runAt}`, 'Use HH:MM, como 06:00');
    if (timeZone !== null && !isTimeZone(timeZone))
      throw refuse(`Fuso inválido: ${timeZone}`, 'Use um fuso da IANA, como America/Manaus');
    return settings;
  }

  /** A table's source may have been made by hand, as a list of whole files. */
  #checkLists(name: string, tables: readonly TableSetting[]): void {
    const known = this.#layouts.newest();
    for (const { table, reference } of tables) {
      const source = listSource(name, table);
      const own = reference === null ? known.find((layout) => layout.source === source) : undefined;
      if (own && !(own.into === 'list' && own.covers === 'all' && own.format.kind === 'delimited'))
        throw new RamalError('usage', {
          what: `${source} já é outra fonte, que não é uma lista inteira`,
          todo: 'Escolha outro nome para a conexão',
        });
    }
  }

  #columns() {
    return this.#ledger
      .sql`name, connector, base_url AS "baseUrl", enabled, first_day::text AS "firstDay", run_at AS "runAt",
      today_minutes AS "todayMinutes", days_per_run AS "daysPerRun", time_zone AS "timeZone", skew_seconds AS "skewSeconds", tables,
      seen_until AS "seenUntil", pulled_at AS "pulledAt", message, removed_at AS "removedAt", removed_by AS "removedBy"`;
  }
}

/** Only the settings that were said. */
function given<T extends object>(settings: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as never;
}

function checkAddress(baseUrl: string): void {
  const url = URL.parse(baseUrl);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '')
    throw new RamalError('usage', {
      what: 'Endereço da fonte inválido',
      todo: 'Use um endereço como https://api.exemplo.com.br',
    });
  if (url.username !== '' || url.password !== '')
    throw new RamalError('usage', {
      what: 'O endereço da fonte traz usuário ou senha',
      todo: 'Guarde-os como segredos da conexão',
    });
}

function serverOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== null;
  } catch {
    return false;
  }
}

const secretName = (connection: string): string => `connection-${connection}`;
