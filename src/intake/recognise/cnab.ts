/** A file of the banks' interchange by records of one width (FEBRABAN CNAB). */
export interface Cnab {
  readonly width: 240 | 400;
  /** Three digits. */
  readonly bank: string;
  readonly kind: 'remessa' | 'retorno';
}

/** Old systems end a text with it (Ctrl+Z). */
const END_OF_FILE = String.fromCharCode(26);

/** Recognises a CNAB file by its header, its record types and its width, which copies may have lost or gained a little. */
export function findCnab(text: string, cut: boolean): Cnab | null {
  const all = text.replaceAll(END_OF_FILE, '').split(/\r\n|\r|\n/);
  const lines = (cut ? all.slice(0, -1) : all).filter((line) => line.trim() !== '');
  const [header = '', ...rest] = lines;
  if (rest.length < (cut ? 1 : 2)) return null;
  const near = (width: number) => lines.every((line) => line.trimEnd().length <= width + 3);
  const narrow = near(240) && header.length > 200 ? cnab240(header, rest, cut) : null;
  return narrow ?? (near(400) && header.length > 300 ? cnab400(header, rest, cut) : null);
}

/** Bank in 1–3, record type in 8: 0 header, 1, 3 and 5 batches, 9 trailer; 143 of the header says which way it goes. */
function cnab240(header: string, rest: readonly string[], cut: boolean): Cnab | null {
  const bank = header.slice(0, 3);
  const types = rest.map((line) => line[7]!);
  const middle = cut ? types : types.slice(0, -1);
  if (!/^\d{3}$/.test(bank) || header[7] !== '0' || !middle.every((type) => '12345'.includes(type))) return null;
  if (!cut && types.at(-1) !== '9') return null;
  return { width: 240, bank, kind: header[142] === '1' ? 'remessa' : 'retorno' };
}

/** `01REMESSA` or `02RETORNO` begins it, bank in 77–79; record type in 1, with 9 the trailer. */
function cnab400(header: string, rest: readonly string[], cut: boolean): Cnab | null {
  const [, way] = /^0([12])(?:REMESSA|RETORNO)/.exec(header) ?? [];
  const bank = header.slice(76, 79);
  if (!way || !/^\d{3}$/.test(bank)) return null;
  if (!cut && rest.at(-1)![0] !== '9') return null;
  return { width: 400, bank, kind: way === '1' ? 'remessa' : 'retorno' };
}
