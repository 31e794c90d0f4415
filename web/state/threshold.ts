import type { Unit } from '../../src/api/schema.ts';
import type { Lang } from '../format/number.ts';

const CLOCK = /^(?:(\d+):)?(\d+):([0-5]\d)$/;

/** A threshold as people write it in the indicator's unit: `80%` or `80` of a share, `5:48`, `4,2`; NaN for anything else. */
export function readThreshold(text: string, unit: Unit, lang: Lang): number {
  const plain = text.trim().replace('−', '-');
  if (unit === 's') {
    const [, hours = '0', minutes, seconds] = CLOCK.exec(plain) ?? [];
    return minutes === undefined ? Number.NaN : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  }
  const bare = unit === 'ratio' ? plain.replace(/\s*%$/, '') : plain;
  const [group, point] = lang === 'pt' ? ['.', ','] : [',', '.'];
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d+)?$`).test(bare);
  const number = (grouped ? bare.replaceAll(group, '') : bare).replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(number)) return Number.NaN;
  return unit === 'ratio' ? Math.round(Number(number) * 1e6) / 1e8 : Number(number);
}

/** The threshold as {@link readThreshold} reads it back. */
export function writeThreshold(value: number, unit: Unit, lang: Lang): string {
  if (unit === 's') {
    const all = Math.round(value);
    const two = (part: number) => String(part).padStart(2, '0');
    const hours = Math.floor(all / 3600);
    return hours > 0
      ? `${hours}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`
      : `${Math.floor(all / 60)}:${two(all % 60)}`;
  }
  const plain = String(unit === 'ratio' ? Math.round(value * 1e8) / 1e6 : value);
  return `${lang === 'pt' ? plain.replace('.', ',') : plain}${unit === 'ratio' ? '%' : ''}`;
}
