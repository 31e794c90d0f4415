import type { Day } from '../../kernel/brazil/dates.ts';

export const SIGNALS = ['usage', 'value', 'satisfaction', 'tickets', 'gone'] as const;

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

/**
 * What speaks for and against a customer, each as a figure of its base: usage that fell by {@link USAGE_FALL} or more and
 * value that fell since the base before, a score of a detractor, tickets whose commonest state is open, and a newer base
 * that the customer is no longer in.
 */
export function signalsOf(told: {
  readonly usage?: Followed | undefined;
  readonly value?: Followed | undefined;
  readonly satisfaction?: Followed | undefined;
  readonly tickets?: Followed | undefined;
  /** The commonest state of its tickets. */
  readonly state?: { readonly field: string; readonly value: string | null } | undefined;
  /** The day of a newer base without this customer. */
  readonly gone: Day | null;
}): Signal[] {
  const fell = (kind: 'usage' | 'value', one: Followed | undefined, least: number): Signal => {
    const { now = null, before = null } = one ?? {};
    const known = now !== null && before !== null && before.value !== null;
    const down = known && now < before.value! && now <= (1 - least) * before.value!;
    return signal(kind, one, known ? (down ? 'attention' : 'fine') : 'unknown');
  };
  const { satisfaction, tickets, state } = told;
  const score = satisfaction?.now ?? null;
  const word = state?.value ? { field: state.field, value: state.value } : null;
  const open = word !== null && OPEN.test(word.value);
  return [
    ...(told.gone === null ? [] : [{ ...signal('gone', undefined, 'attention'), since: told.gone }]),
    fell('usage', told.usage, USAGE_FALL),
    fell('value', told.value, 0),
    signal('satisfaction', satisfaction, score === null ? 'unknown' : score <= DETRACTOR ? 'attention' : 'fine'),
    // Tickets that are mostly closed may be open, too: only none at all is fine.
    { ...signal('tickets', tickets, open ? 'attention' : tickets?.now === 0 ? 'fine' : 'unknown'), word },
  ];
}

function signal(kind: Signal['kind'], one: Followed | undefined, state: Signal['state']): Signal {
  const { field = null, now = null, before = null } = one ?? {};
  return { kind, state, field, now, before: before?.value ?? null, since: before?.day ?? null, word: null };
}
