import type { Readable } from 'node:stream';
import { type AboutLine, aboutScope, ruleLines } from './about.ts';
import { PAGES } from './pages.ts';
import type { Reporting } from './reporting.ts';
import type { View } from './view.ts';
import { FILE_WORDS, fileName, missingWord } from './words.ts';
import { workbookStream } from './workbook.ts';

/** A page as a file: its name without extension, what it is called, and the workbook. */
export interface PageWorkbook {
  readonly name: string;
  readonly title: string;
  /** The lines of its first sheet. */
  readonly about: readonly AboutLine[];
  readonly stream: Readable;
}

/** A page as a workbook: what it is of, then a sheet a card. */
export async function pageWorkbook(to: Reporting, view: View): Promise<PageWorkbook> {
  const { lang, config } = to;
  const words = FILE_WORDS[lang];
  const title = words.pages[view.page] ?? view.page;
  const { scope, gross, rule } = view;
  const tables = await PAGES[view.page](to, view);
  const whole = await aboutScope(to, {
    title,
    scope,
    search: view.search,
    order: '',
    view: gross ? 'gross' : 'net',
    rule: view.page === '/rechamadas' ? ruleLines(rule, lang) : [],
  });
  const sheets = tables.map(({ title: name, columns, rows }) => ({ name, columns, rows }));
  const own = await Promise.all(
    tables.map(async (table): Promise<AboutLine> => {
      const told = ([label, value]: AboutLine) =>
        label === 'Ramal' || whole.some((one) => one[0] === label && one[1] === value);
      const lines = (await table.about()).filter((line) => !told(line));
      return [words.figures.sheet(table.title), lines.map(([label, value]) => `${label}: ${value}`).join('\n')];
    }),
  );
  const about = [...whole, ...own];
  return {
    name: fileName(title, { from: scope.from ?? null, to: scope.to ?? null }),
    title,
    about,
    stream: workbookStream({
      lang,
      missingLabel: missingWord(config.missingLabel, lang),
      about,
      sheets,
    }),
  };
}
