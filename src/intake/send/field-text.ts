import { readDate, readNumber } from '../steps/forms.ts';
import type { SendField } from './send-layout.ts';

/** A value as a field writes it, or why it cannot. */
export type Written = FieldText | { readonly refusal: string };

export interface FieldText {
  readonly text: string;
  /** A number in units of the field's last decimal. */
  readonly scaled?: bigint;
  /** It was longer than its place. */
  readonly cut?: true;
}

/** Decimals of a field's numbers. */
export function decimalsOf({ as, decimals }: SendField): number {
  return as === 'decimal' ? (decimals ?? 2) : 0;
}

/** A value as the text of a field, before it is put at its place. */
export function fieldText(field: SendField, value: string | null): Written {
  if (value === null || value === '') {
    if (field.required) return { refusal: 'falta o valor' };
    return { text: field.empty ?? '' };
  }
  switch (field.as) {
    case 'integer':
    case 'decimal':
      return numberText(field, value);
    case 'date':
      return dateText(field, value);
    default:
      return { text: value };
  }
}

function numberText(field: SendField, value: string): Written {
  const read = readNumber(value);
  if (read === null) return { refusal: 'não é um número' };
  const decimals = decimalsOf(field);
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(read) ?? [];
  const kept = part.slice(0, decimals).padEnd(decimals, '0');
  const rest = part.slice(decimals);
  if (/[1-9]/.test(rest) && !field.rounds) return { refusal: `tem mais de ${decimals} casas` };
  const up = rest !== '' && rest[0]! >= '5' ? 1n : 0n;
  const size = BigInt(`${whole}${kept}`) + up;
  return scaledText(field, sign === '-' ? -size : size);
}

/** A number in units of a field's last decimal as the field writes it. */
export function scaledText(field: SendField, scaled: bigint): FieldText {
  const decimals = decimalsOf(field);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const point = field.point ?? ',';
  const mark = decimals === 0 || point === 'implied' ? '' : point;
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}${mark}${digits.slice(-decimals)}`;
  return { text: `${scaled < 0n ? '-' : ''}${text}`, scaled };
}

function dateText({ format = '' }: SendField, value: string): Written {
  const day = readDate(value.slice(0, 10));
  const [, hour, minute, second = '00'] = /^[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?$/.exec(value.slice(10)) ?? [];
  if (!day || (value.length > 10 && hour === undefined)) return { refusal: 'não é uma data' };
  const parts: Record<string, string> = {
    yyyy: day.slice(0, 4),
    yy: day.slice(2, 4),
    mm: day.slice(5, 7),
    dd: day.slice(8, 10),
    hh: hour ?? '00',
    mi: minute ?? '00',
    ss: second,
  };
  return { text: format.replace(/yyyy|yy|mm|dd|hh|mi|ss/g, (token) => parts[token]!) };
}

/** A text at the places of a field of fixed width. */
export function placed(field: SendField, { text }: FieldText, empty: boolean): Written {
  const width = field.to! - field.from! + 1;
  const number = field.as === 'integer' || field.as === 'decimal';
  if (/\p{Cc}/u.test(text)) return { refusal: 'tem uma quebra de linha ou outro sinal que não se vê' };
  const characters = [...text];
  if (characters.length > width) {
    if (field.long !== 'truncate' || number) return { refusal: `tem ${characters.length} sinais onde cabem ${width}` };
    const kept = field.align === 'right' ? characters.slice(-width) : characters.slice(0, width);
    return { text: kept.join(''), cut: true };
  }
  // Zeros in the place of nothing would be a value: what is empty is blank, unless the layout says what to write.
  const pad = empty && field.empty === undefined ? ' ' : (field.pad ?? (number ? '0' : ' '));
  const align = field.align ?? (number ? 'right' : 'left');
  const fill = pad.repeat(width - characters.length);
  const sign = pad === '0' && align === 'right' && text.startsWith('-') ? '-' : '';
  return { text: align === 'right' ? `${sign}${fill}${text.slice(sign.length)}` : `${text}${fill}` };
}
