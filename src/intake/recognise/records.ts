import { RamalError } from '../../kernel/errors.ts';
import { RecordTypesReader } from '../readers/record-types.ts';
import { reason, told } from '../reasons.ts';
import {
  type RecordField,
  type RecordLayout,
  type RecordType,
  recordLayoutOf,
  rowFields,
} from '../record-layouts/index.ts';
import type { Cnab } from './cnab.ts';
import { examplesOf, type Question, type SuggestedColumn, type Suggestion } from './recognise.ts';

/** How sure a field is by its layout alone: its bank's, or what banks have in common. */
const OF_BANK = 0.97;
const IN_COMMON = 0.6;
/** Of a field's values, how many must be of its type before it is asked about. */
const MOST = 0.9;

const TYPES: Readonly<Record<RecordField['type'], SuggestedColumn['type']>> = {
  digits: 'integer',
  text: 'text',
  date: 'date',
  money: 'decimal',
};

/** A file of the banks' interchange: its fields by its bank's layout, or by what banks have in common, which is asked. */
export function recogniseRecords(
  { width, bank, kind }: Cnab,
  text: string,
  encoding: string,
  cut: boolean,
): Suggestion {
  const layout = recordLayoutOf(width, bank, kind);
  const asks: Question[] = [];
  const ask = (column: string | null, question: string) => asks.push({ about: 'fields', column, text: question });
  if (layout === null)
    ask(null, `É um CNAB ${width} de ${kind} do banco ${bank}? Só retornos têm layout; este não é lido.`);
  else if (layout.bank === null)
    ask(
      null,
      `É um CNAB ${width} de ${kind} do banco ${bank}, que não tem layout aqui. Os campos comuns aos bancos (${layout.name}) servem?`,
    );
  const rows = layout ? rowsOf(text, layout, cut) : [];
  const columns = layout
    ? layout.records.flatMap((type) => type.fields.map((field) => columnOf(field, type, layout, rows)))
    : [];
  for (const { name, canonical, why, confidence } of columns)
    if (canonical && layout?.bank && confidence < OF_BANK * MOST) ask(name, `“${name}” é ${canonical}? (${why})`);
  return {
    ...{ format: 'records', encoding, delimiter: null, quote: null, recordLayout: layout?.name ?? null },
    ...{ header: false, before: 0, after: 0 },
    // Intake writes them so, however many digits they take in the file.
    ...{ decimal: layout ? '1234.5' : null, dateFormats: layout ? ['yyyy-mm-dd'] : [] },
    columns,
    asks,
  };
}

/** The rows of the file's beginning, as intake would read them; what cannot be read is left out. */
function rowsOf(text: string, layout: RecordLayout, cut: boolean): Map<string, string | null>[] {
  const names = rowFields(layout).map(({ name }) => name);
  const rows: Map<string, string | null>[] = [];
  const settings = { file: '', layout, columns: names, lines: '', headers: '' };
  const reader = new RecordTypesReader(settings, {
    record: (_, fields) => rows.push(new Map(names.map((name, index) => [name, fields[index] ?? null]))),
    reject: () => {},
  });
  const lines = text.split(/\r\n|\r|\n/);
  try {
    for (const [index, line] of (cut ? lines.slice(0, -1) : lines).entries())
      reader.push({ line: index + 1, text: line, cut: false });
    if (!cut) reader.finish();
  } catch (error) {
    if (!(error instanceof RamalError)) throw error;
  }
  return rows;
}

function columnOf(
  { name, from, to, type, meaning, canonical }: RecordField,
  record: RecordType,
  { bank }: RecordLayout,
  rows: readonly Map<string, string | null>[],
): SuggestedColumn {
  const filled = rows.flatMap((row) => row.get(name) ?? []);
  const right = filled.filter((value) => isOf(type, value)).length;
  const share = filled.length === 0 ? 1 : right / filled.length;
  const content =
    filled.length === 0
      ? reason('field-empty')
      : reason('field-content', { share: Math.round(100 * share), filled: filled.length, type });
  return {
    name,
    ...{ from, to, type: TYPES[type], canonical: canonical ?? null, with: null },
    confidence: Math.round(100 * (bank === null ? IN_COMMON : OF_BANK) * share) / 100,
    ...told(reason('field', { meaning, from, to, record: record.name }), content),
    formats: type === 'date' ? ['yyyy-mm-dd'] : [],
    decimal: type === 'money' ? '1234.5' : null,
    ...examplesOf(rows.map((row) => row.get(name) ?? '')),
  };
}

function isOf(type: RecordField['type'], value: string): boolean {
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (type === 'money') return /^\d+\.\d{2}$/.test(value);
  return type === 'text' || /^\d+$/.test(value);
}
