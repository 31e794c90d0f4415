import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { asRamalError } from '../../kernel/thrown.ts';
import { isShifted, questionsOf, type Zones } from './day-window.ts';
import { flatRecord } from './flatten.ts';
import { pagesOf, Shifted } from './paging.ts';
import type { Source } from './source.ts';

/** A day whole in a file, a day without records, or what kept it from being had; then nothing of it is kept. */
export type ExtractedDay =
  | { readonly state: 'extracted'; readonly path: string; readonly rows: number }
  | { readonly state: 'empty' }
  | { readonly state: 'partial' | 'failed'; readonly error: RamalError };

export interface ExtractOptions {
  /** Folder that the day's file is written into. */
  readonly folder: string;
  /** Columns of the layout's key. */
  readonly key: readonly string[];
  readonly zones: Zones;
  readonly onPage: (pages: number, of: number | null) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Times that a day is begun anew because it changed while it was read. */
const READINGS = 4;

/**
 * Fetches one business day whole into a file, a page of JSON per line.
 * @throws RamalError `cancelled`; other failures are the day's state.
 */
export async function extractDay(source: Source, day: Day, options: ExtractOptions): Promise<ExtractedDay> {
  mkdirSync(options.folder, { recursive: true });
  const path = join(options.folder, `${source.name}-${day}.jsonl`);
  const progress = { pages: 0 };
  for (let reading = 1; ; reading++) {
    try {
      progress.pages = 0;
      const rows = await readDay(source, day, path, progress, options);
      if (rows > 0) return { state: 'extracted', path, rows };
      rmSync(path, { force: true });
      return { state: 'empty' };
    } catch (thrown) {
      rmSync(path, { force: true });
      if (thrown instanceof Shifted && reading < READINGS) continue;
      const error =
        thrown instanceof Shifted
          ? new RamalError('sourceFailed', { source: source.name, what: thrown.message, attempts: reading }, thrown)
          : asRamalError(thrown);
      if (error.code === 'cancelled') throw error;
      return { state: progress.pages > 0 || thrown instanceof Shifted ? 'partial' : 'failed', error };
    }
  }
}

/** Writes a day's pages; resolves to how many records it has, those of one key counted once. */
async function readDay(
  source: Source,
  day: Day,
  path: string,
  progress: { pages: number },
  { key, zones, onPage, signal }: ExtractOptions,
): Promise<number> {
  const { declaration } = source;
  const shifted = isShifted(zones);
  const keys = new Set<string>();
  let keyless = 0;
  const file = openSync(path, 'w', 0o600);
  try {
    for (const question of questionsOf(day, declaration, zones)) {
      for await (const page of pagesOf(source, declaration.request, question, signal)) {
        progress.pages += 1;
        onPage(page.number, page.pages);
        const flat = page.records.map((record) => flatRecord(record, declaration, key, zones));
        // A source's day is not ours where its clock is another: what is of the days beside is fetched with them.
        const own = shifted ? flat.filter((one) => one.day === null || one.day === day) : flat;
        for (const one of own) {
          if (one.key === null) keyless++;
          else keys.add(one.key);
        }
        if (own.length > 0) writeSync(file, `${JSON.stringify({ records: own.map(({ record }) => record) })}\n`);
      }
    }
  } finally {
    closeSync(file);
  }
  return keys.size + keyless;
}
