import { decimal, type Lang } from './number.ts';

/** From two days on the minutes say nothing. */
export const LONG_S = 172_800;

/** Seconds as `5:48`, from one hour on as `1:02:15`, from two days on as `394 h`. */
export function duration(seconds: number, lang: Lang = 'pt'): string {
  if (Math.abs(seconds) >= LONG_S) return hours(seconds / 3600, lang);
  const whole = Math.round(Math.abs(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [full, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const text = full > 0 ? `${full}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  return seconds < 0 && whole > 0 ? `−${text}` : text;
}

/** A round duration on an axis: `5:00`, `10 h`, `10:30 h`. */
export function clockTick(seconds: number, lang: Lang): string {
  if (seconds < 3600) return duration(seconds, lang);
  const rest = Math.round((seconds % 3600) / 60);
  return rest === 0 ? hours(seconds / 3600, lang) : `${Math.floor(seconds / 3600)}:${String(rest).padStart(2, '0')} h`;
}

/** A difference of durations as `+0:21`. */
export function durationChange(seconds: number, lang: Lang = 'pt'): string {
  const text = duration(seconds, lang);
  return Math.round(seconds) > 0 ? `+${text}` : text;
}

/** Work as `1.284 h`. */
export function hours(value: number, lang: Lang, digits = 0): string {
  return `${decimal(value, lang, digits)} h`;
}

/** Time left or spent, in words short enough for a progress bar: `30 s`, `2 min`. */
export function approximate(seconds: number): string {
  if (seconds < 1) return '< 1 s';
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
