import { DDDS, ufOfDdd } from '../kernel/brazil/ddd.ts';
import { mix } from '../kernel/random.ts';
import { STATES } from './calendar.ts';
import { ACCOUNTS, FIRM_KINDS, FIRM_NAMES, FIRST_NAMES, LAST_NAMES } from './names.ts';

/** Population of each area code, hundreds of thousands, rounded. */
const POPULATION: Record<string, number> = {
  11: 215,
  12: 26,
  13: 19,
  14: 17,
  15: 21,
  16: 25,
  17: 18,
  18: 15,
  19: 49,
  21: 127,
  22: 19,
  24: 18,
  27: 29,
  28: 10,
  31: 62,
  32: 27,
  33: 22,
  34: 26,
  35: 28,
  37: 18,
  38: 22,
  41: 38,
  42: 13,
  43: 21,
  44: 21,
  45: 13,
  46: 8,
  47: 35,
  48: 22,
  49: 17,
  51: 62,
  53: 11,
  54: 21,
  55: 17,
  61: 41,
  62: 46,
  63: 16,
  64: 14,
  65: 20,
  66: 16,
  67: 28,
  68: 9,
  69: 18,
  71: 45,
  73: 23,
  74: 17,
  75: 31,
  77: 25,
  79: 23,
  81: 58,
  82: 32,
  83: 40,
  84: 34,
  85: 52,
  86: 20,
  87: 32,
  88: 39,
  89: 12,
  91: 45,
  92: 32,
  93: 14,
  94: 21,
  95: 6,
  96: 8,
  97: 8,
  98: 42,
  99: 27,
};
const BY_POPULATION = [...DDDS].sort((a, b) => POPULATION[b]! - POPULATION[a]! || (a < b ? -1 : 1));
const DDD_TABLE = fillTable(BY_POPULATION.map((ddd) => POPULATION[ddd]!));
const ACCOUNT_TABLE = fillTable(ACCOUNTS.map(({ share }) => share));
const UF_OF_RANK = Uint8Array.from(BY_POPULATION, (ddd) => STATES.indexOf(ufOfDdd(ddd)!));
/** Ninth digit of a CPF: the tax region of the state. */
const TAX_REGION: Record<string, number> = {
  DF: 1,
  GO: 1,
  MS: 1,
  MT: 1,
  TO: 1,
  AC: 2,
  AM: 2,
  AP: 2,
  PA: 2,
  RO: 2,
  RR: 2,
  CE: 3,
  MA: 3,
  PI: 3,
  AL: 4,
  PB: 4,
  PE: 4,
  RN: 4,
  BA: 5,
  SE: 5,
  MG: 6,
  ES: 7,
  RJ: 7,
  SP: 8,
  PR: 9,
  SC: 9,
  RS: 0,
};
const REGION_OF_RANK = Uint8Array.from(UF_OF_RANK, (state) => TAX_REGION[STATES[state]!]!);

/** Size of the space of 7-digit endings that a person's phones draw from without collision. */
const ENDINGS = 10_000_000;
const PHONE_STEP = 6_180_339;
const CPF_STEP = 61_803_399;
const CPF_BASES = 100_000_000;

export const PHONES = 3;
export const LANDLINE = 2;

/** Share of people registered under several names, of small firms, and of people known by CPF. */
const SEVERAL_NAMES = 0.04;
const FIRMS = 0.04;

/**
 * The customers, as a function of their number: nothing is stored, so there can be any number of them. `load` sets the
 * fields. Phones and CPFs never collide: numbers with the same ending get different area codes.
 */
export class People {
  private readonly key: number;
  number = 0;
  ddd = 0;
  state = 0;
  account = 0;
  /** Seven-digit ending shared by the person's phones; the leading digits tell them apart. */
  ending = 0;
  mobileLead = 0;
  landlineLead = 0;
  /** First nine digits of the CPF. */
  cpfBase = 0;
  first = 0;
  last = 0;
  otherLast = 0;
  firm = false;
  severalNames = false;

  constructor(seed: number) {
    this.key = mix(seed ^ 0x70656f70);
  }

  /** Becomes person `number` (from 0). */
  load(number: number): void {
    this.number = number;
    const hash = mix(this.key ^ number);
    const names = mix(hash + 0x6e616d65);
    const residue = number % ENDINGS;
    const home = mix(this.key ^ Math.imul(residue + 1, 0x9e3779b1));
    const rank = (DDD_TABLE[home & 4095]! + Math.floor(number / ENDINGS)) % BY_POPULATION.length;
    this.ddd = DDD_NUMBERS[rank]!;
    this.state = UF_OF_RANK[rank]!;
    this.account = ACCOUNT_TABLE[(hash >>> 8) & 4095]!;
    this.ending = (residue * PHONE_STEP + 1_234_567) % ENDINGS;
    this.mobileLead = 6 + ((hash >>> 20) % 3);
    this.landlineLead = 2 + ((hash >>> 22) & 3);
    this.cpfBase = ((number * CPF_STEP + 31_415_926) % CPF_BASES) * 10 + REGION_OF_RANK[rank]!;
    this.first = (names & 0xffff) % FIRST_NAMES.length;
    this.last = ((names >>> 8) & 0xffff) % LAST_NAMES.length;
    this.otherLast = (this.last + 1 + (((hash >>> 4) & 0xffff) % (LAST_NAMES.length - 1))) % LAST_NAMES.length;
    const luck = (mix(names) >>> 0) / 4294967296;
    this.firm = luck < FIRMS;
    this.severalNames = luck > 1 - SEVERAL_NAMES;
  }

  /** Canonical national number of phone 0 or 1 (mobiles) or 2 (landline). */
  phone(slot: number): string {
    const ending = String(this.ending).padStart(7, '0');
    if (slot === LANDLINE) return `${this.ddd}${this.landlineLead}${ending}`;
    return `${this.ddd}9${slot === 0 ? this.mobileLead : 9}${ending}`;
  }

  /** The name under one of the person's registrations (0 to 3; only people with several names have more than 0). */
  name(variant: number): string {
    if (this.firm) {
      const kind = FIRM_KINDS[this.first % FIRM_KINDS.length]!;
      const name = FIRM_NAMES[this.last % FIRM_NAMES.length]!;
      return `${kind} ${name} ${1 + (this.otherLast % 40)}`;
    }
    const first = FIRST_NAMES[this.first]!;
    const last = LAST_NAMES[this.last]!;
    const other = LAST_NAMES[this.otherLast]!;
    if (variant === 1) return `${first} ${other}`;
    if (variant === 2) return `${first[0]}. ${last} ${other}`;
    if (variant === 3) return `${FIRST_NAMES[(this.first + 17) % FIRST_NAMES.length]} ${other}`;
    return `${first} ${last} ${other}`;
  }
}

const DDD_NUMBERS = Uint8Array.from(BY_POPULATION, Number);

/** 4096 slots shared among items in proportion to their weights. */
function fillTable(weights: readonly number[]): Uint8Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const table = new Uint8Array(4096);
  let sum = 0;
  let at = 0;
  weights.forEach((weight, index) => {
    sum += weight;
    const end = Math.round((4096 * sum) / total);
    table.fill(index, at, end);
    at = end;
  });
  return table;
}
