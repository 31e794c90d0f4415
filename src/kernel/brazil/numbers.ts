const GROUPED = /^([-−]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/;

/** A number written the Brazilian way (`12.345,6`, `−3,5`), or null; a dot is only ever a thousands separator. */
export function parseDecimal(text: string): number | null {
  const match = GROUPED.exec(text.trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '0'] = match;
  const value = Number(`${whole.replaceAll('.', '')}.${fraction}`);
  return sign === '' || value === 0 ? value : -value;
}

/** A number with `decimals` places as pt-BR shows it: `12.345,60`, and `−` for less than zero. */
export function formatDecimal(value: number, decimals = 0): string {
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const digits = `${whole.replace(/\B(?=(\d{3})+$)/g, '.')}${fraction === '' ? '' : `,${fraction}`}`;
  const visible = /[1-9]/.test(digits);
  return value < 0 && visible ? `−${digits}` : digits;
}

/** A ratio (1 is the whole) as a percentage: `17,6%`. */
export function formatPercent(ratio: number, decimals = 1): string {
  return `${formatDecimal(ratio * 100, decimals)}%`;
}
