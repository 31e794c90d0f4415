import { type CellKind, cellKind } from './cells.ts';
import type { TextRecord } from './dialect.ts';

/** Where the table stands in its records. */
export interface FoundTable {
  /** The header's cells, or null where the first row is data already. */
  readonly header: readonly string[] | null;
  readonly headerConfidence: number;
  /** Lines of titles before the table. */
  readonly before: number;
  readonly startConfidence: number;
  /** Records after it that are no rows: totals, remarks. */
  readonly after: number;
  readonly columns: number;
  /** Empty cells after the last column of every row. */
  readonly padding: number;
  readonly rows: readonly TextRecord[];
  /** Rows with another number of cells than most. */
  readonly ragged: number;
}

const CLOSING =
  /^\W*(?:sub ?)?(?:total|totais|fim|rodap[eé]|quantidade|registros?|linhas?|gerado|emitido|usu[aá]rio|obs)\b/i;
const NAMES =
  /^(?:id|c[oó]d(?:igo)?|cd|nr|nm|ds|qtd|cpf|cnpj|cgc|nome|raz[aã]o|fantasia|empresa|cliente|devedor|segmento|subsegmento|setor|ramo|porte|categoria|marca|regi[aã]o|pa[ií]s|data|dt|hora|hr|valor|vlr|vl|saldo|telefone|tel|fone|celular|ddd|e-?mail|uf|estado|cidade|munic[ií]pio|bairro|endere[cç]o|cep|contrato|parcela|vencimento|venc|produto|fila|agente|operador|atendente|status|situa[cç][aã]o|motivo|assunto|protocolo|canal|origem|dura[cç][aã]o|tempo|nota|observa[cç][aã]o|tipo|quantidade|qtde?|name|customer|client|company|segment|industry|country|city|product|date|time|phone|amount|status|type|queue|agent|start|end|duration)(?:$|[\s_\-./\d(])/i;

/** Finds the table in a file's first records. `complete`: they are all records of the file. */
export function findTable(received: readonly TextRecord[], complete: boolean): FoundTable {
  const width = commonLength(received);
  const columns = usedLength(received, width);
  const records = received.map((record) =>
    record.cells.length === width ? { ...record, cells: record.cells.slice(0, columns) } : record,
  );
  const first = records.findIndex(({ cells }) => cells.length === columns);
  const titled = records.findIndex(
    (record, index) => index >= first && record.cells.length === columns && !isTitle(record),
  );
  const start = Math.max(0, titled < 0 ? first : titled);
  const padded = start - Math.max(0, first);
  const skipped = records.slice(0, start);
  let end = records.length;
  if (complete) while (end > start + 2 && isClosing(records[end - 1]!, columns)) end--;
  const body = records.slice(start, end);
  const { isHeader, confidence } = headerEvidence(body, columns);
  const rows = isHeader ? body.slice(1) : body;
  return {
    header: isHeader ? (body[0]?.cells ?? null) : null,
    headerConfidence: confidence,
    before: (records[start]?.line ?? 1) - 1,
    // What is left out before may be rows: one of a text only, or one that lacks cells.
    startConfidence: (padded > 0 && !isHeader) || skipped.some(isPartOfRow) ? 0.3 : confidence,
    after: records.length - end,
    columns,
    padding: width - columns,
    rows,
    ragged: rows.filter(({ cells }) => cells.length !== columns).length,
  };
}

/** The number of cells that most rows have; of equals, the larger. */
function commonLength(records: readonly TextRecord[]): number {
  const lengths = new Map<number, number>();
  for (const { cells } of records) lengths.set(cells.length, (lengths.get(cells.length) ?? 0) + 1);
  return [...lengths].toSorted(([a, x], [b, y]) => y - x || b - a)[0]?.[0] ?? 1;
}

/** Without the cells at the end that are empty in every row: spreadsheets pad with them. */
function usedLength(records: readonly TextRecord[], columns: number): number {
  const rows = records.filter(({ cells }) => cells.length === columns);
  for (let used = columns; used > 1; used--) if (rows.some(({ cells }) => cells[used - 1]!.trim() !== '')) return used;
  return columns;
}

/** A line of the table's width, of several cells, that holds one text only, in front, is a title padded with delimiters. */
function isTitle({ cells }: TextRecord): boolean {
  const [first = '', ...rest] = cells;
  return (
    rest.length > 0 &&
    rest.every((cell) => cell.trim() === '') &&
    ['text', 'unknown', 'empty'].includes(cellKind(first))
  );
}

function isPartOfRow(record: TextRecord): boolean {
  return record.cells.length > 1 && !isTitle(record);
}

function isClosing({ cells }: TextRecord, columns: number): boolean {
  const [first = '', ...rest] = cells.filter((cell) => cell.trim() !== '');
  if (CLOSING.test(first)) return rest.length < columns * 0.7 && rest.every((cell) => cellKind(cell) === 'number');
  return columns > 2 && cells.length < columns / 2 && cellKind(first) === 'text';
}

/** Whether the first row names the columns, by what stands below it and by what it says. */
function headerEvidence(
  [first, ...rows]: readonly TextRecord[],
  columns: number,
): { isHeader: boolean; confidence: number } {
  if (!first) return { isHeader: false, confidence: 0 };
  const names = first.cells.map((cell) => cell.trim());
  const kinds = names.map(cellKind);
  const values = kinds.filter((kind) => !['text', 'empty', 'unknown'].includes(kind)).length;
  const known = names.filter((name) => NAMES.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'))).length;
  const repeated = names.length - new Set(names).size;
  let evidence = 1.5 * known - 2.5 * values - 0.5 * repeated;
  for (let at = 0; at < columns; at++) {
    const below = rows.slice(0, 100).flatMap(({ cells }) => (cells.length === columns ? [cells[at]!] : []));
    evidence += columnEvidence(names[at] ?? '', kinds[at] ?? 'empty', below);
  }
  if (rows.length === 0 && known === 0) evidence = values > 0 ? -1 : 0;
  return { isHeader: evidence > 0, confidence: 1 - Math.exp(-Math.abs(evidence) / 1.5) };
}

/** Evidence that a first cell is its column's name: it is text over values, or a word that never comes back. */
function columnEvidence(name: string, kind: CellKind, below: readonly string[]): number {
  const filled = below.map((cell) => cell.trim()).filter((cell) => cellKind(cell) !== 'empty');
  if (filled.length === 0) return name !== '' && kind === 'text' ? 0.1 : 0;
  const values = filled.filter((cell) => !['text', 'unknown'].includes(cellKind(cell))).length / filled.length;
  if (kind === 'empty') return -0.3;
  if (values > 0.9) return kind === 'text' || kind === 'unknown' ? 1 : -1;
  const again = filled.filter((cell) => cell === name).length;
  if (again > 0) return -1.5;
  const few = new Set(filled).size <= filled.length / 3;
  return few && filled.length >= 6 ? 0.4 : 0;
}
