import { addDays, type Day } from '../kernel/brazil/dates.ts';
import type { WeekCount } from '../kernel/brazil/weeks.ts';
import { asRamalError } from '../kernel/thrown.ts';
import { windowDaysOf } from '../lake/rules/rules.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { fewOf } from '../metrics/few.ts';
import { metricAnswer } from '../metrics/metric.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { ruleNamed } from '../metrics/repeats.ts';
import { openScope, parseFilter, type Scope } from '../metrics/scope.ts';
import { type AlertPoint, BASE, judge, type Verdict } from './alert-verdict.ts';
import type { Alert, Alerts } from './alerts.ts';
import type { Reporting } from './reporting.ts';
import { closedWeek } from './view.ts';

const WEEK = 7;
/** What a look at alerts needs. */
type AlertHome = Pick<Reporting, 'lake' | 'cache'> & { readonly alerts: Alerts };

/** Days back to which a period that was raised is looked at again: as far as its own limits reach. */
const AGAIN_DAYS = WEEK * BASE;

/** What a look at an alert found. */
export interface AlertLook {
  readonly version: number;
  /** The newest whole period of its scope, where there is one. */
  readonly period: { readonly from: Day; readonly to: Day } | null;
  readonly verdict: Verdict | null;
  /** Why it could not look. */
  readonly message: string | null;
  /** What the data of now say of periods that were raised. */
  readonly again: readonly { readonly raised: number; readonly verdict: Verdict }[];
}

/** Looks at every alert that is on and has not seen this version of the lake; one that cannot look stops no other. */
export async function lookAtAll(to: AlertHome, signal?: AbortSignal): Promise<void> {
  for (const alert of await to.alerts.due(to.lake.version)) {
    if (signal?.aborted) return;
    await lookAt(to, alert);
  }
}

/** Looks at an alert and writes down what it found. */
export async function lookAt(to: AlertHome, alert: Alert): Promise<void> {
  const { version } = to.lake;
  try {
    await to.alerts.looked(alert, await lookOf(to, alert, version));
  } catch (error) {
    const { code, message } = asRamalError(error);
    if (code === 'unexpected') throw error;
    await to.alerts.looked(alert, { version, period: null, verdict: null, message, again: [] });
  }
}

async function lookOf({ lake, cache, alerts }: AlertHome, alert: Alert, version: number): Promise<AlertLook> {
  const indicator = indicatorNamed(alert.metric);
  const { sources: facts } = await lakeFacts(lake);
  const chosen = openScope(facts, alert.sources);
  if (!chosen?.watermark) return { version, period: null, verdict: null, message: null, again: [] };
  const { watermark } = chosen;
  // One day more than the window: an anchor may end after midnight of its period's last day.
  const age = indicator.kind === 'repeat' ? windowDaysOf(ruleNamed(alert.rule)) + 1 : 0;
  const period = newestOf(alert.period, lake.week, watermark, age);
  const since = addDays(period.from, -AGAIN_DAYS);
  const standing = await alerts.standing(alert, since);
  const scope: Scope = {
    sources: chosen.sources.map(({ source }) => source),
    where: alert.filters.map(parseFilter),
    from: addDays(standing.length > 0 ? since : period.from, -AGAIN_DAYS),
    to: period.to,
  };
  const question = { scope, by: [alert.period], rule: alert.rule };
  const { rows } = await cache.answer(lake, metricAnswer, [indicator, question]);
  const found = new Map(rows.map((row) => [String(row[alert.period]).slice(0, 10), row]));
  const pointAt = (day: Day): AlertPoint => {
    const { value = null, n = 0, low, high, provisional = false } = found.get(day) ?? {};
    return { value, n, provisional, ...(low === undefined || high === undefined ? {} : { low, high }) };
  };
  // A day is held against the same weekday of earlier weeks: Sundays are no Mondays.
  const verdictOf = (day: Day) =>
    judge(
      { ...alert, unit: indicator.unit, few: fewOf(indicator) },
      pointAt(day),
      Array.from({ length: BASE }, (_, index) => pointAt(addDays(day, WEEK * (index - BASE)))),
    );
  return {
    version,
    period,
    verdict: verdictOf(period.from),
    message: null,
    again: standing.map(({ id, from }) => ({ raised: id, verdict: verdictOf(from) })),
  };
}

function newestOf(period: Alert['period'], weeks: WeekCount, watermark: Day, age: number): { from: Day; to: Day } {
  if (period === 'week') return closedWeek(watermark, weeks, age);
  const from = addDays(watermark, -age);
  return { from, to: addDays(from, 1) };
}
