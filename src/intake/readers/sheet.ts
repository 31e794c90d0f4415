import { readFile } from 'node:fs/promises';
import { streamXlsxRows } from 'hucre';
import { RamalError } from '../../kernel/errors.ts';
import type { SourceFile } from '../source-file.ts';

export interface SheetRow {
  /** Row of the sheet, from 1. */
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

/**
 * The rows of one sheet (from 1) of an XLSX file, cells as text: dates in ISO form, times of day as hh:mm:ss.
 * @throws RamalError `fileDamaged` when it is no XLSX.
 */
export async function* readSheet(file: SourceFile, sheet = 1): AsyncGenerator<SheetRow> {
  try {
    for await (const { index, values } of streamXlsxRows(await readFile(file.path), { sheet: sheet - 1 })) {
      yield { line: index + 1, cells: values.map(cellText) };
    }
  } catch (cause) {
    if (cause instanceof RamalError) throw cause;
    throw new RamalError(
      'fileDamaged',
      { file: file.name, what: 'não é uma planilha XLSX inteira (ou a fonte não é esta)' },
      cause,
    );
  }
}

/** Times of day and durations are dates of the sheet's first day, 1899-12-30 or 31. */
function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined || cell === '') return null;
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return null;
    const text = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString();
    return cell.getUTCFullYear() < 1901 ? clock(cell) : text.slice(0, 19).replace(/T00:00:00$/, '');
  }
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (typeof cell === 'object') return 'text' in cell ? String(cell.text) : JSON.stringify(cell);
  return String(cell);
}

function clock(cell: Date): string {
  const day = Math.floor(cell.getTime() / 86_400_000) * 86_400_000;
  const seconds = Math.round((cell.getTime() - day) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
