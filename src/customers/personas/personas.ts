import { isCodeName, plainName } from '../base/names.ts';
import { quantile, type ReceivedColumn } from '../features/treatment.ts';
import type { Grouping } from '../models/quality.ts';
import { apartOf, type Trait } from '../segments/traits.ts';
import { type Level, levelOf, medianOf, rankIn } from './levels.ts';
import type { Play } from './playbook.ts';
import { AMOUNTS, type Amount, NONE_IS_ZERO, type Role } from './roles.ts';

/** Where a group stands in the base by an amount. */
export interface Standing {
  /** Of the group's middle customer: the share of the base that has less; null while too few are known. */
  readonly rank: number | null;
  readonly level: Level | null;
  readonly median: number;
  readonly mean: number;
  /** The 10th, 25th, 75th and 90th percentiles of the group. */
  readonly spread: readonly [number, number, number, number] | null;
  /** The group's mean over the base's, times 100; null where that is 0. */
  readonly index: number | null;
  /** Customers of the group whose amount is known. */
  readonly n: number;
}

/** What most of a group's customers have in words, and how many of them, of those known. */
export interface Common {
  readonly is: string;
  readonly share: number;
  /** The same of the whole base. */
  readonly base: number;
  readonly n: number;
}

/** A figure in which a group is worse off than the base. */
export interface Ache {
  /** A grade that its customers give, or that they ask for help. */
  readonly kind: 'grade' | 'tickets';
  readonly column: string;
  readonly value: number;
  readonly base: number;
  /** Customers of the group whose figure is known. */
  readonly n: number;
}

export interface Persona {
  /** From 1 on, as the file of groups has it. */
  readonly group: number;
  /** The play that it follows; null where none is like it. */
  readonly play: string | null;
  /** Of the groups of its play the one most like it, which goes by its name alone. */
  readonly first: boolean;
  /** What tells it from the others of its play, or what it is where there is no play; null where nothing does. */
  readonly differs: { readonly role: Amount; readonly level: Level } | null;
  /** How like that play it is, from 0 to 1. */
  readonly likeness: number;
  readonly pain: string | null;
  readonly action: string | null;
  readonly customers: number;
  readonly share: number;
  readonly standings: Readonly<Partial<Record<Amount, Standing>>>;
  /** The rank of the middle customer's size, where sizes have an order. */
  readonly size: { readonly rank: number; readonly is: string; readonly n: number } | null;
  readonly segment: Common | null;
  /** Its customers by segment, the most first. */
  readonly segments: readonly { readonly is: string; readonly customers: number }[];
  readonly product: Common | null;
  /** What most of its customers have as their main product, the most first. */
  readonly products: readonly { readonly is: string; readonly customers: number }[];
  /** What its customers complain of, by what they say and ask. */
  readonly aches: readonly Ache[];
  readonly state: Common | null;
  /** All that its customers are worth together, and its share of what the base is worth. */
  readonly worth: number | null;
  readonly worthShare: number | null;
  readonly traits: readonly Trait[];
}

/** A play less like a group than this does not name it. */
const LEAST_LIKE = 0.7;
/** What is known of fewer of a group's customers says nothing of the group. */
const LEAST_KNOWN = 0.3;
/** Likeness in what is not known of a group and should be. */
const UNKNOWN = 0.4;
const WEIGHTS = { value: 1, tenure: 1, usage: 1, size: 0.7, segments: 0.6 } as const;
const MOST_PRODUCTS = 5;
/** A grade lower than the base's by so many deviations (Cohen, 1988), and by so many of its errors, is a complaint. */
const [LOW_GRADE, SURE, FEWEST_GRADES, MOST_ACHES] = [0.2, 3, 10, 3];
/** Of the base's mean of tickets, as 100, what is many. */
const MANY_TICKETS = 130;
/** Likeness in segments of a play that may have any. */
const ANY_SEGMENT = 0.6;

/**
 * Each group told as a person would: where it stands in the base, what sets it apart, and the play that it is most like.
 * Of several groups that a play is most like, the one most like it goes by its name alone.
 * @param columns of the base that have a role, a value per customer. @param grouping groups from 0 on. @param profile of
 * each group, how it stands in all columns of the base.
 */
export function personasOf(
  columns: readonly ReceivedColumn[],
  roles: ReadonlyMap<Role, string>,
  grouping: Grouping,
  plays: readonly Play[],
  profile: readonly (readonly Trait[])[],
): Persona[] {
  const rowsOf = Array.from({ length: grouping.groups }, (): number[] => []);
  for (let row = 0; row < grouping.labels.length; row++) rowsOf[grouping.labels[row]!]!.push(row);
  const column = (role: Role) => columns.find(({ name }) => name === roles.get(role));
  const amounts = new Map(
    AMOUNTS.flatMap((role) => {
      const own = column(role);
      return own && 'numbers' in own ? [[role, amountOf(own.numbers, NONE_IS_ZERO.includes(role))] as const] : [];
    }),
  );
  const sizes = sizesOf(column('size'));
  const told = rowsOf.map((rows) => {
    const standings = Object.fromEntries([...amounts].map(([role, of]) => [role, standingOf(of, rows)]));
    return { rows, standings: standings as Persona['standings'], size: sizes && sizeOf(sizes, rows) };
  });
  const segments = column('segment');
  const alike = told.map(({ rows, standings, size }) =>
    plays.map((play) => likenessOf(play, standings, size?.rank, segments && shareIn(segments, rows, play))),
  );
  const kinds = alike.map((own) => {
    const at = own.indexOf(Math.max(...own));
    return own[at] !== undefined && own[at] >= LEAST_LIKE ? at : -1;
  });
  const likeness = alike.map((own) => Math.max(0, ...own));
  const names = told.map((): Pick<Persona, 'first' | 'differs'> => ({ first: true, differs: null }));
  for (const [kind, groups] of Map.groupBy(told.keys(), (group) => kinds[group]!)) {
    const nearest = groups.toSorted((a, b) => likeness[b]! - likeness[a]!);
    const taken = new Set<string>();
    for (const [place, group] of nearest.entries()) {
      if (kind >= 0 && place === 0) continue;
      const differs = differenceOf(plays[kind], told[group]!.standings, taken);
      names[group] = { first: false, differs };
    }
  }
  // The mean of a code says nothing.
  const telling = profile.map((own) => own.filter(({ column, is }) => is !== undefined || !isCodeName(column)));
  const traits = apartOf(telling);
  const value = amounts.get('value');
  const total = value ? value.mean * value.sorted.length : null;
  return told.map(({ rows, standings, size }, group): Persona => {
    const play = plays[kinds[group]!];
    const worth = value ? sumOf(value, rows) : null;
    return {
      ...{ group: group + 1, play: play?.name ?? null, likeness: likeness[group]!, pain: play?.pain ?? null },
      ...{ action: play?.action ?? null, customers: rows.length, share: rows.length / grouping.labels.length },
      ...names[group]!,
      ...{ standings, size, worth, worthShare: worth === null || !total ? null : worth / total },
      ...{ segment: commonOf(segments, rows), segments: countsOf(segments, rows), traits: traits[group]! },
      ...{ product: commonOf(column('product'), rows), state: commonOf(column('state'), rows) },
      products: countsOf(column('product'), rows).slice(0, MOST_PRODUCTS),
      aches: achesOf(telling[group]!, standings.tickets, roles.get('tickets')),
    };
  });
}

/** A grade that customers give, one of each: sums and counts of several are none. */
const isGrade = (name: string): boolean =>
  /(^|_)(nota|nps|csat)(_|$)/.test(plainName(name)) &&
  !/_(soma|linhas|contagem|dias\w*|mais_comum)$/.test(plainName(name));

/** The grades that a group gives lowest beside the base, and its tickets where they are many. */
function achesOf(grades: readonly Trait[], tickets: Standing | undefined, ticketColumn: string | undefined): Ache[] {
  const low = grades
    .filter(
      ({ column, effect, is, n }) =>
        is === undefined &&
        isGrade(column) &&
        effect <= -LOW_GRADE &&
        n >= FEWEST_GRADES &&
        -effect * Math.sqrt(n) >= SURE,
    )
    .sort((a, b) => a.effect - b.effect)
    .slice(0, MOST_ACHES)
    .map(({ column, value, base, n }): Ache => ({ kind: 'grade', column, value, base, n }));
  const many = tickets !== undefined && ticketColumn !== undefined && (tickets.index ?? 0) >= MANY_TICKETS;
  if (!many) return low;
  const base = (100 * tickets.mean) / tickets.index!;
  return [...low, { kind: 'tickets', column: ticketColumn, value: tickets.mean, base, n: tickets.n }];
}

/** What tells a group from its likes that is not `taken`: where it stands furthest from its play, or from the middle. */
function differenceOf(play: Play | undefined, standings: Persona['standings'], taken: Set<string>): Persona['differs'] {
  const found = (['value', 'usage', 'tenure'] as const)
    .flatMap((role) => {
      const own = standings[role];
      if (!own || own.rank === null || own.level === null) return [];
      return [{ role, level: own.level, away: Math.abs(own.rank - (play?.like[role] ?? 0.5)) }];
    })
    .sort((a, b) => b.away - a.away)
    .find(({ role, level }) => !taken.has(`${role} ${level}`));
  if (!found) return null;
  taken.add(`${found.role} ${found.level}`);
  return { role: found.role, level: found.level };
}

type Spread = [number, number, number, number];

interface AmountOf {
  readonly values: Float64Array;
  /** Known values of the base in order. */
  readonly sorted: Float64Array;
  readonly mean: number;
}

function amountOf(received: Float64Array, noneIsZero: boolean): AmountOf {
  const values = noneIsZero ? received.map((value) => (Number.isNaN(value) ? 0 : value)) : received;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return { values, sorted, mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length };
}

function standingOf({ values, sorted, mean: ofBase }: AmountOf, rows: readonly number[]): Standing {
  const own = Float64Array.from(rows.map((row) => values[row]!).filter((value) => !Number.isNaN(value))).sort();
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const median = medianOf(own);
  const spread = own.length === 0 ? null : ([0.1, 0.25, 0.75, 0.9].map((share) => quantile(own, share)) as Spread);
  const told = { median, mean, spread, n: own.length, index: ofBase === 0 ? null : (100 * mean) / ofBase };
  if (own.length === 0 || own.length < LEAST_KNOWN * rows.length) return { ...told, rank: null, level: null };
  // Who has none has nobody below, however many have none.
  const rank = median === 0 ? 0 : rankIn(sorted, median);
  return { ...told, rank, level: median === 0 ? 'none' : levelOf(rank) };
}

interface Sizes {
  /** Of each customer, the place of its band among the bands in order; NaN where there is none. */
  readonly places: Float64Array;
  readonly sorted: Float64Array;
  readonly bands: readonly string[];
}

/** Bands in their order: by the first number in them, as `Faixa 02` or `0,5-1,0M`. */
function sizesOf(column: ReceivedColumn | undefined): Sizes | null {
  if (!column) return null;
  const texts = 'texts' in column ? column.texts : [...column.numbers].map((n) => (Number.isNaN(n) ? null : String(n)));
  const all = [...new Set(texts.filter((text) => text !== null))];
  // `Sem informação` beside bands with numbers is no size.
  const numbered = all.filter((band) => /\d/.test(band));
  const bands = (numbered.length > 0 ? numbered : all).sort((a, b) => a.localeCompare(b, 'pt', { numeric: true }));
  const place = new Map(bands.map((band, at) => [band, at]));
  const places = Float64Array.from(texts, (text) => (text === null ? undefined : place.get(text)) ?? Number.NaN);
  return { places, sorted: places.filter((one) => !Number.isNaN(one)).sort(), bands };
}

function sizeOf({ places, sorted, bands }: Sizes, rows: readonly number[]): Persona['size'] {
  const own = Float64Array.from(rows.map((row) => places[row]!).filter((one) => !Number.isNaN(one))).sort();
  if (own.length === 0 || own.length < LEAST_KNOWN * rows.length) return null;
  const middle = own[own.length >> 1]!;
  return { rank: rankIn(sorted, middle), is: bands[middle]!, n: own.length };
}

const plain = (text: string): string => plainName(text).replaceAll('_', ' ');

/** Of a group's customers whose segment is known, the share in a play's segments; null of a play that may have any. */
function shareIn(segments: ReceivedColumn, rows: readonly number[], { segments: wanted }: Play): number | null {
  if (!wanted || !('texts' in segments)) return null;
  const own = rows.flatMap((row) => segments.texts[row] ?? []);
  return (
    own.filter((text) => wanted.some((one) => plain(text).startsWith(plain(one)))).length / Math.max(1, own.length)
  );
}

/** How like a play a group is: 1 less its distances, weighed; not at all where the base lacks what the play is told by. */
function likenessOf(
  { like }: Play,
  standings: Persona['standings'],
  size: number | undefined,
  inSegments: number | null | undefined,
): number {
  const ranks = { value: standings.value?.rank, tenure: standings.tenure?.rank, usage: standings.usage?.rank, size };
  const lacks = (['value', 'tenure', 'usage'] as const).some(
    (role) => like[role] !== undefined && standings[role] === undefined,
  );
  if (lacks) return 0;
  let [weight, near] = [0, 0];
  for (const role of ['value', 'tenure', 'usage', 'size'] as const) {
    const [wanted, found] = [like[role], ranks[role]];
    const known = found !== undefined && found !== null;
    if (wanted === undefined || (role === 'size' && !known)) continue;
    weight += WEIGHTS[role];
    near += WEIGHTS[role] * (known ? 1 - Math.abs(wanted - found) : UNKNOWN);
  }
  if (inSegments !== undefined) {
    weight += WEIGHTS.segments;
    near += WEIGHTS.segments * (inSegments ?? ANY_SEGMENT);
  }
  return weight === 0 ? 0 : near / weight;
}

/** How many of some customers have each text, the most first. */
function countsOf(column: ReceivedColumn | undefined, rows: readonly number[]): { is: string; customers: number }[] {
  if (!column || !('texts' in column)) return [];
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = column.texts[row];
    if (text !== null && text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .map(([is, customers]) => ({ is, customers }))
    .sort((a, b) => b.customers - a.customers || a.is.localeCompare(b.is, 'pt'));
}

function commonOf(column: ReceivedColumn | undefined, rows: readonly number[]): Common | null {
  const counts = countsOf(column, rows);
  const [most] = counts;
  if (!most || !column || !('texts' in column)) return null;
  const n = counts.reduce((sum, { customers }) => sum + customers, 0);
  const known = column.texts.filter((text) => text !== null);
  const base = known.filter((text) => text === most.is).length / known.length;
  return { is: most.is, share: most.customers / n, base, n };
}

function sumOf({ values }: AmountOf, rows: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at++) {
    const value = values[rows[at]!]!;
    if (!Number.isNaN(value)) sum += value;
  }
  return sum;
}
