import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { User } from '../../access/roles.ts';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import { moveSynced } from '../shelf.ts';
import type { OfferOutcome, Outcome, OutcomeCounts } from './outcomes.ts';

interface Undoable {
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Null of what stands. */
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
}

export interface KeptOutcome extends OfferOutcome, Undoable {
  readonly id: number;
  readonly offers: number;
  /** The list that it came in; null of one that was marked by hand. */
  readonly list: number | null;
  readonly file: string | null;
}

export interface KeptOutcomeList extends OutcomeCounts, Undoable {
  readonly id: number;
  readonly offers: number;
  readonly file: string;
}

/** Outcomes that are written at a time. */
const BLOCK = 5000;

/** What became of the offers of a home: nothing is deleted, and what was undone stays in the history. */
export class KeptOutcomes {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #folder: string;

  constructor(ledger: Ledger, clock: Clock, home: string) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#folder = join(home, 'customers');
  }

  /** Where the rows of a list that were not kept are, as Parquet; there is none where all were. */
  pathOf(list: number): string {
    return join(this.#folder, `outcomes-${list}.parquet`);
  }

  async told(offers: number, outcome: OfferOutcome, by: User): Promise<void> {
    await this.#ledger.sql`INSERT INTO offer_outcome ${this.#ledger.sql([this.#row(offers, outcome, null, by)])}`;
  }

  /** Keeps the outcomes of a list with what became of its rows. @param notKept a file of the others, which is moved. */
  async toldBy(
    list: { readonly offers: number; readonly file: string; readonly counts: OutcomeCounts },
    outcomes: readonly OfferOutcome[],
    notKept: string,
    by: User,
  ): Promise<KeptOutcomeList> {
    const { offers, file, counts } = list;
    const { sql } = this.#ledger;
    const id = await sql.begin(async (one) => {
      const [made] = await one<{ id: number }[]>`
        INSERT INTO outcome_list (offers_id, file, told, created_at, created_by)
        VALUES (${offers}, ${file}, ${sql.json(counts as never)}, ${this.#clock.now()}, ${by.name}) RETURNING list_id AS id`;
      for (let at = 0; at < outcomes.length; at += BLOCK) {
        const rows = outcomes.slice(at, at + BLOCK).map((outcome) => this.#row(offers, outcome, made!.id, by));
        await one`INSERT INTO offer_outcome ${sql(rows)}`;
      }
      if (existsSync(notKept)) {
        const to = this.pathOf(made!.id);
        mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
        moveSynced(notKept, to);
      }
      return made!.id;
    });
    return this.list(id);
  }

  #row(offers: number, { customer, product, outcome }: OfferOutcome, list: number | null, by: User) {
    const made = { created_at: this.#clock.now(), created_by: by.name };
    return { offers_id: offers, list_id: list, customer, product, outcome, ...made };
  }

  /** @throws RamalError `notFound`. */
  async list(id: number): Promise<KeptOutcomeList> {
    const [found] = await this.#lists(this.#ledger.sql`list_id = ${id}`);
    if (found) return found;
    throw new RamalError('notFound', { what: 'envio de resultados', received: id, todo: 'Veja os de Recomendações' });
  }

  /** The lists of outcomes that came, the newest first. */
  lists(): Promise<KeptOutcomeList[]> {
    return this.#lists(this.#ledger.sql`true`);
  }

  async #lists(where: unknown): Promise<KeptOutcomeList[]> {
    const rows = await this.#ledger.sql<(Omit<KeptOutcomeList, keyof OutcomeCounts> & { told: OutcomeCounts })[]>`
      SELECT list_id AS id, offers_id AS offers, file, told, created_at AS "createdAt", created_by AS "createdBy",
        undone_at AS "undoneAt", undone_by AS "undoneBy"
      FROM outcome_list WHERE ${where as never} ORDER BY list_id DESC`;
    return rows.map(({ told, ...rest }) => ({ ...told, ...rest }));
  }

  /** Undoes a list: its outcomes count no more. @throws RamalError `notFound`, also where it was undone already. */
  async undoList(id: number, by: User): Promise<KeptOutcomeList> {
    const now = this.#clock.now();
    await this.#ledger.sql.begin(async (one) => {
      const undone = await one`
        UPDATE outcome_list SET undone_at = ${now}, undone_by = ${by.name}
        WHERE list_id = ${id} AND undone_at IS NULL RETURNING list_id`;
      if (undone.length === 0)
        throw new RamalError('notFound', {
          ...{ what: 'envio de resultados que valha', received: id },
          todo: 'Veja os de Recomendações',
        });
      await one`
        UPDATE offer_outcome SET undone_at = ${now}, undone_by = ${by.name} WHERE list_id = ${id} AND undone_at IS NULL`;
    });
    return this.list(id);
  }

  /** Undoes one outcome. @throws RamalError `notFound`, also where it was undone already. */
  async undo(id: number, by: User): Promise<KeptOutcome> {
    const undone = await this.#ledger.sql`
      UPDATE offer_outcome SET undone_at = ${this.#clock.now()}, undone_by = ${by.name}
      WHERE outcome_id = ${id} AND undone_at IS NULL RETURNING outcome_id`;
    const [found] =
      undone.length === 0 ? [] : await this.#rows(this.#ledger.sql`outcome_id = ${id}`, { from: 0, size: 1 });
    if (found) return found;
    throw new RamalError('notFound', {
      ...{ what: 'resultado que valha', received: id },
      todo: 'Veja os resultados em Recomendações',
    });
  }

  /** All that was ever told of offers, the newest first, what was undone among them. */
  async history(place: {
    readonly from: number;
    readonly size: number;
  }): Promise<{ readonly total: number; readonly rows: KeptOutcome[] }> {
    const { sql } = this.#ledger;
    const [counted] = await sql<{ total: number }[]>`SELECT count(*)::int AS total FROM offer_outcome`;
    return { total: counted!.total, rows: await this.#rows(sql`true`, place) };
  }

  async #rows(
    where: unknown,
    { from, size }: { readonly from: number; readonly size: number },
  ): Promise<KeptOutcome[]> {
    return this.#ledger.sql<KeptOutcome[]>`
      SELECT outcome_id AS id, told.offers_id AS offers, told.list_id AS list, list.file, customer, product, outcome,
        told.created_at AS "createdAt", told.created_by AS "createdBy", told.undone_at AS "undoneAt", told.undone_by AS "undoneBy"
      FROM offer_outcome AS told LEFT JOIN outcome_list AS list ON list.list_id = told.list_id WHERE ${where as never} ORDER BY outcome_id DESC LIMIT ${size} OFFSET ${from}`;
  }

  /** The outcome that counts of each offer that has one, of some customers or of all. */
  async outcomes(offers: number, customers?: readonly string[]): Promise<(OfferOutcome & { readonly id: number })[]> {
    const { sql } = this.#ledger;
    return sql<(OfferOutcome & { readonly id: number })[]>`
      SELECT DISTINCT ON (customer, product) outcome_id AS id, customer, product, outcome FROM offer_outcome
      WHERE offers_id = ${offers} AND undone_at IS NULL
        ${customers ? sql`AND customer = ANY(${customers as string[]})` : sql``}
      ORDER BY customer, product, outcome_id DESC`;
  }

  /** Offers that were accepted or refused since a day: who was asked is not asked again at once. */
  answered(since: Date): Promise<OfferOutcome[]> {
    return this.#ledger.sql<OfferOutcome[]>`
      SELECT customer, product, outcome FROM (
        SELECT DISTINCT ON (customer, product) customer, product, outcome, created_at FROM offer_outcome
        WHERE undone_at IS NULL ORDER BY customer, product, outcome_id DESC
      ) AS newest WHERE outcome <> 'noAnswer' AND created_at >= ${since}`;
  }

  /** How often offers of each product and each method had each outcome, of all that were ever kept; the last one that stands of a customer and a product counts. */
  async counted(): Promise<{ product: string; method: string; outcome: Outcome; n: number }[]> {
    return this.#ledger.sql`
      SELECT product, told->>'method' AS method, outcome, count(*)::int AS n FROM (
        SELECT DISTINCT ON (customer, product) offers_id, product, outcome FROM offer_outcome
        WHERE undone_at IS NULL ORDER BY customer, product, outcome_id DESC
      ) AS newest JOIN customer_offers USING (offers_id) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  }
}
