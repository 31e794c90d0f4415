import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import type { FileFormat, Layout } from './layout.ts';
import { parseLayout, shippedLayouts } from './parse-layout.ts';

/** When and by whom a version was made. */
export interface SavedLayout {
  readonly source: string;
  readonly version: number;
  readonly valid_from: string | null;
  readonly created_at: Date;
  readonly created_by: string;
  /** The one batch that it is for. */
  readonly only_batch: number | null;
}

/** The layouts of a home: those that ship, registered once, and those that were added; with what was remembered of each. */
export class Layouts {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #known: Map<string, Layout>;
  readonly #saved: Map<string, SavedLayout>;

  private constructor(ledger: Ledger, clock: Clock, known: Map<string, Layout>, saved: Map<string, SavedLayout>) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#known = known;
    this.#saved = saved;
  }

  static async open(ledger: Ledger, clock: Clock): Promise<Layouts> {
    const { sql } = ledger;
    const stored = await sql<({ definition: unknown } & SavedLayout)[]>`
      SELECT source, version, definition, valid_from::text, created_at, created_by, only_batch FROM layout`;
    const saved = new Map(stored.map(({ definition: _, ...one }) => [`${one.source}@${one.version}`, one]));
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
      const { source, version } = layout;
      saved.set(name, {
        source,
        version,
        valid_from: null,
        created_at: clock.now(),
        created_by: 'ramal',
        only_batch: null,
      });
    }
    const remembered = await sql<
      { source: string; version: number; format: Partial<FileFormat> }[]
    >`SELECT * FROM layout_memory`;
    for (const { source, version, format } of remembered) {
      const layout = known.get(`${source}@${version}`);
      if (layout) known.set(`${source}@${version}`, { ...layout, format: { ...format, ...layout.format } });
    }
    return new Layouts(ledger, clock, known, saved);
  }

  /** Every version of every layout, older versions first. */
  all(): Layout[] {
    return [...this.#known.values()].sort((a, b) => a.source.localeCompare(b.source) || a.version - b.version);
  }

  /** The newest layout of each source, by name. */
  newest(): Layout[] {
    const newest = new Map<string, Layout>();
    for (const layout of this.#known.values()) {
      if (this.saved(layout).only_batch !== null) continue;
      if ((newest.get(layout.source)?.version ?? 0) < layout.version) newest.set(layout.source, layout);
    }
    return [...newest.values()].sort((a, b) => a.source.localeCompare(b.source));
  }

  /** When and by whom a version was made, and from which day on it holds. */
  saved({ source, version }: Pick<Layout, 'source' | 'version'>): SavedLayout {
    return this.#saved.get(`${source}@${version}`)!;
  }

  /** A source's versions for any file, the newest first. */
  versions(source: string): Layout[] {
    return this.all()
      .filter((layout) => layout.source === source && this.saved(layout).only_batch === null)
      .reverse();
  }

  /** The version that held on a day: files of March are read with the layout of March. */
  at(source: string, day: string): Layout {
    const held = this.versions(source).find((layout) => (this.saved(layout).valid_from ?? '') <= day);
    return held ?? this.versions(source).at(-1) ?? this.get(source);
  }

  /**
   * Keeps a new version, numbered after the last: for files from a day on, or for one batch only.
   * @throws RamalError `layoutInvalid` with what was received.
   */
  async save(
    layout: Layout,
    { by, from = null, onlyBatch = null }: { by: string; from?: string | null; onlyBatch?: number | null },
  ): Promise<Layout> {
    const { sql } = this.#ledger;
    const last = Math.max(
      0,
      ...this.all()
        .filter(({ source }) => source === layout.source)
        .map(({ version }) => version),
    );
    const next = parseLayout({ ...layout, version: last + 1 }, layout.source);
    this.checkOf(next);
    const saved = {
      ...{ source: next.source, version: next.version, valid_from: from, created_by: by, only_batch: onlyBatch },
      created_at: this.#clock.now(),
    };
    await sql`
      INSERT INTO layout (source, version, definition, valid_from, created_at, created_by, only_batch)
      VALUES (${next.source}, ${next.version}, ${sql.json(next as never)}, ${from}, ${saved.created_at}, ${by}, ${onlyBatch})`;
    this.#known.set(`${next.source}@${next.version}`, next);
    this.#saved.set(`${next.source}@${next.version}`, saved);
    return next;
  }

  /** @throws RamalError `layoutInvalid` for a layout of events of a source whose contacts no layout reads. */
  checkOf({ source, of }: Layout): void {
    const contacts = this.newest().filter(({ into = 'contact' }) => into === 'contact');
    if (of === undefined || contacts.some((one) => one.source === of)) return;
    throw new RamalError('layoutInvalid', {
      layout: source,
      what: `os eventos são de ${of}, e nenhum layout de atendimentos tem este nome`,
      todo: `Em of use um de ${contacts.map((one) => one.source).join(', ')}, ou registre antes o layout dos atendimentos`,
    });
  }

  /** Takes a version out of use: it stays for one batch alone. */
  async retire(source: string, version: number, batch: number): Promise<void> {
    await this.#ledger.sql`UPDATE layout SET only_batch = ${batch} WHERE source = ${source} AND version = ${version}`;
    const name = `${source}@${version}`;
    this.#saved.set(name, { ...this.#saved.get(name)!, only_batch: batch });
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
