import type { User } from '../../access/roles.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { ColumnNature } from '../features/treatment.ts';
import { type Kept, Shelf } from '../shelf.ts';
import { careAt, holdingsAt } from './beside.ts';
import type { CustomerBase } from './build-base.ts';
import type { LeftOut } from './left-out.ts';

/** The kind of the jobs that keep a base. */
export const KEEPING = 'customer-base';

/** A base that was kept, to come back to: who its customers were on its day. */
export interface KeptBase extends CustomerBase, Kept {}

/** Bases of customers of a home. */
export class KeptBases {
  readonly #shelf: Shelf<CustomerBase>;

  constructor(ledger: Ledger, clock: Clock, home: string) {
    this.#shelf = new Shelf(ledger, clock, home, {
      ...{ table: 'customer_base', id: 'base_id', file: 'base', columns: ({ day }: CustomerBase) => ({ day }) },
      missing: { what: 'base de clientes', todo: 'Veja ramal customers list' },
    });
  }

  /** Where a base's rows are, as Parquet. */
  pathOf(id: number): string {
    return this.#shelf.pathOf(id);
  }

  /** Where the products of its customers are, as Parquet; there only where the base tells of them. */
  holdingsOf(id: number): string {
    return this.#shelf.pathOf(id, 'holdings');
  }

  /** Where it is whether its customers are content, alike. */
  careOf(id: number): string {
    return this.#shelf.pathOf(id, 'care');
  }

  /** Keeps a base whose rows were written to `path`, which is moved with what stands beside it. */
  keep(base: CustomerBase, path: string, by: User): Promise<KeptBase> {
    return this.#shelf.keep(base, { holdings: holdingsAt(path), care: careAt(path), base: path }, by);
  }

  /** @throws RamalError `notFound`. */
  async get(id: number): Promise<KeptBase> {
    return told(await this.#shelf.get(id));
  }

  /** The newest first. */
  async list(): Promise<KeptBase[]> {
    return (await this.#shelf.rows()).map(told);
  }

  /** Of the latest day, the newest; null where there is none. */
  async latest(): Promise<KeptBase | null> {
    return (await this.list()).toSorted((a, b) => b.day.localeCompare(a.day) || b.id - a.id)[0] ?? null;
  }
}

/** What the fields of a base are, of those that say something beside who a customer is. */
export function naturesOf({ fields }: Pick<CustomerBase, 'fields'>): ReadonlyMap<string, ColumnNature> {
  return new Map(fields.map(({ name, kind }) => [name, kind === 'number' || kind === 'day' ? 'number' : 'text']));
}

/** Bases that were kept before do not tell all, and of what they left out only the name. */
function told(base: Omit<KeptBase, 'leftOut'> & { readonly leftOut: readonly (string | LeftOut)[] }): KeptBase {
  const leftOut = base.leftOut.map(
    (one): LeftOut => (typeof one === 'string' ? { name: one, table: null, why: 'noCustomer', column: null } : one),
  );
  return { ...{ holdings: null, care: null }, ...base, leftOut };
}
