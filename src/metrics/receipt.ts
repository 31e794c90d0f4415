import type { Lake } from '../storage/lake.ts';
import type { Receipt } from './answers.ts';
import type { SourceFacts } from './facts.ts';
import { conditions, type Scope } from './scope.ts';

/** What a figure rests on: formula, statement, exclusions, sources and batches. */
export async function receipt(
  lake: Lake,
  formula: string,
  statement: string,
  sources: readonly SourceFacts[],
  scope: Scope,
  lakeVersion: number,
): Promise<Receipt> {
  const names = sources.map(({ source }) => source);
  const { sql: condition, parameters } = conditions(scope, sources, 'contact');
  const [counted] = await lake.rows<{ batches: number }>(
    `SELECT count(DISTINCT batch_id) AS batches FROM gold.contact WHERE ${condition}`,
    parameters,
  );
  return {
    formula,
    statement: statement.replace(/\s+/g, ' ').trim(),
    exclusions: await exclusionsOf(lake, sources, scope),
    lakeVersion,
    sources: names,
    batches: counted?.batches ?? 0,
  };
}

/** The exclusions that gold was made with, and how many contacts of the scope each leaves out. */
export function exclusionsOf(
  lake: Lake,
  sources: readonly SourceFacts[],
  scope: Scope,
): Promise<Receipt['exclusions'][number][]> {
  const { sql: condition, parameters } = conditions(scope, sources, 'contact');
  return lake.rows(
    `SELECT name, version, reason, count(row_id) AS contacts FROM gold.exclusion
     LEFT JOIN (
       SELECT exclusion, row_id FROM gold.excluded JOIN gold.contact USING (row_id) WHERE leg_no = 1 AND ${condition}
     ) ON exclusion = name
     GROUP BY ALL ORDER BY name`,
    parameters,
  );
}
