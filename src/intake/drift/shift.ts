import type { Layout } from '../layout.ts';
import { reason, told } from '../reasons.ts';
import { valuesOf } from '../recognise/cells.ts';
import type { Suggestion } from './drift.ts';
import { contentLikeness } from './likeness.ts';
import { type FileProfile, profileOf } from './profile.ts';

/** A field at places of a line, from 1, both in it. */
interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A profile of fixed width that keeps some lines, to cut them elsewhere; they are of the file at hand and never stored. */
export interface LinedProfile extends FileProfile {
  readonly lines?: readonly string[];
}

/** Below it no shift is suggested. */
const LIKELY = 0.7;

/** Where lines got longer or shorter: the place after which every field moved by the difference, as a suggestion. */
export function shiftedFields(layout: Layout, last: FileProfile, now: LinedProfile): Suggestion | null {
  const fields = layout.format.fields ?? [];
  const found = shiftOf(fields, last, now);
  if (!found) return null;
  const { after, by, confidence } = found;
  const field = fields[after];
  const why = `${by > 0 ? 'wider' : 'narrower'}-${field ? 'before' : 'end'}` as const;
  const values = { places: Math.abs(by), ...(field ? { field: field.name } : {}) };
  return { to: `${after}:${by}`, confidence, ...told(reason(why, values)) };
}

/** The fields as a suggestion of {@link shiftedFields} puts them. */
export function shifted(fields: readonly Field[], to: string): Field[] {
  const [after, by] = to.split(':').map(Number) as [number, number];
  return fields.map((field, index) => (index < after ? field : { ...field, from: field.from + by, to: field.to + by }));
}

function shiftOf(
  fields: readonly Field[],
  last: FileProfile,
  now: LinedProfile,
): { after: number; by: number; confidence: number } | null {
  const { lines } = now;
  if (!lines || lines.length === 0 || last.width === null || now.width === null) return null;
  const by = now.width - last.width;
  const before = new Map(last.columns.map((column) => [column.name, column]));
  const likeness = ({ name, from, to }: Field): number => {
    const was = before.get(name);
    if (!was || from < 1) return 0;
    return contentLikeness(
      was,
      profileOf(name, was.place, valuesOf(lines.map((line) => line.slice(from - 1, to))), lines.length),
    );
  };
  const stays = fields.map(likeness);
  const moves = fields.map((field) => likeness({ ...field, from: field.from + by, to: field.to + by }));
  const scores = Array.from({ length: fields.length + 1 }, (_, after) => {
    const sum = fields.reduce((total, _field, index) => total + (index < after ? stays[index]! : moves[index]!), 0);
    return { after, by, confidence: Math.round((100 * sum) / Math.max(1, fields.length)) / 100 };
  });
  const best = scores.toSorted((a, b) => b.confidence - a.confidence || b.after - a.after)[0];
  return best && best.confidence >= LIKELY ? best : null;
}
