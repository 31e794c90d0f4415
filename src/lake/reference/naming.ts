import { UNKNOWN } from '../../contracts/index.ts';
import { holds, type Span } from '../../intake/reference/dated.ts';
import { folded } from '../../intake/reference/value.ts';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';

/** Raised when names resolve otherwise: gold is made anew. */
export const NAMING_VERSION = 1;

/** What an account reads that no table knows. */
export const UNIDENTIFIED = 'MVNO não identificada';

/** Names as a source gives them. */
export interface Names {
  readonly source: string;
  readonly account: string;
  readonly reason: string;
  readonly reason_category: string;
}

export interface Resolved {
  readonly account: string;
  readonly reason: string;
  readonly reason_category: string;
}

/** A row of the table of accounts; `source` empty: of every source. */
export interface AccountName extends Span {
  readonly how: 'name' | 'prefix' | 'reason';
  readonly text: string;
  readonly source: string;
  readonly account: string;
}

/** A row of the table of reasons. */
export interface ReasonName extends Span {
  readonly reason: string;
  readonly category: string;
}

/** The tables ready for many lookups. */
export interface NameTables {
  readonly accounts: readonly IndexedAccount[];
  readonly reasons: ReadonlyMap<string, readonly ReasonName[]>;
  /** The days on which some row begins or ends, in order. */
  readonly edges: readonly Day[];
}

interface IndexedAccount extends AccountName {
  readonly name: string;
  readonly start: string;
  readonly of: string;
  readonly known: string;
}

/** The tables of accounts and reasons as {@link resolveNames} takes them. */
export function nameTables(accounts: readonly AccountName[], reasons: readonly ReasonName[]): NameTables {
  const days = [...accounts, ...reasons].flatMap(({ from, to }) => [from, to]);
  return {
    accounts: accounts.map((one) => ({
      ...one,
      name: folded(one.text),
      start: plain(one.text),
      of: folded(one.source),
      known: folded(one.account),
    })),
    reasons: Map.groupBy(reasons, ({ reason }) => folded(reason)),
    edges: [...new Set(days)].filter((day) => day !== null).sort(),
  };
}

/** The names of a stretch of days. */
export interface ResolvedSpan extends Span, Resolved {}

const isBlank = (text: string): boolean => text === '' || text === '-' || text === UNKNOWN;

/**
 * What names mean on a day. An account is found by its exact name, else as an account that the table knows, else by the
 * longest prefix, whose remainder is the reason where none was given, else by the reason; else it is
 * {@link UNIDENTIFIED}. A source that the table says nothing of on that day keeps its accounts. Then the reason's
 * category is looked up.
 */
export function resolveNames(names: Names, day: Day, { accounts, reasons }: NameTables): Resolved {
  const source = folded(names.source);
  const known = accounts.filter((one) => holds(one, day) && (one.of === '' || one.of === source));
  const { account, reason } = known.length === 0 ? names : resolveAccount(names, ownFirst(known));
  const mapped = reasons.get(folded(reason))?.find((one) => holds(one, day));
  // A source that gives no categories has its reasons for them.
  const given = names.reason_category === names.reason ? reason : names.reason_category;
  return { account, reason, reason_category: mapped?.category ?? given };
}

/** What a source's own rows say counts before what is said of all. */
function ownFirst(known: readonly IndexedAccount[]): IndexedAccount[] {
  return [...known].sort((a, b) => Number(a.of === '') - Number(b.of === ''));
}

function resolveAccount(
  { account: group, reason }: Names,
  known: readonly IndexedAccount[],
): Pick<Resolved, 'account' | 'reason'> {
  const by = (how: AccountName['how']) => known.filter((one) => one.how === how);
  if (!isBlank(group)) {
    const [name, signs] = [folded(group), plain(group)];
    const exact = by('name').find((one) => one.name === name) ?? known.find((one) => one.known === name);
    if (exact) return { account: exact.account, reason };
    const longest = (best: IndexedAccount | undefined, one: IndexedAccount) =>
      best && best.start.length >= one.start.length ? best : one;
    const prefix = by('prefix')
      .filter(({ start }) => signs.startsWith(start))
      .reduce(longest, undefined as IndexedAccount | undefined);
    if (prefix) {
      const rest = remainder([...group].slice([...prefix.text].length).join(''));
      return { account: prefix.account, reason: isBlank(reason) && rest !== '' ? rest : reason };
    }
  }
  const told = isBlank(reason) ? undefined : by('reason').find((one) => one.name === folded(reason));
  return { account: told?.account ?? UNIDENTIFIED, reason };
}

/** Sign for sign, without accents or capitals, so that places in it are places in the text. */
function plain(text: string): string {
  return Array.from(text, (sign) => (sign.normalize('NFD')[0] ?? sign).toLowerCase()).join('');
}

/** What follows a prefix, without the signs that part it. */
function remainder(text: string): string {
  return text.replace(/^[\s\-–—_:/|.>]+/u, '').trim();
}

/** What names mean over time: stretches in which it differs from what was given, in the order of days. */
export function namedSpans(names: Names, tables: NameTables): ResolvedSpan[] {
  const starts = [null, ...tables.edges];
  const spans: ResolvedSpan[] = [];
  for (const [index, from] of starts.entries()) {
    const to = starts[index + 1] ?? null;
    const day = from ?? (to === null ? '2000-01-01' : addDays(to, -1));
    const found = resolveNames(names, day, tables);
    const last = spans.at(-1);
    if (last && last.to === from && isSame(last, found)) spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, ...found });
  }
  return spans.filter((span) => !isSame(span, names));
}

function isSame(one: Resolved, other: Resolved): boolean {
  return one.account === other.account && one.reason === other.reason && one.reason_category === other.reason_category;
}
