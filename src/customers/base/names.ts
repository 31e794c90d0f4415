import type { MaskKind } from '../../contracts/index.ts';

/** A column's name in lower case without accents, its words apart. */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/^_|_$/g, '');

const CODES =
  /(^|_)(id|cd|cod|codigo|code|nr|num|numero|bk|cpf|cnpj|rg|documento|cep|telefone|fone|celular|whatsapp|phone|ddd)(_|$)|[a-z]{3}id(_|$)/;
const AMOUNTS = /(^|_)(count|contagem|linhas|distintos|soma|sum|media|mean|mediana|median)$/;

/** Numbers under such a name are codes: they are counted, never summed. How many there are of a code is no code. */
export const isCodeName = (name: string): boolean => CODES.test(plainName(name)) && !AMOUNTS.test(plainName(name));

/** Names that customers are told apart by: CD_CLIENTE, CLIENTE, IdCliente, CD_CLI, metadata_codcliente, Cód. T … */
const CUSTOMERS = /client|(^|_)cli(_|$)|customer|organizacao|^cod_t$|(^|_)(cpf|cnpj)(_|$)/;
export const isCustomerName = (name: string): boolean => CUSTOMERS.test(plainName(name));

/** Whose names are no person's, nor a firm's. */
const THINGS = /produto|product|grupo|group|plano|plan|servico|service|cidade|municipio|linha|modulo|unidade|item/;
/** What is counted or measured of something is not it. */
const COUNTED = /(^|_)(count|contagem|linhas|distintos|dias(_da_(primeira|ultima))?)$/;

/** What a column's name says of a person or a firm; null where it says nothing of either. */
export function personalKind(column: string): MaskKind | null {
  const name = plainName(column);
  if (COUNTED.test(name)) return null;
  if (/e_?mail/.test(name)) return 'email';
  if (/fone|phone|celular|whatsapp/.test(name)) return 'phone';
  if (/cpf|cnpj/.test(name)) return 'taxpayer';
  if (/endereco|logradouro|address|(^|_)(rg|documento|passaporte|nascimento|birth)(_|$)/.test(name)) return 'text';
  if (THINGS.test(name)) return null;
  return /nome|name|razao|fantasia|contato|responsavel|socio|apelido/.test(name) ? 'name' : null;
}

/** How exports call the name of a customer, the surest first. */
const NAMES = [
  /razao_social/,
  /(^|_)fantasia(_|$)/,
  /^(nome|name)(_(cliente|empresa|customer|company))?(_mais_comum)?$|^(cliente|empresa|customer|company)_(nome|name)$/,
  /^(cliente|empresa|razao)(_mais_comum)?$/,
];

/** The field that says what customers are called, if there is one. */
export const nameField = <Field extends { readonly name: string }>(texts: readonly Field[]): Field | null =>
  NAMES.flatMap((pattern) => texts.find(({ name }) => pattern.test(plainName(name))) ?? [])[0] ?? null;
