import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { User } from '../access/roles.ts';
import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';

/** Whose something that was kept is, and when. */
export interface Kept {
  readonly id: number;
  readonly createdAt: Date;
  readonly createdBy: string;
}

interface ShelfOptions<Told> {
  /** The ledger's table, with columns `told`, `created_at` and `created_by`. */
  readonly table: string;
  /** Its column that names what is kept. */
  readonly id: string;
  /** What its file is called before the number: `base` of `customers/base-7.parquet`. */
  readonly file: string;
  /** Columns beside `told` that the ledger looks by. */
  readonly columns: (told: Told) => Record<string, string | number>;
  /** Columns (SQL) that the ledger gives beside those that all have. */
  readonly more?: readonly string[];
  /** How an error calls one that is not there, and what to do then. */
  readonly missing: { readonly what: string; readonly todo: string };
}

/** What is worked out of customers and kept: rows in files that never change, what is told of them in the ledger. */
export class Shelf<Told extends object, More extends object = object> {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #folder: string;
  readonly #options: ShelfOptions<Told>;

  constructor(ledger: Ledger, clock: Clock, home: string, options: ShelfOptions<Told>) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#folder = join(home, 'customers');
    this.#options = options;
  }

  /** Where rows are, as Parquet; or, of another `file`, what stands beside them. */
  pathOf(id: number, file: string = this.#options.file): string {
    return join(this.#folder, `${file}-${id}.parquet`);
  }

  /**
   * Keeps what was told, with its files, which are moved; those that are not there are passed over.
   * @param files by what each is called on the shelf.
   */
  async keep(told: Told, files: Readonly<Record<string, string>>, by: User): Promise<Told & Kept & More> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const { sql } = this.#ledger;
    const { table, id: key, columns } = this.#options;
    // The files take their place before the ledger tells of them: what is told of has its rows.
    const id = await sql.begin(async (one) => {
      const row = {
        ...columns(told),
        told: sql.json(told as never),
        created_at: this.#clock.now(),
        created_by: by.name,
      };
      const [made] = await one<{ id: number }[]>`
        INSERT INTO ${sql(table)} ${sql(row as never)} RETURNING ${sql(key)} AS id`;
      for (const [name, from] of Object.entries(files))
        if (existsSync(from)) moveSynced(from, this.pathOf(made!.id, name));
      return made!.id;
    });
    return this.get(id);
  }

  /** @throws RamalError `notFound`. */
  async get(id: number): Promise<Told & Kept & More> {
    const { sql } = this.#ledger;
    const [found] = await this.rows(sql`${sql(this.#options.id)} = ${id}`);
    if (found) return found;
    const { what, todo } = this.#options.missing;
    throw new RamalError('notFound', { what, received: id, todo });
  }

  /** Those of a condition (SQL), or all; the newest first. */
  async rows(where: unknown = this.#ledger.sql`true`, most?: number): Promise<(Told & Kept & More)[]> {
    const { sql } = this.#ledger;
    const { table, id, more = [] } = this.#options;
    const rows = await sql<(Kept & More & { readonly told: Told })[]>`
      SELECT ${sql(id)} AS id, told, created_at AS "createdAt", created_by AS "createdBy" ${sql.unsafe(more.map((column) => `, ${column}`).join(''))}
      FROM ${sql(table)} WHERE ${where as never} ORDER BY ${sql(id)} DESC ${most === undefined ? sql`` : sql`LIMIT ${most}`}`;
    return rows.map(({ told, ...rest }) => ({ ...told, ...rest }) as unknown as Told & Kept & More);
  }
}

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
