import { cellKind } from '../recognise/cells.ts';
import { type TypedColumn, typeOfColumn } from '../recognise/column-type.ts';

/** What a column of a file was like, without what identifies anybody. */
export interface ColumnProfile extends Pick<TypedColumn, 'type' | 'formats' | 'decimal'> {
  readonly name: string;
  /** From 1. */
  readonly place: number;
  /** Share of the rows that have a value. */
  readonly fill: number;
  /** How many values are different, of those looked at. */
  readonly distinct: number;
  /** Each value's share where a few values repeat and none can be a person's; else null. */
  readonly values: Readonly<Record<string, number>> | null;
  /** The commonest shapes of the values and their shares: `99/99/9999`, `A 9`. */
  readonly shapes: Readonly<Record<string, number>>;
  /** The smallest hashes of the values, 32 bits each: two columns that share many hold the same things (Broder 1997). */
  readonly sketch: readonly number[];
}

/** What a file was like. */
export interface FileProfile {
  readonly rows: number;
  /** Rows that were looked at, spread over the file. */
  readonly sampled: number;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Of fixed width: characters of a line. */
  readonly width: number | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly columns: readonly ColumnProfile[];
}

/** Values that a column may have to be a list of codes. */
const MOST_VALUES = 40;
const SHAPES = 6;
const SKETCH = 64;
const TELLING = new Set(['cpf', 'cnpj', 'phone', 'email']);

/** The profile of a column from the cells of some rows, empty where there is nothing. */
export function profileOf(name: string, place: number, cells: readonly (string | null)[]): ColumnProfile {
  const texts = cells.map((cell) => cell?.trim() ?? '');
  const filled = texts.filter((cell) => cellKind(cell) !== 'empty');
  const { type, formats, decimal } = typeOfColumn(filled);
  const counts = new Map<string, number>();
  for (const cell of filled) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const shapes = new Map<string, number>();
  for (const [cell, count] of counts) {
    const shape = shapeOf(cell);
    shapes.set(shape, (shapes.get(shape) ?? 0) + count);
  }
  const share = (count: number) => Math.round((1000 * count) / Math.max(1, filled.length)) / 1000;
  const few = counts.size <= MOST_VALUES && filled.length >= 3 * counts.size && !TELLING.has(type);
  const impersonal = [...counts.keys()].every((value) => value.length <= 40 && !/\d{5}|@/.test(value));
  return {
    name,
    place,
    type,
    formats,
    decimal,
    fill: cells.length === 0 ? 0 : Math.round((10_000 * filled.length) / cells.length) / 10_000,
    distinct: counts.size,
    values: few && impersonal ? Object.fromEntries([...counts].map(([value, count]) => [value, share(count)])) : null,
    shapes: Object.fromEntries(
      [...shapes]
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, SHAPES)
        .map(([shape, count]) => [shape, share(count)]),
    ),
    sketch: [...new Set([...counts.keys()].map(hash32))].toSorted((a, b) => a - b).slice(0, SKETCH),
  };
}

/** Digits as 9, words as A, signs as they are: `12/05/2026` is `99/99/9999`, `Rua 12` is `A 99`. */
function shapeOf(text: string): string {
  return text
    .slice(0, 40)
    .replaceAll(/\d/g, '9')
    .replaceAll(/[\p{L}\p{M}]+(?: [\p{L}\p{M}]+)*/gu, 'A')
    .replaceAll(/9{9,}/g, '9…')
    .slice(0, 24);
}

/** FNV-1a, 32 bits, with a last mixing so that near texts are far apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
