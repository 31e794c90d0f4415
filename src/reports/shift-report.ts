import { WAIT_LIMITS } from '../contracts/index.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { businessDay } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Receipt } from '../metrics/answers.ts';
import { receipt } from '../metrics/receipt.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { daySumsStatement } from '../metrics/shift/day-sums.ts';
import { type ShiftKnowledge, shiftScope, shiftSoFar } from '../metrics/shift/shift.ts';
import type { AimOf, ShiftQuestion, ShiftSoFar } from '../metrics/shift/shift-answers.ts';
import { minuteOf } from '../metrics/shift/shift-day.ts';
import { targetsOf } from './aims.ts';
import type { Reporting } from './reporting.ts';
import { dayOf } from './said.ts';
import { staffingTables } from './staffing-tables.ts';

type Home = Pick<Reporting, 'lake' | 'cache' | 'references' | 'clock' | 'config'>;

/** 80/20 on the telephone, where nobody says otherwise. */
const USUAL_LEVEL = 0.8;
const USUAL_CHANNEL = 'voz';
/** Tables that an answer rests on besides the lake. */
const TABLES = ['rosters', 'holidays', 'deploys', 'targets'];

/** A time up to which a shift is looked at; `24:00` is the day's end. */
export const UP_TO = '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$';

/** The day and time of an address. @throws RamalError `usage` for others. */
export function shiftSaid({ day, at }: Record<string, unknown>): Pick<ShiftQuestion, 'day' | 'at'> {
  if (at !== undefined && !new RegExp(UP_TO).test(String(at)))
    throw new RamalError('usage', { what: `Recebido ${at} em at`, todo: 'Use uma hora como 11:00' });
  return { day: dayOf('day', day), at: at === undefined ? undefined : minuteOf(String(at)) };
}

/** The day that runs where the center is. */
export const todayOf = ({ clock, config }: Pick<Reporting, 'clock' | 'config'>) =>
  businessDay(clock.now(), config.timeZone);

/** The shift so far, kept for as long as neither the lake nor a table that it rests on changes. */
export async function shiftNow(
  home: Home,
  question: ShiftQuestion,
  channel = USUAL_CHANNEL,
  refresh = false,
): Promise<ShiftSoFar | null> {
  const states = await home.references.states();
  const changes = TABLES.map((name) => states.get(name)?.last?.change ?? null);
  return home.cache.get(
    home.lake,
    ['shift', question, channel, todayOf(home), changes],
    async () => shiftSoFar(home.lake, question, await knowledgeOf(home, channel)),
    refresh,
  );
}

/** What the figures of a shift rest on; null without any contact that was offered to somebody. */
export async function shiftReceipt(home: Home, question: ShiftQuestion): Promise<Receipt | null> {
  const found = await shiftScope(home.lake, question, todayOf(home));
  if (!found) return null;
  const { shown, sources, version } = found;
  const { day, until } = shown;
  const { where } = question;
  const scope = { where, from: day, to: addDays(day, 1) };
  const { formula } = indicatorNamed('serviceLevel');
  return receipt(home.lake, formula.pt, daySumsStatement({ where, sources, day, until }).sql, sources, scope, version);
}

async function knowledgeOf(home: Home, channel: string): Promise<ShiftKnowledge> {
  const targets = await targetsOf(home);
  const aimOf: AimOf = (day, queue, account) => {
    const where = Object.entries({ queue, account }).flatMap(([column, value]) => (value ? { column, value } : []));
    const level = targets(indicatorNamed('serviceLevel'), { where }, day);
    return level !== null && level > 0 && level < 1 ? level : null;
  };
  return {
    today: todayOf(home),
    channel,
    within: WAIT_LIMITS.answerWithinSeconds,
    usualLevel: USUAL_LEVEL,
    tables: await staffingTables(home),
    aimOf,
  };
}
