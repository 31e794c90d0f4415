import type { ColumnType } from './recognise/column-type.ts';

type Values = Readonly<Record<string, string | number>>;

/** What a column's values are called, many together. */
export const TYPE_WORDS: Readonly<Record<ColumnType, string>> = {
  cpf: 'CPF com dígitos certos',
  cnpj: 'CPF ou CNPJ com dígitos certos',
  phone: 'telefones',
  email: 'e-mails',
  uf: 'siglas de estado',
  date: 'datas',
  moment: 'datas com hora',
  time: 'horas ou durações',
  integer: 'números inteiros',
  decimal: 'números com decimais',
  text: 'textos',
  empty: 'vazios',
};
const FIELD_WORDS: Readonly<Record<string, string>> = {
  digits: 'dígitos',
  text: 'textos',
  date: 'datas',
  money: 'valores com duas casas',
};

const content = ({ type, share, filled }: Values): string =>
  type === 'empty' ? 'a coluna está vazia' : `${share}% de ${filled} valores são ${TYPE_WORDS[type as ColumnType]}`;

/** Every reason for which something is suggested of a file, in Portuguese; the screens word the codes themselves. */
const PHRASES = {
  content,
  'name-agrees': (values: Values) => `o nome “${values.name}”, e ${content(values)}`,
  'name-disagrees': (values: Values) => `o nome “${values.name}”, mas ${content(values)}`,
  rival: ({ name }: Values) => `“${name}” também pode ser`,
  'values-only': ({ type }: Values) => `os valores são ${TYPE_WORDS[type as ColumnType]}`,
  nothing: () => 'nem o nome nem os valores dizem o que é',
  confirmed: ({ times }: Values) => `você confirmou assim ${times === 1 ? 'uma vez' : `${times} vezes`}`,
  'pair-phone': ({ first, second, share }: Values) => `“${first}” e “${second}” juntos são ${share}% telefones com DDD`,
  'pair-moment': ({ first, second }: Values) => `“${first}” e “${second}” juntos são a data e a hora`,
  field: ({ meaning, from, to, record }: Values) => `${meaning}: posições ${from}–${to} do ${record}`,
  'field-empty': () => 'vazio neste arquivo',
  'field-content': ({ share, filled, type }: Values) => `${share}% de ${filled} preenchidos são ${FIELD_WORDS[type!]}`,
  'same-name': () => 'o nome é o mesmo, escrito de outro modo',
  'alike-name': () => 'o nome é parecido',
  'same-content': () => 'o conteúdo é o mesmo',
  'alike-content': () => 'o conteúdo é do mesmo tipo',
  'known-values': ({ share }: Values) => `${share}% dos valores já vinham na coluna que falta`,
  'same-place': () => 'está no mesmo lugar',
  'decimal-form': () => 'os números da amostra estão todos assim',
  'only-form': () => 'só esta forma lê todas as datas da amostra',
  'wider-before': ({ places, field }: Values) => `${places} posições a mais antes de ${field}`,
  'wider-end': ({ places }: Values) => `${places} posições a mais no fim`,
  'narrower-before': ({ places, field }: Values) => `${places} posições a menos antes de ${field}`,
  'narrower-end': ({ places }: Values) => `${places} posições a menos no fim`,
} as const satisfies Record<string, (values: Values) => string>;

export type ReasonCode = keyof typeof PHRASES;
export const REASON_CODES = Object.keys(PHRASES) as ReasonCode[];

/** One reason for a suggestion: its code, and what its phrase names. */
export interface Reason {
  readonly code: ReasonCode;
  readonly values: Values;
}

/** Why something is suggested: the reasons, and what they say in Portuguese. */
export interface Told {
  readonly why: string;
  readonly reasons: readonly Reason[];
}

export const reason = (code: ReasonCode, values: Values = {}): Reason => ({ code, values });

export function told(...reasons: readonly Reason[]): Told {
  return { why: reasons.map(({ code, values }) => PHRASES[code](values)).join('; '), reasons };
}
