import type { User } from '../../access/roles.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Lake } from '../../storage/lake.ts';
import { literal } from '../../storage/lake.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import { type Kept, Shelf } from '../shelf.ts';
import type { Members } from './carry-names.ts';
import type { BaseDivision } from './segment-base.ts';

/** A base's customers in groups, kept to be compared and approved. */
export interface Division extends BaseDivision, Kept, Approval {}

interface Approval {
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
}

/** What people call a group and what they do with it, in their words; what they left as it was told is null. */
export interface PersonaText {
  readonly name: string | null;
  readonly portrait: string | null;
  readonly pain: string | null;
  readonly action: string | null;
}

export interface WrittenText extends PersonaText {
  readonly number: number;
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** Groups of a home's customers, those that are in use, and what people wrote of them. */
export class Divisions {
  readonly #ledger: Ledger;
  readonly #lake: Lake;
  readonly #clock: Clock;
  readonly #shelf: Shelf<BaseDivision, Approval>;

  constructor(ledger: Ledger, lake: Lake, clock: Clock, home: string) {
    this.#ledger = ledger;
    this.#lake = lake;
    this.#clock = clock;
    this.#shelf = new Shelf(ledger, clock, home, {
      ...{ table: 'customer_segments', id: 'segments_id', file: 'segments' },
      columns: ({ base }: BaseDivision) => ({ base_id: base }),
      more: ['approved_at AS "approvedAt"', 'approved_by AS "approvedBy"'],
      missing: { what: 'divisão de clientes', todo: 'Veja a página Segmentos' },
    });
  }

  /** Where each customer's group is, as Parquet: `id`, `group` (its number), `membership`, `x`, `y`, `sure`. */
  pathOf(id: number): string {
    return this.#shelf.pathOf(id);
  }

  /** Keeps what was told, with the customers' groups written to `path`, which is moved. */
  keep(told: BaseDivision, path: string, by: User): Promise<Division> {
    return this.#shelf.keep(told, { segments: path }, by);
  }

  /** @throws RamalError `notFound`. */
  get(id: number): Promise<Division> {
    return this.#shelf.get(id);
  }

  /** The newest first. */
  list(): Promise<Division[]> {
    return this.#shelf.rows();
  }

  /** Those that were approved, the last approved first: the first is in use. */
  async approved(): Promise<Division[]> {
    const found = await this.#shelf.rows(this.#ledger.sql`approved_at IS NOT NULL`);
    return found.toSorted((a, b) => b.approvedAt!.getTime() - a.approvedAt!.getTime() || b.id - a.id);
  }

  /** The one in use; null where none was approved. */
  async current(): Promise<Division | null> {
    return (await this.approved())[0] ?? null;
  }

  /** Puts one in use. @throws RamalError `notFound`. */
  async approve(id: number, by: User): Promise<Division> {
    await this.get(id);
    await this.#ledger.sql`
      UPDATE customer_segments SET approved_at = ${this.#clock.now()}, approved_by = ${by.name} WHERE segments_id = ${id}`;
    return this.get(id);
  }

  /** The number of each customer's group. */
  async membersOf(id: number): Promise<Members> {
    const rows = await this.#lake.rows<{ id: string; number: number }>(
      `SELECT id, "group" AS number FROM read_parquet(${literal(this.pathOf(id))})`,
    );
    return new Map(rows.map((row) => [row.id, row.number]));
  }

  /** The group of one customer, by what names it; null where it is in none. */
  async groupOf(id: number, customer: string): Promise<{ number: number; membership: number } | null> {
    const [found] = await this.#lake.rows<{ number: number; membership: number }>(
      `SELECT "group" AS number, membership FROM read_parquet(${literal(this.pathOf(id))}) WHERE id = $customer`,
      { customer },
    );
    return found ?? null;
  }

  /** What was last written of each group, by number. */
  async texts(): Promise<ReadonlyMap<number, WrittenText>> {
    const rows = await this.#texts(this.#ledger.sql`true`);
    return new Map(rows.toReversed().map((row) => [row.number, row]));
  }

  /** All that was ever written of a group, the newest first. */
  history(number: number): Promise<WrittenText[]> {
    return this.#texts(this.#ledger.sql`number = ${number}`);
  }

  async write(number: number, text: PersonaText, by: User): Promise<void> {
    const { sql } = this.#ledger;
    await sql`
      INSERT INTO persona_text (number, told, created_at, created_by)
      VALUES (${number}, ${sql.json(text as never)}, ${this.#clock.now()}, ${by.name})`;
  }

  async #texts(where: unknown): Promise<WrittenText[]> {
    const rows = await this.#ledger.sql<
      { number: number; told: PersonaText; createdAt: Date; createdBy: string }[]
    >`SELECT number, told, created_at AS "createdAt", created_by AS "createdBy"
      FROM persona_text WHERE ${where as never} ORDER BY text_id DESC`;
    return rows.map(({ told, ...rest }) => ({ ...told, ...rest }));
  }
}
