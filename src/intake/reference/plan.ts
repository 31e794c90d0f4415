import { createHash } from 'node:crypto';
import type { Day } from '../../kernel/brazil/dates.ts';
import {
  type Effective,
  effective,
  holds,
  isEmpty,
  laid,
  merged,
  type Said,
  type Span,
  same,
  without,
} from './dated.ts';
import type { ReferenceKind } from './kind.ts';

/** What a table says of one key. */
export interface Entry extends Said {
  readonly key: Readonly<Record<string, string>>;
}

/** An entry as the ledger keeps it. */
export interface StoredEntry extends Entry {
  readonly row: number;
}

/** What becomes of one key: what counts of it before, and after. */
export interface KeyChange {
  readonly key: Readonly<Record<string, string>>;
  readonly change: 'new' | 'changed' | 'ended';
  readonly before: readonly Effective[];
  readonly after: readonly Effective[];
}

/** What a change does to a table: rows that stop to count, entries that count from then on. */
export interface Plan {
  readonly keys: readonly KeyChange[];
  readonly ended: readonly number[];
  readonly added: readonly Entry[];
  /** Keys of which the same was said already. */
  readonly unchanged: number;
}

/** A row as it counts: a month's word reaches beyond its month. */
export function effectiveRows<Row extends StoredEntry>(
  kind: ReferenceKind,
  stored: readonly Row[],
): (Row & Pick<Effective, 'knownTo'>)[] {
  const ofKeys = Map.groupBy(stored, ({ key }) => keyText(kind, key));
  return [...ofKeys.values()].flatMap((ofKey) => effective(ofKey) as (Row & Pick<Effective, 'knownTo'>)[]);
}

/** The key's values in the kind's order, as one text. */
export function keyText(kind: ReferenceKind, key: Readonly<Record<string, string>>): string {
  return JSON.stringify(kind.key.map(({ name }) => key[name] ?? ''));
}

/** What saying these entries changes. `endedOn`: keys that are not among them end on that day. */
export function planOf(
  kind: ReferenceKind,
  stored: readonly StoredEntry[],
  entries: readonly Entry[],
  endedOn?: Day | null,
): Plan {
  const held = Map.groupBy(stored, ({ key }) => keyText(kind, key));
  const said = Map.groupBy(entries, ({ key }) => keyText(kind, key));
  const plans = [...said].map(([name, ofKey]) => {
    const before = held.get(name) ?? [];
    return settled(ofKey[0]!.key, before, ofKey.reduce<readonly Said[]>(laid, before));
  });
  if (endedOn !== undefined) {
    for (const [name, before] of held) {
      if (said.has(name)) continue;
      plans.push(settled(before[0]!.key, before, endedBy(before, endedOn)));
    }
  }
  return together(plans);
}

/** What setting a row aside changes: from `day` on nothing is said of its stretch; null takes all of it away. */
export function planEnd(kind: ReferenceKind, stored: readonly StoredEntry[], row: StoredEntry, day: Day | null): Plan {
  const name = keyText(kind, row.key);
  const before = stored.filter(({ key }) => keyText(kind, key) === name);
  const whole = effective(before).find(({ from }) => from === row.from) ?? row;
  const rest = day === null ? without(before, whole) : ended(before, whole, day);
  return together([settled(row.key, before, rest)]);
}

/** What changing a row's stretch and values changes: it gives its days up and takes the new ones. */
export function planChange(
  kind: ReferenceKind,
  stored: readonly StoredEntry[],
  row: StoredEntry,
  said: Pick<Said, 'from' | 'to' | 'values'>,
): Plan {
  const name = keyText(kind, row.key);
  const before = stored.filter(({ key }) => keyText(kind, key) === name);
  const whole = effective(before).find(({ from }) => from === row.from) ?? row;
  // Unmoved, a month's word stays one: the next roster of its agent ends it.
  const monthly = row.monthly && said.from === whole.from && said.to === whole.to;
  const left = without(before, whole);
  return together([settled(row.key, before, laid(left, { ...said, to: monthly ? row.to : said.to, monthly }))]);
}

/** The days of a stretch before `day` are kept as said, also those that a month's word only reached. */
function ended(history: readonly Said[], whole: Said, day: Day): Said[] {
  const kept: Said = { from: whole.from, to: day, values: whole.values, monthly: false };
  const rest = without(history, whole);
  return isEmpty(kept) ? rest : laid(rest, kept);
}

function endedBy(history: readonly Said[], day: Day | null): Said[] {
  if (day === null) return [];
  const running = effective(history).find((said) => holds(said, day) && said.from !== day);
  const rest = running ? ended(history, running, day) : history;
  return without(rest, { from: day, to: null });
}

interface KeyPlan {
  readonly change: KeyChange | null;
  readonly ended: readonly number[];
  readonly added: readonly Entry[];
}

function settled(key: Entry['key'], before: readonly StoredEntry[], history: readonly Said[]): KeyPlan {
  const after = merged(history);
  const ended = before.filter((said) => !after.some((one) => same(one, said)));
  const added = after.filter((said) => !before.some((one) => same(one, said)));
  if (ended.length === 0 && added.length === 0) return { change: null, ended: [], added: [] };
  const [was, is] = [effective(before), effective(after)];
  const change = was.length === 0 ? 'new' : endsOnly(was, is) ? 'ended' : 'changed';
  return {
    change: { key, change, before: was, after: is },
    ended: ended.map(({ row }) => row),
    added: added.map(({ from, to, values, monthly }) => ({ key, from, to, values, monthly })),
  };
}

/** Whether everything said after was said before, of at least those days. */
function endsOnly(before: readonly Said[], after: readonly Said[]): boolean {
  const within = (inner: Span, outer: Span) =>
    (outer.from ?? '') <= (inner.from ?? '') && (inner.to ?? '~') <= (outer.to ?? '~');
  return after.every((said) =>
    before.some((one) => within(said, one) && JSON.stringify(one.values) === JSON.stringify(said.values)),
  );
}

function together(plans: readonly KeyPlan[]): Plan {
  return {
    keys: plans.flatMap(({ change }) => change ?? []),
    ended: plans.flatMap(({ ended }) => ended),
    added: plans.flatMap(({ added }) => added),
    unchanged: plans.filter(({ change }) => change === null).length,
  };
}

/** What a person approves, in brief: another plan has another one. */
export function digestOf({ ended, added }: Pick<Plan, 'ended' | 'added'>): string {
  return createHash('sha256')
    .update(JSON.stringify([ended, added]))
    .digest('hex')
    .slice(0, 16);
}
