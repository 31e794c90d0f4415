import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import { type FileFormat, type Layout, parseLayout, shippedLayouts } from './layout.ts';

/** The layouts of a home: those that ship, registered once, and those that were added; with what was remembered of each. */
export class Layouts {
  readonly #ledger: Ledger;
  readonly #known: Map<string, Layout>;

  private constructor(ledger: Ledger, known: Map<string, Layout>) {
    this.#ledger = ledger;
    this.#known = known;
  }

  static async open(ledger: Ledger, clock: Clock): Promise<Layouts> {
    const { sql } = ledger;
    const stored = await sql<
      { definition: unknown; source: string; version: number }[]
    >`SELECT source, version, definition FROM layout`;
    const known = new Map(
      stored.map(({ definition, source, version }) => [`${source}@${version}`, parseLayout(definition, source)]),
    );
    for (const layout of shippedLayouts()) {
      const name = `${layout.source}@${layout.version}`;
      if (known.has(name)) continue;
      await sql`
        INSERT INTO layout (source, version, definition, created_at, created_by)
        VALUES (${layout.source}, ${layout.version}, ${sql.json(layout as never)}, ${clock.now()}, 'ramal') ON CONFLICT DO NOTHING`;
      known.set(name, layout);
    }
    const remembered = await sql<
      { source: string; version: number; format: Partial<FileFormat> }[]
    >`SELECT * FROM layout_memory`;
    for (const { source, version, format } of remembered) {
      const layout = known.get(`${source}@${version}`);
      if (layout) known.set(`${source}@${version}`, { ...layout, format: { ...format, ...layout.format } });
    }
    return new Layouts(ledger, known);
  }

  /** Every version of every layout, older versions first. */
  all(): Layout[] {
    return [...this.#known.values()].sort((a, b) => a.source.localeCompare(b.source) || a.version - b.version);
  }

  /** The newest layout of each source, by name. */
  newest(): Layout[] {
    const newest = new Map<string, Layout>();
    for (const layout of this.#known.values()) {
      if ((newest.get(layout.source)?.version ?? 0) < layout.version) newest.set(layout.source, layout);
    }
    return [...newest.values()].sort((a, b) => a.source.localeCompare(b.source));
  }

  /** @throws RamalError `notFound`. */
  get(source: string, version?: number): Layout {
    const layout =
      version === undefined
        ? this.newest().find((one) => one.source === source)
        : this.#known.get(`${source}@${version}`);
    if (layout) return layout;
    const received = version === undefined ? source : `${source}@${version}`;
    const known = this.newest().map((one) => one.source);
    throw new RamalError('notFound', { what: 'layout da fonte', received, todo: `Existem: ${known.join(', ')}.` });
  }

  /** Keeps what the first file told: from then on it is expected. */
  async remember(layout: Layout, detected: { delimiter: string | null }): Promise<void> {
    if (layout.format.kind !== 'delimited' || layout.format.delimiter || detected.delimiter === null) return;
    const format = { delimiter: detected.delimiter };
    const { sql } = this.#ledger;
    await sql`
      INSERT INTO layout_memory (source, version, format) VALUES (${layout.source}, ${layout.version}, ${sql.json(format)})
      ON CONFLICT (source, version) DO UPDATE SET format = excluded.format`;
    this.#known.set(`${layout.source}@${layout.version}`, { ...layout, format: { ...layout.format, ...format } });
  }
}
