import { identifies } from '../access/masking.ts';
import type { User } from '../access/roles.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger, LedgerSql } from '../storage/ledger/ledger.ts';
import type { AlertLook } from './alert-look.ts';
import { type AlertKind, RUN_DAYS, type Verdict } from './alert-verdict.ts';
import { putMessages } from './outbox.ts';
import type { FileLang } from './words.ts';

export const ALERT_PERIODS = ['day', 'week'] as const;
export type AlertPeriod = (typeof ALERT_PERIODS)[number];

const MOST_NAME = 80;

/** What is watched: a figure of a scope, by which periods, against what, and whom to tell. */
export interface AlertSaid {
  readonly name: string;
  readonly metric: string;
  /** Of figures of repeat contacts. */
  readonly rule: string;
  /** None are the current ones. */
  readonly sources: readonly string[];
  /** `column=value`. */
  readonly filters: readonly string[];
  readonly period: AlertPeriod;
  readonly kind: AlertKind;
  /** In the indicator's unit; null for its own limits. */
  readonly threshold: number | null;
  /** Names of users. */
  readonly recipients: readonly string[];
  readonly lang: FileLang;
}

/** What is said of an alert that exists; what is not said stays. */
export interface AlertChange extends Partial<Pick<AlertSaid, 'name' | 'period' | 'kind' | 'threshold' | 'recipients'>> {
  readonly enabled?: boolean;
  /** The version that was looked at: another one is refused. */
  readonly version?: number;
}

export interface Alert extends AlertSaid {
  readonly id: number;
  readonly owner: string;
  readonly enabled: boolean;
  /** Raised by every change. */
  readonly version: number;
  /** The version since which it judges what it does now. */
  readonly judgesSince: number;
  readonly lookedVersion: number | null;
  readonly lookedAt: Date | null;
  readonly lookedFrom: Day | null;
  readonly lookedTo: Day | null;
  /** What the newest whole period said; null before the first look, or when it failed. */
  readonly looked: Verdict | null;
  readonly lookedMessage: string | null;
}

/** A period that crossed, as it was told; withdrawn when later data brought it back. */
export interface Raised {
  readonly id: number;
  readonly alert: number;
  readonly from: Day;
  readonly to: Day;
  readonly told: Verdict;
  readonly lakeVersion: number;
  readonly raisedAt: Date;
  readonly state: 'raised' | 'withdrawn';
  readonly withdrawnAt: Date | null;
  /** Of a withdrawn one: the value since. */
  readonly nowValue: number | null;
  readonly seenBy: string | null;
  readonly seenAt: Date | null;
}

/** Alerts on figures and what they raised. */
export class Alerts {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  list(): Promise<Alert[]> {
    return this.#alerts(this.#ledger.sql`true`);
  }

  /** Those that are on and did not look at this version of the lake yet. */
  due(version: number): Promise<Alert[]> {
    return this.#alerts(this.#ledger.sql`enabled AND looked_version IS DISTINCT FROM ${version}`);
  }

  /** @throws RamalError `notFound`. */
  async get(id: number): Promise<Alert> {
    const [found] = await this.#alerts(this.#ledger.sql`alert_id = ${id}`);
    if (found) return found;
    throw new RamalError('notFound', { what: 'alerta', received: String(id), todo: 'Alguém pode tê-lo apagado.' });
  }

  /** @throws RamalError `usage` for a name that is none or could be somebody's number, or a threshold that is none. */
  async create(said: AlertSaid, by: User): Promise<Alert> {
    const { name, threshold } = checked(said);
    const { sql } = this.#ledger;
    const [made] = await sql<{ id: number }[]>`
      INSERT INTO alert (owner, name, metric, rule, sources, filters, period, kind, threshold, recipients, lang, enabled, created_at)
      VALUES (${by.name}, ${name}, ${said.metric}, ${said.rule}, ${sql.json([...said.sources])},
        ${sql.json([...said.filters])}, ${said.period}, ${said.kind}, ${threshold},
        ${sql.json([...new Set(said.recipients)])}, ${said.lang}, true, ${this.#clock.now()}) RETURNING alert_id AS id`;
    return this.get(made!.id);
  }

  /**
   * Changes what is said; it looks again at once. What it raised before stays as it was told.
   * @throws RamalError `notFound`, `alertChanged` when somebody changed it first, `notAllowed` for somebody else's (but
   * to switch it, or by an administrator), `usage` as {@link Alerts.create}.
   */
  async change(id: number, said: AlertChange, user: User): Promise<Alert> {
    const was = await this.get(id);
    const { version: seen, enabled = was.enabled, ...rest } = said;
    if (Object.keys(rest).length > 0 && was.owner !== user.name && user.role !== 'administrator')
      throw new RamalError('notAllowed', { what: 'mudar o alerta de outra pessoa' });
    const now = { ...was, ...rest };
    const { name, threshold } = checked(now);
    const { period, kind, recipients } = now;
    const judgesOther = period !== was.period || kind !== was.kind || threshold !== was.threshold;
    const { sql } = this.#ledger;
    const { count } = await sql`
      UPDATE alert SET name = ${name}, period = ${period}, kind = ${kind}, threshold = ${threshold}, enabled = ${enabled},
        recipients = ${sql.json([...new Set(recipients)])}, version = version + 1, looked_version = NULL,
        judges_since = CASE WHEN ${judgesOther} THEN version + 1 ELSE judges_since END
      WHERE alert_id = ${id} AND version = ${seen ?? was.version}`;
    if (count === 0) throw new RamalError('alertChanged', { name: was.name });
    return this.get(id);
  }

  /** Forgets an alert and what it raised. @throws RamalError `notAllowed` for somebody else's, but by an administrator. */
  async remove(id: number, user: User): Promise<Alert> {
    const alert = await this.get(id);
    if (alert.owner !== user.name && user.role !== 'administrator')
      throw new RamalError('notAllowed', { what: 'apagar o alerta de outra pessoa' });
    await this.#ledger.sql`DELETE FROM alert WHERE alert_id = ${id}`;
    return alert;
  }

  /** What the alerts raised, the newest period first. */
  raised(): Promise<Raised[]> {
    return this.#raised(this.#ledger.sql`true`);
  }

  /** One of them. @throws RamalError `notFound`. */
  async raisedAs(id: number): Promise<Raised> {
    const [found] = await this.#raised(this.#ledger.sql`raised_id = ${id}`);
    if (found) return found;
    throw new RamalError('notFound', {
      what: 'aviso',
      received: String(id),
      todo: 'Alguém pode ter apagado o alerta.',
    });
  }

  /** Those of an alert, as it judges now, that still stand, of periods from a day on. */
  standing({ id, judgesSince }: Alert, since: Day): Promise<Raised[]> {
    return this.#raised(this.#ledger.sql`
      alert_id = ${id} AND judged_since = ${judgesSince} AND state = 'raised' AND from_day >= ${since}::date`);
  }

  /** Somebody saw it; who saw it first stays. @throws RamalError `notFound`. */
  async see(id: number, by: User): Promise<Raised> {
    const { sql } = this.#ledger;
    await sql`
      UPDATE alert_raised SET seen_by = ${by.name}, seen_at = ${this.#clock.now()}
      WHERE raised_id = ${id} AND seen_by IS NULL`;
    return this.raisedAs(id);
  }

  /**
   * Writes down a look: what the newest whole period said, raised when it crossed and was not raised before, and the
   * earlier ones that later data brought back. A run of eight is raised once. Nothing where the alert was changed since.
   */
  async looked(alert: Alert, { version, period, verdict, message, again }: AlertLook): Promise<void> {
    const now = this.#clock.now();
    const { id, judgesSince } = alert;
    await this.#ledger.sql.begin(async (sql) => {
      const { count } = await sql`
        UPDATE alert SET looked_version = ${version}, looked_at = ${now}, looked_from = ${period?.from ?? null}::date,
          looked_to = ${period?.to ?? null}::date, looked = ${verdict === null ? null : sql.json({ ...verdict })},
          looked_message = ${message}
        WHERE alert_id = ${id} AND version = ${alert.version}`;
      if (count === 0) return;
      for (const { raised, verdict: since } of again)
        if (since.verdict !== 'crossed')
          await sql`
            UPDATE alert_raised SET state = 'withdrawn', withdrawn_at = ${now}, now_value = ${since.value}
            WHERE raised_id = ${raised} AND state = 'raised'`;
      if (period === null || verdict?.verdict !== 'crossed') return;
      if (verdict.signal?.startsWith('run') && (await toldRun(sql, alert, period.from))) return;
      const [made] = await sql<{ id: number }[]>`
        INSERT INTO alert_raised AS known (alert_id, judged_since, from_day, to_day, told, lake_version, raised_at, state)
        VALUES (${id}, ${judgesSince}, ${period.from}::date, ${period.to}::date, ${sql.json({ ...verdict })}, ${version}, ${now}, 'raised')
        ON CONFLICT (alert_id, judged_since, from_day) DO UPDATE SET state = 'raised', withdrawn_at = NULL, now_value = NULL,
          told = excluded.told, lake_version = excluded.lake_version WHERE known.state = 'withdrawn'
        RETURNING raised_id AS id`;
      if (made) await putMessages(sql, { raised: made.id }, alert.recipients, now);
    });
  }

  #alerts(where: unknown): Promise<Alert[]> {
    return this.#ledger.sql<Alert[]>`
      SELECT alert_id AS id, owner, name, metric, rule, sources, filters, period, kind, threshold, recipients, lang, enabled, version,
        judges_since AS "judgesSince", looked_version AS "lookedVersion", looked_at AS "lookedAt", looked_from::text AS "lookedFrom",
        looked_to::text AS "lookedTo", looked, looked_message AS "lookedMessage"
      FROM alert WHERE ${where as never} ORDER BY alert_id`;
  }

  #raised(where: unknown): Promise<Raised[]> {
    return this.#ledger.sql<Raised[]>`
      SELECT raised_id AS id, alert_id AS alert, from_day::text AS "from", to_day::text AS "to", told,
        lake_version AS "lakeVersion", raised_at AS "raisedAt", state, withdrawn_at AS "withdrawnAt",
        now_value AS "nowValue", seen_by AS "seenBy", seen_at AS "seenAt"
      FROM alert_raised WHERE ${where as never} ORDER BY from_day DESC, raised_id DESC`;
  }
}

/** The name and the threshold as they are kept. @throws RamalError `usage` for those that are none. */
function checked({ name: said, kind, threshold }: Pick<AlertSaid, 'name' | 'kind' | 'threshold'>) {
  const name = said.trim().replaceAll(/\s+/g, ' ');
  if (name === '' || [...name].length > MOST_NAME)
    throw new RamalError('usage', { what: 'O alerta precisa de um nome', todo: `Use até ${MOST_NAME} letras` });
  if (identifies(name))
    throw new RamalError('usage', {
      what: 'O nome do alerta parece um documento, telefone ou e-mail',
      todo: 'Use um nome que diga o que se vigia',
    });
  if (kind !== 'limits' && threshold === null)
    throw new RamalError('usage', { what: 'Falta o limiar', todo: 'Diga acima ou abaixo de quanto' });
  return { name, threshold: kind === 'limits' ? null : threshold };
}

/** Whether an earlier period of the same eight was raised for being one of them. */
async function toldRun(sql: LedgerSql, { id, judgesSince }: Alert, from: Day): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM alert_raised WHERE alert_id = ${id} AND judged_since = ${judgesSince} AND state = 'raised' AND told->>'signal' LIKE 'run%'
      AND from_day < ${from}::date AND from_day > ${addDays(from, -RUN_DAYS)}::date LIMIT 1`;
  return rows.length > 0;
}
