import { identifies } from '../access/masking.ts';
import type { User } from '../access/roles.ts';
import type { Day } from '../kernel/brazil/dates.ts';
import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';

const MOST_TEXT = 300;

/** What is said of a day: a note, or a decision that somebody owes by a day. */
export interface NoteSaid {
  readonly kind: 'note' | 'decision';
  readonly day: Day;
  readonly text: string;
  /** The indicator that it is about, with the scope in which it was seen. */
  readonly metric: string | null;
  readonly rule: string;
  readonly sources: readonly string[];
  /** `column=value`. */
  readonly filters: readonly string[];
  /** The cause that it is about, as `kind/subject`. */
  readonly cause: string | null;
  /** Of a decision: who owes it, and until when. */
  readonly owner: string | null;
  readonly due: Day | null;
}

export interface Note extends NoteSaid {
  readonly id: number;
  readonly doneOn: Day | null;
  readonly author: string;
  readonly createdAt: Date;
}

/** Notes and decisions, by the day that they are about. */
export class Notes {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Those of a period, `[from, to)`, and besides every decision that is owed or was carried out since; by day. */
  list(from: Day, to: Day): Promise<Note[]> {
    const { sql } = this.#ledger;
    return this.#rows(
      sql`(day >= ${from}::date AND day < ${to}::date) OR (kind = 'decision' AND (done_on IS NULL OR done_on >= ${from}::date))`,
    );
  }

  /** Those that are about a cause, of any day. */
  onCauses(): Promise<Note[]> {
    return this.#rows(this.#ledger.sql`cause IS NOT NULL`);
  }

  /** @throws RamalError `notFound`. */
  async get(id: number): Promise<Note> {
    const [found] = await this.#rows(this.#ledger.sql`note_id = ${id}`);
    if (found) return found;
    throw new RamalError('notFound', { what: 'nota', received: String(id), todo: 'Alguém pode tê-la apagado.' });
  }

  /** @throws RamalError `usage` for a text that is none, too long or could name a person, or a decision that nobody owes. */
  async write(said: NoteSaid, by: User): Promise<Note> {
    const text = said.text.trim().replaceAll(/\s+/g, ' ');
    if (text === '' || [...text].length > MOST_TEXT)
      throw new RamalError('usage', { what: 'Falta o texto, ou ele é longo', todo: `Use até ${MOST_TEXT} letras` });
    if (identifies(text))
      throw new RamalError('usage', {
        what: 'O texto parece trazer um documento, telefone ou e-mail',
        todo: 'Conte o que houve sem dados de pessoas',
      });
    if (said.kind === 'decision' && (said.owner === null || said.due === null || said.due < said.day))
      throw new RamalError('usage', {
        what: 'Uma decisão tem quem responde por ela e um prazo, que não vem antes dela',
        todo: 'Diga os dois',
      });
    const { owner, due } = said.kind === 'decision' ? said : { owner: null, due: null };
    const { sql } = this.#ledger;
    const [made] = await sql<{ id: number }[]>`
      INSERT INTO note (kind, day, text, metric, rule, sources, filters, cause, owner, due, author, created_at)
      VALUES (${said.kind}, ${said.day}, ${text}, ${said.metric}, ${said.rule}, ${sql.json([...said.sources])},
        ${sql.json([...said.filters])}, ${said.cause}, ${owner}, ${due}, ${by.name}, ${this.#clock.now()}) RETURNING note_id AS id`;
    return this.get(made!.id);
  }

  /** Says that a decision was carried out on a day, or, with null, that it was not. */
  async settle(id: number, doneOn: Day | null): Promise<Note> {
    await this.get(id);
    await this.#ledger.sql`UPDATE note SET done_on = ${doneOn} WHERE note_id = ${id} AND kind = 'decision'`;
    return this.get(id);
  }

  /** @throws RamalError `notAllowed` for somebody else's, but by an administrator. */
  async remove(id: number, user: User): Promise<Note> {
    const note = await this.get(id);
    if (note.author !== user.name && user.role !== 'administrator')
      throw new RamalError('notAllowed', { what: 'apagar a nota de outra pessoa' });
    await this.#ledger.sql`DELETE FROM note WHERE note_id = ${id}`;
    return note;
  }

  #rows(where: unknown): Promise<Note[]> {
    const { sql } = this.#ledger;
    return sql<Note[]>`
      SELECT note_id AS id, kind, day::text AS day, text, metric, rule, sources, filters, cause, owner, due::text AS due,
        done_on::text AS "doneOn", author, created_at AS "createdAt"
      FROM note WHERE ${where as never} ORDER BY day, note_id`;
  }
}
