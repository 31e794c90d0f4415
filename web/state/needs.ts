import type { Batch } from './shapes.ts';

/** Files of a source in which a few rows are in quarantine each, and all these rows. */
export interface FewRows {
  source: string;
  files: number;
  rows: number;
}

/** Rows in quarantine that are few for a file, and the files of a source that are told together. */
const FEW = 10;
const MANY_FILES = 3;

/**
 * The batches that need a person, those that failed first and then the newest; files of one source with a few rows in
 * quarantine each are told together, so that they bury no other.
 */
export function needing(batches: readonly Batch[]): { alone: Batch[]; together: FewRows[] } {
  const isSmall = ({ state, quarantined }: Batch) => state === 'loaded' && quarantined <= FEW;
  const small = Map.groupBy(batches.filter(isSmall), ({ source }) => source);
  const isGrouped = (batch: Batch) => isSmall(batch) && small.get(batch.source)!.length >= MANY_FILES;
  const together = [...small].filter(([, files]) => files.length >= MANY_FILES);
  const alone = batches.filter((batch) => !isGrouped(batch));
  return {
    alone: [...alone.filter(({ state }) => state === 'failed'), ...alone.filter(({ state }) => state !== 'failed')],
    together: together.map(([source, files]) => {
      const rows = files.reduce((sum, { quarantined }) => sum + quarantined, 0);
      return { source, files: files.length, rows };
    }),
  };
}
