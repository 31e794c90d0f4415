import type { Day } from '../../kernel/brazil/dates.ts';
import { type CareOfOne, type HeldReason, reasonNames, reasonsOf } from '../offers/reasons.ts';
import { plainName } from './names.ts';

export const SIGNALS = ['gone', 'contracts', 'usage', 'value', 'satisfaction', 'tickets'] as const;

/** Something that a base says of how a customer fares: figures with their field, and no score. */
export interface Signal {
  readonly kind: (typeof SIGNALS)[number];
  /** `unknown`: the bases do not tell. */
  readonly state: 'attention' | 'fine' | 'unknown';
  readonly field: string | null;
  readonly now: number | null;
  /** The same figure on the day before it is compared with. */
  readonly before: number | null;
  readonly since: Day | null;
  /** Of tickets, their commonest state and its field. */
  readonly word: { readonly field: string; readonly value: string } | null;
}

export interface Followed {
  readonly field: string;
  readonly now: number | null;
  readonly before: { readonly day: Day; readonly value: number | null } | null;
}

/** Part of the usage that has to be lost for it to be told: what is counted goes up and down by itself. */
export const USAGE_FALL = 0.3;
/** The highest score of who would not recommend (Reichheld 2003). */
const DETRACTOR = 6;
const OPEN = /abert|andamento|aguard|pendent|open|progress|pending/i;

/** Products of a customer, and those of them that it no longer has. */
export interface Ended {
  readonly products: number;
  readonly ended: number;
}

/**
 * What speaks for and against a customer, each as a figure of its base: a newer base that it is no longer in, contracts
 * that all ended, usage that fell by {@link USAGE_FALL} or more and value that fell since the base before. What is known
 * of whether it is content speaks by the reasons for which nothing is sold to it; where no table tells that, an NPS of a
 * detractor, and tickets whose commonest state is open.
 */
export function signalsOf(told: {
  readonly usage?: Followed | undefined;
  readonly value?: Followed | undefined;
  readonly satisfaction?: Followed | undefined;
  readonly tickets?: Followed | undefined;
  /** The commonest state of its tickets. */
  readonly state?: { readonly field: string; readonly value: string | null } | undefined;
  readonly care?: CareOfOne | null | undefined;
  readonly ended?: Ended | null | undefined;
  /** The day of a newer base without this customer. */
  readonly gone: Day | null;
}): Signal[] {
  const { usage, tickets, care = null, ended = null } = told;
  const held = new Set<HeldReason>(care ? reasonNames(reasonsOf(care)) : []);
  const fell = (kind: 'usage' | 'value', one: Followed | undefined, least: number): Signal => {
    const { now = null, before = null } = one ?? {};
    const known = now !== null && before !== null && before.value !== null;
    const down = known && now < before.value! && now <= (1 - least) * before.value!;
    return signal(kind, one, known ? (down ? 'attention' : 'fine') : 'unknown');
  };
  const used = fell('usage', usage, USAGE_FALL);
  const allEnded = ended !== null && ended.products > 0 && ended.ended === ended.products;
  return [
    ...(told.gone === null ? [] : [{ ...signal('gone', undefined, 'attention'), since: told.gone }]),
    ...(allEnded ? [{ ...signal('contracts', undefined, 'attention'), now: ended.products }] : []),
    held.has('lessUse') ? { ...used, state: 'attention' } : used,
    fell('value', told.value, 0),
    satisfactionOf(told.satisfaction, care, held),
    ticketsOf(tickets, told.state, care, held),
  ];
}

function satisfactionOf(one: Followed | undefined, care: CareOfOne | null, held: ReadonlySet<HeldReason>): Signal {
  if (care && (care.last_nps ?? care.median_nps) !== null)
    return {
      ...signal('satisfaction', one, held.has('lowNps') ? 'attention' : 'fine'),
      now: care.last_nps ?? care.median_nps,
    };
  const score = one?.now ?? null;
  // On another scale the same number says something else: 5 is the best of a score up to 5.
  const isNps = score !== null && score >= 0 && score <= 10 && /(^|_)nps(_|$)/.test(plainName(one!.field));
  return signal('satisfaction', one, isNps ? (score <= DETRACTOR ? 'attention' : 'fine') : 'unknown');
}

function ticketsOf(
  one: Followed | undefined,
  state: { readonly field: string; readonly value: string | null } | undefined,
  care: CareOfOne | null,
  held: ReadonlySet<HeldReason>,
): Signal {
  if (care && care.open_tickets !== null)
    return {
      ...signal('tickets', one, held.has('openTickets') || held.has('manyTickets') ? 'attention' : 'fine'),
      now: care.open_tickets,
    };
  const word = state?.value ? { field: state.field, value: state.value } : null;
  const open = word !== null && OPEN.test(word.value);
  // Tickets that are mostly closed may be open, too: only none at all is fine.
  return { ...signal('tickets', one, open ? 'attention' : one?.now === 0 ? 'fine' : 'unknown'), word };
}

function signal(kind: Signal['kind'], one: Followed | undefined, state: Signal['state']): Signal {
  const { field = null, now = null, before = null } = one ?? {};
  return { kind, state, field, now, before: before?.value ?? null, since: before?.day ?? null, word: null };
}
