import { join } from 'node:path';
import {
  BAND_HOURS,
  CUTS,
  type callerMart,
  contactMart,
  EACH_TIME,
  GRAINS,
  MARKED_RULES,
  mixMart,
  RESOLUTION_GROUPS,
  repeatMart,
  type ruleMark,
  SQUARES,
  TIME_GRAINS,
  TIMES,
  timeMart,
  WAIT_LIMITS,
} from '../contracts/index.ts';
import { quoted, sqlFile } from '../storage/lake.ts';
import { builtContacts, SAID } from './reference/resolved.ts';
import type { RepeatRuleName } from './rules/rules.ts';

const SQL = join(import.meta.dirname, 'sql');

type TimeName = keyof typeof TIMES;
export type Mart = typeof contactMart | typeof timeMart | typeof mixMart | typeof repeatMart | typeof callerMart;

/** The additive columns of a mart. */
export function measuresOf(mart: Mart): string[] {
  return Object.entries(mart.columns)
    .filter(([, column]) => column.type === 'BIGINT')
    .map(([name]) => name);
}

/**
 * Dimensions and measures per contact of a relation (an SQL expression) with the columns of `gold.contact` and `excluded`;
 * of what reference tables say, it needs and gives only the columns of `told`. `followed` has the rows of `gold.followed`,
 * whose lists of times stay; so do the relation's columns in `kept`.
 */
export function contactRows(
  relation: string,
  told: readonly string[] = SAID,
  followed = 'gold.followed',
  kept: readonly string[] = [],
): string {
  const { answerWithinSeconds, shortAbandonSeconds } = WAIT_LIMITS;
  const limits = `(SELECT ${answerWithinSeconds} AS answer_s, ${shortAbandonSeconds} AS abandon_s)`;
  const rows = sqlFile(SQL, 'contact-rows.sql', { contacts: relation, wait_limits: limits, followed });
  return `SELECT ${[cutColumns(told), 'contact.excluded', ...[...kept, ...measuresOf(contactMart), ...Object.values(EACH_TIME)].map((name) => ofGroup(name) ?? `contact.${name}`)].join(', ')}
    FROM (${rows}) AS contact JOIN gold.source AS known ON known.source = contact.source`;
}

/** Whether a contact was resolved within the days of a group, where the measure counts one. */
function ofGroup(measure: string): string | undefined {
  const group = RESOLUTION_GROUPS.find((one) => one.measure === measure);
  if (!group) return undefined;
  const days = `contact.resolution_days ${group.to === null ? `>= ${group.from}` : `BETWEEN ${group.from} AND ${group.to}`}`;
  return `CAST(contact.resolutions = 1 AND ${days} AS INTEGER) AS ${measure}`;
}

/** {@link contactRows} of what is built; of what reference tables say, only the columns named. */
export function builtRows(columns: readonly string[]): string {
  return contactRows(builtContacts(columns), columns);
}

/** The contact mart's rows for a relation as {@link contactRows} takes it, counted `sign` times (an SQL statement). */
export function contactSums(relation: string, sign: 1 | -1 = 1, followed?: string): string {
  const sums = measuresOf(contactMart).map((name) => `CAST(${sign} * sum(${name}) AS BIGINT) AS ${name}`);
  return cut(contactRows(relation, SAID, followed), ['source', 'day', 'excluded'], sums);
}

/** The time mart's rows for a relation with silver's columns and `excluded`, counted `sign` times (an SQL statement). */
export function timeSums(relation: string, sign: 1 | -1 = 1, followed?: string): string {
  const rows = contactRows(relation, [], followed);
  const counted = TIME_NAMES.map(
    (time) => `
      SELECT '${time}' AS time, ${grainName(TIME_GRAINS, ['queue'])} AS grain, source, day, queue, excluded,
        CAST(${time} AS INTEGER) AS seconds, CAST(${sign} * count(*) AS BIGINT) AS times
      FROM ${EACH_TIME[time] ? `(SELECT * REPLACE (unnest(${EACH_TIME[time]}) AS ${time}) FROM (${rows}))` : `(${rows}) WHERE ${TIMES[time]} = 1`}
      GROUP BY ${groupingSets(TIME_GRAINS, ['source', 'day', 'excluded', time])}`,
  );
  return counted.join(' UNION ALL ');
}

const TIME_NAMES = Object.keys(TIMES) as TimeName[];

/**
 * Each of some times, one by one, beside what is selected of rows as {@link contactRows} gives them: its name as `time`,
 * its `seconds`, and whether it is `known`.
 */
export function timesOf(times: readonly TimeName[], selected: string, rows: string, condition: string): string {
  const one = times.filter((time) => !EACH_TIME[time]);
  const list = (of: (time: TimeName) => string) => `unnest([${one.map(of).join(', ')}])`;
  const ofOne = `SELECT ${selected}, ${list((time) => `'${time}'`)} AS time, ${list((time) => time)} AS seconds, ${list((time) => TIMES[time])} AS known
    FROM ${rows} WHERE ${condition}`;
  const ofEach = times.flatMap((time) => {
    const each = EACH_TIME[time];
    return each
      ? [
          `SELECT ${selected}, '${time}' AS time, unnest(${each}) AS seconds, 1 AS known FROM ${rows} WHERE ${condition}`,
        ]
      : [];
  });
  return [...(one.length > 0 ? [ofOne] : []), ...ofEach].join(' UNION ALL ');
}

/** What contacts are alike by besides their reason: the part of the day they began in, over rows with their half-hour. */
export const BAND = `CAST(half_hour // ${2 * BAND_HOURS} AS TINYINT)`;

/** The mix mart's rows for a relation as {@link contactRows} takes it, counted `sign` times (an SQL statement). */
export function mixSums(relation: string, sign: 1 | -1 = 1, followed?: string): string {
  const squared = Object.entries(SQUARES).map(([time, name]) => `CAST(${time} AS BIGINT) * ${time} AS ${name}`);
  const rows = `SELECT *, ${[`${BAND} AS band`, ...squared].join(', ')} FROM (${contactRows(relation, SAID, followed)})`;
  const measures = measuresOf(mixMart);
  const dimensions = Object.keys(mixMart.columns).filter((name) => !measures.includes(name));
  const sums = measures.map((name) => `CAST(${sign} * sum(${name}) AS BIGINT) AS ${name}`);
  return `SELECT ${[...dimensions, ...sums].join(', ')} FROM (${rows}) WHERE handled_legs = 1 OR scores = 1 GROUP BY ALL`;
}

/** The marts that sum contacts, each with its statement; `told`, whether what reference tables say is part of it. */
export const CONTACT_MARTS = [
  { mart: contactMart, sums: contactSums, told: true },
  { mart: timeMart, sums: timeSums, told: false },
  { mart: mixMart, sums: mixSums, told: true },
] as const;

/** What a mark adds to each measure of the repeat mart, of its columns; legs that merged into a contact add nothing. */
const REPEAT_MEASURES: Record<string, (column: (name: keyof typeof ruleMark) => string) => string> = {
  eligible: (of) => `${of('role')} IN ('anchor', 'repeat')`,
  anchors: (of) => `${of('role')} = 'anchor'`,
  repeated: (of) => `${of('role')} = 'anchor' AND ${of('repeats')} > 0`,
  repeated_same: (of) => `${of('role')} = 'anchor' AND ${of('repeats_same')} > 0`,
  repeats: (of) => `${of('role')} = 'repeat'`,
  repeats_same: (of) => `${of('role')} = 'repeat' AND ${of('same_reason')}`,
  charged: (of) => of('repeats'),
  charged_same: (of) => of('repeats_same'),
  charged_d0: (of) => of('repeats_d0'),
  charged_d1_3: (of) => of('repeats_d1_3'),
  charged_d4_w: (of) => `${of('repeats')} - ${of('repeats_d0')} - ${of('repeats_d1_3')}`,
  repeats_d0: (of) => `${of('bucket')} = 'D0'`,
  repeats_d1_3: (of) => `${of('bucket')} = 'D1_3'`,
  repeats_d4_w: (of) => `${of('bucket')} = 'D4_W'`,
};

const inRule = (rule: string) => (name: string) => quoted(`${rule}.${name}`);

/** Dimensions and measures per built contact that a rule counts; of what reference tables say, only the columns named. */
export function repeatRows(rule: RepeatRuleName, told: readonly string[] = SAID): string {
  const of = inRule(rule);
  const measures = Object.entries(REPEAT_MEASURES).map(([name, value]) => `CAST(${value(of)} AS INTEGER) AS ${name}`);
  return `SELECT '${rule}' AS rule, ${cutColumns(told)}, ${of('ended_on')} AS ended_on, ${measures.join(', ')}
    FROM ${markedContacts('gold.mark', builtContacts(told))} WHERE ${of('role')} IN ('anchor', 'repeat')`;
}

/**
 * The repeat mart's rows for marks, a relation with the columns of `gold.mark`, whose contacts are among `contacts`;
 * counted `sign` times (an SQL statement). The rules are summed side by side first: the marks are grouped once.
 */
export function repeatSums(marks: string, contacts: string, sign: 1 | -1 = 1): string {
  const ends = MARKED_RULES.map((rule) => inRule(rule)('ended_on'));
  const sums = MARKED_RULES.flatMap((rule) =>
    Object.entries(REPEAT_MEASURES).map(
      ([name, value]) => `sum(CAST(${value(inRule(rule))} AS INTEGER)) AS ${inRule(rule)(name)}`,
    ),
  );
  const rows = `SELECT ${cutColumns()}, marked.* FROM ${markedContacts(marks, contacts)}`;
  const ofRule = MARKED_RULES.map((rule) => {
    const of = inRule(rule);
    const measures = measuresOf(repeatMart).map((name) => `CAST(${sign} * sum(${of(name)}) AS BIGINT) AS ${name}`);
    return `SELECT '${rule}' AS rule, grain, source, day, ${CUT_NAMES.join(', ')}, ${of('ended_on')} AS ended_on, ${measures.join(', ')}
      FROM cut GROUP BY ALL HAVING sum(${of('eligible')}) > 0`;
  });
  return `FROM (WITH cut AS MATERIALIZED (${cut(rows, ['source', 'day', ...ends], sums)}) ${ofRule.join(' UNION ALL ')})`;
}

/** What marts are cut by, of a `contact` and what is `known` of its source. */
function cutColumns(told: readonly string[] = SAID): string {
  const cuts = CUTS.filter(({ name }) => !SAID.includes(name) || told.includes(name));
  return ['contact.source', 'contact.day', ...cuts.map(({ name, of }) => `${of} AS ${quoted(name)}`)].join(', ');
}
const CUT_NAMES = CUTS.map(({ name }) => name);

function markedContacts(marks: string, contacts: string): string {
  return `${marks} AS marked JOIN ${contacts} AS contact USING (row_id) JOIN gold.source AS known ON known.source = contact.source`;
}

/** Sums of rows by every grain, with columns that no grain leaves out. */
function cut(rows: string, fixed: readonly string[], sums: readonly string[]): string {
  return `
    SELECT ${grainName(GRAINS, CUT_NAMES)} AS grain, ${[...fixed, ...CUT_NAMES].join(', ')}, ${sums.join(', ')}
    FROM (${rows}) GROUP BY ${groupingSets(GRAINS, fixed)}`;
}

function groupingSets(grains: typeof GRAINS, fixed: readonly string[]): string {
  return `GROUPING SETS (${grains.map(({ columns }) => `(${[...fixed, ...columns].join(', ')})`).join(', ')})`;
}

/** Which of the grains a row of their grouping sets is of. */
function grainName(grains: typeof GRAINS, cuts: readonly string[]): string {
  // Bit by bit from the last cut on: whether the grain leaves it out.
  const left = (columns: readonly string[]) =>
    cuts.reduce((bits, name) => 2 * bits + Number(!columns.includes(name)), 0);
  return `CASE grouping(${cuts.join(', ')}) ${grains.map(({ name, columns }) => `WHEN ${left(columns)} THEN '${name}'`).join(' ')} END`;
}
