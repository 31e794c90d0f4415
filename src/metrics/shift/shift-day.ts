import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { dateParameter, type Lake } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';
import type { ShiftDay, ShiftQuestion } from './shift-answers.ts';

export const DAY_MINUTES = 1440;
/** Further back, who gave up is no longer waiting for the telephone. */
const BACK_DAYS = 7;

/** `10:43` of a minute of the day; `24:00` is its end. */
export function clockOfMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The minute of `10:43`. */
export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/**
 * The day in view of sources whose contacts are offered to people: the one asked for, else today where it has calls,
 * else the last day before it that has, else the last of all; up to the minute asked for, else up to its last contact, or
 * to its end where later days have calls. Null without any such day.
 */
export async function shiftDay(
  lake: Lake,
  sources: readonly SourceFacts[],
  { day: asked, at }: ShiftQuestion,
  today: Day,
): Promise<ShiftDay | null> {
  const named = sources.map((_, index) => `$source_${index}`).join(', ') || 'NULL';
  const parameters = Object.fromEntries(sources.map(({ source }, index) => [`source_${index}`, source]));
  const days = (
    await lake.rows<{ day: Day }>(
      `SELECT CAST(day AS VARCHAR) AS day FROM gold.contact_mart
       WHERE grain = 'source' AND source IN (${named}) GROUP BY ALL HAVING sum(offered) > 0 ORDER BY day DESC`,
      parameters,
    )
  ).map(({ day }) => day);
  const newest = days[0] ?? null;
  const day = asked ?? days.find((one) => one <= today) ?? newest;
  if (!day) return null;
  const [found] = await lake.rows<{ last: string | null }>(
    `SELECT strftime(max(started_at), '%H:%M') AS last FROM gold.contact
     WHERE day = $day AND leg_no = 1 AND status IN ('answered', 'abandoned') AND source IN (${named})`,
    { ...parameters, day: dateParameter(day) },
  );
  const last = found?.last ?? null;
  const whole = newest !== null && newest > day;
  const filled = whole ? DAY_MINUTES : last === null ? 0 : minuteOf(last) + 1;
  const previous = days.find((one) => one < day) ?? null;
  return {
    day,
    isToday: day === today,
    until: at ?? filled,
    last,
    previous: previous !== null && previous >= addDays(day, -BACK_DAYS) ? previous : null,
    newest,
  };
}
