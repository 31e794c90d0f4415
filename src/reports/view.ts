import { addDays, type Day, parseAskedDay } from '../kernel/brazil/dates.ts';
import { type WeekCount, weekStart } from '../kernel/brazil/weeks.ts';
import { RamalError } from '../kernel/errors.ts';
import { windowDaysOf } from '../lake/rules/rules.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { ruleNamed } from '../metrics/repeats.ts';
import { openScope, parseFilter, type Scope } from '../metrics/scope.ts';
import type { Lake } from '../storage/lake.ts';
import { PAGES, type PageName } from './pages.ts';

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
  /** The last complete day of its sources. */
  readonly watermark: Day | null;
  /** The path and query of the screen that shows the same days. */
  readonly screen: string;
}

/** Days in which causes are looked for: 26 weeks. */
const CAUSE_DAYS = 182;
const USUAL_DAYS = 28;

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

/** The last day that is over: data of the day that runs are not all of it yet. */
export function wholeDay(watermark: Day, today: Day): Day {
  return watermark === today ? addDays(today, -1) : watermark;
}

function refuseDays(from: Day, to: Day): void {
  if (parseAskedDay(from) !== null && parseAskedDay(to) !== null && from < to) return;
  throw new RamalError('usage', { what: `Período inválido: de ${from} a ${to}`, todo: 'Use dias como 2026-11-15' });
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
  const where = asked.getAll('where').map(parseFilter);
  const chosen = openScope(facts.sources, sources);
  if (chosen === null)
    throw new RamalError('notFound', {
      what: 'fonte com dados',
      received: sources.join(', '),
      todo: 'As fontes desta visão não têm dados: escolha outras e salve de novo.',
    });
  const { watermark } = chosen;
  const open: Scope = {
    sources: chosen.sources.length === facts.sources.length ? undefined : chosen.sources.map(({ source }) => source),
    where,
  };
  const said = followed === 'fixed' && asked.has('from') && asked.has('to');
  if (said) refuseDays(text('from')!, text('to')!);
  const followedNow = followed === 'fixed' ? 'page' : followed;
  const period = said
    ? { from: text('from')!, to: text('to')! }
    : watermark && periodOf(followedNow, path, rule, wholeDay(watermark, today), lake.week);
  if (period) {
    asked.set('from', period.from);
    asked.set('to', period.to);
  }
  asked.delete('page');
  return {
    page,
    scope: { ...open, ...(period ?? {}) },
    rule,
    gross: text('gross') === '1',
    ...{ by: text('by'), metric: text('metric'), sort: text('sort'), search: text('search') },
    ...{ repeat: text('repeat'), bucket: text('bucket'), times: text('times') },
    batch: /^\d{1,9}$/.test(text('batch') ?? '') ? Number(text('batch')) : undefined,
    watermark,
    screen: asked.size > 0 ? `${path}?${asked}` : path,
  };
}
