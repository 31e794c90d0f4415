import { cnpjCheckDigits } from '../../kernel/brazil/cnpj.ts';
import { AliasTable, Random } from '../../kernel/random.ts';
import { drawFirm, type Firm, SEGMENTS } from './firms.ts';
import { PERSONAS, type Persona, type Spread } from './personas.ts';
import { drawProducts, RULE } from './products.ts';

/** Days are numbers since 1970. */
export interface Customer {
  /** `T` and five letters or digits. */
  code: string;
  persona: number;
  firm: Firm;
  /** With its mask. */
  cnpj: string;
  since: number;
  tenureDays: number;
  /** BRL cents a month; `mrrTold`: its file has it. */
  mrr: number;
  mrrTold: boolean;
  contracts: Contract[];
}

export interface Contract {
  /** Place in PRODUCTS. */
  product: number;
  signed: number;
  /** BRL cents, of the whole contract. */
  total: number;
  active: boolean;
}

export const LAST_YEAR = 365;
const CODES = 36 ** 5;
const CODE_STEP = 23_123_333;
const ROOTS = 10 ** 8;
const ROOT_STEP = 61_803_399;
const ACTIVE = 0.86;
/** Of customers with contracts of last year, those who bought a product that they did not have. */
const BOUGHT = 0.6;
/** How far contracts stray from twelve months of the MRR. */
const CONTRACTS_VARIATION = 0.2;
const PERSONA = new AliasTable(PERSONAS.map(({ share }) => share));
const SEGMENT_OF = PERSONAS.map(({ segments }) => new AliasTable(SEGMENTS.map((name) => segments[name] ?? 0)));

/**
 * The company's customers, as a function of their number: nothing is stored, so there can be any number of them, up to 60
 * million. Codes and CNPJs never collide.
 */
export class Customers {
  /** Stands after each {@link draw} where the customer's other figures go on from. */
  readonly random: Random;
  private readonly key: number;
  private readonly offset: number;
  private readonly until: number;

  /** `until`: the number of the day that the files are of. */
  constructor(seed: number, until: number) {
    this.random = new Random(seed, 'customers');
    this.key = this.random.word();
    this.offset = this.random.int(0, CODES);
    this.until = until;
  }

  /** Becomes customer `number` (from 0). */
  draw(number: number): Customer {
    const { random, until } = this;
    random.reseed(this.key, number);
    const index = PERSONA.pick(random);
    const persona = PERSONAS[index]!;
    const tenureDays = drawTenure(random, persona);
    const mrr = Math.max(100, Math.round(100 * drawn(random, persona.mrr)));
    const firm = drawFirm(random, SEGMENTS[SEGMENT_OF[index]!.pick(random)]!, persona.band);
    const since = until - tenureDays;
    return {
      ...{ code: codeOf((number * CODE_STEP + this.offset) % CODES), persona: index, firm },
      ...{ cnpj: cnpjOf((number * ROOT_STEP + this.offset) % ROOTS), since, tenureDays, mrr },
      mrrTold: random.chance(persona.mrrKnown),
      contracts: drawContracts(random, persona, mrr, since, until),
    };
  }
}

/** A log-normal amount, or 0 of a persona that never has any. */
export function drawn(random: Random, { mean, variation }: Spread): number {
  return mean === 0 ? 0 : random.lognormal(mean, variation);
}

function drawTenure(random: Random, { tenureDays: { mean, deviation, from, to } }: Persona): number {
  for (;;) {
    const days = Math.round(random.normal(mean, deviation));
    if (days >= from && days <= to) return days;
  }
}

/**
 * A contract for each product, the first signed on the customer's first day; of customers who signed some last year, the
 * last product bought or more of what they have.
 */
function drawContracts(random: Random, persona: Persona, mrr: number, since: number, until: number): Contract[] {
  const products = inBuyingOrder(random, drawProducts(random, persona));
  const lastYear = until - LAST_YEAR;
  const newcomer = since > lastYear;
  const recent = !newcomer && random.chance(persona.renews) ? 1 + random.poisson(0.4) : 0;
  const lastBought = recent > 0 && products.length > 1 && random.chance(BOUGHT);
  const days = products.map((_, at) => {
    if (at === 0) return since;
    if (lastBought && at === 1) return random.int(lastYear + 1, until + 1);
    return random.int(since, newcomer ? until + 1 : lastYear + 1);
  });
  days.sort((a, b) => a - b);
  const main = products.map((product, at) => ({
    product,
    signed: days[at]!,
    weight: 0.3 + random.uniform(),
    active: random.chance(ACTIVE),
  }));
  const renewed = Array.from({ length: recent - (lastBought ? 1 : 0) }, () => ({
    product: products[random.int(0, products.length)]!,
    signed: random.int(lastYear + 1, until + 1),
    weight: 0.1 + 0.2 * random.uniform(),
    active: true,
  }));
  const all = [...main, ...renewed];
  const total =
    (12 * mrr * random.lognormal(1, CONTRACTS_VARIATION)) / all.reduce((sum, { weight }) => sum + weight, 0);
  return all.map(({ weight, ...rest }) => ({ ...rest, total: Math.round(total * weight) }));
}

/** What the rule says that others bring with them is bought after them. */
function inBuyingOrder(random: Random, products: number[]): number[] {
  random.shuffle(products);
  const ruled = RULE.has.every((product) => products.includes(product)) && products.includes(RULE.also);
  return ruled ? [...products.filter((product) => product !== RULE.also), RULE.also] : products;
}

function codeOf(number: number): string {
  return `T${number.toString(36).toUpperCase().padStart(5, '0')}`;
}

function cnpjOf(root: number): string {
  const eight = String(root).padStart(8, '0');
  const check = cnpjCheckDigits(`${eight}0001`);
  return `${eight.slice(0, 2)}.${eight.slice(2, 5)}.${eight.slice(5)}/0001-${check}`;
}
