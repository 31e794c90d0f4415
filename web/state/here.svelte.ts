import {
  addDays,
  closedWeek,
  daysBetween,
  firstHeld,
  lastDays,
  monthOf,
  movingPeriods,
  type Period,
  samePeriod,
  step,
  weekOf,
} from '../format/days.ts';
import { route } from './route.svelte.ts';
import type { Names } from './rows.ts';
import { type Asked, carried, href, readScope, type Scope, splitFilter } from './scope.ts';
import { session } from './session.svelte.ts';
import { ui } from './ui.svelte.ts';

/** The 26 weeks in which causes are looked for. */
const CAUSE_DAYS = 182;
/** Days after which the newest data are said to be old. */
const OLD_DAYS = 2;
/** A source that says nothing for longer than a weekend is late. */
const STALE_DAYS = 3;
/** Of the contacts in view, the part whose sources must tell a day for pages to open at it. */
const MOST = 0.9;
/** The demonstration's calendar ends on a fixed day, and is never late. */
const isDemo = (source: string) => source.startsWith('demo-');

/** The days after which a rule's answer is final: `previous-72h` → 3, the house rule → 7. */
export function windowDays(rule: string): number {
  const parameters = session.rules.find((each) => each.name === rule)?.parameters ?? {};
  const { windowDays: days, withinSeconds: seconds } = parameters;
  if (typeof days === 'number') return days;
  if (typeof seconds === 'number') return Math.ceil(seconds / 86_400);
  const [, count, unit] = /(\d+)([hd])$/.exec(rule) ?? [];
  if (!count) return 7;
  return unit === 'h' ? Math.ceil(Number(count) / 24) : Number(count);
}

/** The scope of the page in view: what the address says, completed by the page's defaults. */
class Here {
  url = $derived(readScope(route.query));
  /** Sources that hold anything; the others can only receive files. */
  all = $derived((session.sources?.sources ?? []).filter((source) => source.watermark !== null));

  /** Sources that tell the days of contacts and not their times. */
  dayless = $derived(new Set(this.all.flatMap(({ name, timed }) => (timed ? [] : [name]))));

  /** The sources in view, by name. */
  sources = $derived.by(() => {
    const known = this.url.source.filter((name) => this.all.some((source) => source.name === name));
    if (known.length > 0) return known;
    const current = this.all.filter((source) => source.current);
    return (current.length > 0 ? current : this.all).map((source) => source.name);
  });

  /** The last complete day of every source in view. */
  watermark = $derived.by(() => {
    const marks = this.all.filter((source) => this.sources.includes(source.name)).flatMap((s) => s.watermark ?? []);
    return marks.sort()[0];
  });

  /** The last day that sources with most of the contacts in view tell: a small one that is behind does not hold pages back. */
  #opening = $derived.by(() => {
    const shown = this.all.filter(({ name }) => this.sources.includes(name));
    const enough = MOST * shown.reduce((sum, { contacts }) => sum + contacts, 0);
    let told = 0;
    for (const { contacts, watermark } of shown.toSorted((a, b) => b.watermark!.localeCompare(a.watermark!))) {
      told += contacts;
      if (told >= enough) return watermark ?? undefined;
    }
    return undefined;
  });

  /** The last day that the page opens with; the window of a repeat contact is closed once every source tells its days. */
  lastDay = $derived((route.path.startsWith('/rechamadas') ? undefined : this.#opening) ?? this.watermark);

  /** The sources in view that end before the day that the page opens with. */
  behind = $derived(
    this.all.filter(({ name, watermark }) => this.sources.includes(name) && (watermark ?? '') < (this.lastDay ?? '')),
  );

  /** The first day that any source in view holds. */
  firstDay = $derived.by(() => {
    const starts = this.all.filter((source) => this.sources.includes(source.name)).flatMap(({ from }) => from ?? []);
    return starts.sort()[0];
  });

  /** The weeks up to a day in which causes are looked for, none before the first that the sources in view hold. */
  causesUpTo(to: string): Period {
    const from = addDays(to, -CAUSE_DAYS);
    return { from: this.firstDay && this.firstDay > from && this.firstDay < to ? this.firstDay : from, to };
  }

  /** The source in view that has been silent longest, when that is longer than its normal. */
  late = $derived.by(() => {
    const today = session.sources?.today;
    if (!today) return undefined;
    const normal = lastDays(today, STALE_DAYS + 1).from;
    return this.all
      .filter(({ name, current }) => current && !isDemo(name) && this.sources.includes(name))
      .filter(({ watermark }) => watermark !== null && watermark < normal)
      .sort((a, b) => (a.watermark ?? '').localeCompare(b.watermark ?? ''))[0];
  });

  /** Where the data of every source in view ended some days ago: the newest day, and whether all of it is invented. */
  ended = $derived.by(() => {
    const today = session.sources?.today;
    const inView = this.all.filter(({ name }) => this.sources.includes(name));
    const newest = inView
      .flatMap(({ watermark }) => watermark ?? [])
      .sort()
      .at(-1);
    if (!today || !newest || daysBetween(newest, today) <= OLD_DAYS) return undefined;
    return { day: newest, days: daysBetween(newest, today), isDemo: inView.every(({ name }) => isDemo(name)) };
  });

  /** The days that the page opens with. */
  opens = $derived.by((): Period | undefined => {
    const last = this.lastDay;
    if (!last) return undefined;
    // A source that began this week has no closed one.
    const [closed, begun] = [closedWeek(last), weekOf(last)];
    if (route.path === '/') return firstHeld(this.firstDay, [closed, begun]);
    // One day more than the window: an anchor may end after midnight of its week's last day.
    if (route.path.startsWith('/rechamadas'))
      return firstHeld(this.firstDay, [closedWeek(last, windowDays(this.url.rule) + 1), closed, begun]);
    if (route.path === '/causas') return this.causesUpTo(addDays(last, 1));
    return lastDays(last, 28);
  });

  period = $derived.by((): Period | undefined => {
    const { from, to } = this.url;
    return from && to ? { from, to } : this.opens;
  });

  /** What the period in view may be said to follow, the most telling first: `week`, or what the page opens with. */
  followable = $derived.by((): ('day' | 'week' | 'month' | '28d' | 'page')[] => {
    if (route.path === '/hoje') return this.url.day ? [] : ['page'];
    const last = this.lastDay;
    if (!last) return [];
    const moving = movingPeriods(last);
    const names = (['week', 'month', '28d', 'day'] as const).filter((name) => samePeriod(this.period, moving[name]));
    return [...names, ...(samePeriod(this.period, this.opens) ? (['page'] as const) : [])];
  });

  asked = $derived.by((): Asked | undefined => {
    if (!this.period) return undefined;
    const all = this.sources.length === this.all.length;
    return { ...this.period, source: all ? [] : this.sources, where: this.url.where, gross: this.url.gross };
  });

  /** The same for repeat contacts, whose rules know no gross view. */
  net = $derived(this.asked && { ...this.asked, gross: false });

  /** The place in the menu that a page without one belongs to. */
  above = $derived.by((): string | undefined => {
    const place = `/${route.path.split('/')[1]}`;
    if (route.path !== place && place in ui.t.places) return place;
    if (route.path !== '/linhas') return undefined;
    if (this.url.batch) return '/recepcao';
    return this.url.repeat || this.url.times ? '/rechamadas' : '/indicadores';
  });

  /** Drops whatever narrows the rows in view beside the period and the sources. */
  clear(): void {
    this.change({ where: [], batch: undefined, repeat: undefined, bucket: undefined, search: undefined });
  }

  /** Moves to the same page with another scope; a change of anything but the page returns to page 1. */
  change(patch: Partial<Scope>, options: { replace?: boolean } = {}): void {
    route.go(href(route.path, { ...this.url, page: 1, ...patch }), { ...options, keepScroll: true });
  }

  step(direction: 1 | -1): void {
    if (this.period) this.change(step(this.period, direction));
  }

  /** A page's address that keeps what the reader chose and leaves its defaults to it. */
  visit(path: string): string {
    return href(path, carried(this.url));
  }

  /** A page's address with exactly the period and filters in view. */
  to(path: string, patch: Partial<Scope> = {}): string {
    const source = this.url.source.length > 0 ? this.sources : [];
    return href(path, { ...carried(this.url), ...this.period, source, ...patch });
  }

  /** The same page with one value of a split as its filter or its period: what a mark of a chart leads to. */
  narrow(by: string, value: string): string | undefined {
    const only = (patch: Partial<Scope>) => href(route.path, { ...this.url, page: 1, ...patch });
    if (by === 'source') return only({ source: [value] });
    if (by === 'day') return only({ from: value, to: addDays(value, 1) });
    if (by === 'week') return only(weekOf(value));
    if (by === 'month') return only(monthOf(value));
    if (!session.dimensions.find(({ name }) => name === by)?.filters) return undefined;
    return only({ where: this.#filtered(by, value) });
  }

  /** The rows behind one value of a split, where rows can be chosen that way. */
  drill(by: string, value: string, patch: Partial<Scope> = {}): string | undefined {
    const days = (wanted: Period) => this.to('/linhas', { ...this.#clip(wanted), ...patch });
    if (by === 'source') return this.to('/linhas', { source: [value], ...patch });
    if (by === 'day') return days({ from: value, to: addDays(value, 1) });
    if (by === 'week') return days(weekOf(value));
    if (by === 'month') return days(monthOf(value));
    if (!session.dimensions.find(({ name }) => name === by)?.filters) return undefined;
    return this.to('/linhas', { where: this.#filtered(by, value), ...patch });
  }

  /** The filters in view with that value in place of the column's others. */
  #filtered(by: string, value: string): string[] {
    return [...this.url.where.filter((entry) => splitFilter(entry).column !== by), `${by}=${value}`];
  }

  #clip(wanted: Period): Period {
    const { from, to } = this.period ?? wanted;
    return { from: wanted.from > from ? wanted.from : from, to: wanted.to < to ? wanted.to : to };
  }

  /** How the codes in rows are called: statuses and sources. */
  names(): Names {
    const { channel, direction } = ui.t.codes.values;
    const { yes, no } = ui.t.repeats.rows;
    const yesNo = (value: string) => (value === 'true' ? yes : no);
    return {
      status: (value) => ui.t.statuses[value],
      source: (value) => this.label(value, ui.lang),
      channel: (value) => channel?.[value],
      before: (value) => ui.t.shift.callbacks.flags[value],
      identity_kind: (value) => ui.t.repeats.identities[value],
      direction: (value) => direction?.[value],
      came_back: yesNo,
      matured: yesNo,
      any: (value) => (ui.named(value) === value ? undefined : ui.named(value)),
    };
  }

  label(source: string, lang: 'pt' | 'en'): string {
    return session.sources?.sources.find((entry) => entry.name === source)?.label[lang] ?? source;
  }
}

export const here = new Here();

/** The rule that an indicator is asked under, where it has one. */
export const ruleOf = (name: string): string | undefined =>
  session.indicators.find((each) => each.name === name)?.kind === 'repeat' ? here.url.rule : undefined;
