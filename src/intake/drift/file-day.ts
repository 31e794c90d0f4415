import { parseDay, wallTimeAt } from '../../kernel/brazil/dates.ts';

/** `20260315`, `2026-03-15`, `15032026`, `15-03-2026`, `2026-03`: as files are named. */
const NAMED: readonly (readonly [RegExp, (parts: readonly string[]) => string])[] = [
  [/(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/, ([year, month, day]) => `${year}-${month}-${day}`],
  [/(?<!\d)(\d{2})[-_.]?(\d{2})[-_.]?(20\d{2})(?!\d)/, ([day, month, year]) => `${year}-${month}-${day}`],
  [/(?<!\d)(20\d{2})[-_.](\d{2})(?!\d)/, ([year, month]) => `${year}-${month}-01`],
];

/** The day that a file's name tells, or null; a month is its first day. */
export function dayInName(name: string): string | null {
  for (const [pattern, day] of NAMED) {
    const found = pattern.exec(name);
    const told = found ? parseDay(day(found.slice(1))) : null;
    if (told) return told;
  }
  return null;
}

/** The day that a file is of: the one in its name, or else the one it was written on. */
export function fileDay(name: string, writtenAt: Date, timeZone: string): string {
  return dayInName(name) ?? wallTimeAt(writtenAt.getTime(), timeZone).slice(0, 10);
}
