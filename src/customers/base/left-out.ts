/** Why something is not in a base. */
export const LEFT_OUT = ['noRows', 'noKey', 'noCustomer', 'otherSheet', 'folder', 'hidden', 'pattern'] as const;

/** What was given and is not in a base. */
export interface LeftOut {
  /** The file or list; of files of one form, what their table is called. */
  readonly name: string;
  /** Of a workbook whose first sheet was read, another; null where all of it is left out. */
  readonly table: string | null;
  readonly why: (typeof LEFT_OUT)[number];
  /** Of a table that names customers of no base, the column that names them. */
  readonly column: string | null;
}

/** What is said while tables are read. */
export interface Notes {
  readonly warnings: string[];
  readonly leftOut: LeftOut[];
}

/** Of a table's customers, how many the base must have for a column to be taken for theirs. */
export const LEAST_KNOWN = 0.05;

/** Why, in words that follow a name. */
export function whyLeftOut({ why, column }: LeftOut): string {
  switch (why) {
    case 'noRows':
      return 'não tem linhas';
    case 'noKey':
      return 'nenhuma coluna parece nomear clientes';
    case 'noCustomer':
      return column === null
        ? 'não nomeia clientes da base'
        : `da coluna ${column}, menos de ${100 * LEAST_KNOWN}% são clientes da base`;
    case 'otherSheet':
      return 'de um arquivo lê-se a primeira planilha';
    case 'folder':
      return 'é uma pasta dentro da que se deu';
    case 'hidden':
      return 'o nome começa com ponto';
    case 'pattern':
      return 'os padrões da vigia não o aceitam';
  }
}
