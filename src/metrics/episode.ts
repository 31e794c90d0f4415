import { type Column, contact, ruleMark } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import { type Lake, type LakeRow, quoted } from '../storage/lake.ts';
import { CALLER, LINKED } from './caller-counts.ts';
import { ruleNamed } from './repeats.ts';

/** Legs told before the one that is asked for, and after it. */
export const MOST_AROUND = 25;

/** Columns of a leg in an episode, as they are masked. */
export const EPISODE_COLUMNS: Readonly<Record<string, Column>> = {
  row_id: contact.columns.row_id,
  source: contact.columns.source,
  protocol: contact.columns.protocol,
  leg_no: contact.columns.leg_no,
  started_at: contact.columns.started_at,
  agent_name: contact.columns.agent_name,
  queue: contact.columns.queue,
  reason: contact.columns.reason,
  status: contact.columns.status,
  role: ruleMark.role,
  why: ruleMark.why,
  bucket: ruleMark.bucket,
  same_reason: ruleMark.same_reason,
  of_row: ruleMark.anchor_row_id,
};

export interface Episode {
  /** Legs of the same caller, in time order; values as stored. */
  readonly rows: readonly LakeRow[];
  /** Legs before the first and after the last that are told. */
  readonly earlier: number;
  readonly later: number;
}

const CALLED = `${builtContacts([])} AS contact ${LINKED}`;

/**
 * The legs of whoever made a contact, around it, and what a rule says of each; of a contact that identifies nobody, it
 * alone. @throws RamalError `notFound`.
 */
export async function episodeOf(lake: Lake, row: number, name: string): Promise<Episode> {
  const rule = ruleNamed(name);
  const of = (column: keyof typeof ruleMark) => quoted(`${rule.name}.${column}`);
  const found = await lake.rows<LakeRow & { place: number; places: number }>(
    `WITH own AS (SELECT ${CALLER[rule.caller]} AS caller FROM ${CALLED} WHERE contact.row_id = $row),
     life AS (
       SELECT contact.row_id, count(*) OVER () AS places,
         row_number() OVER (ORDER BY contact.started_at, contact.contact_id, contact.leg_no, contact.row_id) AS place
       FROM ${CALLED} WHERE ${CALLER[rule.caller]} = (SELECT caller FROM own) OR contact.row_id = $row
     )
     SELECT place, places, own.row_id, own.source, own.protocol, own.leg_no,
       strftime(own.started_at, '%Y-%m-%dT%H:%M:%S') AS started_at, own.agent_name, own.queue, own.reason, own.status,
       CAST(mark.${of('role')} AS VARCHAR) AS role, CAST(mark.${of('why')} AS VARCHAR) AS why,
       CAST(mark.${of('bucket')} AS VARCHAR) AS bucket, mark.${of('same_reason')} AS same_reason,
       mark.${of('anchor_row_id')} AS of_row
     FROM life JOIN gold.contact AS own USING (row_id) LEFT JOIN gold.mark AS mark USING (row_id)
     WHERE abs(place - (SELECT place FROM life WHERE row_id = $row)) <= ${MOST_AROUND}
     ORDER BY place`,
    { row: BigInt(row) },
  );
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last)
    throw new RamalError('notFound', {
      what: 'atendimento',
      received: row,
      todo: 'Ele pode ter sido desfeito com seu lote.',
    });
  return {
    rows: found.map(({ place: _, places: __, ...one }) => one),
    earlier: first.place - 1,
    later: last.places - last.place,
  };
}
