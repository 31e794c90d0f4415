import { flatten } from '../readers/json-pages.ts';
import { businessTime, isShifted, type Zones } from './day-window.ts';
import type { Declaration } from './declaration.ts';

/** A record on its way to a file: as received, and the columns that the layout names beside its own. */
export interface FlatRecord {
  /** Business day of the record's time, or null when it has none that is understood. */
  readonly day: string | null;
  /** Milliseconds since 1970 of its last change, or null where there is none. */
  readonly updatedMs: number | null;
  /** What names it at the source, or null when a part is missing. */
  readonly key: string | null;
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * Makes a record's declared columns. Times of a source with another clock are brought to the business's, the received
 * ones kept under `_received`.
 * @param key columns of the layout's key.
 */
export function flatRecord(
  received: unknown,
  { times, updated, columns = {} }: Declaration,
  key: readonly string[],
  zones: Zones,
): FlatRecord {
  const record = (typeof received === 'object' && received !== null ? received : { value: received }) as Record<
    string,
    unknown
  >;
  const fields = flatten(record);
  const moved: Record<string, string> = {};
  const original: Record<string, string> = {};
  if (isShifted(zones))
    for (const name of times) {
      const text = fields.get(name);
      const moment = text === undefined ? null : businessTime(text, zones);
      if (text === undefined || moment === null) continue;
      moved[name] = moment;
      original[name] = text;
    }
  const column = (name: string) => moved[name] ?? fields.get(name);
  const made: Record<string, string> = {};
  for (const [name, { from, part }] of Object.entries(columns)) {
    const value = column(from);
    if (value === undefined) continue;
    const moment = part === undefined ? null : businessTime(value, { ...zones, source: zones.business, skewMs: 0 });
    made[name] = moment === null ? value : part === 'day' ? moment.slice(0, 10) : moment.slice(11);
  }
  const time = column(times[0]!);
  const inBusiness = { ...zones, source: zones.business, skewMs: 0 };
  const parts = key.map((name) => made[name] ?? column(name) ?? '');
  const change = updated === undefined ? undefined : fields.get(updated);
  const changeMs = change === undefined ? Number.NaN : Date.parse(change);
  return {
    day: time === undefined ? null : (businessTime(time, inBusiness)?.slice(0, 10) ?? null),
    updatedMs: Number.isNaN(changeMs) ? null : changeMs - zones.skewMs,
    key: parts.some((part) => part.trim() === '') ? null : parts.join('\u001f'),
    record:
      Object.keys(moved).length === 0 ? { ...record, ...made } : { ...record, ...moved, ...made, _received: original },
  };
}
