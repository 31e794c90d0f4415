import { addDays, type Day } from '../kernel/brazil/dates.ts';
import type { Unit } from './indicator.ts';

/** One day or week of an indicator's course. */
export interface CoursePoint {
  readonly from: Day;
  readonly value: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  readonly provisional: boolean;
}

/** What a day or a week is held against: the mean of its likes, and the observations that it rests on. */
export interface Usual {
  readonly value: number;
  readonly n: number;
}

/** How many likes a mean is of. */
export const USUAL_WEEKS = 4;

/**
 * The mean of the same weekday or week in the four weeks before, in the indicator's unit: of counts the plain mean, of
 * rates and means the one of all their cases together. Undefined where one of the four is missing or provisional.
 */
export function usualOf(course: readonly CoursePoint[], from: Day, unit: Unit): Usual | undefined {
  const likes: { value: number; n: number }[] = [];
  for (let weeks = 1; weeks <= USUAL_WEEKS; weeks++) {
    const like = course.find((point) => point.from === addDays(from, -7 * weeks));
    if (!like || like.value === null || like.provisional) return undefined;
    likes.push({ value: like.value, n: like.n });
  }
  const n = likes.reduce((sum, like) => sum + like.n, 0);
  if (unit === 'count') return { value: likes.reduce((sum, { value }) => sum + value, 0) / USUAL_WEEKS, n };
  return n === 0 ? undefined : { value: likes.reduce((sum, like) => sum + like.value * like.n, 0) / n, n };
}
