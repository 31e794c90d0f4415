import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { afterAll, describe, expect, it } from 'vitest';
import { lookAtFile } from '../source-file.ts';
import { otherSheets, readSheet } from './sheet.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-sheet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Sheets = Parameters<typeof writeXlsx>[0]['sheets'];

async function read(content: Uint8Array, sheet?: number) {
  const path = join(folder, 'a.xlsx');
  writeFileSync(path, content);
  const found = [];
  for await (const { line, cells } of readSheet(await lookAtFile(path, 1), sheet)) found.push([line, ...cells]);
  return found;
}

const written = (sheets: Sheets) => writeXlsx({ sheets });
const at = (text: string) => new Date(`${text}Z`);

describe('a sheet', () => {
  it('gives its cells as text', async () => {
    const rows = [
      ['texto', ' com espaço ', 'ção', '0012'],
      [1, 1.5, -3, 1e10],
      [true, false, null, ''],
    ];
    expect(await read(await written([{ name: 'a', rows }]))).toEqual([
      [1, 'texto', ' com espaço ', 'ção', '0012'],
      [2, '1', '1.5', '-3', '10000000000'],
      [3, 'true', 'false', ...(await trailing())],
    ]);
  });

  it('gives days, moments and times of day', async () => {
    const rows = [[at('2026-03-02T00:00:00'), at('2026-03-02T09:15:07'), at('1999-12-31T23:59:59')]];
    expect(await read(await written([{ name: 'a', rows }]))).toEqual([
      [1, '2026-03-02', '2026-03-02T09:15:07', '1999-12-31T23:59:59'],
    ]);
  });

  it('is the one that is asked for, from 1', async () => {
    const content = await written([
      { name: 'a', rows: [['primeira']] },
      { name: 'b', rows: [['segunda']] },
    ]);
    expect(await read(content)).toEqual([[1, 'primeira']]);
    expect(await read(content, 2)).toEqual([[1, 'segunda']]);
  });

  it('keeps the number of its rows when some are blank', async () => {
    const found = await read(await written([{ name: 'a', rows: [['a'], [null], ['c']] }]));
    expect(found.filter(([, cell]) => cell)).toEqual([
      [1, 'a'],
      [3, 'c'],
    ]);
  });

  it('tells of the others that hold anything, whichever is read', async () => {
    const path = join(folder, 'b.xlsx');
    const sheets = [
      { name: 'Março', rows: [['a']] },
      { name: 'Resumo & totais', rows: [[], [null, null, 7]] },
      { name: 'Plan3', rows: [] },
    ];
    writeFileSync(path, await written(sheets));
    const file = await lookAtFile(path, 1);
    expect(await otherSheets(file)).toEqual(['Resumo & totais']);
    expect(await otherSheets(file, 2)).toEqual(['Março']);
  });

  it('that is no XLSX, or half of one, is refused by name', async () => {
    const whole = await written([
      { name: 'a', rows: Array.from({ length: 500 }, (_, index) => [index, `texto ${index}`]) },
    ]);
    for (const content of [
      Buffer.from('a;b\n'),
      Buffer.from('PK\u0003\u0004lixo'),
      whole.subarray(0, 700),
      whole.subarray(0, -30),
    ])
      await expect(read(content)).rejects.toThrow(
        /a\.xlsx está danificado: (não é uma planilha XLSX ou XLS inteira \(ou a fonte não é esta\)|o pacote ZIP não )/,
      );
  });
});

/** Whether the library gives empty cells at a row's end is its affair; they are null if it does. */
async function trailing(): Promise<null[]> {
  const [row] = await read(await written([{ name: 'a', rows: [[true, null, '']] }]));
  return (row ?? []).slice(2) as null[];
}
