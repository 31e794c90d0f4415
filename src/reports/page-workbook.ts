import type { Readable } from 'node:stream';
import type { AboutLine } from './about.ts';
import { PAGES } from './pages.ts';
import type { Reporting } from './reporting.ts';
import type { View } from './view.ts';
import { FILE_WORDS, fileName, missingWord } from './words.ts';
import { workbookStream } from './workbook.ts';

/** A page as a file: its name without extension, what it is called, and the workbook. */
export interface PageWorkbook {
  readonly name: string;
  readonly title: string;
  readonly stream: Readable;
}

/** A page as a workbook: what it is of, then a sheet a card. */
export async function pageWorkbook(to: Reporting, view: View): Promise<PageWorkbook> {
  const { lang, config } = to;
  const words = FILE_WORDS[lang];
  const title = words.pages[view.page] ?? view.page;
  const tables = await PAGES[view.page](to, view);
  const abouts = await Promise.all(tables.map(async (table) => table.about()));
  const [first = []] = abouts;
  const sheets = tables.map(({ title: name, columns, rows }) => ({ name, columns, rows }));
  const own = abouts.slice(1).map((lines, index): AboutLine => {
    const told = (one: AboutLine) => first.some(([label, value]) => label === one[0] && value === one[1]);
    const left = lines.filter((line) => line[0] !== 'Ramal' && !told(line));
    return [
      words.figures.sheet(sheets[index + 1]!.name),
      left.map(([label, value]) => `${label}: ${value}`).join('\n'),
    ];
  });
  return {
    name: fileName(title, { from: view.scope.from ?? null, to: view.scope.to ?? null }),
    title,
    stream: workbookStream({
      lang,
      missingLabel: missingWord(config.missingLabel, lang),
      about: [['Ramal', title], ...first.filter(([label]) => label !== 'Ramal'), ...own],
      sheets,
    }),
  };
}
