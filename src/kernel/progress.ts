/** A moment of long work: what is being done, how much of it is done, and of how much. */
export interface Moment {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export type Progress = (moment: Moment) => void;

export const silent: Progress = () => {};

/** Seconds that remain at the pace so far, or null before there is a pace. */
export function secondsLeft(moment: Moment, elapsedSeconds: number): number | null {
  if (moment.done <= 0 || moment.total <= 0 || elapsedSeconds < 0.5) return null;
  return Math.max(0, (elapsedSeconds * (moment.total - moment.done)) / moment.done);
}
