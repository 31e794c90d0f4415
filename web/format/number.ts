export type Lang = 'pt' | 'en';

export const LOCALE: Record<Lang, string> = { pt: 'pt-BR', en: 'en-US' };
export const NONE = '–';

const cache = new Map<string, Intl.NumberFormat>();

function formatter(lang: Lang, digits: number): Intl.NumberFormat {
  const key = `${lang}${digits}`;
  let found = cache.get(key);
  if (!found) {
    found = new Intl.NumberFormat(LOCALE[lang], { minimumFractionDigits: digits, maximumFractionDigits: digits });
    cache.set(key, found);
  }
  return found;
}

/** `12.345` / `12,345`, with a true minus sign; a value that rounds to zero has no sign. */
export function decimal(value: number, lang: Lang, digits = 0): string {
  const text = formatter(lang, digits).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** `+2,4`: the sign is always shown, except on what rounds to zero. */
export function signed(value: number, lang: Lang, digits = 0): string {
  const text = decimal(value, lang, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A ratio as `17,6%`. */
export function percent(ratio: number, lang: Lang, digits = 1): string {
  return `${decimal(ratio * 100, lang, digits)}%`;
}

/** A difference of ratios as `+2,4 p.p.` / `+2.4 pp`. */
export function points(difference: number, lang: Lang): string {
  return `${signed(difference * 100, lang, 1)}\u00a0${lang === 'pt' ? 'p.p.' : 'pp'}`;
}

/** `17,6% (17,2–18,0)`. */
export function interval(ratio: number, low: number, high: number, lang: Lang): string {
  return `${percent(ratio, lang)} (${decimal(low * 100, lang, 1)}–${decimal(high * 100, lang, 1)})`;
}

/** `R$ 1.234,50`; without cents from 10 mil. */
export function money(value: number, lang: Lang): string {
  const digits = Math.abs(value) >= 10_000 ? 0 : 2;
  return `${value < 0 ? '−' : ''}R$ ${formatter(lang, digits).format(Math.abs(value))}`;
}

/** Axis ticks only: `12 mil`, `1,2 mi` / `12k`, `1.2M`. */
export function compact(value: number, lang: Lang): string {
  const size = Math.abs(value);
  const [divisor, suffix] =
    size >= 1e6
      ? [1e6, { pt: ' mi', en: 'M' }]
      : size >= 1e3
        ? [1e3, { pt: ' mil', en: 'k' }]
        : [1, { pt: '', en: '' }];
  const scaled = value / divisor;
  return `${decimal(scaled, lang, Number.isInteger(scaled) || Math.abs(scaled) >= 100 ? 0 : 1)}${suffix[lang]}`;
}
