import type { Day } from '../../kernel/brazil/dates.ts';
import type { HalfHourDemand } from './demand.ts';

/** Handled calls that a day's own handle time takes. */
const FEW_HANDLED = 30;

export interface HandleTimes {
  readonly mean: number;
  readonly of: (day: Day) => number;
}

/** Handle seconds for each answered call, transfers included, by day and over all; null where no talk is known. */
export function handleTimes(halves: readonly HalfHourDemand[]): HandleTimes | null {
  const days = new Map<Day, { handled: number; seconds: number }>();
  const all = { handled: 0, seconds: 0 };
  for (const { day, handled, handle_s } of halves) {
    const sum = days.get(day) ?? { handled: 0, seconds: 0 };
    days.set(day, sum);
    for (const one of [sum, all]) {
      one.handled += handled;
      one.seconds += handle_s;
    }
  }
  if (all.handled === 0) return null;
  const mean = all.seconds / all.handled;
  return {
    mean,
    of: (day) => {
      const own = days.get(day);
      return own && own.handled >= FEW_HANDLED ? own.seconds / own.handled : mean;
    },
  };
}
