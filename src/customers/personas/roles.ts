import { RamalError } from '../../kernel/errors.ts';
import { isCodeName, plainName } from '../base/names.ts';

/** What a column of the base says of a customer, for personas to be told by. */
export const ROLES = [
  'value',
  'tenure',
  'usage',
  'size',
  'segment',
  'satisfaction',
  'tickets',
  'purchases',
  'product',
  'state',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that are amounts; the others are words. */
export const AMOUNTS = ['value', 'tenure', 'usage', 'satisfaction', 'tickets', 'purchases'] as const;
export type Amount = (typeof AMOUNTS)[number];

/** Who has no row of usage, tickets or purchases has none of them; what else is missing is not known. */
export const NONE_IS_ZERO: readonly Role[] = ['usage', 'tickets', 'purchases'];

/** Columns in which who has no value has none, by what they are called. */
export function noneIsZeroOf(columns: readonly string[]): ReadonlySet<string> {
  const roles = rolesOf(columns);
  return new Set(NONE_IS_ZERO.flatMap((role) => roles.get(role) ?? []));
}

/** How exports call them, the surest first. */
const NAMES: Readonly<Record<Role, readonly RegExp[]>> = {
  value: [/^mrr/, /mrr/, /receita_recorrente|mensalidade/, /^compras_valor$/],
  tenure: [/cliente_desde.*dias/, /dias_cliente|antiguidade|tenure/, /desde.*dias(?!_da_ultima)/, /dias_da_primeira$/],
  usage: [/telemetria.*(linhas|contagem)/, /eventduration_soma/, /(uso|acessos|logins|eventos)(_|$)/],
  size: [/fat_faixa/, /(^|_)porte/, /faixa/],
  segment: [/ds_segmento/, /(^|_)segmento/, /^compras_rfm$/],
  satisfaction: [/resposta_nps_mediana|resposta_nps$/, /(^|_)nps/, /nota/],
  tickets: [/^(tickets|chamados)_linhas/, /(tickets|chamados)/],
  purchases: [/^qtd_contratacoes/, /^compras_frequencia$/, /contratacoes|compras/],
  product: [/^ds_prod/, /produto/],
  state: [/^uf(_|$)/, /estado/],
};

/** What is counted, of days or of codes says nothing of such a role, whatever its name. */
const NOT: Readonly<Partial<Record<Role, RegExp>>> = {
  value: /_(linhas|contagem|distintos|dias\w*)$/,
  satisfaction: /_(linhas|contagem|soma|sum|distintos|dias\w*|mais_comum)$/,
};
const WORDS: readonly Role[] = ['segment', 'size', 'product', 'state'];

const mayBe = (role: Role, column: string): boolean =>
  !NOT[role]?.test(plainName(column)) && !(WORDS.includes(role) && isCodeName(column));

/** The columns of each role: those asked for and, of the others, what the names say. */
export function rolesOf(
  columns: readonly string[],
  asked: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<Role, string> {
  const found = new Map<Role, string>();
  for (const [role, column] of asked) {
    if (!ROLES.some((one) => one === role))
      throw new RamalError('usage', { what: `Papel desconhecido: ${role}`, todo: `Use ${ROLES.join(', ')}` });
    if (!columns.includes(column))
      throw new RamalError('usage', {
        what: `O arquivo não tem a coluna ${column}`,
        todo: `Use entre ${columns.join(', ')}`,
      });
    found.set(role as Role, column);
  }
  const free = () => columns.filter((column) => ![...found.values()].includes(column));
  for (const role of ROLES) {
    if (found.has(role)) continue;
    for (const pattern of NAMES[role]) {
      const column = free().find((one) => pattern.test(plainName(one)) && mayBe(role, one));
      if (column === undefined) continue;
      found.set(role, column);
      break;
    }
  }
  return found;
}
