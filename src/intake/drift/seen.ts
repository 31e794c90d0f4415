import type { Layout } from '../layout.ts';
import { parseChange } from '../mend/change.ts';
import type { FileProfile } from './profile.ts';

/** A correction, which may accept a value of a column. */
export interface Accepting {
  readonly column_name: string | null;
  readonly change: string;
}

/** Files with the values of a column that are enough to say which there are. */
const LISTED = 3;

/** The values that a column of codes has had, by its files and its layout; null where it is no list or too new a one. */
export function seenValues(layout: Layout, column: string, known: readonly FileProfile[]): Set<string> | null {
  const history = known.flatMap(({ columns }) => columns.filter(({ name }) => name === column));
  const codes = Object.values(layout.columns).find(({ from }) => from?.includes(column))?.codes;
  const listed = history.flatMap(({ values }) => (values === null ? [] : [values]));
  if (!history.at(-1)?.values || (!codes && listed.length < LISTED)) return null;
  return new Set([...listed.flatMap((values) => Object.keys(values)), ...Object.keys(codes ?? {})]);
}

/** Every value that a column of codes had in files that were looked at. */
export function valuesSeen(column: string, known: readonly FileProfile[]): Set<string> {
  const history = known.flatMap(({ columns }) => columns.filter(({ name }) => name === column));
  return new Set(history.flatMap(({ values }) => Object.keys(values ?? {})));
}

/** What files were like, with the values that people accepted among those of the last. */
export function withAccepted(known: readonly FileProfile[], corrections: readonly Accepting[]): FileProfile[] {
  if (corrections.length === 0) return [...known];
  return known.map((profile, index) => {
    if (index < known.length - 1) return profile;
    const columns = profile.columns.map((column) => {
      const more = Object.fromEntries(acceptedValues(corrections, column.name).map((value) => [value, 0]));
      return column.values ? { ...column, values: { ...more, ...column.values } } : column;
    });
    return { ...profile, columns };
  });
}

/** Values of a column that corrections say to take as they are. */
export function acceptedValues(corrections: readonly Accepting[], column: string): string[] {
  return corrections.flatMap(({ column_name, change }) => {
    const parsed = column_name === column ? parseChange(change) : null;
    return parsed?.kind === 'accept' ? [parsed.value.trim()] : [];
  });
}
