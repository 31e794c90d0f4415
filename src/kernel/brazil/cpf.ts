import { cpf } from 'cpf-cnpj-validator';

/** Shape of a CPF as sources write it: digits, optionally with the official mask. */
const WRITTEN = /^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/;
const LOST_ZEROS = /^\d{9,10}$/;

/** The 11 digits of a valid CPF, or null; 9 or 10 bare digits get back the leading zeros that spreadsheets drop. */
export function canonicalCpf(text: string): string | null {
  const trimmed = text.trim();
  const digits = LOST_ZEROS.test(trimmed) ? trimmed.padStart(11, '0') : trimmed;
  if (!WRITTEN.test(digits)) return null;
  const bare = cpf.strip(digits);
  return cpf.isValid(bare) ? bare : null;
}

/** Whether the text is a CPF with right check digits. */
export function isCpf(text: string): boolean {
  return canonicalCpf(text) !== null;
}

/** `123.456.789-01` from 11 digits; any other text comes back unchanged. */
export function formatCpf(digits: string): string {
  return /^\d{11}$/.test(digits) ? cpf.format(digits) : digits;
}

/** The two check digits that complete nine digits of a CPF. */
export function cpfCheckDigits(nine: string): string {
  const first = cpf.verifierDigit(nine);
  return `${first}${cpf.verifierDigit(`${nine}${first}`)}`;
}
