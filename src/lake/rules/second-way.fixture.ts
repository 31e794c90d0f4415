import type { Leg, Said } from './legs.fixture.ts';
import type { HouseRule, PreviousRule, RepeatRule } from './rules.ts';

/** What a rule says of a leg besides counts. */
export type Verdict = Pick<Said, 'role' | 'why' | 'anchor' | 'bucket' | 'same'>;

type Asked = Pick<HouseRule, 'kind' | 'caller' | 'parameters'> | Pick<PreviousRule, 'kind' | 'caller' | 'parameters'>;

const seconds = ({ start }: Leg) => Date.parse(`${start}Z`) / 1000;
const endOf = (leg: Leg) => seconds(leg) + leg.minutes * 60;
const day = (moment: number) => Math.floor(moment / 86_400);
const bucketOf = (days: number) => (days <= 0 ? 'D0' : days <= 3 ? 'D1_3' : 'D4_W');

function callerOf({ caller }: Pick<RepeatRule, 'caller'>, { person, identity, written }: Leg): string {
  if (caller === 'linked') return String(person);
  return caller === 'identity' ? `${person}/${identity}` : `${person}/${identity}/${written}`;
}

/** A rule written a second way, slowly: every leg looks back over all legs before it; no buffers, no slots. */
export function secondWay(rule: Asked, legs: readonly Leg[]): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const leg of legs) {
    const refused = refusal(rule, leg);
    if (refused) verdicts.set(leg.id, { role: 'none', why: refused, anchor: leg.id, bucket: 'none', same: false });
  }
  const counted = legs.filter(({ id }) => !verdicts.has(id));
  if (rule.kind === 'house') house(rule, counted, verdicts);
  else previous(rule, counted, verdicts);
  return verdicts;
}

function refusal(rule: Asked, { anonymous, unhandled }: Leg): string | null {
  if (rule.kind === 'house') return anonymous ? 'anonymous' : unhandled ? 'unhandled' : null;
  if (anonymous && !rule.parameters.anonymousToo) return 'anonymous';
  return unhandled && rule.parameters.handledOnly ? 'unhandled' : null;
}

function previous(
  rule: Pick<PreviousRule, 'caller' | 'parameters'>,
  legs: readonly Leg[],
  verdicts: Map<string, Verdict>,
): void {
  const { withinSeconds, sameDayAndType, forwardedSeconds = 0 } = rule.parameters;
  const inTime = (before: Leg, own: Leg) =>
    seconds(own) - seconds(before) <= withinSeconds && (!sameDayAndType || day(seconds(before)) === day(seconds(own)));
  for (const [index, own] of legs.entries()) {
    const before = legs.slice(0, index).filter(({ person }) => person === own.person);
    const ofCaller = before.filter((one) => callerOf(rule, one) === callerOf(rule, own));
    const latest = ofCaller.filter(({ reason }) => !sameDayAndType || reason === own.reason).at(-1);
    const typed = !sameDayAndType || own.reason !== '';
    if (latest && inTime(latest, own) && typed && seconds(own) - seconds(latest) >= forwardedSeconds) {
      verdicts.set(own.id, {
        role: 'repeat',
        why: 'repeat',
        anchor: latest.id,
        bucket: bucketOf(day(seconds(own)) - day(seconds(latest))),
        same: own.reason !== '' && own.reason === latest.reason,
      });
      continue;
    }
    const last = before.at(-1);
    const other = last !== undefined && inTime(last, own);
    const forwarded = latest && inTime(latest, own) && seconds(own) - seconds(latest) < forwardedSeconds;
    const why = forwarded ? 'forwarded' : other ? 'other' : latest ? 'late' : 'first';
    verdicts.set(own.id, { role: 'anchor', why, anchor: own.id, bucket: 'none', same: false });
  }
}

interface Contact {
  readonly legs: Leg[];
  readonly caller: string;
  end: number;
}

function house(
  rule: Pick<HouseRule, 'caller' | 'parameters'>,
  legs: readonly Leg[],
  verdicts: Map<string, Verdict>,
): void {
  const { windowDays, transferSeconds } = rule.parameters;
  const window = windowDays ?? Number.POSITIVE_INFINITY;
  for (const caller of new Set(legs.map((one) => callerOf(rule, one)))) {
    const contacts: Contact[] = [];
    for (const leg of legs.filter((one) => callerOf(rule, one) === caller)) {
      const open = contacts.at(-1);
      const before = open?.legs.at(-1);
      const start = seconds(leg);
      const merges =
        open !== undefined &&
        before !== undefined &&
        (start < open.end ||
          (leg.contact ?? leg.id) === (before.contact ?? before.id) ||
          (start - open.end <= transferSeconds && before.agent !== leg.agent));
      if (merges && open) {
        open.legs.push(leg);
        open.end = Math.max(open.end, endOf(leg));
      } else contacts.push({ legs: [leg], caller, end: endOf(leg) });
    }
    let anchor: Contact | undefined;
    for (const contact of contacts) {
      const [first, ...joined] = contact.legs as [Leg, ...Leg[]];
      for (const leg of joined)
        verdicts.set(leg.id, { role: 'leg', why: 'joined', anchor: first.id, bucket: 'none', same: false });
      const gap = anchor ? day(seconds(first)) - day(anchor.end) : Number.POSITIVE_INFINITY;
      if (anchor && gap <= window) {
        const [target] = anchor.legs as [Leg];
        const same = first.reason !== '' && first.reason === target.reason;
        verdicts.set(first.id, { role: 'repeat', why: 'repeat', anchor: target.id, bucket: bucketOf(gap), same });
        continue;
      }
      const last = legs.slice(0, legs.indexOf(first)).findLast(({ person }) => person === first.person);
      const other =
        last && callerOf(rule, last) !== caller && day(seconds(first)) - day(seconds(last)) <= window ? 'other' : null;
      const why = other ?? (anchor ? 'late' : 'first');
      anchor = contact;
      verdicts.set(first.id, { role: 'anchor', why, anchor: first.id, bucket: 'none', same: false });
    }
  }
}
