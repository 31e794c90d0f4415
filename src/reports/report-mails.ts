import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import type { FileLang } from './words.ts';

export const MAIL_FORMATS = ['xlsx', 'pdf', 'both'] as const;
export type MailFormat = (typeof MAIL_FORMATS)[number];

/** What a mail is told: to whom, when, as what. */
export interface MailSaid {
  readonly view: number;
  /** Names of users. */
  readonly recipients: readonly string[];
  /** 1–7, Monday first. */
  readonly weekdays: readonly number[];
  /** Time of the business day, `07:30`. */
  readonly at: string;
  readonly format: MailFormat;
  readonly lang: FileLang;
}

/** A view that goes to users by mail on some weekdays. */
export interface ReportMail extends MailSaid {
  readonly id: number;
  readonly enabled: boolean;
  readonly createdBy: string;
}

/** What the schedule calls a mail. */
export const mailTask = (id: number): string => `mail ${id}`;

/** The mails that are sent by themselves. */
export class ReportMails {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  list(): Promise<ReportMail[]> {
    return this.#rows();
  }

  /** @throws RamalError `notFound`. */
  async get(id: number): Promise<ReportMail> {
    const [found] = await this.#rows(id);
    if (found) return found;
    throw new RamalError('notFound', { what: 'envio', received: String(id), todo: 'Veja os que existem em Visões.' });
  }

  /** @throws RamalError `usage` for no recipient or no weekday. */
  async create(said: MailSaid, by: string): Promise<ReportMail> {
    const recipients = [...new Set(said.recipients)];
    const weekdays = [...new Set(said.weekdays)].sort((a, b) => a - b);
    if (recipients.length === 0 || weekdays.length === 0)
      throw new RamalError('usage', { what: 'Falta dizer a quem ou em que dias', todo: 'Escolha ao menos um' });
    const { sql } = this.#ledger;
    const [made] = await sql<{ id: number }[]>`
      INSERT INTO report_mail (view_id, recipients, weekdays, at, format, lang, enabled, created_by, created_at)
      VALUES (${said.view}, ${sql.json(recipients)}, ${sql.json(weekdays)}, ${said.at}, ${said.format}, ${said.lang},
        true, ${by}, ${this.#clock.now()}) RETURNING mail_id AS id`;
    return this.get(made!.id);
  }

  async enable(id: number, enabled: boolean): Promise<ReportMail> {
    await this.#forgetRun(id);
    await this.#ledger.sql`UPDATE report_mail SET enabled = ${enabled} WHERE mail_id = ${id}`;
    return this.get(id);
  }

  async remove(id: number): Promise<ReportMail> {
    const mail = await this.get(id);
    await this.#forgetRun(id);
    await this.#ledger.sql`DELETE FROM report_mail WHERE mail_id = ${id}`;
    return mail;
  }

  /** A mail that was off waits for its next time: it has missed none. */
  async #forgetRun(id: number): Promise<void> {
    await this.#ledger.sql`DELETE FROM schedule_run WHERE task = ${mailTask(id)}`;
  }

  #rows(id?: number): Promise<ReportMail[]> {
    const { sql } = this.#ledger;
    return sql<ReportMail[]>`
      SELECT mail_id AS id, view_id AS view, recipients, weekdays, at, format, lang, enabled, created_by AS "createdBy"
      FROM report_mail ${id === undefined ? sql`` : sql`WHERE mail_id = ${id}`} ORDER BY mail_id`;
  }
}
