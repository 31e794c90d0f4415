import { MediaQuery } from 'svelte/reactivity';
import type { Unit } from '../../src/api/schema.ts';
import { weekday } from '../format/days.ts';
import { LONG_S } from '../format/duration.ts';
import { formats, type Lang } from '../format/index.ts';
import { WORDS } from '../words/index.ts';

const LANG_KEY = 'ramal.lang';
const HOUR_S = 3600;
const KEYS_KEY = 'ramal.keys';
/** What the lake holds where a source gave no text. */
const MISSING = 'desconhecido';

const kept = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const keep = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still works; it forgets the choice at the next visit.
  }
};

/** The reader's own choices, kept in this browser: language and single-key shortcuts. */
class Ui {
  lang = $state<Lang>(kept(LANG_KEY) === 'en' ? 'en' : 'pt');
  singleKeys = $state(kept(KEYS_KEY) !== 'off');
  thisYear = $state(new Date().getFullYear());

  t = $derived(WORDS[this.lang]);
  f = $derived(formats(this.lang, this.thisYear));
  /** The same with the year on every day, for single values that stand on their own. */
  dated = $derived(formats(this.lang, 0));

  #keys = new MediaQuery('(hover: hover) and (min-width: 701px)');
  #narrow = new MediaQuery('screen and (max-width: 700px)');
  /** A phone, or a page magnified that far; paper never is. */
  narrow = $derived(this.#narrow.current);

  /** Whether a hint at a key is of use here. */
  keyHints = $derived(this.singleKeys && this.#keys.current);

  /** A value of a column as it is read: missing text has a name in each language, a lone dash is quoted, a mask is not. */
  named(value: string): string {
    if (value === MISSING) return this.t.codes.unknown;
    return /^(?:[-.?/]+|\*)$/.test(value) ? `“${value}”` : value;
  }

  /** A day wholly in words, whatever the browser's own date field makes of it: `seg 09/11/2026`. */
  fullDay = (day: string): string => `${this.f.weekday(weekday(day))}\u00a0${this.dated.shortDay(day)}`;

  /** The 95 % interval of a figure, in its unit. */
  intervalText(low: number, high: number, unit: Unit): string {
    if (unit === 'ratio') return this.t.repeats.interval(this.f.decimal(low * 100, 1), this.f.decimal(high * 100, 1));
    return `${this.t.chart.interval} ${this.f.value(low, unit)}–${this.f.value(high, unit)}`;
  }

  /** The unit beside a title: durations are written by their size. */
  unit(unit: Unit, value: number | null): string {
    const size = Math.abs(value ?? 0);
    if (unit !== 's' || size < HOUR_S) return this.t.units[unit];
    return size < LONG_S ? this.t.units.clock : 'h';
  }

  speak(lang: Lang): void {
    this.lang = lang;
    keep(LANG_KEY, lang);
  }

  useSingleKeys(on: boolean): void {
    this.singleKeys = on;
    keep(KEYS_KEY, on ? 'on' : 'off');
  }
}

export const ui = new Ui();
