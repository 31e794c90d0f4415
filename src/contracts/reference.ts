import { type Column, table } from './table.ts';

const SINCE: Column = { type: 'DATE', meaning: 'Primeiro dia em que vale', personal: 'none', required: true };
const UNTIL: Column = { type: 'DATE', meaning: 'Primeiro dia em que não vale mais', personal: 'none', required: true };
const text = (meaning: string): Column => ({ type: 'VARCHAR', meaning, personal: 'none', required: true });

/** Who supervises an agent, as the reference table says it at this lake version; no two rows of an agent share a day. */
export const supervised = table({
  schema: 'gold',
  name: 'supervised',
  meaning: 'Supervisor de cada agente, de quando até quando',
  columns: {
    agent_id: text('Agente'),
    valid_from: SINCE,
    valid_to: UNTIL,
    supervisor: text('Supervisor'),
  },
});

/** What the reference tables make of the names that a source gives; names that stay as they are have no row. */
export const named = table({
  schema: 'gold',
  name: 'named',
  meaning: 'Conta, motivo e categoria em que cada combinação recebida se resolve',
  columns: {
    source: text('Fonte'),
    account: text('Conta recebida'),
    reason: text('Motivo recebido'),
    reason_category: text('Categoria recebida'),
    valid_from: SINCE,
    valid_to: UNTIL,
    to_account: text('Conta'),
    to_reason: text('Motivo'),
    to_category: text('Categoria do motivo'),
  },
});

/** The values that lists of exclusions name; no two rows of a value share a day. */
export const listed = table({
  schema: 'gold',
  name: 'listed',
  meaning: 'Telefones, protocolos e filas das listas de expurgo',
  columns: {
    list: text('Tabela de apoio'),
    value: { type: 'VARCHAR', meaning: 'Valor', personal: 'personal', mask: 'text', required: true },
    valid_from: SINCE,
    valid_to: UNTIL,
  },
});

/** The change of the reference tables that gold was made with. */
export const referenceVersion = table({
  schema: 'gold',
  name: 'reference_version',
  meaning: 'A mudança das tabelas de apoio com que os números foram feitos',
  columns: {
    revision: { type: 'BIGINT', meaning: 'Número da mudança', personal: 'none', required: true },
  },
});
