import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { suggestLayout } from '../src/intake/recognise/suggest.ts';
import { callFile, KEYED } from './call-files.ts';
import { age, useHome } from './home.ts';
import { workbookOf } from './workbook.ts';

const home = useHome();
/** Bytes that the process may grow by: a file's size does not count. */
const BOUND = 600_000_000;

const rss = () => process.memoryUsage.rss();

/** Writes a file of a gigabyte of one character after a beginning. */
function gigabyte(name: string, beginning: string, end: string): string {
  const path = join(home().folder, name);
  const file = openSync(path, 'w');
  writeSync(file, beginning);
  const block = Buffer.alloc(16_000_000, 'x');
  for (let written = 0; written < 1e9; written += block.length) writeSync(file, block);
  writeSync(file, end);
  closeSync(file);
  age(path);
  return path;
}

it('a line of 1 GB is quarantined alone, and as the first one refused, in bounded memory', async () => {
  const before = rss();
  const among = gigabyte('linha.csv', callFile([2, 3]), '\n');
  expect(await home().load(among, KEYED)).toMatchObject({ rows_read: 3, quarantined: 1 });
  const alone = gigabyte('linha.csv', '', '');
  await expect(home().load(alone, KEYED)).rejects.toMatchObject({ code: 'fileTooLarge' });
  await expect(suggestLayout(alone, home().lake)).rejects.toMatchObject({ code: 'fileDamaged' });
  await expect(home().load(alone, home().layouts.get('demo-tickets'))).rejects.toMatchObject({ code: 'fileTooLarge' });
  expect(rss() - before).toBeLessThan(BOUND);
});

it('shared strings that pass every size and are too many for the heap end their thread alone', async () => {
  const layout = parseLayout(
    {
      source: 'planilha',
      version: 1,
      label: { pt: 'Planilha', en: 'Sheet' },
      holds: 'all',
      format: { kind: 'xlsx' },
      key: [],
      columns: { started_at: { from: ['DATA'], as: 'date-time' } },
    },
    'planilha',
  );
  const content = workbookOf({ strings: Buffer.alloc(31_900_000, '<si><r><t/></r></si>') });
  const path = home().file('textos.xlsx', content);
  await expect(home().load(path, layout)).rejects.toMatchObject({ code: 'fileTooLarge' });
  expect(await home().load({ content: callFile([5]) }, KEYED)).toMatchObject({ rows_read: 1 });
});
