import type { Formats } from '../format/index.ts';
import type { Words } from '../words/index.ts';
import { FEW } from './change.ts';
import type { ShiftHalf, ShiftSoFar } from './shapes.ts';

/** The columns that a shift can be narrowed by. */
export const SHIFT_COLUMNS = ['queue', 'account'];

type ShiftWords = Words['shift'];

/** People are told by halves: rosters have parts of a half-hour. */
export const peopleText = (people: number, f: Formats): string => f.decimal(people, people % 1 === 0 ? 0 : 1);

type Lacking = ShiftHalf & { readonly lack: number };

/** Of the half-hours under way and to come the first that lacks people, and the one that lacks most, where that is more. */
export function lackingHalves({ halfHours }: ShiftSoFar): { first: Lacking; most: Lacking | undefined } | undefined {
  const coming = halfHours.filter(
    (half): half is Lacking => half.state !== 'over' && half.lack !== null && half.lack > 0,
  );
  const [first] = coming;
  if (!first) return undefined;
  const most = coming.toSorted((a, b) => b.lack - a.lack)[0]!;
  return { first, most: most.lack > first.lack ? most : undefined };
}

/** `faltam 2 pessoas às 11:30, 4 às 15:30`. */
function lackText(shift: ShiftSoFar, words: ShiftWords, f: Formats, tell: ShiftWords['lack']): string | undefined {
  const found = lackingHalves(shift);
  if (!found) return undefined;
  const { first, most } = found;
  return (
    tell(first.lack, peopleText(first.lack, f), first.from) +
    (most ? words.lackLater(peopleText(most.lack, f), most.from) : '')
  );
}

/** What a supervisor must know first: which queue and half-hour, how many people short, how many to call back. */
export function sentence(shift: ShiftSoFar, words: ShiftWords, f: Formats): string {
  const parts = [queuesText(shift, words, f), lackText(shift, words, f, words.lack), callsText(shift, words, f)];
  return `${parts.filter(Boolean).join('; ')}.`;
}

/** Whom to call back; that it is nobody is said only where each who abandoned is known. */
function callsText({ callbacks }: ShiftSoFar, words: ShiftWords, f: Formats): string {
  const { today, before, anonymous, anonymousBefore } = callbacks;
  if (today + before > 0) return words.toCall(today + before, f.count(today + before));
  if (anonymous > 0) return words.nobodyKnown(anonymous, f.count(anonymous));
  return anonymousBefore > 0 ? words.nobodyToCallKnown : words.nobodyToCall;
}

function queuesText({ queues, whole, staffing, at }: ShiftSoFar, words: ShiftWords, f: Formats): string {
  const [worst, ...others] = queues.filter(({ against }) => against === 'below');
  if (worst) {
    const text = words.below(
      worst.queue,
      f.percent(worst.level.value),
      worst.target === null ? '–' : f.share(worst.target),
    );
    const half = worst.worst ? words.belowAt(worst.worst.from) : '';
    return text + half + (others.length > 0 ? words.belowToo(others.length) : '');
  }
  if (queues.some(({ against }) => against !== null)) return words.noneBelow;
  if (whole.level.value === null || whole.level.n < FEW)
    return words.offered(whole.offered, f.count(whole.offered), at);
  return words.level(f.count(whole.offered), f.percent(whole.level.value), staffing.within);
}

/** Below so much of a difference, or of what calls scatter by themselves, what came is what was expected. */
const LIKE = 0.1;
const CHANCE = 1.96;
/** Beyond it a share says less than the counts. */
const MANIFOLD = 2;

/** What came against the forecast, of the half-hours that are over. */
export function courseText({ forecast, halfHours }: ShiftSoFar, words: ShiftWords, f: Formats): string {
  if (!forecast || forecast.expected <= 0) return words.halves.none;
  const size = forecast.came / forecast.expected - 1;
  const outside = halfHours.filter((half) => half.outside !== null).length;
  const share = f.percent(Math.abs(size));
  const scattered = Math.abs(forecast.came - forecast.expected) < CHANCE * Math.sqrt(forecast.expected);
  const like = Math.abs(size) < LIKE || scattered;
  if (!like && size > MANIFOLD) return words.halves.few(f.count(forecast.came), f.decimal(forecast.expected, 1));
  const asExpected = outside > 0 ? words.halves.asExpectedInAll : words.halves.asExpected;
  const text = like ? asExpected : size > 0 ? words.halves.above(share) : words.halves.under(share);
  return text + (outside > 0 ? words.halves.outside(outside, f.count(outside)) : '');
}

/** How people stand against those needed, of what is to come before what is over. */
export function peopleFinding(shift: ShiftSoFar, words: ShiftWords, f: Formats): string {
  const rostered = shift.halfHours.filter((half) => half.rostered !== null);
  if (rostered.length === 0) {
    if (shift.halfHours.some(({ atWork }) => atWork !== null)) return words.people.noRoster(true);
    return shift.halfHours.some((half) => (half.present ?? 0) > 0)
      ? words.people.noRoster(false)
      : words.people.unknown;
  }
  const lacking = lackText(shift, words, f, words.people.lacking);
  if (lacking) return lacking;
  if (rostered.some(({ state, needed }) => state === 'ahead' && needed !== null)) return words.people.enough;
  const [worst] = rostered.filter(({ lack }) => (lack ?? 0) > 0).toSorted((a, b) => b.lack! - a.lack!);
  return worst ? words.people.lacked(worst.from) : words.people.covered;
}
