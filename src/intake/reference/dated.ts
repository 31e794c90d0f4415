import type { Day } from '../../kernel/brazil/dates.ts';

/** What is said of days `[from, to)`; null: since ever, or until further notice. */
export interface Span {
  readonly from: Day | null;
  readonly to: Day | null;
}

/** One thing said of a stretch of days. */
export interface Said extends Span {
  readonly values: Readonly<Record<string, string>>;
  /** It was said of a month: beyond it, it holds until something else is said. */
  readonly monthly: boolean;
}

/** What counts: `knownTo` is the end of the month that said it, where it is held beyond that. */
export interface Effective extends Said {
  readonly knownTo: Day | null;
}

const EVER = '';
const ALWAYS = '~';
const start = ({ from }: Span): string => from ?? EVER;
const end = ({ to }: Span): string => to ?? ALWAYS;

/** Whether two stretches share a day. */
export function overlap(one: Span, other: Span): boolean {
  return start(one) < end(other) && start(other) < end(one);
}

export function isEmpty(span: Span): boolean {
  return start(span) >= end(span);
}

/** Whether a stretch holds a day. */
export function holds(span: Span, day: Day): boolean {
  return start(span) <= day && day < end(span);
}

/** What is left of a history when nothing is said of a stretch any more. */
export function without(history: readonly Said[], gap: Span): Said[] {
  return history.flatMap((said) => {
    if (!overlap(said, gap)) return [said];
    const before = { ...said, to: gap.from };
    const after = { ...said, from: gap.to };
    return [...(start(said) < start(gap) ? [before] : []), ...(end(gap) < end(said) ? [after] : [])];
  });
}

/**
 * A history in which the newest word counts for its stretch; what was said of other days stays. A month's word also
 * ends one that had no end: nobody meant that one to come back a month later.
 */
export function laid(history: readonly Said[], said: Said): Said[] {
  if (isEmpty(said)) return [...history];
  const open = (one: Said) => said.monthly && one.to === null && overlap(one, said);
  return merged([...history.flatMap((one) => without([one], open(one) ? { ...said, to: null } : said)), said]);
}

/** In the order of days; neighbours that say the same are one. */
export function merged(history: readonly Said[]): Said[] {
  const ordered = history.filter((said) => !isEmpty(said)).sort((a, b) => (start(a) < start(b) ? -1 : 1));
  const whole: Said[] = [];
  for (const said of ordered) {
    const last = whole.at(-1);
    if (last && last.to === said.from && last.monthly === said.monthly && sameValues(last, said))
      whole[whole.length - 1] = { ...last, to: said.to };
    else whole.push(said);
  }
  return whole;
}

/** What counts on each day: a month's word is held until the next one of its history, and what is beyond it flagged. */
export function effective(history: readonly Said[]): Effective[] {
  const ordered = merged(history);
  return ordered.map((said, index) => {
    const until = ordered[index + 1]?.from ?? null;
    const held = said.monthly && said.to !== until;
    return { ...said, to: held ? until : said.to, knownTo: held ? said.to : null };
  });
}

/** What counts on a day, or undefined. */
export function saidOn(history: readonly Said[], day: Day): Effective | undefined {
  return effective(history).find((said) => holds(said, day));
}

export function sameValues(one: Said, other: Said): boolean {
  return JSON.stringify(Object.entries(one.values).sort()) === JSON.stringify(Object.entries(other.values).sort());
}

export function same(one: Said, other: Said): boolean {
  return one.from === other.from && one.to === other.to && one.monthly === other.monthly && sameValues(one, other);
}
