import { identifies, maskValue } from '../../access/masking.ts';
import type { Column } from '../../contracts/index.ts';
import { contact } from '../../contracts/index.ts';
import { plainWords } from './canonical.ts';
import type { ColumnType } from './column-type.ts';
import type { SuggestedColumn } from './recognise.ts';

const COLUMNS: Readonly<Record<string, Column>> = contact.columns;
/** Types whose values identify nobody, where they are of the type. */
const IMPERSONAL = new Set<ColumnType>(['uf', 'date', 'moment', 'time', 'decimal']);
/** Words of a heading under which stand people, or where they live. */
const PEOPLE = new Set(
  'nome name cliente consumidor devedor titular pessoa contato mae pai conjuge avalista fiador socio responsavel endereco logradouro rua complemento'.split(
    ' ',
  ),
);
/** A number that is a day without its signs. */
const BARE_DAY = /^(?:(?:19|20)\d{2}[01]\d[0-3]\d|[0-3]\d[01]\d(?:19|20)\d{2})$/;
/** Digits in a row that may be a contract's, or a part of a document. */
const LONG_NUMBER = /\d{6}/;
const LONGEST = 60;

/** Whether a column is called as what names people is; agents and what a house calls its own things are not. */
export function namesPeople(column: string): boolean {
  const words = plainWords(column);
  return words.some((word) => PEOPLE.has(word)) && !words.some((word) => HOUSE.has(word));
}
const HOUSE = new Set(
  'agente atendente operador supervisor analista fila campanha produto empresa convenio'.split(' '),
);

/** A value of a file as it may be shown to whoever says what its column is; masked where it may be a person's. */
export function exampleOf(
  value: string,
  { name, type, canonical, coded }: Pick<SuggestedColumn, 'name' | 'type' | 'canonical' | 'coded'>,
): string {
  const bare = value.replaceAll(/[^\dA-Za-z]/g, '');
  if (type === 'cpf' || type === 'cnpj') return maskValue(bare, 'taxpayer');
  if (type === 'phone') return maskValue(bare, 'phone');
  if (type === 'email') return maskValue(value, 'email');
  const column = canonical === null ? undefined : COLUMNS[canonical];
  if (column && column.personal !== 'none') return maskValue(value, column.mask ?? 'text');
  if (type === 'date' && BARE_DAY.test(value)) return value;
  if (identifies(value)) return maskValue(value, 'text');
  if (IMPERSONAL.has(type)) return value;
  if (value.length > LONGEST || LONG_NUMBER.test(value)) return maskValue(value, 'text');
  if (column || (coded && !namesPeople(name))) return value;
  return namesPeople(name) || /\p{L}+ \p{L}+/u.test(value) ? maskValue(value, 'name') : value;
}
