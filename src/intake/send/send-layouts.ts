import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import { parseSendLayout, type SendLayout } from './send-layout.ts';

const SHIPPED = join(import.meta.dirname, 'layouts');

/** The layouts by which a home sends lists on: those that ship and those that were added; a version never changes. */
export class SendLayouts {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Opens them, registering those that ship once. */
  static async open(ledger: Ledger, clock: Clock): Promise<SendLayouts> {
    const layouts = new SendLayouts(ledger);
    for (const name of readdirSync(SHIPPED).sort()) {
      const layout = parseSendLayout(JSON.parse(readFileSync(join(SHIPPED, name), 'utf8')), name);
      await layouts.#insert(layout, 'ramal', clock);
    }
    return layouts;
  }

  /** The newest version of each, by name. */
  async newest(): Promise<SendLayout[]> {
    const rows = await this.#ledger.sql<{ definition: unknown; name: string }[]>`
      SELECT DISTINCT ON (name) name, definition FROM send_layout ORDER BY name, version DESC`;
    return rows.map(({ definition, name }) => parseSendLayout(definition, name));
  }

  /** @throws RamalError `notFound`. */
  async get(name: string, version?: number): Promise<SendLayout> {
    const [found] = await this.#ledger.sql<{ definition: unknown }[]>`
      SELECT definition FROM send_layout WHERE name = ${name} AND (${version ?? null}::integer IS NULL OR version = ${version ?? null})
      ORDER BY version DESC LIMIT 1`;
    if (found) return parseSendLayout(found.definition, name);
    const known = (await this.newest()).map((one) => one.name).join(', ');
    const received = version === undefined ? name : `${name}@${version}`;
    throw new RamalError('notFound', { what: 'layout de envio', received, todo: `Existem: ${known || 'nenhum'}.` });
  }

  /** @throws RamalError `usage` when that version is there already. */
  async add(layout: SendLayout, by: string, clock: Clock): Promise<void> {
    if (await this.#insert(layout, by, clock)) return;
    throw new RamalError('usage', {
      what: `O layout de envio ${layout.name}@${layout.version} já existe, e uma versão não muda`,
      todo: `Use a versão ${(await this.get(layout.name)).version + 1}`,
    });
  }

  async #insert(layout: SendLayout, by: string, clock: Clock): Promise<boolean> {
    const { sql } = this.#ledger;
    const added = await sql`
      INSERT INTO send_layout (name, version, definition, created_at, created_by)
      VALUES (${layout.name}, ${layout.version}, ${sql.json(layout as never)}, ${clock.now()}, ${by})
      ON CONFLICT DO NOTHING RETURNING version`;
    return added.length > 0;
  }
}
