import { AMOUNTS, type Role, rolesOf } from '../personas/roles.ts';
import type { BaseField, CustomerBase } from './build-base.ts';
import { isCodeName, nameField, plainName } from './names.ts';
import type { Take } from './takes.ts';

/** Of a base's fields, those that say who a customer is and where it stands. */
export interface MainFields {
  /** The field that says what a customer is called. */
  readonly name: BaseField | null;
  /** Words about it: segment, size, state, product. */
  readonly texts: readonly BaseField[];
  readonly numbers: readonly BaseField[];
  /** What a field says of a customer, by its name. */
  readonly roles: ReadonlyMap<string, Role>;
}

const MIXED: readonly string[] = ['sum', 'mean', 'median', 'min', 'max'] satisfies Take[];
/** What is numbered goes by its number, whatever its name does not say. */
const NUMBERED = /^(ticket|chamado|protocolo|pedido|proposta|contrato|fatura|invoice|order)$/;
const GRADES = /(^|_)(notas?|nps|csat|ces|score|rating|estrelas|avaliacao)(_|$)/;
const PAID = /valor|vlr|(^|_)vl(_|$)|fiscal|total|preco|price|amount/;

/** Whether what was taken of a column says something: what is made of several codes does not, nor does a sum of grades. */
export function tells({ column, take }: Pick<BaseField, 'column' | 'take'>): boolean {
  if (column === null || !MIXED.includes(take)) return true;
  const name = plainName(column);
  if (isCodeName(column) || NUMBERED.test(name)) return false;
  return take !== 'sum' || !GRADES.test(name) || PAID.test(name);
}

/** Numbers that are shown where names tell nothing. */
const LEAST_NUMBERS = 4;

/** What names say of a base's fields; numbers beyond those that names tell are the ones known of most customers. */
export function mainFields({ fields, key }: Pick<CustomerBase, 'fields' | 'key'>): MainFields {
  const kindOf = (field: BaseField) => (field.kind === 'number' || field.kind === 'day' ? 'number' : 'text');
  const some = (kind: 'number' | 'text') => fields.filter((field) => kindOf(field) === kind && field.name !== key);
  const [numbers, texts] = [some('number'), some('text')];
  const named = (of: readonly BaseField[], amounts: boolean) =>
    [...rolesOf(of.map(({ name }) => name))].filter(([role]) => AMOUNTS.some((one) => one === role) === amounts);
  const told = [...named(numbers, true), ...named(texts, false)].map(([role, name]) => ({
    role,
    field: fields.find((field) => field.name === name)!,
  }));
  const amounts = told.flatMap(({ role, field }) => (AMOUNTS.some((one) => one === role) ? [field] : []));
  const others = numbers
    .filter((field) => tells(field) && !amounts.includes(field))
    .toSorted((a, b) => b.coverage - a.coverage);
  const name = nameField(texts);
  return {
    name,
    texts: told.flatMap(({ field }) => (kindOf(field) === 'text' && field !== name ? [field] : [])),
    numbers: [...amounts, ...others.slice(0, Math.max(0, LEAST_NUMBERS - amounts.length))],
    roles: new Map(told.map(({ role, field }) => [field.name, role])),
  };
}
