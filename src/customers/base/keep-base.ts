import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { User } from '../../access/roles.ts';
import type { Lake } from '../../storage/lake.ts';
import { type BaseQuestion, buildBase } from './build-base.ts';
import type { HoldingsQuestion } from './holdings.ts';
import type { KeptBase, KeptBases } from './kept-bases.ts';

export interface BaseHome {
  readonly lake: Lake;
  readonly bases: KeptBases;
  readonly config: { readonly home: string };
}

export interface KeepQuestion extends Omit<BaseQuestion, 'out' | 'beside'> {
  readonly holdings?: HoldingsQuestion['asked'];
  /** Where its rows are also left, as Parquet. */
  readonly copy?: string | undefined;
}

/** Builds a base with what stands beside it, and keeps it. @throws RamalError as {@link buildBase}. */
export async function keepBase({ lake, bases, config }: BaseHome, question: KeepQuestion, by: User): Promise<KeptBase> {
  const { holdings, copy, ...asked } = question;
  const folder = join(config.home, 'tmp', `base-${randomUUID()}`);
  const out = `${folder}.parquet`;
  try {
    const built = await buildBase(lake, { ...asked, beside: { holdings }, out }, folder);
    if (copy !== undefined) copyFileSync(out, copy);
    return await bases.keep(built, out, by);
  } catch (thrown) {
    for (const path of [out, ...(copy === undefined ? [] : [copy])]) rmSync(path, { force: true });
    throw thrown;
  }
}
