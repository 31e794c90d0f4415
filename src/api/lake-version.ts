import type { App } from './app.ts';

/** The integer that every change of gold raises. */
export async function lakeVersion({ lake }: Pick<App, 'lake'>): Promise<number> {
  const [row] = await lake.rows<{ lake_version: number }>('SELECT lake_version FROM gold.version');
  return row?.lake_version ?? 0;
}
