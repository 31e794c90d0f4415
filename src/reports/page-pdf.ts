import { type Accounts, SESSION_COOKIE } from '../access/accounts.ts';
import type { User } from '../access/roles.ts';
import { RamalError } from '../kernel/errors.ts';
import type { PageWorkbook } from './page-workbook.ts';
import { printScreen } from './printer.ts';
import type { View } from './view.ts';
import { FILE_WORDS, type FileLang } from './words.ts';

/** Who prints, and by which program. */
interface Printing {
  readonly accounts: Accounts;
  readonly config: { readonly chromium: string };
  readonly version: string;
}

interface Reader {
  readonly lang: FileLang;
  readonly user: User;
  /** Where the screens are served from; null where they are not. */
  readonly screens: string | null;
  /** Aborts when nobody waits for the file any more. */
  readonly signal?: AbortSignal;
}

/**
 * A page as PDF, as its reader sees it; what its workbook says of it stands above and below.
 * @throws RamalError `printUnset` without a program, `screensOff` where no screen is served, `printFailed`.
 */
export async function pagePdf(
  { accounts, config, version }: Printing,
  view: Pick<View, 'screen'>,
  { title, about }: Pick<PageWorkbook, 'title' | 'about'>,
  { lang, user, screens, signal }: Reader,
): Promise<Buffer> {
  const { mail: words, about: labels, none } = FILE_WORDS[lang];
  if (config.chromium === '') throw new RamalError('printUnset');
  if (screens === null) throw new RamalError('screensOff');
  const told = new Map(about);
  const line = (...names: string[]) => names.flatMap((name) => told.get(name) ?? []);
  const session = await accounts.openPrinter(user);
  try {
    return await printScreen(
      config.chromium,
      {
        url: `${screens}${view.screen}`,
        cookie: { name: SESSION_COOKIE, value: session },
        lang,
        header: [title, ...line(labels.period), ...line(labels.filters).filter((text) => text !== none)].join(' · '),
        footer: [
          ...line(labels.rule),
          `${labels.until} ${told.get(labels.until) ?? '–'}`,
          `Ramal ${version}`,
          user.name,
        ].join(' · '),
        pageOf: words.page,
      },
      signal,
    );
  } finally {
    await accounts.end(session);
  }
}
