import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import type { BatchGroup } from '../batch-rows.ts';
import type { BronzeFile } from '../bronze.ts';
import type { Layout } from '../layout.ts';
import { failingLines } from '../rules/judge.ts';
import { type LineRanges, linesRelation, type Verdict } from '../rules/lines.ts';
import { bronzeRows } from '../steps/frozen.ts';
import type { TypedSelect } from '../typed-select.ts';
import type { Drift } from './drift.ts';
import type { FileProfile } from './profile.ts';
import { type HeldColumn, type RefusalReason, refusables, refusalName } from './refusable.ts';
import { type Accepting, acceptedValues, seenValues, withAccepted } from './seen.ts';

type Correction = Accepting & { readonly lines: LineRanges };

/** What the rows of a file that is to be loaded are held against. */
export function heldColumns(layout: Layout, known: readonly FileProfile[], drift: readonly Drift[]): HeldColumn[] {
  return refusables(layout).flatMap(({ column, reason }): HeldColumn[] => {
    if (reason === 'emptied')
      return drift.some((one) => one.kind === 'empties' && one.column === column)
        ? [{ column, reason, known: [], among: null }]
        : [];
    const seen = seenValues(layout, column, known);
    return seen ? [{ column, reason, known: [...seen], among: null }] : [];
  });
}

/** What the rows of a loaded batch are held against when they are looked at again: those refused, and those corrected. */
export function heldAgain(
  layout: Layout,
  {
    known,
    drift,
    inForce,
    ever,
    before,
  }: {
    readonly known: readonly FileProfile[];
    readonly drift: readonly Drift[];
    readonly inForce: readonly Correction[];
    /** Corrections that are or were in force, or will be. */
    readonly ever: readonly Correction[];
    readonly before: Readonly<Record<string, LineRanges>>;
  },
): HeldColumn[] {
  return heldColumns(layout, withAccepted(known, inForce), drift).map((held): HeldColumn => {
    const of = ({ column_name }: Correction) => column_name === null || column_name === held.column;
    const touched = ever.filter(of).flatMap(({ lines }) => lines);
    const among = [...(before[refusalName(held)] ?? []), ...touched];
    if (held.reason === 'never-seen') return { ...held, among };
    const filled = inForce.filter(
      (one) => one.column_name === held.column && acceptedValues([one], held.column).includes(''),
    );
    return {
      ...held,
      among: without(
        among,
        filled.flatMap(({ lines }) => lines),
      ),
    };
  });
}

function without(lines: LineRanges, others: LineRanges): LineRanges {
  return others.reduce<LineRanges>(
    (left, [first, last]) =>
      left.flatMap(([from, to]) => {
        const parts = [[from, Math.min(to, first - 1)] as const, [Math.max(from, last + 1), to] as const];
        return parts.filter(([start, end]) => start <= end);
      }),
    lines,
  );
}

/** What a file teaches the next one: the rows that are refused teach nothing. */
export function keptProfile(
  profile: FileProfile,
  known: readonly FileProfile[],
  held: readonly HeldColumn[],
): FileProfile {
  if (held.length === 0) return profile;
  const columns = profile.columns.map((column) => {
    const of = (reason: RefusalReason) => held.find((one) => one.column === column.name && one.reason === reason);
    const seen = of('never-seen');
    const before = known.at(-1)?.columns.find(({ name }) => name === column.name);
    const values = column.values ?? before?.values ?? {};
    const kept = Object.entries(values).filter(([value]) => seen?.known.includes(value));
    return {
      ...column,
      ...(seen ? { values: Object.fromEntries(kept) } : {}),
      ...(of('emptied') && before ? { fill: before.fill } : {}),
    };
  });
  return { ...profile, columns };
}

/** Marks as blank what a profile counts as no value. */
const BLANK = `'-|n/?a|null|nulo|#n/?d'`;
const cell = (column: string) => `trim(${quoted(column)}, ' ' || chr(9) || chr(160))`;
const isBlank = (column: string) =>
  `(coalesce(${cell(column)}, '') = '' OR regexp_full_match(lower(${cell(column)}), ${BLANK}))`;

/**
 * Marks the rows of table `checked` that the policies refuse: those of the verdict, or those found now. Resolves to the
 * verdicts with their lines.
 */
export async function refuseRows(
  session: LakeSession,
  group: BatchGroup,
  { refusals }: Pick<TypedSelect, 'refusals'>,
  verdicts: ReadonlyMap<number, Verdict>,
): Promise<Map<number, Verdict>> {
  const told = new Map(verdicts);
  for (const [name, problem] of refusals) {
    const parts = group.flatMap(({ layout, bronze, verdict, held }) => {
      const found = verdict ? undefined : held?.find((one) => refusalName(one) === name);
      const lines = found ? refusedLines(layout, bronze, found) : linesRelation(verdict?.[name] ?? []);
      return `SELECT row_id FROM checked WHERE row_id >> 32 = ${bronze.batch} AND row_id & 4294967295 IN (SELECT line FROM ${lines})`;
    });
    await session.run(`CREATE OR REPLACE TEMP TABLE failing AS ${parts.join(' UNION ALL ')}`);
    await session.run(
      `UPDATE checked SET problem = coalesce(problem, ${problem}) WHERE row_id IN (SELECT row_id FROM failing)`,
    );
    for (const [batch, lines] of await failingLines(session)) told.set(batch, { ...told.get(batch), [name]: lines });
  }
  return told;
}

/** The lines of a file that are refused for a column, as a relation with one column, `line`. */
function refusedLines(layout: Layout, bronze: BronzeFile, { column, reason, known, among }: HeldColumn): string {
  const list = known.map(literal).join(', ') || 'NULL';
  const news = `NOT ${isBlank(column)} AND coalesce(${cell(column)} NOT IN (${list}), true)`;
  const where = among === null ? '' : `AND _id IN (SELECT line FROM ${linesRelation(among)})`;
  return `(SELECT _id AS line FROM (${bronzeRows(layout, bronze, [column]).sql}) WHERE ${reason === 'emptied' ? isBlank(column) : news} ${where})`;
}

/** Values of a whole file that still make a list of codes. */
const MOST_VALUES = 1000;

/** The profile with every value of the columns whose news are refused, not only those of the rows looked at. */
export async function withEveryValue<P extends FileProfile>(
  session: LakeSession,
  layout: Layout,
  bronze: BronzeFile,
  profile: P,
): Promise<P> {
  const wanted = new Set(refusables(layout).flatMap(({ column, reason }) => (reason === 'never-seen' ? column : [])));
  const columns = [];
  for (const column of profile.columns) {
    if (!wanted.has(column.name) || column.values === null) {
      columns.push(column);
      continue;
    }
    const found = await session.rows<{ value: string }>(
      `SELECT DISTINCT ${cell(column.name)} AS value FROM (${bronzeRows(layout, bronze, [column.name]).sql})
       WHERE NOT ${isBlank(column.name)} ORDER BY value LIMIT ${MOST_VALUES + 1}`,
    );
    const more = Object.fromEntries(found.map(({ value }) => [value, 0]));
    columns.push({ ...column, values: found.length > MOST_VALUES ? null : { ...more, ...column.values } });
  }
  return { ...profile, columns };
}
