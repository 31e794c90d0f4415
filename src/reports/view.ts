import { addDays, type Day, parseAskedDay } from '../kernel/brazil/dates.ts';
import { type WeekCount, weekStart } from '../kernel/brazil/weeks.ts';
import { RamalError } from '../kernel/errors.ts';
import { windowDaysOf } from '../lake/rules/rules.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { ruleNamed } from '../metrics/repeats.ts';
import { type Filter, openScope, parseFilter, type Scope } from '../metrics/scope.ts';
import { shiftScope } from '../metrics/shift/shift.ts';
import type { ShiftQuestion } from '../metrics/shift/shift-answers.ts';
import { clockOfMinute } from '../metrics/shift/shift-day.ts';
import type { Lake } from '../storage/lake.ts';
import { PAGES, type PageName } from './pages.ts';
import { shiftSaid } from './shift-report.ts';
import { planSaid } from './staffing-page.ts';
import { aimsSaid } from './staffing-report.ts';

/**
 * What the period of a view follows: nothing (`fixed`: the days of its address), what its page opens with (`page`), or
 * the last whole day, week, calendar month or 28 days of the data.
 */
export const FOLLOWED = ['fixed', 'page', 'day', 'week', 'month', '28d'] as const;
export type Followed = (typeof FOLLOWED)[number];

/** A page with what was chosen on it, as the address of the screen has it. */
export interface ViewAddress {
  /** `/rechamadas`. */
  readonly path: string;
  /** `rule=house&where=queue%3DSuporte`, without the `?`. */
  readonly query: string;
}

/** The address in its two parts. */
export function viewAddress(screen: string): ViewAddress {
  const [path = '/', query = ''] = screen.split('?', 2);
  return { path, query };
}

/** A view of today's data: each choice resolved. */
export interface View {
  readonly page: PageName;
  readonly scope: Scope;
  readonly rule: string;
  readonly gross: boolean;
  readonly by: string | undefined;
  readonly metric: string | undefined;
  readonly sort: string | undefined;
  readonly search: string | undefined;
  /** Of rows: which repeats. */
  readonly repeat: string | undefined;
  readonly bucket: string | undefined;
  /** Of rows: those of one batch. */
  readonly batch: number | undefined;
  /** Of rows: how often their callers contacted. */
  readonly times: string | undefined;
  /** Of customers: what they are ranked by. */
  readonly order: string | undefined;
  /** What only its page asks: of a shift the day and the time, of staffing aims and shifts. */
  readonly own: Readonly<Record<string, string>>;
  /** The last complete day of its sources. */
  readonly watermark: Day | null;
  /** The path and query of the screen that shows the same days. */
  readonly screen: string;
}

/** Days in which causes are looked for: 26 weeks. */
const CAUSE_DAYS = 182;
const USUAL_DAYS = 28;
/** What both contacts and rosters know. */
const ROSTERED = ['queue', 'account'];

interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** The last whole week that ended at least `age` days before the close of `last`. */
export function closedWeek(last: Day, weeks: WeekCount, age = 0): Period {
  const to = weekStart(addDays(last, 1 - age), weeks);
  return { from: addDays(to, -7), to };
}

const lastDays = (last: Day, count: number): Period => ({ from: addDays(last, 1 - count), to: addDays(last, 1) });

function lastMonth(last: Day): Period {
  const next = addDays(last, 1);
  const to = `${next.slice(0, 7)}-01`;
  return { from: `${addDays(to, -1).slice(0, 7)}-01`, to };
}

/** The period that a page opens with, by the last complete day. */
export function periodOf(
  followed: Exclude<Followed, 'fixed'>,
  path: string,
  rule: string,
  last: Day,
  weeks: WeekCount,
): Period {
  switch (followed) {
    case 'day':
      return lastDays(last, 1);
    case 'week':
      return closedWeek(last, weeks);
    case 'month':
      return lastMonth(last);
    case '28d':
      return lastDays(last, USUAL_DAYS);
    case 'page':
      if (path === '/') return closedWeek(last, weeks);
      // One day more than the window: an anchor may end after midnight of its week's last day.
      if (path.startsWith('/rechamadas')) return closedWeek(last, weeks, windowDaysOf(ruleNamed(rule)) + 1);
      return lastDays(last, path === '/causas' ? CAUSE_DAYS : USUAL_DAYS);
  }
}

/** @throws RamalError `usage` for a page that no report is made of. */
export function pageOf(path: string): PageName {
  const found = (Object.keys(PAGES) as PageName[]).find((name) => name === path);
  if (found) return found;
  throw new RamalError('usage', {
    what: `De ${path} não se faz relatório`,
    todo: `Use uma destas telas: ${Object.keys(PAGES).join(', ')}`,
  });
}

function refuseDays(from: Day, to: Day): void {
  if (parseAskedDay(from) !== null && parseAskedDay(to) !== null && from < to) return;
  throw new RamalError('usage', { what: `Período inválido: de ${from} a ${to}`, todo: 'Use dias como 2026-11-15' });
}

/** The filters that a page knows: its screen, too, leaves the others aside. */
function whereOf(page: PageName, where: readonly Filter[]): readonly Filter[] {
  return page === '/hoje' || page === '/dimensionamento'
    ? where.filter(({ column }) => ROSTERED.includes(column))
    : where;
}

interface Following {
  readonly followed: Followed;
  readonly path: string;
  readonly rule: string;
  /** The last whole day of the data. */
  readonly last: Day | null;
  readonly weeks: WeekCount;
}

/** The days that an address says, where nothing moves them, or those that they follow. */
function periodIn(asked: URLSearchParams, { followed, path, rule, last, weeks }: Following): Period | null {
  const [from, to] = [asked.get('from'), asked.get('to')];
  if (followed === 'fixed' && from !== null && to !== null) {
    refuseDays(from, to);
    return { from, to };
  }
  return last === null ? null : periodOf(followed === 'fixed' ? 'page' : followed, path, rule, last, weeks);
}

/** The day of a shift, told to the address: with its time where nothing moves it. Null before the first call. */
async function shiftIn(
  lake: Lake,
  asked: URLSearchParams,
  question: Omit<ShiftQuestion, 'day' | 'at'>,
  { followed, today, watermark }: { followed: Followed; today: Day; watermark: Day | null },
): Promise<Period | null> {
  if (followed !== 'fixed' && followed !== 'page' && followed !== 'day')
    throw new RamalError('usage', {
      what: `O turno é de um dia: não segue ${followed}`,
      todo: 'Use fixed, page, ou day, o último completo',
    });
  if (followed !== 'fixed') {
    asked.delete('at');
    asked.delete('day');
  }
  if (followed === 'day' && watermark) asked.set('day', watermark);
  const found = await shiftScope(lake, { ...question, ...shiftSaid(Object.fromEntries(asked)) }, today);
  if (!found) return null;
  const { day, until } = found.shown;
  asked.set('day', day);
  if (followed === 'fixed') asked.set('at', clockOfMinute(until));
  return { from: day, to: addDays(day, 1) };
}

/**
 * A view by today's data: its period moves with them as it is said to.
 * @throws RamalError `usage` for a page, filter or day that is none; `notFound` for a rule that is none, or where none
 * of the sources that it names has data: it never becomes everybody's.
 */
export async function readView(
  lake: Lake,
  { path, query }: ViewAddress,
  followed: Followed,
  today: Day,
): Promise<View> {
  const page = pageOf(path);
  const asked = new URLSearchParams(query);
  const text = (name: string) => asked.get(name) ?? undefined;
  const rule = text('rule') ?? 'house';
  ruleNamed(rule);
  const facts = await lakeFacts(lake);
  const sources = (text('source') ?? '').split(',').filter(Boolean);
  const where = whereOf(page, asked.getAll('where').map(parseFilter));
  const chosen = openScope(facts.sources, sources);
  if (chosen === null)
    throw new RamalError('notFound', {
      what: 'fonte com dados',
      received: sources.join(', '),
      todo: 'As fontes desta visão não têm dados: escolha outras e salve de novo.',
    });
  const { watermark, opening } = chosen;
  const gross = text('gross') === '1';
  const open: Scope = {
    sources: chosen.sources.length === facts.sources.length ? undefined : chosen.sources.map(({ source }) => source),
    where,
  };
  const period =
    page === '/hoje'
      ? await shiftIn(lake, asked, { ...open, view: gross ? 'gross' : 'net' }, { followed, today, watermark })
      : periodIn(asked, {
          followed,
          path,
          rule,
          // The window of a repeat contact is closed once every source tells its days.
          last: page === '/rechamadas' ? watermark : opening,
          weeks: lake.week,
        });
  if (page === '/dimensionamento') {
    // The days of a plan are told by the calendar: they do not move with a period.
    if (followed !== 'fixed') asked.delete('days');
    aimsSaid(Object.fromEntries(asked));
    planSaid(Object.fromEntries(asked));
  }
  if (page === '/hoje') {
    asked.delete('from');
    asked.delete('to');
  } else if (period) {
    asked.set('from', period.from);
    asked.set('to', period.to);
  }
  asked.delete('page');
  return {
    page,
    scope: { ...open, ...(period ?? {}) },
    rule,
    gross,
    ...{ by: text('by'), metric: text('metric'), sort: text('sort'), search: text('search') },
    ...{ repeat: text('repeat'), bucket: text('bucket'), times: text('times'), order: text('order') },
    batch: /^\d{1,9}$/.test(text('batch') ?? '') ? Number(text('batch')) : undefined,
    own: Object.fromEntries(asked),
    watermark,
    screen: asked.size > 0 ? `${path}?${asked}` : path,
  };
}
