import { UNKNOWN } from '../../contracts/index.ts';
import { folded } from '../../intake/reference/value.ts';
import { type Lake, literal } from '../../storage/lake.ts';

/** Agents' codes that sources share and that are likely of more than one person each. */
export interface SharedCodes {
  readonly codes: number;
  /** The first of them, each with two sources whose names for it are unlike. */
  readonly examples: readonly { readonly code: string; readonly sources: readonly string[] }[];
}

/** The newest days with data in which names are looked at: what it costs does not grow with the history. */
const LAST_DAYS = 90;
const MOST_EXAMPLES = 3;

/** Codes of the last days that sources give names which have no part in common. */
export async function sharedCodes(lake: Lake): Promise<SharedCodes> {
  const days = `grain = 'agent' AND agent <> ${literal(UNKNOWN)}`;
  const shared = `SELECT agent FROM gold.contact_mart WHERE ${days} GROUP BY agent HAVING count(DISTINCT source) > 1`;
  const [newest] = await lake.rows<{ first: string | null }>(
    `SELECT CAST(coalesce(max(day) FILTER (day <= (SELECT made_on FROM gold.version)), max(day)) - ${LAST_DAYS - 1} AS VARCHAR) AS first
     FROM gold.contact_mart
     WHERE ${days} AND agent IN (${shared})`,
  );
  if (!newest?.first) return { codes: 0, examples: [] };
  const named = await lake.rows<{ code: string; source: string; names: string[] }>(
    `SELECT agent_id AS code, source, list(DISTINCT agent_name) AS names FROM silver.contact
     WHERE day >= DATE ${literal(newest.first)} AND batch_id IN (FROM gold.built) AND agent_id IN (${shared})
       AND agent_name NOT IN (agent_id, ${literal(UNKNOWN)})
     GROUP BY ALL ORDER BY code, source`,
  );
  const unlike = [...Map.groupBy(named, ({ code }) => code)].flatMap(([code, ones]) => {
    const pair = ones.flatMap((one, at) => {
      const other = ones.slice(at + 1).find(({ names }) => !isAlike(one.names, names));
      return other ? [[one.source, other.source]] : [];
    })[0];
    return pair ? [{ code, sources: pair }] : [];
  });
  return { codes: unlike.length, examples: unlike.slice(0, MOST_EXAMPLES) };
}

/** Words of names that tell nobody apart. */
const LINKS = ['da', 'das', 'de', 'do', 'dos', 'e'];

/** Whether names may be one person's: a part of one is a part of another, or short for it. */
export function isAlike(names: readonly string[], others: readonly string[]): boolean {
  const parts = partsOf(others);
  return partsOf(names).some((part) => parts.some((other) => part.startsWith(other) || other.startsWith(part)));
}

function partsOf(names: readonly string[]): string[] {
  return names.flatMap((name) => folded(name).split(/[^\p{L}\d]+/u)).filter((part) => part && !LINKS.includes(part));
}
