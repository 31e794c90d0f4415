import { addDays, daysBetween, type Period } from '../format/days.ts';
import type { Figure, FigureLine } from './shapes.ts';

/** Below this many observations a figure is shown in second ink and not ranked. */
export const FEW = 30;
const STABLE = 0.01;
const WEEK_DAYS = 7;

/** A figure as a page shows it. */
export interface ShownFigure extends Figure {
  /** It stands for this closed week, its own period having none closed yet. */
  closedWeek?: string;
  /** The gross value, which has no like before it. */
  alone?: true;
}

export interface Change {
  direction: 'up' | 'down' | 'stable';
  verdict?: 'better' | 'worse';
  /** Relative to the value before. */
  size: number;
}

/** What a period shorter than a week is compared with: the same weekdays of the week before. Longer ones have none. */
export function weekBefore({ from, to }: { from: string | null; to: string | null }): Period | undefined {
  if (!from || !to || daysBetween(from, to) >= WEEK_DAYS) return undefined;
  return { from: addDays(from, -WEEK_DAYS), to: addDays(to, -WEEK_DAYS) };
}

/** Compares a short period with its weekdays a week before, where `week` holds them; Monday is never set against Sunday. */
export function onSameDays(line: FigureLine, week: FigureLine | undefined): FigureLine {
  const before = weekBefore(line);
  if (!before) return line;
  const known = week && week.from === before.from && week.to === before.to ? week.figures : [];
  const previous = (name: string) => known.find((figure) => figure.name === name)?.value ?? null;
  return {
    ...line,
    previousFrom: before.from,
    previousTo: before.to,
    figures: line.figures.map((figure) => ({ ...figure, previous: previous(figure.name) })),
  };
}

/** The figure of the view in use: gross has no period before unless it equals net. */
export function viewed(figure: Figure, gross: boolean): ShownFigure {
  if (!gross || figure.gross === null || figure.gross === figure.value) return figure;
  return { ...figure, value: figure.gross, previous: null, alone: true };
}

/** Where no anchor of the period has had its whole window: the newest week that has, instead of a dash. */
export function lastClosed(figure: Figure): ShownFigure {
  if (figure.value !== null || figure.reasonCode !== 'not-matured') return figure;
  const week = figure.trend.findLast((point) => point.value !== null && !point.provisional);
  return week ? { ...figure, value: week.value, previous: null, closedWeek: week.from } : figure;
}

/** How a figure moved: stable inside its own interval, or when it moved by less than 1 %. */
export function changeOf(figure: Pick<Figure, 'value' | 'previous' | 'low' | 'high' | 'better'>): Change | undefined {
  const { value, previous, low, high, better } = figure;
  if (value === null || previous === null) return undefined;
  const size = previous === 0 ? (value === 0 ? 0 : 1) : value / previous - 1;
  const inside = low !== undefined && high !== undefined && previous >= low && previous <= high;
  if (inside || Math.abs(size) < STABLE) return { direction: 'stable', size };
  const direction = size > 0 ? 'up' : 'down';
  if (better === 'neither') return { direction, size };
  return { direction, size, verdict: (better === 'higher') === size > 0 ? 'better' : 'worse' };
}

/** The figure whose movement deserves the sentence: the largest worsening, else the largest movement. */
export function newsOf(figures: Figure[]): Figure | undefined {
  const moved = figures.flatMap((figure) => {
    const change = changeOf(figure);
    return change && change.direction !== 'stable' && !figure.provisional && figure.n >= FEW
      ? [{ figure, change }]
      : [];
  });
  moved.sort(
    (a, b) => Number(b.change.verdict === 'worse') - Number(a.change.verdict === 'worse') || weight(b) - weight(a),
  );
  return moved[0]?.figure;
}

const weight = ({ change }: { change: Change }) => Math.abs(change.size);
