import type { TableColumn } from '../../storage/table-snapshot.ts';
import type { Layout } from '../layout.ts';
import type { Mapping } from '../mapping.ts';

/** Where a column's name tells more than its type. */
const NAMED: readonly (readonly [RegExp, Pick<Mapping, 'as'>])[] = [
  [/^(?:nr_?|num_?)?(?:cpf|cnpj|cpf_?cnpj|cnpj_?cpf|documento)$/, { as: 'taxpayer' }],
  [/^(?:e_?mail|email_\w+)$/, { as: 'email' }],
  [/^(?:telefone|celular|fone|phone|msisdn|whatsapp)\d?$/, { as: 'phone' }],
];
const TYPED: Readonly<Record<string, Pick<Mapping, 'as' | 'format'>>> = {
  int2: { as: 'integer' },
  int4: { as: 'integer' },
  int8: { as: 'integer' },
  numeric: { as: 'decimal' },
  date: { as: 'date', format: 'yyyy-mm-dd' },
  timestamp: { as: 'date-time', format: 'yyyy-mm-dd hh:mi:ss' },
  timestamptz: { as: 'date-time', format: 'yyyy-mm-dd hh:mi:ss' },
};

/**
 * The first layout of a table: a list with each of its columns, named by its primary key. What cannot be read in a
 * column is empty there, so that no row of the CRM is lost. Its later versions are people's.
 */
export function tableLayout(source: string, label: string, columns: readonly TableColumn[]): Layout {
  return {
    source,
    version: 1,
    label: { pt: label, en: label },
    into: 'list',
    covers: 'all',
    holds: 'all',
    format: { kind: 'delimited', header: true, delimiter: ';', quote: '"', encoding: 'utf-8' },
    // A database's columns say what they are: only their names, and how many rows there are, ask for a person.
    policies: {
      kinds: {
        type: 'accept',
        format: 'accept',
        values: 'accept',
        empties: 'accept',
        width: 'accept',
        dates: 'accept',
      },
    },
    key: columns.filter(({ key }) => key).map(({ name }) => name),
    columns: mappings(columns),
  };
}

function mappings(columns: readonly TableColumn[]): Layout['columns'] {
  const made: Layout['columns'] = {};
  for (const { name, type } of columns) {
    const canonical = free(canonicalName(name), made);
    const named = type === 'bool' ? undefined : NAMED.find(([pattern]) => pattern.test(canonical))?.[1];
    const how = named ?? TYPED[type] ?? { as: 'text' };
    made[canonical] = {
      from: [name],
      label: name,
      ...how,
      ...(how.as === 'text' ? {} : { invalid: 'empty' as const }),
    };
  }
  return made;
}

/** `Nº do Contrato` as `n_do_contrato`. */
function canonicalName(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  const whole = /^[a-z]/.test(words) ? words : `c_${words}`;
  return whole === 'row_id' || whole === 'batch_id' ? `${whole}_crm` : whole;
}

function free(name: string, taken: object): string {
  for (let count = 1; ; count++) {
    const one = count === 1 ? name : `${name}_${count}`;
    if (!(one in taken)) return one;
  }
}
