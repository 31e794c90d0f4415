import { cnpj } from 'cpf-cnpj-validator';

/** Shape of a CNPJ as sources write it: 12 letters or digits and two check digits, optionally with the official mask. */
const WRITTEN = /^[\dA-Z]{2}\.?[\dA-Z]{3}\.?[\dA-Z]{3}\/?[\dA-Z]{4}-?\d{2}$/;
const LOST_ZEROS = /^\d{12,13}$/;

/** The 14 characters (capital letters) of a valid CNPJ, or null; 12 or 13 bare digits get back lost leading zeros. */
export function canonicalCnpj(text: string): string | null {
  const trimmed = text.trim().toUpperCase();
  const characters = LOST_ZEROS.test(trimmed) ? trimmed.padStart(14, '0') : trimmed;
  if (!WRITTEN.test(characters)) return null;
  const bare = cnpj.strip(characters);
  return cnpj.isValid(bare) ? bare : null;
}

/** Whether the text is a CNPJ, numeric or alphanumeric, with right check digits. */
export function isCnpj(text: string): boolean {
  return canonicalCnpj(text) !== null;
}

/** `12.ABC.345/01DE-35` from 14 characters; any other text comes back unchanged. */
export function formatCnpj(characters: string): string {
  return /^[\dA-Z]{12}\d{2}$/.test(characters) ? cnpj.format(characters) : characters;
}

/** The two check digits that complete twelve characters of a CNPJ (capital letters weigh their ASCII code less 48). */
export function cnpjCheckDigits(twelve: string): string {
  const first = cnpj.verifierDigit(twelve);
  return `${first}${cnpj.verifierDigit(`${twelve}${first}`)}`;
}
