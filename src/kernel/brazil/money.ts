import { formatDecimal } from './numbers.ts';

const REAIS = /^([-−]?)\s*(?:R\$)?\s*([-−]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/;

/** Centavos (an integer) of an amount such as `R$ 1.234,50`, `-12,5` or `1234`; null when it is not one. */
export function parseMoney(text: string): number | null {
  const match = REAIS.exec(text.trim());
  if (!match) return null;
  const [, outer = '', inner = '', whole = '', fraction = ''] = match;
  if (outer !== '' && inner !== '') return null;
  const centavos = Number(`${whole.replaceAll('.', '')}${fraction.padEnd(2, '0')}`);
  if (!Number.isSafeInteger(centavos)) return null;
  return outer + inner === '' || centavos === 0 ? centavos : -centavos;
}

/** `R$ 1.234,50` (or `−R$ 1.234,50`) from centavos. */
export function formatMoney(centavos: number): string {
  const amount = `R$ ${formatDecimal(Math.abs(centavos) / 100, 2)}`;
  return centavos < 0 ? `−${amount}` : amount;
}
