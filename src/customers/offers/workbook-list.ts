import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileKind } from '../../intake/readers/file-kind.ts';
import { readSheet } from '../../intake/readers/sheet.ts';
import { zipDirectory } from '../../intake/readers/zip-directory.ts';
import { lookAtFile, type SourceFile } from '../../intake/source-file.ts';

export interface WantedColumn {
  /** What the list calls it. */
  readonly name: string;
  readonly is: (heading: string) => boolean;
  /** A sheet without it is left out. */
  readonly needed: boolean;
}

/** Columns of the list that tell where a row came from: the sheet, from 1 on, and its line there. */
export const SHEET_PLACE = { sheet: 'ramal_planilha', line: 'ramal_linha' } as const;

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;

/**
 * The sheets of a workbook as one list of some columns, found by the first row of each sheet; a file that is no workbook
 * of several sheets, or has no such sheet, stays itself.
 * Beside what was wanted each row tells its place, as {@link SHEET_PLACE}.
 * @param folder where the list is written. @returns the path of the list.
 */
export async function listOfWorkbook(path: string, wanted: readonly WantedColumn[], folder: string): Promise<string> {
  const file = await lookAtFile(path);
  if (/\.(gz|bz2)$/i.test(file.name) || (await fileKind(file)) !== 'xlsx') return path;
  const sheets = (await zipDirectory(file)).filter(({ name }) => SHEET.test(name)).length;
  if (sheets < 2) return path;
  const list = join(folder, 'sheets.csv');
  let found = 0;
  await pipeline(Readable.from(lines()), createWriteStream(list, { mode: 0o600 }));
  return found > 0 ? list : path;

  async function* lines(): AsyncGenerator<string> {
    yield line([SHEET_PLACE.sheet, SHEET_PLACE.line, ...wanted.map(({ name }) => name)]);
    for (let sheet = 1; sheet <= sheets; sheet++)
      for await (const cells of rowsOf(file, sheet, wanted)) {
        found++;
        yield line([String(sheet), ...cells]);
      }
  }
}

async function* rowsOf(file: SourceFile, sheet: number, wanted: readonly WantedColumn[]) {
  let places: readonly number[] | null = null;
  for await (const { cells, line: at } of readSheet(file, sheet)) {
    if (places) {
      yield [String(at), ...places.map((place) => cells[place] ?? '')];
      continue;
    }
    places = wanted.map(({ is }) => cells.findIndex((cell) => cell !== null && is(cell)));
    if (wanted.some(({ needed }, at) => needed && places![at]! < 0)) return;
  }
}

const line = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')}\r\n`;
