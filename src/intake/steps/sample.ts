import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lake, LakeSession } from '../../storage/lake.ts';
import { type BronzeFile, writeBronze } from '../bronze.ts';
import { type Layout, WHOLE_LINE } from '../layout.ts';
import { type ReadRecords, readRecords } from '../records.ts';
import { lookAtFile, readHead } from '../source-file.ts';
import { bronzeRows } from './frozen.ts';
import type { Relation } from './index.ts';

/** Bytes of a text that a preview reads; sheets and pages are read whole. */
const HEAD = 4 << 20;

/** The beginning of a file, read as a layout says. */
export interface Sample {
  readonly bronze: BronzeFile;
  readonly read: ReadRecords;
  /** The file goes on. */
  readonly cut: boolean;
}

/** What reads a file: Parquet has the engine itself read it, beside the session that the rows are looked at in. */
interface Engine {
  readonly lake: Lake;
  readonly session: LakeSession;
}

/**
 * Reads the beginning of a file as its layout says and lends it; nothing of it is kept.
 * @param folder to work in, made and removed.
 * @throws RamalError that says why the file cannot be read.
 */
export async function withBeginning<T>(
  { lake, session }: Engine,
  path: string,
  layout: Layout,
  folder: string,
  work: (sample: Sample) => Promise<T>,
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  try {
    const { file, cut } = await headOf(path, layout, folder);
    const read = await readRecords(file, layout, join(folder, 'records'), () => {}, lake);
    const place = { batch: 0, path: join(folder, 'sample.parquet'), writtenAt: new Date(file.changedMs) };
    return await work({ bronze: await writeBronze(session, read, place), read, cut });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lends the rows of a file's beginning, before any step, as {@link withBeginning} does. */
export async function withSample<T>(
  engine: Engine,
  path: string,
  layout: Layout,
  folder: string,
  work: (rows: Relation, cut: boolean) => Promise<T>,
): Promise<T> {
  return withBeginning(engine, path, layout, folder, ({ bronze, cut }) =>
    work(bronzeRows(layout, bronze, fileColumns(layout, bronze.columns)), cut),
  );
}

/** Every column of a file, whether its layout reads it or not. */
export function fileColumns(layout: Layout, held: readonly string[]): string[] {
  const named = layout.format.kind === 'fixed' ? (layout.format.fields ?? []).map(({ name }) => name) : held;
  return named.filter((name) => name !== WHOLE_LINE && !name.startsWith('_'));
}

async function headOf(path: string, { format }: Layout, folder: string) {
  const file = await lookAtFile(path);
  const head = format.kind === 'delimited' || format.kind === 'fixed' ? await readHead(file, HEAD + 1) : null;
  if (head === null || head.length <= HEAD) return { file, cut: false };
  const part = join(folder, file.name.replace(/\.(gz|bz2)$/i, ''));
  writeFileSync(part, head.subarray(0, head.lastIndexOf(0x0a, HEAD) + 1 || HEAD), { mode: 0o600 });
  return { file: await lookAtFile(part, 0), cut: true };
}
