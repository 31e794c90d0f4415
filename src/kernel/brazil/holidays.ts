import Holidays from 'date-holidays';
import { type Day, weekdayOf } from './dates.ts';
import type { Uf } from './ddd.ts';

export interface Holiday {
  day: Day;
  name: string;
  scope: 'national' | 'state';
  /** public: holiday by law; bank: banks close (Carnaval, Corpus Christi); optional: ponto facultativo. */
  kind: 'public' | 'bank' | 'optional';
}

const years = new Map<string, readonly Holiday[]>();

/** National holidays of a year and, with `uf`, that state's own, by day. */
export function holidays(year: number, uf?: Uf): readonly Holiday[] {
  const key = `${year} ${uf ?? ''}`;
  const known = years.get(key);
  if (known) return known;
  const national = read(new Holidays('BR', { languages: ['pt'] }), year, 'national');
  const list = [...national];
  if (uf !== undefined) {
    const nationalDays = new Set(national.map(({ day }) => day));
    const state = read(new Holidays('BR', uf, { languages: ['pt'] }), year, 'state');
    list.push(...state.filter(({ day }) => !nationalDays.has(day)));
    list.sort((a, b) => (a.day < b.day ? -1 : 1));
  }
  years.set(key, list);
  return list;
}

/** The public or bank holiday on a day, or null. */
export function holidayOn(day: Day, uf?: Uf): Holiday | null {
  const list = holidays(Number(day.slice(0, 4)), uf);
  return list.find((holiday) => holiday.day === day && holiday.kind !== 'optional') ?? null;
}

/** Dia útil: neither Saturday nor Sunday nor a public or bank holiday. */
export function isBusinessDay(day: Day, uf?: Uf): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && holidayOn(day, uf) === null;
}

function read(source: Holidays, year: number, scope: Holiday['scope']): Holiday[] {
  const list: Holiday[] = [];
  for (const { date, name, type } of source.getHolidays(year)) {
    const day = date.slice(0, 10);
    if (type === 'public' || type === 'bank' || type === 'optional') list.push({ day, name, scope, kind: type });
  }
  return list;
}
