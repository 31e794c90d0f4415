/** A column's name in lower case without accents, its words apart. */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/^_|_$/g, '');

const CODES = /(^|_)(id|cd|cod|codigo|code|nr|num|numero|bk|cpf|cnpj|cep|telefone|phone|ddd)(_|$)|[a-z]{3}id(_|$)/;
const AMOUNTS = /(^|_)(count|contagem|linhas|distintos|soma|sum|media|mean|mediana|median)$/;

/** Numbers under such a name are codes: they are counted, never summed. How many there are of a code is no code. */
export const isCodeName = (name: string): boolean => CODES.test(plainName(name)) && !AMOUNTS.test(plainName(name));

/** Names that customers are told apart by: CD_CLIENTE, CLIENTE, IdCliente, CD_CLI, metadata_codcliente, Cód. T … */
const CUSTOMERS = /client|(^|_)cli(_|$)|customer|organizacao|^cod_t$|(^|_)(cpf|cnpj)(_|$)/;
export const isCustomerName = (name: string): boolean => CUSTOMERS.test(plainName(name));
