import { addDays, daysBetween, type Period } from '../format/days.ts';
import type { Figure, FigureLine } from './shapes.ts';

/** Below this many observations a figure is shown in second ink and not ranked. */
export const FEW = 30;
const STABLE = 0.01;
/** How the data marks a value its source did not give. */
const NAMELESS = ['desconhecido', '-', '–'];
const WEEK_DAYS = 7;

/** A figure as a page shows it. */
export interface ShownFigure extends Figure {
  /** It stands for this week, whose windows have closed; none of its own period has. */
  closedWeek?: string;
  /** The gross value, which has no like before it. */
  alone?: true;
  /** It is net in the gross view too. */
  netOnly?: true;
  /** The same figure of the sources that can be compared, where not all in view can. */
  like?: Figure;
}

/** How much of a period the data holds, and whether it may be set against the period before. */
export interface Coverage {
  days: number;
  /** Days of which some source in view holds data. */
  held: number;
  /** Every source in view holds every day. */
  whole: boolean;
  compared: boolean;
}

export interface Change {
  direction: 'up' | 'down' | 'stable';
  verdict?: 'better' | 'worse';
  /** Relative to the value before. */
  size: number;
}

/** What a source does not name is nothing to rank, and no headline. */
export const nameless = (value: string): boolean => NAMELESS.includes(value);

/** Rows in their order, those without a name last. */
export const namelessLast = <Row>(rows: Row[], unknown: (row: Row) => boolean): Row[] => [
  ...rows.filter((row) => !unknown(row)),
  ...rows.filter(unknown),
];

/** What a period shorter than a week is compared with: the same weekdays of the week before. Longer ones have none. */
export function weekBefore({ from, to }: { from: string | null; to: string | null }): Period | undefined {
  if (!from || !to || daysBetween(from, to) >= WEEK_DAYS) return undefined;
  return { from: addDays(from, -WEEK_DAYS), to: addDays(to, -WEEK_DAYS) };
}

/** Compares a short period with its weekdays a week before, where `week` holds them; Monday is never set against Sunday. */
export function onSameDays(line: FigureLine, week: FigureLine | undefined): FigureLine {
  const before = weekBefore(line);
  if (!before || line.usualFrom) return line;
  const known = week && week.from === before.from && week.to === before.to ? week.figures : [];
  const previous = (name: string) => known.find((figure) => figure.name === name)?.value ?? null;
  return {
    ...line,
    previousFrom: before.from,
    previousTo: before.to,
    figures: line.figures.map((figure) => ({ ...figure, previous: previous(figure.name) })),
  };
}

/** A day or a week set against the mean of its likes in the four weeks before, where these are known; else as it was. */
export function onUsual(line: FigureLine): FigureLine {
  if (!line.usualFrom) return line;
  return {
    ...line,
    previousFrom: line.usualFrom,
    previousTo: line.from,
    figures: line.figures.map((figure) => ({ ...figure, previous: figure.usual?.value ?? null })),
  };
}

/** What the sources in view hold of a period; those that end before it and the one before it are history. */
export function coverageOf(
  { from, to, previousFrom }: Pick<FigureLine, 'from' | 'to' | 'previousFrom'>,
  sources: { from: string | null; watermark: string | null }[],
): Coverage {
  if (!from || !to) return { days: 0, held: 0, whole: true, compared: false };
  const days = daysBetween(from, to);
  const first = previousFrom && previousFrom < from ? previousFrom : from;
  const spans = sources.flatMap(({ from: start, watermark }) =>
    start && watermark && watermark >= first && start < to ? [{ start, end: addDays(watermark, 1) }] : [],
  );
  const starts = spans.map(({ start }) => start).sort();
  const ends = spans.map(({ end }) => end).sort();
  if (spans.length === 0) return { days, held: 0, whole: false, compared: false };
  const held = daysIn(spans, from, to);
  const whole = starts.at(-1)! <= from && ends[0]! >= to;
  return { days, held, whole, compared: whole && previousFrom !== null && starts.at(-1)! <= first };
}

/** The days of a period that lie in any of the spans. */
function daysIn(spans: readonly { start: string; end: string }[], from: string, to: string): number {
  let held = 0;
  let reached = from;
  for (const { start, end } of spans.toSorted((a, b) => a.start.localeCompare(b.start))) {
    const [first, last] = [start > reached ? start : reached, end < to ? end : to];
    if (first >= last) continue;
    held += daysBetween(first, last);
    reached = last;
  }
  return held;
}

interface Held {
  readonly name: string;
  readonly from: string | null;
  readonly watermark: string | null;
}

/** Sources in view that lack days of the period or of the one before it, which others hold whole; none where none does. */
export function leftOut<Source extends Held>(
  { from, to, previousFrom }: Pick<FigureLine, 'from' | 'to' | 'previousFrom'>,
  sources: readonly Source[],
): { out: Source[]; rest: Source[] } {
  if (!from || !to || !previousFrom) return { out: [], rest: [] };
  const isHistory = ({ watermark }: Source) => !watermark || watermark < previousFrom;
  const holds = (one: Source) => one.from !== null && one.from <= previousFrom && addDays(one.watermark!, 1) >= to;
  const alive = sources.filter((one) => !isHistory(one));
  const rest = alive.filter(holds);
  return rest.length > 0 ? { out: alive.filter((one) => !holds(one)), rest } : { out: [], rest: [] };
}

/** Each figure with its like of the sources that can be compared. */
export const besides = (line: FigureLine, likes: FigureLine | undefined): FigureLine & { figures: ShownFigure[] } => ({
  ...line,
  figures: line.figures.map((figure) => {
    const like = likes?.figures.find(({ name }) => name === figure.name);
    return like ? { ...figure, like } : figure;
  }),
});

/** What is compared of a figure: itself, or its like. */
export const comparedFigure = (figure: ShownFigure): Figure => figure.like ?? figure;

/** Without what a period that the data does not wholly hold must not be compared with. */
export const comparable = (line: FigureLine, { compared }: Coverage): FigureLine =>
  compared ? line : { ...line, figures: line.figures.map((figure) => ({ ...figure, previous: null })) };

/** The figure of the view in use. What comes before is net, as is the interval: gross has neither, and nothing beside it is compared. */
export function viewed({ like, ...figure }: ShownFigure, gross: boolean): ShownFigure {
  if (!gross) return like ? { ...figure, like } : figure;
  if (figure.name === 'repeatRate' || (figure.gross === null && figure.value !== null))
    return { ...figure, previous: null, netOnly: true };
  if (figure.gross === figure.value) return { ...figure, previous: null, alone: true };
  const { low: _low, high: _high, ...rest } = figure;
  return { ...rest, value: figure.gross, previous: null, alone: true };
}

/** The share of a period's anchors that says something of all: those that matured first are of its first days alone. */
const MATURED_ENOUGH = 0.5;

/** Where no anchor of the period has had its whole window, or few have: the newest week that has, in its place. */
export function lastClosed(figure: ShownFigure): ShownFigure {
  const { value, provisional, matured = 1, n, reasonCode } = figure;
  const scarce = value !== null && provisional && (matured < MATURED_ENOUGH || n < FEW);
  if (!scarce && (value !== null || reasonCode !== 'not-matured')) return figure;
  const week = figure.trend.findLast((point) => point.value !== null && !point.provisional);
  if (!week) return figure;
  const { from, ...closed } = week;
  const { name, unit, label, better, gross, netOnly, trend } = figure;
  const own = { name, unit, label, better, gross, trend, ...(netOnly ? { netOnly } : {}) };
  // The period's own is provisional still, and makes no news.
  return { ...own, ...closed, provisional: true, previous: week.usual?.value ?? null, closedWeek: from };
}

/** The smallest change that is seen once written, by unit. */
const SEEN: Record<Figure['unit'], number> = { count: 0, ratio: 0.0005, s: 0.5, d: 0.05, points: 0.05, score: 0.005 };

/** How a figure moved: stable inside its own interval, or when it moved by less than 1 % or than what is written. */
export function changeOf(
  figure: Pick<Figure, 'value' | 'previous' | 'low' | 'high' | 'better' | 'unit'>,
): Change | undefined {
  const { value, previous, low, high, better, unit } = figure;
  if (value === null || previous === null) return undefined;
  const size = previous === 0 ? (value === 0 ? 0 : 1) : value / previous - 1;
  const inside = low !== undefined && high !== undefined && previous >= low && previous <= high;
  const unseen = Math.abs(value - previous) < SEEN[unit];
  if (inside || unseen || Math.abs(size) < STABLE) return { direction: 'stable', size };
  const direction = size > 0 ? 'up' : 'down';
  if (better === 'neither') return { direction, size };
  return { direction, size, verdict: (better === 'higher') === size > 0 ? 'better' : 'worse' };
}

/** The figures that were set against their like before; provisional and scarce ones were not. */
const comparedOf = (figures: ShownFigure[]) =>
  figures.flatMap((shown) => {
    const figure = comparedFigure(shown);
    const change = changeOf(figure);
    return change && !shown.provisional && !figure.provisional && figure.n >= FEW ? [{ figure: shown, change }] : [];
  });

/** The figures that were compared and did not move. */
export const steadyOf = (figures: ShownFigure[]): ShownFigure[] =>
  comparedOf(figures).flatMap(({ figure, change }) => (change.direction === 'stable' ? [figure] : []));

/** The figure whose movement deserves the sentence: the largest worsening, else the largest movement. */
export function newsOf(figures: ShownFigure[]): ShownFigure | undefined {
  const moved = comparedOf(figures).filter(({ change }) => change.direction !== 'stable');
  moved.sort(
    (a, b) => Number(b.change.verdict === 'worse') - Number(a.change.verdict === 'worse') || weight(b) - weight(a),
  );
  return moved[0]?.figure;
}

const weight = ({ change }: { change: Change }) => Math.abs(change.size);
