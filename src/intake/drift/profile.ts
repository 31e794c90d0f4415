import { identifies } from '../../access/masking.ts';
import { cellsIn, type Values } from '../recognise/cells.ts';
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

/** The profile of a column of so many rows, from what its cells hold. */
export function profileOf(name: string, place: number, held: Values, rows: number): ColumnProfile {
  const { type, formats, decimal } = typeOfColumn(held);
  const filled = cellsIn(held.values());
  const shapes = new Map<string, number>();
  for (const [cell, count] of held) {
    const shape = shapeOf(cell);
    shapes.set(shape, (shapes.get(shape) ?? 0) + count);
  }
  const share = (count: number) => Math.round((1000 * count) / Math.max(1, filled)) / 1000;
  const few = held.size <= MOST_VALUES && filled >= 3 * held.size && !TELLING.has(type);
  const impersonal = [...held.keys()].every(
    (value) => value.length <= 40 && !/\d{5}/.test(value) && !identifies(value),
  );
  return {
    name,
    place,
    type,
    formats,
    decimal,
    fill: rows === 0 ? 0 : Math.round((10_000 * filled) / rows) / 10_000,
    distinct: held.size,
    values: few && impersonal ? Object.fromEntries([...held].map(([value, count]) => [value, share(count)])) : null,
    shapes: Object.fromEntries(
      [...shapes]
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, SHAPES)
        .map(([shape, count]) => [shape, share(count)]),
    ),
    sketch: [...new Set([...held.keys()].map(hash32))].toSorted((a, b) => a - b).slice(0, SKETCH),
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
