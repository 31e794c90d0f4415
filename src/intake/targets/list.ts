import type { Column, ColumnType, MaskKind, Table } from '../../contracts/index.ts';
import { literal, quoted } from '../../storage/lake.ts';
import type { Layout } from '../layout.ts';
import type { Mapping } from '../mapping.ts';
import type { Target } from './target.ts';

const TYPES: Readonly<Record<string, ColumnType>> = {
  integer: 'BIGINT',
  decimal: 'DECIMAL(18,4)',
  date: 'DATE',
  'date-time': 'TIMESTAMP',
  'date-time-plus': 'TIMESTAMP',
  duration: 'INTEGER',
};
const MASKS: Readonly<Record<string, MaskKind>> = {
  cpf: 'taxpayer',
  taxpayer: 'taxpayer',
  phone: 'phone',
  email: 'email',
};

/** Columns that every list has before its own. */
const OWN = {
  row_id: { type: 'BIGINT', meaning: 'Lote × 2³² + linha de registro no lote', personal: 'none', required: true },
  batch_id: { type: 'INTEGER', meaning: 'Lote que trouxe a linha', personal: 'none', required: true },
} as const satisfies Record<string, Column>;

/** What a list is called in silver. */
export function listTable(source: string): string {
  return `list_${source.replaceAll('-', '_')}`;
}

/** The contract of a list, made from its layout: each mapped column typed by its transform. */
export function listContract(layout: Layout): Table {
  const own = Object.entries(layout.columns).map(([name, mapping]) => [name, listColumn(name, mapping)]);
  return {
    schema: 'silver',
    name: listTable(layout.source),
    meaning: layout.label.pt,
    columns: { ...OWN, ...Object.fromEntries(own) },
  };
}

/** A column is personal unless the layout says that it is not: what nobody looked at stays hidden. */
function listColumn(name: string, { as, personal = true, label }: Mapping): Column {
  const type = TYPES[as] ?? 'VARCHAR';
  const meaning = label ?? name;
  if (as in MASKS) return { type, meaning, personal: 'personal', mask: MASKS[as]! };
  return personal && type === 'VARCHAR'
    ? { type, meaning, personal: 'personal', mask: 'text' }
    : { type, meaning, personal: 'none' };
}

/** What names a row by all columns of its layout's key. */
export function wholeKey(layout: Layout, raw: (name: string) => string): string {
  return layout.key.length === 0
    ? `_content || '-' || _copy`
    : `concat_ws(chr(31), ${layout.key.map((name) => `coalesce(${raw(name)}, '')`).join(', ')})`;
}

/** A list of anything, such as contracts, phones or customers: the layout names its columns and their types. */
export const listTarget: Target = {
  contract: listContract,
  mappable: (name) => /^[a-z][a-z0-9_]*$/.test(name) && !(name in OWN),
  mandatory: () => [],
  typeOf: (name, layout) => TYPES[layout.columns[name]?.as ?? ''] ?? 'VARCHAR',
  isFilled: () => false,
  rowChecks: () => [],
  outputs: (layout) => [
    'row_id',
    'CAST(row_id >> 32 AS INTEGER) AS batch_id',
    ...Object.keys(layout.columns).map(quoted),
  ],
  keyParts: (layout) => [literal(layout.source), 'row_key'],
  rowKey: wholeKey,
  day: () => 'CAST(NULL AS DATE)',
  originals: () => [],
};
