import type { User } from '../../access/roles.ts';
import { folded } from '../../intake/reference/value.ts';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import { type Kept, Shelf } from '../shelf.ts';
import type { Bar } from './bar-kinds.ts';
import type { BaseOffers } from './base-offers.ts';

/** Offers that were kept: to whom what was offered on their day. */
export interface KeptOffersOf extends BaseOffers, Kept {}

export interface KeptBar extends Bar {
  readonly id: number;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly liftedAt: Date | null;
  readonly liftedBy: string | null;
}

/** Offers of a home, and what may not be offered. */
export class KeptOffers {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #shelf: Shelf<BaseOffers>;

  constructor(ledger: Ledger, clock: Clock, home: string) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#shelf = new Shelf(ledger, clock, home, {
      ...{ table: 'customer_offers', id: 'offers_id', file: 'offers' },
      columns: ({ base, day }: BaseOffers) => ({ base_id: base, day }),
      missing: { what: 'ofertas', todo: 'Faça-as com ramal offers build' },
    });
  }

  /** Where the rows of offers are, as Parquet. */
  pathOf(id: number): string {
    return this.#shelf.pathOf(id);
  }

  /** Keeps offers whose rows were written to `path`, which is moved. */
  keep(offers: BaseOffers, path: string, by: User): Promise<KeptOffersOf> {
    return this.#shelf.keep(offers, { offers: path }, by);
  }

  /** @throws RamalError `notFound`. */
  get(id: number): Promise<KeptOffersOf> {
    return this.#shelf.get(id);
  }

  /** Of any base, or of one. */
  async newest(base?: number): Promise<KeptOffersOf | null> {
    const { sql } = this.#ledger;
    const [found] = await this.#shelf.rows(base === undefined ? sql`true` : sql`base_id = ${base}`, 1);
    return found ?? null;
  }

  /** All, those that were lifted among them; the newest first. */
  async bars(): Promise<KeptBar[]> {
    const { sql } = this.#ledger;
    return sql<KeptBar[]>`
      SELECT bar_id AS id, product, kind, value, created_at AS "createdAt", created_by AS "createdBy",
        lifted_at AS "liftedAt", lifted_by AS "liftedBy"
      FROM offer_bar ORDER BY bar_id DESC`;
  }

  /** @throws RamalError `usage` for a kind that asks for a value and has none, and for what already stands. */
  async bar({ product, kind, value }: Bar, by: User): Promise<void> {
    if ((kind === 'never') !== (value === null) || product.trim() === '' || value?.trim() === '')
      throw new RamalError('usage', {
        what: 'A regra está incompleta',
        todo: 'Diga o produto e, se não é nunca, a quê',
      });
    await this.#ledger.sql.begin(async (sql) => {
      // Of bars that are put at once the second one sees the first.
      await sql`LOCK TABLE offer_bar IN SHARE ROW EXCLUSIVE MODE`;
      const known = await sql<Bar[]>`SELECT product, kind, value FROM offer_bar WHERE lifted_at IS NULL`;
      const same = (one: string | null, other: string | null) => folded(one ?? '') === folded(other ?? '');
      if (known.some((one) => same(one.product, product) && one.kind === kind && same(one.value, value)))
        throw new RamalError('usage', { what: 'Essa regra já vale', todo: 'Escolha outra' });
      await sql`
        INSERT INTO offer_bar (product, kind, value, created_at, created_by)
        VALUES (${product}, ${kind}, ${value}, ${this.#clock.now()}, ${by.name})`;
    });
  }

  /** @throws RamalError `notFound`, also where it was lifted already. */
  async lift(id: number, by: User): Promise<void> {
    const lifted = await this.#ledger.sql`
      UPDATE offer_bar SET lifted_at = ${this.#clock.now()}, lifted_by = ${by.name}
      WHERE bar_id = ${id} AND lifted_at IS NULL RETURNING bar_id`;
    if (lifted.length === 0)
      throw new RamalError('notFound', { what: 'regra', received: id, todo: 'Veja as que valem em Recomendações' });
  }
}
