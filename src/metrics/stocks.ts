import { dimension } from '../contracts/index.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { type WeekCount, weekStart } from '../kernel/brazil/weeks.ts';
import { RamalError } from '../kernel/errors.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import { dateParameter, type Lake, quoted } from '../storage/lake.ts';
import type { SourceFacts } from './facts.ts';
import { type Asked, type Figure, type Found, reasonOf } from './found.ts';
import type { Stock } from './indicator.ts';
import { conditions, spanOf, watermarkIn } from './scope.ts';
import { inOrder } from './sums.ts';

/** Ends of periods that a stock is told of. */
const PERIODS = ['day', 'week', 'month'] as const;
type PeriodName = (typeof PERIODS)[number];

const DAY_S = 86_400;

interface StockRow {
  readonly at: Day;
  readonly open: number;
  readonly opened_s: number;
  readonly [split: string]: number | string | null;
}

/**
 * What is open at the end of days: contacts that opened on that day or before and did not end by its end, of sources
 * that tell when they opened, and not only once they ended, whichever day they count on. Of a period it is what its last day leaves, or the last one
 * with data. @throws RamalError `usage` by a part of time that has no end of its own.
 */
export async function stocks(asked: Asked, indicators: readonly Stock[]): Promise<Found[]> {
  const { lake, chosen, missing, question } = asked;
  const { scope, by = [], view = 'net' } = question;
  const period = PERIODS.find((name) => by.includes(name));
  const others = by.filter((name) => name !== period);
  const wrong = others.find((name) => dimension(name)?.kind !== 'text');
  if (wrong)
    throw new RamalError('usage', {
      what: `O que está aberto não se divide por ${wrong}`,
      todo: 'Use day, week, month ou um texto',
    });
  const all = [...chosen, ...missing];
  const sources = all.filter(({ ended_only }) => !ended_only);
  const { sql: condition, parameters } = conditions({ where: scope.where }, sources, 'contact');
  const first = await firstOpening(lake, sources);
  const told = sources.length > 0 && first !== null;
  const { from, to } = spanOf(scope, sources);
  // Before the first one opened, nothing was.
  const begun = from !== null && first !== null && from < first ? first : from;
  const days = told ? endsOf(period, { from: begun, to }, watermarkIn(scope, sources), lake.week) : [];
  const splits = others.map((name, index) => ({
    name: quoted(`split_${index}`),
    sql: dimension(name)?.column?.of ?? `contact.${name}`,
  }));
  const names = splits.map(({ name }) => name);
  const selected = splits.map(({ name, sql }) => `${sql} AS ${name},`).join(' ');
  const keys = names.map((name) => `${name},`).join(' ');
  const statement = `
    WITH spans AS (
      SELECT ${selected} CAST(opened_at AS DATE) AS from_day, CAST(ended_at AS DATE) AS to_day,
        CAST(epoch(opened_at) AS BIGINT) AS opened_s, row_id IN (SELECT row_id FROM gold.excluded) AS excluded
      FROM gold.contact JOIN gold.source AS known ON known.source = contact.source
      WHERE leg_no = 1 AND opened_at IS NOT NULL AND status <> 'void' AND (ended_at IS NULL OR ended_at >= opened_at) AND ${condition}
    ), turns AS (
      SELECT ${keys} excluded, day, sum(open) AS open, sum(opened_s) AS opened_s FROM (
        SELECT ${keys} excluded, from_day AS day, 1 AS open, opened_s FROM spans
        UNION ALL SELECT ${keys} excluded, to_day, -1, -opened_s FROM spans WHERE to_day IS NOT NULL
      ) GROUP BY ALL
    )
    SELECT CAST(ends_on AS VARCHAR) AS "at", excluded, ${keys} CAST(sum(open) AS BIGINT) AS open, CAST(sum(opened_s) AS DOUBLE) AS opened_s
    FROM (SELECT unnest($days) AS ends_on) JOIN turns ON turns.day <= ends_on GROUP BY ALL HAVING sum(open) > 0`;
  const list = days.map((day) => dateParameter(day));
  const sql = statement.replace('$days', `[${list.map((_, index) => `$day_${index}`).join(', ')}]`);
  const rows =
    list.length === 0
      ? []
      : await lake.rows<StockRow & { excluded: boolean }>(sql, {
          ...parameters,
          ...Object.fromEntries(list.map((day, index) => [`day_${index}`, day])),
        });
  const last = days.at(-1);
  const figure = (one: Stock, of: readonly StockRow[], at: Day | undefined): Figure => {
    const n = of.reduce((sum, { open }) => sum + open, 0);
    if (!told || at === undefined) return { value: null, n: 0 };
    if (one.measure === 'open') return { value: n, n };
    const end = (Date.parse(at) / 1000 + DAY_S) * n;
    return { value: n > 0 ? (end - of.reduce((sum, row) => sum + row.opened_s, 0)) / n / DAY_S : null, n };
  };
  const of = (held: 'net' | 'gross') => rows.filter(({ excluded }) => held === 'gross' || !excluded);
  const ofLast = (held: 'net' | 'gross') => of(held).filter(({ at }) => at === last);
  const keyOf = (row: StockRow) =>
    by.map((name) => (name === period ? startOf(period, row.at, lake.week) : row[`split_${others.indexOf(name)}`]!));
  const slices = Map.groupBy(by.length > 0 ? (period ? of(view) : ofLast(view)) : [], (row) =>
    JSON.stringify(keyOf(row)),
  );
  if (period && others.length === 0 && told)
    for (const day of days)
      slices.set(
        JSON.stringify([startOf(period, day, lake.week)]),
        slices.get(JSON.stringify([startOf(period, day, lake.week)])) ?? [],
      );
  return indicators.map((one) => ({
    statement: sql,
    sources,
    whole: figure(one, ofLast(view), last),
    gross: figure(one, ofLast('gross'), last).value,
    excluded:
      ofLast('gross').reduce((sum, { open }) => sum + open, 0) - ofLast('net').reduce((sum, { open }) => sum + open, 0),
    rows: [...slices]
      .map(([key, found]) => ({ key: JSON.parse(key) as (string | number | null)[], found }))
      .sort((a, b) => inOrder(a.key, b.key))
      .map(({ key, found }) => {
        const at = period ? days.find((day) => startOf(period, day, lake.week) === key[by.indexOf(period)]) : last;
        return { key, ...figure(one, found, at) };
      }),
    reason: told ? 'no-data' : reasonOf(one, all, true),
  }));
}

/** The first day on which a contact of the sources opened; null where none of them says so. */
async function firstOpening(lake: Lake, sources: readonly SourceFacts[]): Promise<Day | null> {
  if (sources.length === 0) return null;
  const { sql, parameters } = conditions({}, sources, 'contact');
  const [found] = await lake.rows<{ first: Day | null }>(
    `SELECT CAST(CAST(min(opened_at) AS DATE) AS VARCHAR) AS first FROM ${builtContacts([])} AS contact WHERE ${sql}`,
    parameters,
  );
  return found?.first ?? null;
}

/** The days at whose end something is told: the last of each period, none after what is known. */
function endsOf(
  period: PeriodName | undefined,
  { from, to }: { from: Day | null; to: Day | null },
  known: Day | null,
  weeks: WeekCount,
): Day[] {
  if (!from || !to || !known || from > known) return [];
  const last = addDays(to, -1) < known ? addDays(to, -1) : known;
  if (!period) return last < from ? [] : [last];
  const ends: Day[] = [];
  for (let day = from; day <= last; day = addDays(day, 1))
    if (day === last || startOf(period, addDays(day, 1), weeks) !== startOf(period, day, weeks)) ends.push(day);
  return ends;
}

/** The first day of the period that holds the day. */
function startOf(period: PeriodName, day: Day, weeks: WeekCount): Day {
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  return period === 'week' ? weekStart(day, weeks) : day;
}
