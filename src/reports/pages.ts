import { dimension, dimensionInText } from '../contracts/index.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { type WeekCount, weekStart } from '../kernel/brazil/weeks.ts';
import type { RowQuestion } from '../metrics/contact-rows.ts';
import { type FigureLine, figureLine } from '../metrics/figures.ts';
import type { Quotient } from '../metrics/indicator.ts';
import { likeMix, mixes } from '../metrics/like-mix.ts';
import { metricAnswer } from '../metrics/metric.ts';
import { addsUpInTime, monthlyAverage } from '../metrics/monthly-average.ts';
import { dimensionsOf, INDICATORS, indicatorNamed } from '../metrics/registry.ts';
import { repeatAnswer } from '../metrics/repeats.ts';
import type { Scope } from '../metrics/scope.ts';
import { rowAims, targetsOf } from './aims.ts';
import { callerTable } from './caller-table.ts';
import { causeTable } from './causes.ts';
import { contactTable } from './contact-table.ts';
import { figureTable, weekTable } from './figure-table.ts';
import { markedTable } from './marked-table.ts';
import { metricTable } from './metric-table.ts';
import { monthlyTable } from './monthly-table.ts';
import { rankedTable } from './ranked-table.ts';
import { bucketTable, repeatMix, repeatTable, USUAL_SPLIT } from './repeat-table.ts';
import type { Reporting } from './reporting.ts';
import { sameAgeTable } from './same-age-table.ts';
import { shiftSaid } from './shift-report.ts';
import { shiftTables } from './shift-table.ts';
import { staffingTablesOf } from './staffing-page.ts';
import type { ReportTable } from './table-file.ts';
import type { View } from './view.ts';
import { FILE_WORDS } from './words.ts';

export const HOME_FIGURES = ['contacts', 'avgHandleTime', 'serviceLevel', 'abandonRate', 'repeatRate'] as const;
/** Weeks before the one in view that tell what is normal. */
const WEEKS_BEFORE = 13;

/** The tables of a page, one a card, in the page's order. */
type Page = (to: Reporting, view: View) => Promise<ReportTable[]>;

async function homePage(to: Reporting, view: View): Promise<ReportTable[]> {
  const line = await figuresOf(to, view, HOME_FIGURES);
  return [...figureTables(to, view, line), await splitTable(to, view, 'contacts', 'reason')];
}

/** The group of the chosen indicator, its weeks, itself by the chosen dimension and, of what adds up, by month on average. */
async function indicatorsPage(to: Reporting, view: View): Promise<ReportTable[]> {
  const chosen = view.metric === undefined ? INDICATORS[0]! : indicatorNamed(view.metric);
  const group = INDICATORS.filter((one) => one.group === chosen.group).map(({ name }) => name);
  const tells = dimensionsOf(chosen);
  const by = view.by !== undefined && tells.includes(view.by) ? view.by : (tells[0] ?? 'source');
  return [
    ...figureTables(to, view, await figuresOf(to, view, group)),
    await splitTable(to, view, chosen.name, by),
    ...(addsUpInTime(chosen) ? [await monthsTable(to, view, chosen, by)] : []),
  ];
}

/** The whole months of the chosen split, where it is one of texts. */
async function monthsTable(
  to: Reporting,
  { scope, gross }: View,
  indicator: Quotient,
  by: string,
): Promise<ReportTable> {
  const split = dimension(by)?.kind === 'text' ? by : 'queue';
  const question = { scope, by: split, view: gross ? 'gross' : 'net' } as const;
  const answer = await to.cache.answer(to.lake, monthlyAverage, [indicator, question]);
  return monthlyTable(to, answer, question);
}

/** The weeks before, a provisional period at its age, when they come back, how often callers contacted and who the most, by the chosen split and by agent and supervisor, and the rows themselves. */
async function repeatsPage(to: Reporting, view: View): Promise<ReportTable[]> {
  const { rule, scope } = view;
  const answer = (asked: Scope, by?: string) =>
    to.cache.answer(to.lake, repeatAnswer, [{ scope: asked, rule, by, receipt: false }]);
  const weeks = weeksBefore(scope, view.watermark, to.lake.week);
  const whole = await answer(scope);
  const isOpen =
    whole.provisional && whole.rateName === 'repeatRate' && scope.from !== undefined && scope.to !== undefined;
  const splits = [...new Set([view.by ?? USUAL_SPLIT, 'agent', 'supervisor'])];
  const named = (table: ReportTable, by: string) => ({ ...table, title: splitTitle(to, by) });
  return [
    named(repeatTable(to, await answer(weeks, 'week'), { scope: weeks, sort: 'name' }), 'week'),
    ...(isOpen ? [await sameAgeTable(to, rule, scope)] : []),
    bucketTable(to, whole, scope),
    await callerTable(to, rule, scope),
    await rankedTable(to, rule, scope, view.order),
    ...(await Promise.all(
      splits.map(async (by) =>
        named(
          repeatTable(to, await answer(scope, by), {
            scope,
            sort: by === view.by ? view.sort : undefined,
            mix: await repeatMix(to, rule, scope, by),
          }),
          by,
        ),
      ),
    )),
    await markedTable(to, rule, scope),
  ];
}

const rowsPage: Page = async (to, view) => {
  const { scope, rule, sort, search, repeat, bucket, times, batch, gross } = view;
  const question = {
    scope,
    rule,
    sort,
    search,
    repeat,
    bucket,
    times,
    batch,
    view: gross ? 'gross' : 'net',
    page: 1,
    size: 1,
  };
  return [await contactTable(to, question as RowQuestion)];
};

const shiftPage: Page = (to, { scope, own, gross, sort }) => {
  const { sources, where } = scope;
  return shiftTables(to, { sources, where, ...shiftSaid(own), view: gross ? 'gross' : 'net' }, sort);
};

/** The pages that reports are made of, by their path. */
export const PAGES = {
  '/': homePage,
  '/indicadores': indicatorsPage,
  '/rechamadas': repeatsPage,
  '/hoje': shiftPage,
  '/dimensionamento': (to, { scope, own, gross }) => staffingTablesOf(to, scope, own, gross ? 'gross' : 'net'),
  '/causas': async (to, { scope }) => [await causeTable(to, scope)],
  '/linhas': rowsPage,
} as const satisfies Readonly<Record<string, Page>>;
export type PageName = keyof typeof PAGES;

function figuresOf(to: Reporting, { scope, rule }: View, names: readonly string[]): Promise<FigureLine> {
  return to.cache.answer(to.lake, figureLine, [scope, names, rule]);
}

/** The figures of the period beside the one before, and their last weeks. */
const figureTables = (to: Reporting, view: View, line: FigureLine) => [
  figureTable(to, line, view),
  weekTable(to, line, view),
];

async function splitTable(to: Reporting, view: View, name: string, by: string): Promise<ReportTable> {
  const indicator = indicatorNamed(name);
  const { scope, rule, gross } = view;
  const question = { scope, by: [by], view: gross ? 'gross' : 'net', rule, receipt: false } as const;
  const answer = await to.cache.answer(to.lake, metricAnswer, [indicator, question]);
  const mix = mixes(indicator, by) ? await to.cache.answer(to.lake, likeMix, [indicator, { ...question, by }]) : null;
  const aims = rowAims(await targetsOf(to), indicator, scope, answer);
  const table = metricTable(to, answer, {
    scope,
    view: question.view,
    sort: view.sort,
    search: view.search,
    mix,
    aims,
  });
  return { ...table, title: splitTitle(to, by) };
}

/** `Por agente`. */
function splitTitle({ lang }: Reporting, by: string): string {
  const text = `${FILE_WORDS[lang].by} ${dimensionInText(by, lang)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The weeks up to the one in view. */
function weeksBefore(scope: Scope, watermark: Day | null, weeks: WeekCount): Scope {
  const last = scope.to ?? (watermark ? addDays(watermark, 1) : undefined);
  if (last === undefined) return scope;
  const from = addDays(weekStart(addDays(last, -1), weeks), -7 * WEEKS_BEFORE);
  return { ...scope, from, to: last };
}
