/** A number as Brazilians and programs write it, as `1234.56`; null for others, and for `1.234`, which may be two. */
export function readNumber(text: string): string | null {
  const plain = text.replaceAll(/[\s\u00a0]|R\$/g, '');
  if (/^[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+$/.test(plain) || /^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(plain))
    return plain.replaceAll('.', '').replace(',', '.').replace('+', '');
  if (/^[+-]?\d+$/.test(plain)) return plain.replace('+', '');
  if (/^[+-]?\d+\.\d+$/.test(plain) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(plain)) return plain.replace('+', '');
  return null;
}

/** A day written `dd/mm/yyyy` or `yyyy-mm-dd`, as `yyyy-mm-dd`; null for others and for days that do not exist. */
export function readDate(text: string): string | null {
  const [, day, month, year] = /^(\d{2})[/.-](\d{2})[/.-](\d{4})$/.exec(text.trim()) ?? [];
  const iso = day ? `${year}-${month}-${day}` : text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const read = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== iso ? null : iso;
}
