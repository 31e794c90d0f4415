import { addDays, type Day, parseWallTime, wallTimeAt } from '../../kernel/brazil/dates.ts';
import { instantOf } from '../../kernel/clock.ts';
import type { Declaration } from './declaration.ts';
import type { Values } from './template.ts';

/** Whose day it is: ours, and the source's clock beside it. */
export interface Zones {
  readonly business: string;
  readonly source: string;
  /** How far the source's clock is ahead, in milliseconds. */
  readonly skewMs: number;
}

/** What to ask of a source so that it gives a business day whole: one question, or one for each of its own days. */
export function questionsOf(day: Day, { window, dayFormat = 'yyyy-mm-dd' }: Declaration, zones: Zones): Values[] {
  const { skewMs } = zones;
  const from = instantOf(day, '00:00', zones.business).getTime() + skewMs;
  const to = instantOf(addDays(day, 1), '00:00', zones.business).getTime() + skewMs;
  if (window === 'instants') return [{ from: new Date(from).toISOString(), to: new Date(to).toISOString() }];
  const [first, last] = [wallTimeAt(from, zones.source).slice(0, 10), wallTimeAt(to - 1, zones.source).slice(0, 10)];
  const days: Day[] = [];
  for (let one = first; one <= last; one = addDays(one, 1)) days.push(one);
  return days.map((one) => ({ day: dayFormat === 'dd/mm/yyyy' ? one.split('-').reverse().join('/') : one }));
}

/** Whether the source's times are other than ours, and have to be brought to the business's clock. */
export function isShifted({ business, source, skewMs }: Zones): boolean {
  return business !== source || skewMs !== 0;
}

/** A moment that the source wrote, as wall time of the business, or null when it is not understood. */
export function businessTime(text: string, { business, source, skewMs }: Zones): string | null {
  const written = parseWallTime(text, source);
  if (written === null) return null;
  if (business === source && skewMs === 0) return written;
  const instant = instantOf(written.slice(0, 10), written.slice(11), source).getTime() - skewMs;
  return wallTimeAt(instant, business);
}
