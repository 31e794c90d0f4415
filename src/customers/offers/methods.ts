import { setImmediate } from 'node:timers/promises';
import { NO_OFFER } from '../models/offer-pass.ts';
import type { Cases } from './cases.ts';
import { cosine, ease, pairRules, popularity, type Scores, together } from './item-scores.ts';
import { MEASURES, type Measure, measured, OFFERS } from './measures.ts';
import { type History, type Purchases, sharedInts } from './owned.ts';
import { topOffers } from './top-offers.ts';

export const METHODS = ['popularity', 'groupPopularity', 'rules', 'cosine', 'ease'] as const;
export type Method = (typeof METHODS)[number];

/** A method, and the λ of EASEᴿ. */
export type Chosen = { readonly name: Exclude<Method, 'ease'> } | { readonly name: 'ease'; readonly ridge: number };

/** What a method's offers found, case by case. */
export interface Trial {
  readonly figures: Readonly<Record<Measure, Float64Array>>;
  /** Different items that were offered. */
  readonly offered: number;
}

interface Settings {
  readonly support?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Customers between two turns of others. */
const STRIDE = 20_000;
/** Of the customers, the share that makes a pair a rule, and how many at least. */
const [USUAL_SUPPORT, FEWEST_PAIRS] = [0.001, 3];

/** The methods, learnt of a history and asked about its cases. */
export class Methods {
  readonly #purchases: Purchases;
  readonly #history: History;
  readonly #cases: Cases;
  readonly #settings: Settings;
  #together: Float64Array | undefined;

  constructor(purchases: Purchases, history: History, cases: Cases, settings: Settings) {
    this.#purchases = purchases;
    this.#history = history;
    this.#cases = cases;
    this.#settings = settings;
  }

  async trial(method: Chosen): Promise<Trial> {
    const { owned, starts, places } = this.#cases;
    const { signal } = this.#settings;
    const { scores, picked } = await this.scores(method);
    const offers = await topOffers(owned, scores, OFFERS, { picked, signal });
    const { customers } = owned;
    const figures = {
      ...{ recall5: new Float64Array(customers), recall10: new Float64Array(customers) },
      ndcg10: new Float64Array(customers),
    };
    for (let row = 0; row < customers; row++) {
      if (row % STRIDE === 0) await setImmediate();
      signal?.throwIfAborted();
      const taken = places.subarray(starts[row]!, starts[row + 1]!);
      const found = measured(offers.subarray(row * OFFERS, (row + 1) * OFFERS), taken);
      for (const measure of MEASURES) figures[measure][row] = found[measure];
    }
    const offered = new Set(offers);
    offered.delete(NO_OFFER);
    return { figures, offered: offered.size };
  }

  /** What a method gives products: by what a customer has, or the row that each case has. */
  async scores(method: Chosen): Promise<{ scores: Scores; picked?: Uint32Array<SharedArrayBuffer> }> {
    const { owned, customers } = this.#history;
    const { size } = owned;
    const { support, signal } = this.#settings;
    if (method.name === 'popularity')
      return { scores: popularity(owned), picked: sharedInts(this.#cases.customers.length) };
    if (method.name === 'groupPopularity') {
      const { group, groupNames } = this.#purchases;
      const of = customers.map((customer) => group![customer]!);
      const picked = sharedInts(this.#cases.customers.length);
      picked.set(this.#cases.customers.map((customer) => group![customer]!));
      return { scores: popularity(owned, { of, groups: groupNames.length }), picked };
    }
    this.#together ??= await together(owned, signal);
    const counts = this.#together;
    if (method.name === 'cosine') return { scores: cosine(counts, size) };
    if (method.name === 'ease') return { scores: await ease(counts, size, method.ridge, signal) };
    const fewest =
      support === undefined
        ? Math.max(FEWEST_PAIRS, USUAL_SUPPORT * owned.customers)
        : Math.max(1, support * owned.customers);
    return { scores: pairRules(counts, size, owned.customers, fewest) };
  }
}
