import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import { type Lake, type LakeSession, literal } from '../../storage/lake.ts';
import type { KeptBase } from '../base/kept-bases.ts';
import { NO_OFFER } from '../models/offer-pass.ts';
import { answeredOf } from './answered.ts';
import { type Audience, audienceOf } from './audience.ts';
import type { Bar } from './bar-kinds.ts';
import { barsOf } from './bars.ts';
import { type BaseFacts, type BasePaths, readFacts, readWorths } from './base-facts.ts';
import { casesWithout } from './cases.ts';
import { type Candidates, candidatesAt, type Dealt, dealOffers } from './deal-offers.ts';
import { evaluate, MOST_ITEMS } from './evaluate.ts';
import { type Evidence, EvidenceCounts, speaksFor } from './evidence.ts';
import { type Chosen, type Method, Methods } from './methods.ts';
import type { OfferWarning } from './offer-warnings.ts';
import type { OfferOutcome } from './outcomes.ts';
import { type History, historyBefore, type Purchases } from './owned.ts';
import { type HeldReason, REASONS, reasonNames } from './reasons.ts';
import { type ToldEvaluation, toldEvaluation } from './told-evaluation.ts';
import { topOffers } from './top-offers.ts';

export interface OfferSettings {
  /** Segments that offers are made to; without it those of the usual trades, and all where there are none. */
  readonly segments?: readonly string[] | undefined;
  /** Of all offers, the share of one product at most. */
  readonly cap: number;
  /** Offers of a customer at most. */
  readonly most: number;
  readonly seed: number;
}

/** Groups of customers by key, and what each is called. */
export interface OfferGroups {
  readonly of: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

export interface OfferQuestion extends OfferSettings {
  readonly base: KeptBase;
  readonly paths: BasePaths;
  readonly groups: OfferGroups | null;
  readonly bars: readonly Bar[];
  /** What some answered not long ago: they are not asked the same again. */
  readonly answered: readonly OfferOutcome[];
  /** Where the offers are written, as Parquet. */
  readonly out: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

export interface ToldProduct {
  readonly product: string;
  readonly line: string | null;
  /** Customers who have it now. */
  readonly holders: number;
  readonly offers: number;
  /** BRL a month. */
  readonly mrr: number;
  readonly capped: boolean;
}

/** What is told of the offers of a base. */
export interface BaseOffers {
  readonly base: number;
  readonly day: string;
  readonly audience: Audience;
  /** Offers that may be made now, their customers and what they would bring a month. */
  readonly offers: number;
  readonly customers: number;
  readonly mrr: number;
  readonly unpriced: number;
  /** Those of customers that nothing is to be sold to now. */
  readonly held: {
    readonly offers: number;
    readonly customers: number;
    readonly mrr: number;
    readonly reasons: Readonly<Record<HeldReason, number>>;
  };
  readonly method: Method;
  /** Why no method was measured; null where they were. */
  readonly unmeasured: { readonly code: string; readonly message: string } | null;
  readonly evaluation: ToldEvaluation | null;
  readonly products: readonly ToldProduct[];
  readonly groupedBy: 'groups' | 'segment' | null;
  readonly fields: BaseFacts['fields'];
  readonly segments: readonly string[];
  readonly sizes: readonly string[];
  /** Those with offers, at most {@link MOST_SELLERS}: those of most offers. */
  readonly sellers: readonly string[];
  readonly cap: number;
  readonly most: number;
  readonly warnings: readonly OfferWarning[];
}

/** Products that fewer customers have now are not offered. */
const FEWEST_HOLDERS = 5;
/** Offers of a customer that bars and caps are chosen from. */
const WIDTH = 30;
/** Sellers that are told by name. */
export const MOST_SELLERS = 500;

/**
 * What to offer to the customers of a kept base, with its evidence and what it would bring.
 * @param folder of its own, removed at the end.
 * @throws RamalError `noHoldings` for a base without products, `usage` for segments that are not there.
 */
export async function offersOfBase(lake: Lake, question: OfferQuestion, folder: string): Promise<BaseOffers> {
  const { base, out, signal } = question;
  if (!base.holdings) throw new RamalError('noHoldings', { base: base.id });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return await lake.use((session) => madeOffers(session, question, folder), signal);
  } catch (thrown) {
    rmSync(out, { force: true });
    throw thrown;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function madeOffers(session: LakeSession, question: OfferQuestion, folder: string): Promise<BaseOffers> {
  const { base, paths, groups, bars, answered, cap, most, out, progress, signal } = question;
  const warnings: OfferWarning[] = [];
  const warn = (code: OfferWarning['code'], detail: string | number = '') =>
    warnings.push({ code, detail: String(detail) });
  progress({ step: 'lendo a base', done: 0, total: 6 });
  const facts = await readFacts(session, base, paths);
  if (facts.purchases.item.length === 0) throw new RamalError('noHoldings', { base: base.id });
  if (facts.undated > 0) warn('undated', facts.undated);
  const grouped = groupsOf(facts, groups);
  const purchases = { ...facts.purchases, group: grouped?.of ?? null, groupNames: grouped ? grouped.names : [] };
  const method = await choose(purchases, question);
  progress({ step: 'juntando as evidências', done: 3, total: 6 });
  const history = historyBefore(purchases, Number.POSITIVE_INFINITY, MOST_ITEMS);
  const audience = audienceOf(facts, base, question.segments);
  if (facts.segment.names.length === 0) warn('noSegment');
  else if (audience.told.segments === null) warn('noUsualSegment');
  const rowOf = new Int32Array(facts.customers).fill(-1);
  history.customers.forEach((customer, row) => {
    rowOf[customer] = row;
  });
  const chosen = Array.from(audience.rows, (customer) => rowOf[customer]!);
  const itemOf = placesBack(history);
  const holders = holdersOf(facts);
  const may = barsOf(bars, facts);
  const asked = answeredOf(answered, facts);
  const lines = linesOf(facts, itemOf);
  const counts = await EvidenceCounts.of(
    history.owned,
    {
      group: history.customers.map((customer) => grouped?.of[customer] ?? 0),
      ...{ groups: grouped?.known ?? 0, customers: facts.customers },
    },
    signal,
  );
  progress({ step: 'fazendo as ofertas', done: 4, total: 6 });
  const candidates = await candidatesOf(chosen);
  const isHeld = (at: number) => facts.reasons[history.customers[chosen[at]!]!]! > 0;
  const [free, waiting] = [chosen.keys().filter((at) => !isHeld(at)), chosen.keys().filter(isHeld)];
  const parts = await Promise.all([part([...free]), part([...waiting])]);
  const worth = await readWorths(session, facts);
  const totals = parts.map(() => ({ offers: 0, customers: 0, mrr: 0, unpriced: 0 }));
  const products = Array.from(itemOf, () => ({ offers: 0, mrr: 0 }));
  const reasons = Object.fromEntries(REASONS.map((one) => [one, 0])) as Record<HeldReason, number>;
  const csv = join(folder, 'offers.csv');
  await pipeline(Readable.from(lineBlocks()), createWriteStream(csv, { mode: 0o600 }));
  progress({ step: 'gravando', done: 5, total: 6 });
  await write(session, csv, question, grouped?.names ?? []);
  const [now, held] = totals as [(typeof totals)[0], (typeof totals)[0]];
  const told = itemOf.map(
    (item, place): ToldProduct => ({
      ...{ product: facts.purchases.itemNames[item]!, line: facts.lines[item]! },
      ...{ holders: holders[item]!, ...products[place]!, capped: parts[0]!.dealt.capped.includes(place) },
    }),
  );
  const beyond = parts[0]!.dealt.beyond.map((place) => told[place]!.product);
  if (beyond.length > 0) warn('beyondCap', beyond.join(', '));
  if (now.unpriced > 0) warn('unpriced', now.unpriced);
  const { sellers } = await session.row<{ sellers: string[] | null }>(
    `SELECT list(seller ORDER BY seller) AS sellers FROM (
       SELECT seller FROM read_parquet(${literal(out)}) WHERE seller IS NOT NULL GROUP BY seller
       ORDER BY count(*) FILTER (reasons = 0) DESC, count(*) DESC, seller LIMIT ${MOST_SELLERS})`,
  );
  return {
    ...{ base: base.id, day: base.day, audience: audience.told },
    ...{ ...now, held: { offers: held.offers, customers: held.customers, mrr: held.mrr, reasons } },
    ...{ method: method.chosen.name, unmeasured: method.unmeasured, evaluation: method.evaluation },
    products: told.toSorted((a, b) => b.mrr - a.mrr || b.offers - a.offers),
    groupedBy: grouped === null ? null : groups ? 'groups' : 'segment',
    ...{ fields: facts.fields, segments: facts.segment.names, sizes: facts.size.names, sellers: sellers ?? [] },
    ...{ cap, most, warnings },
  };

  /** What may be offered to customers, by their rows of the history. */
  async function candidatesOf(rows: readonly number[]): Promise<Candidates> {
    const cases = casesWithout(history, rows);
    const { scores, picked } = await new Methods(purchases, history, cases, { signal }).scores(method.chosen);
    const size = history.owned.size;
    for (const [place, item] of itemOf.entries())
      if (holders[item]! < FEWEST_HOLDERS)
        for (let at = place; at < scores.length; at += size) scores[at] = Number.NEGATIVE_INFINITY;
    const width = Math.min(size, WIDTH);
    const items = await topOffers(cases.owned, scores, width, { picked, signal });
    const own = new Float64Array(items.length);
    for (let row = 0; row < rows.length; row++) {
      const customer = cases.customers[row]!;
      const ownItems = cases.owned.items.subarray(cases.owned.offsets[row]!, cases.owned.offsets[row + 1]!);
      const now = bars.length > 0 ? standing(facts, customer) : EMPTY;
      for (let at = row * width; at < (row + 1) * width; at++) {
        const place = items[at]!;
        if (place === NO_OFFER) continue;
        own[at] = picked
          ? scores[picked[row]! * size + place]!
          : ownItems.reduce((sum, has) => sum + scores[has * size + place]!, 0);
        const goes = own[at]! > 0 && !may(itemOf[place]!, customer, now) && !asked(itemOf[place]!, customer);
        if (!goes || !speaksFor(evidenceOf(rows[row]!, place))) items[at] = NO_OFFER;
      }
    }
    return { customers: rows.length, width, items, scores: own };
  }

  function evidenceOf(row: number, item: number): Evidence {
    const { offsets, items } = history.owned;
    const has = items.subarray(offsets[row]!, offsets[row + 1]!);
    return counts.best(has, item, grouped?.of[history.customers[row]!] ?? 0);
  }

  async function part(places: readonly number[]): Promise<{ rows: number[]; dealt: Dealt; candidates: Candidates }> {
    const own = candidatesAt(candidates, places);
    const dealt = await dealOffers(own, { most, cap, lines, signal });
    return { rows: places.map((at) => chosen[at]!), candidates: own, dealt };
  }

  function* lineBlocks(): Generator<string> {
    for (const [at, { rows, dealt, candidates }] of parts.entries())
      for (const [row, one] of rows.entries()) {
        const customer = history.customers[one]!;
        let text = '';
        for (let place = 0; place < most; place++) {
          const offer = dealt.offers[row * most + place]!;
          if (offer === NO_OFFER) break;
          const item = itemOf[offer]!;
          const score = candidates.scores[candidates.items.indexOf(offer, row * candidates.width)]!;
          const brings = worth(item, customer);
          const { has: antecedent, ...found } = evidenceOf(one, offer);
          const [first = '', second = ''] = antecedent.map((own) => itemOf[own]!);
          text += `${[
            ...[customer, place + 1, item, score, brings?.amount ?? '', brings?.n ?? '', brings?.of ?? ''],
            ...[first, second, found.inGroup, found.n, found.also, found.ofN, found.ofAlso],
            ...[
              grouped && grouped.of[customer]! < grouped.known ? grouped.of[customer]! : '',
              facts.reasons[customer]!,
            ],
          ].join()}\n`;
          const total = totals[at]!;
          total.offers++;
          total.mrr += brings?.amount ?? 0;
          if (!brings) total.unpriced++;
          if (at === 0) {
            products[offer]!.offers++;
            products[offer]!.mrr += brings?.amount ?? 0;
          }
        }
        if (text === '') continue;
        totals[at]!.customers++;
        for (const reason of reasonNames(facts.reasons[customer]!)) reasons[reason]++;
        yield text;
      }
  }
}

const EMPTY: ReadonlySet<number> = new Set();

/** What a customer has now. */
function standing({ purchases: { customer, item }, stands }: BaseFacts, row: number): ReadonlySet<number> {
  let [low, high] = [0, customer.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (customer[middle]! < row) low = middle + 1;
    else high = middle;
  }
  const own = new Set<number>();
  for (let at = low; customer[at] === row; at++) if (stands[at]) own.add(item[at]!);
  return own;
}

interface Grouped {
  /** Of each customer's row; `known` and beyond are of customers without group. */
  readonly of: Uint32Array;
  readonly names: readonly string[];
  readonly known: number;
}

/** The groups that were given, else the segments; null where there are neither. */
function groupsOf({ keys, segment }: BaseFacts, groups: OfferGroups | null): Grouped | null {
  if (groups) {
    const numbers = [...new Set(groups.of.values())].sort((a, b) => a - b);
    const places = new Map(numbers.map((one, place) => [one, place]));
    const of = Uint32Array.from(keys, (key) => places.get(groups.of.get(key) ?? Number.NaN) ?? numbers.length);
    return { of, known: numbers.length, names: [...numbers.map((one) => groups.names.get(one) ?? `Grupo ${one}`), ''] };
  }
  if (segment.names.length === 0 || segment.names.length > MOST_GROUPS) return null;
  return { of: segment.of, known: segment.names.length, names: [...segment.names, ''] };
}
const MOST_GROUPS = 1000;

interface Measured {
  readonly chosen: Chosen;
  readonly unmeasured: BaseOffers['unmeasured'];
  readonly evaluation: ToldEvaluation | null;
}

/** Codes of what keeps methods from being measured, and not from offering what most have. */
const UNMEASURED = ['offersOneItem', 'offersOneTime', 'offersNoTest', 'offersNothingNew', 'offersFewCustomers'];

/** The method that a validation in time chooses; what most have, where it cannot be. */
async function choose(purchases: Purchases, { seed, progress, signal }: OfferQuestion): Promise<Measured> {
  try {
    const evaluation = await evaluate(purchases, { folds: 1, seed, progress, signal });
    const { chosen: name, folds } = evaluation;
    const moment = (time: number) =>
      Number.isFinite(time) ? new Date(86_400_000 * time).toISOString().slice(0, 10) : null;
    return {
      chosen: name === 'ease' ? { name, ridge: folds.at(-1)!.ridge } : { name },
      ...{ unmeasured: null, evaluation: toldEvaluation(evaluation, moment) },
    };
  } catch (thrown) {
    if (!(thrown instanceof RamalError) || !UNMEASURED.includes(thrown.code)) throw thrown;
    const unmeasured = { code: thrown.code, message: thrown.message };
    return { chosen: { name: 'popularity' }, unmeasured, evaluation: null };
  }
}

/** Of each place of the history the item. */
function placesBack({ places, owned }: History): number[] {
  const items = new Array<number>(owned.size);
  places.forEach((place, item) => {
    if (place < owned.size) items[place] = item;
  });
  return items;
}

function holdersOf({ purchases, stands }: BaseFacts): Uint32Array {
  const holders = new Uint32Array(purchases.itemNames.length);
  purchases.item.forEach((item, at) => {
    holders[item]! += stands[at]!;
  });
  return holders;
}

function linesOf({ lines }: BaseFacts, itemOf: readonly number[]): Int32Array {
  const names = [...new Set(lines.filter((line) => line !== null))];
  // A single line tells nothing apart.
  return Int32Array.from(itemOf, (item) => (names.length < 2 ? -1 : names.indexOf(lines[item] ?? '')));
}

const COLUMNS = {
  ...{
    row: 'INTEGER',
    place: 'INTEGER',
    item: 'INTEGER',
    score: 'DOUBLE',
    mrr: 'DOUBLE',
    mrr_n: 'INTEGER',
    mrr_of: 'VARCHAR',
  },
  ...{ first: 'INTEGER', second: 'INTEGER', in_group: 'BOOLEAN', n: 'INTEGER', also: 'INTEGER' },
  ...{ of_n: 'INTEGER', of_also: 'INTEGER', grouped: 'INTEGER', reasons: 'INTEGER' },
} as const;

/** Writes the offers with their names: what may be sold now first, then by what it would bring. */
async function write(session: LakeSession, csv: string, { paths, out }: OfferQuestion, groups: readonly string[]) {
  const types = Object.entries(COLUMNS).map(([name, type]) => `${literal(name)}: '${type}'`);
  const names = `(VALUES (-1, '')${groups.map((name, place) => `, (${place}, ${literal(name)})`).join('')}) AS named(grouped, group_name)`;
  const care = paths.care
    ? `LEFT JOIN (SELECT * EXCLUDE (answers) FROM read_parquet(${literal(paths.care)})) AS care USING (customer)`
    : '';
  const content = ['last_nps', 'median_nps', 'open_tickets', 'recent_tickets', 'recent_use', 'earlier_use'];
  await session.run(
    `COPY (
       SELECT row + 1 AS row, customer, name, segment, size, seller, nullif(group_name, '') AS group_name, place, sold.product, sold.line,
         score, mrr, mrr_n, mrr_of, one.product AS first_has, two.product AS second_has, in_group, n, also, of_n, of_also,
         reasons, ${content.map((one) => `CAST(${care ? one : 'NULL'} AS DOUBLE) AS ${one}`).join(', ')}
       FROM read_csv(${literal(csv)}, header = false, delim = ',', columns = {${types.join(', ')}})
       JOIN offer_customer USING (row) JOIN offer_item AS sold USING (item)
       LEFT JOIN offer_item AS one ON one.item = first LEFT JOIN offer_item AS two ON two.item = second
       LEFT JOIN ${names} USING (grouped) ${care}
       ORDER BY reasons > 0, mrr DESC NULLS LAST, row, place
     ) TO ${literal(out)} (FORMAT parquet, COMPRESSION zstd)`,
  );
}
