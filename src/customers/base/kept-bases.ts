import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { User } from '../../access/roles.ts';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { ColumnNature } from '../features/file-columns.ts';
import { careAt, holdingsAt } from './beside.ts';
import type { CustomerBase } from './build-base.ts';

/** The kind of the jobs that keep a base. */
export const KEEPING = 'customer-base';

/** A base that was kept, to come back to: who its customers were on its day. */
export interface KeptBase extends CustomerBase {
  readonly id: number;
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** Bases of customers of a home: their rows in files that never change, what is told of them in the ledger. */
export class KeptBases {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #folder: string;

  constructor(ledger: Ledger, clock: Clock, home: string) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#folder = join(home, 'customers');
  }

  /** Where a base's rows are, as Parquet. */
  pathOf(id: number): string {
    return join(this.#folder, `base-${id}.parquet`);
  }

  /** Where the products of its customers are, as Parquet; there only where the base tells of them. */
  holdingsOf(id: number): string {
    return join(this.#folder, `holdings-${id}.parquet`);
  }

  /** Where it is whether its customers are content, alike. */
  careOf(id: number): string {
    return join(this.#folder, `care-${id}.parquet`);
  }

  /** Keeps a base whose rows were written to `path`, which is moved with what stands beside it. */
  async keep(base: CustomerBase, path: string, by: User): Promise<KeptBase> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const { sql } = this.#ledger;
    // The file takes its place before the ledger tells of it: a base that is told of has its rows.
    const id = await sql.begin(async (one) => {
      const [made] = await one<{ id: number }[]>`
        INSERT INTO customer_base (day, told, created_at, created_by)
        VALUES (${base.day}, ${sql.json(base as never)}, ${this.#clock.now()}, ${by.name}) RETURNING base_id AS id`;
      const { id: own } = made!;
      for (const [from, to] of [
        [holdingsAt(path), this.holdingsOf(own)],
        [careAt(path), this.careOf(own)],
        [path, this.pathOf(own)],
      ] as const) {
        if (from !== path && !existsSync(from)) continue;
        moveSynced(from, to);
      }
      return own;
    });
    return this.get(id);
  }

  /** @throws RamalError `notFound`. */
  async get(id: number): Promise<KeptBase> {
    const [found] = await this.#rows(this.#ledger.sql`base_id = ${id}`);
    if (found) return found;
    throw new RamalError('notFound', { what: 'base de clientes', received: id, todo: 'Veja ramal customers list' });
  }

  /** The newest first. */
  list(): Promise<KeptBase[]> {
    return this.#rows(this.#ledger.sql`true`);
  }

  async #rows(where: unknown): Promise<KeptBase[]> {
    const { sql } = this.#ledger;
    const rows = await sql<{ id: number; told: CustomerBase; createdAt: Date; createdBy: string }[]>`
      SELECT base_id AS id, told, created_at AS "createdAt", created_by AS "createdBy"
      FROM customer_base WHERE ${where as never} ORDER BY base_id DESC`;
    return rows.map(({ told, ...rest }) => ({ ...BEFORE, ...told, ...rest }));
  }
}

/** What the fields of a base are, of those that say something beside who a customer is. */
export function naturesOf({ fields }: Pick<CustomerBase, 'fields'>): ReadonlyMap<string, ColumnNature> {
  return new Map(fields.map(({ name, kind }) => [name, kind === 'number' || kind === 'day' ? 'number' : 'text']));
}

/** What bases that were kept before it was told do not tell. */
const BEFORE = { holdings: null, care: null } as const;

/** Puts a file in its place once the disk holds it. */
export function moveSynced(path: string, to: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(path, to);
}
