import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { Layout } from '../layout.ts';
import { plainWords } from './canonical.ts';

/** What a column called so was said to be, most often: a column of contacts, or in a list how it is read. */
export interface Heading {
  readonly canonical: string;
  readonly times: number;
}

/** A column's name without accents, capitals, signs and shortenings, with its numbers. */
export function headingOf(name: string): string {
  return [...plainWords(name), ...(name.match(/\d+/g) ?? [])].join(' ');
}

/** What people confirmed of columns, by {@link headingOf}; of a list's, by the same after `list `. */
export async function knownHeadings({ sql }: Ledger): Promise<ReadonlyMap<string, Heading>> {
  const rows = await sql<{ words: string; canonical: string; times: number }[]>`
    SELECT DISTINCT ON (words) words, canonical, times FROM heading ORDER BY words, times DESC, said_at DESC`;
  return new Map(rows.map(({ words, canonical, times }) => [words, { canonical, times }]));
}

/** Remembers what a confirmed layout says of its columns; those made of several, or of what is neither a contact nor a list, tell nothing of one. */
export async function rememberHeadings({ sql }: Ledger, layout: Layout, by: string, at: Date): Promise<void> {
  if (layout.into === 'event' || layout.into === 'agent_time') return;
  for (const [name, { from = [], as }] of Object.entries(layout.columns)) {
    const heading = headingOf(from[0] ?? '');
    if (from.length !== 1 || heading === '') continue;
    const [words, canonical] = layout.into === 'list' ? [`list ${heading}`, as] : [heading, name];
    await sql`
      INSERT INTO heading (words, canonical, said_by, said_at) VALUES (${words}, ${canonical}, ${by}, ${at})
      ON CONFLICT (words, canonical) DO UPDATE SET times = heading.times + 1, said_by = ${by}, said_at = ${at}`;
  }
}
