import { appendFileSync, utimesSync } from 'node:fs';
import type { Day } from '../../kernel/brazil/dates.ts';
import { type Intake, type LoadedFile, type LoadOptions, loadFile } from '../load.ts';

/** What the batches of a day hold whole: of them the one written last counts. */
export function dayScope(day: Day): string {
  return `day:${day}`;
}

/** What the batches of a table hold whole. */
export const WHOLE_TABLE = 'all';

/**
 * Loads a file as the batch that stands for its day or table. The same content again, as after a kill, is known by its
 * hash; what went back to what it once was is loaded anew, for its old batch no longer counts.
 */
export async function loadScope(
  intake: Intake,
  path: string,
  scope: string,
  { askedAt, ...options }: Omit<LoadOptions, 'scope' | 'writtenAt'> & { readonly askedAt: Date },
): Promise<LoadedFile> {
  const newest = (await intake.batches.ofScope(options.layout.source, scope)).at(-1)?.written_at.getTime() ?? 0;
  // What was asked for last is the newer version, also when the clock was set back in between.
  const writtenAt = new Date(Math.max(askedAt.getTime(), newest + 1));
  for (;;) {
    settled(path);
    const loaded = await loadFile(intake, path, { ...options, scope, writtenAt });
    if (!loaded.already || loaded.batch.state !== 'superseded') return loaded;
    // An empty line says nothing, and makes it another file.
    appendFileSync(path, '\n');
  }
}

/** Takes the batches of what turned out to be empty out; resolves to whether there were any. */
export async function withdrawScope({ batches }: Intake, source: string, scope: string): Promise<boolean> {
  const held = await batches.ofScope(source, scope);
  for (const { batch_id } of held) await batches.tombstone(batch_id);
  return held.length > 0;
}

/** The batch of a day that waits for a person to decide on it, or null. */
export async function waitingBatch({ batches }: Intake, source: string, day: Day): Promise<number | null> {
  const [waiting] = await batches.ofScope(source, dayScope(day), ['waiting', 'refused']);
  return waiting?.batch_id ?? null;
}

/** Records of the batch that stands for a day or a table; 0 when there is none. */
export async function rowsOf({ batches }: Intake, source: string, scope: string): Promise<number> {
  const held = await batches.ofScope(source, scope);
  return held.find(({ state }) => state === 'loaded')?.rows_read ?? 0;
}

/** Dates a file that was closed here a minute back: nobody has to wait and see whether it still grows. */
function settled(path: string): void {
  const finished = new Date(Date.now() - 60_000);
  utimesSync(path, finished, finished);
}
