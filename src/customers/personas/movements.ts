import { type Lake, literal, type Parameters, quoted } from '../../storage/lake.ts';

/** The customers of one time: their groups and their base, both Parquet. */
export interface Time {
  readonly groups: string;
  readonly base: string;
  /** The base's column that names customers. */
  readonly key: string;
  /** The columns of what customers are called, of their segment and of what they are worth; null where there are none. */
  readonly name: string | null;
  readonly segment: string | null;
  readonly value: string | null;
}

/** Customers who went from one group to another; null stands for outside the base. */
export interface Flow {
  readonly from: number | null;
  readonly to: number | null;
  readonly customers: number;
  /** What they were worth before, and are now; customers whose worth is not known count nothing. */
  readonly before: number;
  readonly now: number;
  /** Those of both bases whose worth is known in one of them alone. */
  readonly halfKnown: number;
}

export interface Part {
  readonly customers: number;
  readonly worth: number;
}

/** What became of a group between two times: `now − before = came − went + joined − left + stayed`. */
export interface Movement {
  readonly group: number;
  /** Of other groups, and new in the base: what they are worth now. */
  readonly came: Part;
  readonly joined: Part;
  /** To other groups, and out of the base: what they were worth before. */
  readonly went: Part;
  readonly left: Part;
  /** What those who stayed are worth more now than before. */
  readonly stayed: Part;
  readonly before: number;
  readonly now: number;
}

export interface Movements {
  readonly groups: readonly Movement[];
  /** All groups together; who moved counts once on each side. */
  readonly total: Omit<Movement, 'group'>;
  readonly halfKnown: number;
}

/** The customers of a group in the order of {@link membersOf} and {@link moversOf}, and how many they are. */
export interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface Slice {
  readonly from: number;
  readonly size: number;
}

/** One of a group. */
export interface Member {
  /** Its place in the base, from 1 on. */
  readonly row: number;
  readonly customer: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly worth: number | null;
}

/** One that moved. */
export interface Mover {
  /** Its place in the base of now, from 1 on; null of who left. */
  readonly row: number | null;
  readonly customer: string;
  readonly name: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly before: number | null;
  readonly now: number | null;
}

/** Who came to a group, or went from it. */
export type Way = 'came' | 'went';

/** The customers of a time (SQL): id, number, row, name, segment, worth. */
function at({ groups, base, key, name, segment, value }: Time): string {
  const text = (column: string | null) => (column === null ? 'NULL' : `CAST(told.${quoted(column)} AS VARCHAR)`);
  return `
    SELECT own.id, own."group" AS number, told.file_row_number + 1 AS row, ${text(name)} AS name, ${text(segment)} AS segment,
      ${value === null ? 'NULL::DOUBLE' : `CAST(told.${quoted(value)} AS DOUBLE)`} AS worth
    FROM read_parquet(${literal(groups)}) AS own
    JOIN read_parquet(${literal(base)}, file_row_number = true) AS told ON CAST(told.${quoted(key)} AS VARCHAR) = own.id`;
}

/** Each customer at both times (SQL), with the names of {@link Mover}. */
const both = (before: Time, now: Time): string => `(
    SELECT now.row, coalesce(now.id, was.id) AS customer, coalesce(now.name, was.name) AS name,
      was.number AS "from", now.number AS "to", was.worth AS before, now.worth AS now
    FROM (${at(before)}) AS was FULL JOIN (${at(now)}) AS now ON now.id = was.id)`;

/** All that moved or stayed between two times, by where from and where to. */
export function flowsOf(lake: Lake, before: Time, now: Time): Promise<Flow[]> {
  return lake.rows<Flow>(
    `SELECT "from", "to", count(*) AS customers, coalesce(sum(before), 0) AS before, coalesce(sum(now), 0) AS now,
       count(*) FILTER ("from" IS NOT NULL AND "to" IS NOT NULL AND (before IS NULL) <> (now IS NULL)) AS halfKnown
     FROM ${both(before, now)} GROUP BY "from", "to" ORDER BY "from", "to"`,
  );
}

/** What each group of either time gained and lost, by its number. */
export function movementsOf(flows: readonly Flow[]): Movements {
  const numbers = [...new Set(flows.flatMap(({ from, to }) => [from, to]))].filter((one) => one !== null);
  const groups = numbers
    .sort((a, b) => a - b)
    .map(
      (group): Movement => ({
        group,
        ...movementBy(
          flows.filter(({ from, to }) => from === group || to === group),
          group,
        ),
      }),
    );
  const sum = (part: 'came' | 'joined' | 'went' | 'left' | 'stayed'): Part => ({
    customers: groups.reduce((all, one) => all + one[part].customers, 0),
    worth: groups.reduce((all, one) => all + one[part].worth, 0),
  });
  const total = {
    ...{ came: sum('came'), joined: sum('joined'), went: sum('went'), left: sum('left'), stayed: sum('stayed') },
    before: groups.reduce((all, { before }) => all + before, 0),
    now: groups.reduce((all, { now }) => all + now, 0),
  };
  return { groups, total, halfKnown: flows.reduce((all, one) => all + one.halfKnown, 0) };
}

function movementBy(flows: readonly Flow[], group: number): Omit<Movement, 'group'> {
  const part = (of: (flow: Flow) => boolean, worth: (flow: Flow) => number): Part => {
    const own = flows.filter(of);
    return {
      customers: own.reduce((all, { customers }) => all + customers, 0),
      worth: own.reduce((all, flow) => all + worth(flow), 0),
    };
  };
  const [was, is] = [({ before }: Flow) => before, ({ now }: Flow) => now];
  return {
    came: part(({ from, to }) => to === group && from !== null && from !== group, is),
    joined: part(({ from, to }) => to === group && from === null, is),
    went: part(({ from, to }) => from === group && to !== null && to !== group, was),
    left: part(({ from, to }) => from === group && to === null, was),
    stayed: part(
      ({ from, to }) => from === group && to === group,
      (flow) => flow.now - flow.before,
    ),
    before: part(({ from }) => from === group, was).worth,
    now: part(({ to }) => to === group, is).worth,
  };
}

const moversSql = (before: Time, now: Time, way: Way): string =>
  `SELECT * FROM ${both(before, now)}
   WHERE ("from" IS DISTINCT FROM "to") AND ${way === 'came' ? '"to"' : '"from"'} = $number
   ORDER BY greatest(coalesce(before, 0), coalesce(now, 0)) DESC, customer`;

const membersSql = (now: Time): string =>
  `SELECT row, id AS customer, name, segment, worth FROM (${at(now)}) WHERE number = $number
   ORDER BY worth DESC NULLS LAST, row`;

async function page<Row extends object>(
  lake: Lake,
  sql: string,
  parameters: Parameters,
  { from, size }: Slice,
): Promise<Page<Row>> {
  const [counted] = await lake.rows<{ total: number }>(`SELECT count(*) AS total FROM (${sql})`, parameters);
  const rows = await lake.rows<Row>(`${sql} LIMIT ${size} OFFSET ${from}`, parameters);
  return { total: counted!.total, rows };
}

/** Some of the customers who came to a group or went from it, those of the largest worth at either time first. */
export const moversOf = (lake: Lake, times: readonly [Time, Time], way: Way, number: number, slice: Slice) =>
  page<Mover>(lake, moversSql(...times, way), { number }, slice);

/** The same in blocks, all of them. */
export const moverStream = (lake: Lake, times: readonly [Time, Time], way: Way, number: number) =>
  lake.stream<Mover>(moversSql(...times, way), { number });

/** Some of the customers of a group, those of the largest worth first. */
export const membersOf = (lake: Lake, now: Time, number: number, slice: Slice) =>
  page<Member>(lake, membersSql(now), { number }, slice);

/** The same in blocks, all of them. */
export const memberStream = (lake: Lake, now: Time, number: number) => lake.stream<Member>(membersSql(now), { number });
