/** Who a column's value could hurt if it leaked: nobody, the person it identifies, or more (LGPD art. 5). */
export type PersonalClass = 'none' | 'personal' | 'sensitive';

export type ColumnType =
  | 'VARCHAR'
  | 'BOOLEAN'
  | 'TINYINT'
  | 'SMALLINT'
  | 'INTEGER'
  | 'INTEGER[]'
  | 'BIGINT'
  | 'UBIGINT'
  | 'UHUGEINT'
  | 'DOUBLE'
  | 'DECIMAL(9,2)'
  | 'DECIMAL(18,4)'
  | 'DATE'
  | 'TIMESTAMP'
  | `ENUM(${string})`;

/** How a personal value is hidden on the way out. */
export type MaskKind = 'taxpayer' | 'phone' | 'email' | 'name' | 'text';

export interface Column {
  readonly type: ColumnType;
  readonly meaning: string;
  readonly personal: PersonalClass;
  readonly mask?: MaskKind;
  /** The column may not be null. */
  readonly required?: true;
  /** A descriptive text: where the source gives nothing it reads `desconhecido`. */
  readonly filled?: true;
}

export interface Table<Columns extends Record<string, Column> = Record<string, Column>> {
  readonly schema: 'silver' | 'gold';
  readonly name: string;
  readonly meaning: string;
  readonly columns: Columns;
}

/** The word stored where a descriptive text is missing. */
export const UNKNOWN = 'desconhecido';

type Value<T extends ColumnType> = T extends 'VARCHAR' | 'DATE' | 'TIMESTAMP' | `ENUM(${string})`
  ? string
  : T extends 'BOOLEAN'
    ? boolean
    : T extends 'INTEGER[]'
      ? number[]
      : number;

/** One row of a table as JavaScript sees it; times are local wall time in ISO form. */
export type Row<T extends Table> = {
  [C in keyof T['columns']]: T['columns'][C] extends { required: true } | { filled: true }
    ? Value<T['columns'][C]['type']>
    : Value<T['columns'][C]['type']> | null;
};

export function table<const Columns extends Record<string, Column>>(definition: Table<Columns>): Table<Columns> {
  return definition;
}

/** The statement that creates the table when it does not exist; `suffix` ends its name. */
export function ddl(contract: Table, suffix = ''): string {
  return `CREATE TABLE IF NOT EXISTS ${contract.schema}.${contract.name}${suffix} ${columnList(contract)}`;
}

/** The statement that makes an empty temporary table with the contract's columns. */
export function temporary(contract: Table, name: string): string {
  return `CREATE OR REPLACE TEMP TABLE ${name} ${columnList(contract)}`;
}

function columnList({ columns }: Table): string {
  const list = Object.entries(columns).map(
    ([name, column]) => `  "${name}" ${column.type}${column.required || column.filled ? ' NOT NULL' : ''}`,
  );
  return `(\n${list.join(',\n')}\n)`;
}
