import { plainWords } from '../recognise/canonical.ts';
import type { ColumnProfile } from './profile.ts';

/** From 0 to 1: how much two names say the same; capitals, accents, signs and shortenings do not count. */
export function nameLikeness(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.length === 0 || right.length === 0) return 0;
  if (left.join('') === right.join('')) return 1;
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  const matched = few.filter((word) => many.some((other) => sameWord(word, other)));
  const weight = (words: readonly string[]) => words.reduce((sum, word) => sum + weightOf(word), 0);
  const all = weight(left) + weight(right);
  return all === 0 ? 0 : Math.min(0.95, (2 * weight(matched)) / all);
}

/** Words that many columns have: they say little of which one it is. */
const COMMON = new Set([
  'codigo',
  'numero',
  'data',
  'valor',
  'nome',
  'tipo',
  'id',
  'de',
  'do',
  'da',
  'dt',
  'cd',
  'ds',
  'tp',
]);

const weightOf = (word: string): number => (COMMON.has(word) ? 0.3 : /^\d+$/.test(word) ? 0.6 : 1);

/** The words of a name, its numbers too: `FONE2` and `FONE1` are not the same. */
function wordsOf(name: string): string[] {
  const numbers = name.match(/\d+/g) ?? [];
  return [...plainWords(name), ...numbers.map((number) => String(Number(number)))];
}

/** `venc` and `vencimento`, `telef` and `telefone`. */
function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short) && !/\d/.test(a + b);
}

/** From 0 to 1: how much two columns hold the same kind of thing. */
export function contentLikeness(a: ColumnProfile, b: ColumnProfile): number {
  if (a.type === 'empty' || b.type === 'empty') return a.type === b.type ? 0.5 : 0.2;
  const shapes = overlap(a.shapes, b.shapes);
  const same = sharedSketch(a.sketch, b.sketch);
  const fill = 1 - Math.abs(a.fill - b.fill);
  if (a.values && b.values) {
    const values = overlap(a.values, b.values);
    return clamp(0.75 * values + 0.15 * shapes + 0.1 * fill);
  }
  const type = a.type === b.type ? 1 : numbers.has(a.type) && numbers.has(b.type) ? 0.5 : 0;
  if (type === 0) return 0.1 * shapes;
  // Things that the two share are the strongest sign; without any, form alone says at most that they could be.
  return clamp(Math.max(0.4 + 1.2 * same, 0.35 * type + 0.25 * shapes) * (0.8 + 0.2 * fill) * (0.5 + 0.5 * shapes));
}

const numbers = new Set(['integer', 'decimal', 'phone']);

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** The share that two distributions have in common. */
export function overlap(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): number {
  return Object.keys(a).reduce((sum, key) => sum + Math.min(a[key] ?? 0, b[key] ?? 0), 0);
}

/** Of the smallest hashes of both, the share that both have: about the Jaccard index of what they hold. */
function sharedSketch(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [new Set(a), new Set(b)];
  const all = [...new Set([...a, ...b])].toSorted((x, y) => x - y).slice(0, Math.max(a.length, b.length));
  return all.length === 0 ? 0 : all.filter((one) => left.has(one) && right.has(one)).length / all.length;
}
