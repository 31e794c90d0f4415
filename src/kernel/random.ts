/**
 * Seeded random numbers: sfc32 (Doty-Humphrey, PractRand; public domain), seeded by hashing labels, so that every part
 * of a world draws from its own stream and adding a draw in one part changes no other.
 */
export class Random {
  private readonly key: number;
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;
  private spare = Number.NaN;

  constructor(seed: number, ...labels: (string | number)[]) {
    let key = mix(Math.imul(seed | 0, 0x9e3779b1) ^ Math.floor(seed / 4294967296));
    for (const label of labels) key = hashLabel(key, label);
    this.key = key;
    this.reseed(key, 0);
  }

  /** An independent stream named by a label; the same label gives the same stream, whatever was drawn before. */
  split(label: string | number): Random {
    return new Random(hashLabel(this.key, label));
  }

  /** Starts this generator again from two 32-bit words, without allocating (one stream per row of a loop). */
  reseed(high: number, low: number): void {
    this.a = mix(high ^ 0x243f6a88);
    this.b = mix(low ^ 0x85a308d3);
    this.c = mix(this.a ^ low);
    this.d = 1;
    this.spare = Number.NaN;
    for (let round = 0; round < 8; round++) this.word();
  }

  /** 32 random bits as a signed integer. */
  word(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum;
  }

  /** Uniform in [0, 1), with 32 random bits. */
  uniform(): number {
    return (this.word() >>> 0) / 4294967296;
  }

  /** A whole number in [from, to). */
  int(from: number, to: number): number {
    return from + Math.floor(this.uniform() * (to - from));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Normal with a mean and a standard deviation (Box–Muller). */
  normal(mean = 0, deviation = 1): number {
    let standard = this.spare;
    if (Number.isNaN(standard)) {
      const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      standard = radius * Math.cos(angle);
      this.spare = radius * Math.sin(angle);
    } else {
      this.spare = Number.NaN;
    }
    return mean + deviation * standard;
  }

  /** Log-normal with a mean and a coefficient of variation (deviation / mean). */
  lognormal(mean: number, variation: number): number {
    const variance = Math.log(1 + variation * variation);
    return mean * Math.exp(Math.sqrt(variance) * this.normal() - variance / 2);
  }

  /** Exponential with a mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** Poisson with a mean; above 60 the rounded normal stands in for it. */
  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(this.normal(mean, Math.sqrt(mean))));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count++;
    return count;
  }

  /** Puts an array in random order, in place (Fisher–Yates), and returns it. */
  shuffle<T>(items: T[]): T[] {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.int(0, last + 1);
      const item = items[last]!;
      items[last] = items[other]!;
      items[other] = item;
    }
    return items;
  }
}

/** Weighted choice among n items in constant time (Walker's alias method, built as Vose 1991 does). */
export class AliasTable {
  private readonly keep: Float64Array;
  private readonly alias: Int32Array;

  /** Weights are ≥ 0 with a positive sum; an item of weight 0 is never drawn. */
  constructor(weights: readonly number[]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(total > 0) || weights.some((weight) => !(weight >= 0))) throw new RangeError('weights need a positive sum');
    const size = weights.length;
    const scaled = weights.map((weight) => (weight * size) / total);
    const keep = new Float64Array(size).fill(1);
    const alias = Int32Array.from({ length: size }, (_, index) => index);
    const small: number[] = [];
    const large: number[] = [];
    scaled.forEach((weight, index) => {
      (weight < 1 ? small : large).push(index);
    });
    while (small.length > 0 && large.length > 0) {
      const low = small.pop()!;
      const high = large.pop()!;
      keep[low] = scaled[low]!;
      alias[low] = high;
      scaled[high] = scaled[high]! + scaled[low]! - 1;
      (scaled[high]! < 1 ? small : large).push(high);
    }
    const heaviest = weights.indexOf(Math.max(...weights));
    for (const index of small) {
      if (weights[index] !== 0) continue;
      keep[index] = 0;
      alias[index] = heaviest;
    }
    this.keep = keep;
    this.alias = alias;
  }

  /** The index of an item, drawn with probability proportional to its weight. */
  pick(random: Random): number {
    const position = random.uniform() * this.keep.length;
    const index = Math.floor(position);
    return position - index < this.keep[index]! ? index : this.alias[index]!;
  }
}

/** A well-spread 32-bit hash of a 32-bit word (lowbias32, public domain). */
export function mix(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return hash ^ (hash >>> 15);
}

function hashLabel(key: number, label: string | number): number {
  const text = typeof label === 'number' ? `#${label}` : label;
  let hash = mix(key ^ 0x5bd1e995);
  for (let index = 0; index < text.length; index++) hash = mix((hash + text.charCodeAt(index) + 0x9e3779b9) | 0);
  return hash;
}
