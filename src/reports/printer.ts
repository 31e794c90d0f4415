import { chromium } from 'playwright-core';
import { RamalError } from '../kernel/errors.ts';
import { Turns } from '../kernel/turns.ts';

/** A screen to be printed, as somebody who is in sees it. */
export interface Printed {
  /** Its whole address. */
  readonly url: string;
  readonly cookie: { readonly name: string; readonly value: string };
  readonly lang: 'pt' | 'en';
  /** Lines of text that stand above and below each page. */
  readonly header: string;
  readonly footer: string;
  /** `página 1 de 3`, with the two numbers left out. */
  readonly pageOf: readonly [before: string, between: string];
}

/** A browser takes much memory: one at a time. */
const turns = new Turns(1);
const PATIENCE_MS = 60_000;
/** A table with more columns than this lies on its side. */
const MOST_UPRIGHT = 7;
/** The most cells of a table's row, in the page. */
const COLUMNS = "Math.max(0, ...[...document.querySelectorAll('main tr')].map((row) => row.children.length))";
const MARGIN = { top: '18mm', bottom: '18mm', left: '12mm', right: '12mm' } as const;

/**
 * The print stylesheet of a screen as PDF, A4, by the configured Chromium.
 * @throws RamalError `printFailed` with the cause.
 */
export function printScreen(executablePath: string, printed: Printed, signal?: AbortSignal): Promise<Buffer> {
  return turns.run(() => print(executablePath, printed), signal);
}

async function print(executablePath: string, printed: Printed): Promise<Buffer> {
  const { url, cookie, lang, header, footer, pageOf } = printed;
  try {
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      timeout: PATIENCE_MS,
    });
    try {
      const context = await browser.newContext({ viewport: { width: 1100, height: 1400 }, reducedMotion: 'reduce' });
      context.setDefaultTimeout(PATIENCE_MS);
      await context.addCookies([{ ...cookie, url: new URL(url).origin }]);
      await context.addInitScript(`localStorage.setItem('ramal.lang', '${lang}')`);
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'networkidle' });
      await page.locator('main').waitFor();
      // By the selector: the page's policy lets nobody evaluate a text there while it waits.
      await page.waitForSelector('[aria-busy="true"]', { state: 'detached' });
      await page.evaluate('document.fonts.ready.then(() => true)');
      const columns = await page.evaluate<number>(COLUMNS);
      return Buffer.from(
        await page.pdf({
          format: 'A4',
          landscape: columns > MOST_UPRIGHT,
          printBackground: true,
          displayHeaderFooter: true,
          margin: MARGIN,
          headerTemplate: line(`<span>${escaped(header)}</span>`),
          footerTemplate: line(
            `<span>${escaped(footer)}</span><span>${escaped(pageOf[0])} <span class="pageNumber"></span> ${escaped(pageOf[1])} <span class="totalPages"></span></span>`,
          ),
        }),
      );
    } finally {
      await browser.close();
    }
  } catch (cause) {
    const [said = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new RamalError('printFailed', { cause: said.replaceAll(cookie.value, '***').slice(0, 200) }, cause);
  }
}

const line = (content: string) =>
  `<div style="width:100%;margin:0 12mm;display:flex;justify-content:space-between;gap:8mm;font:9px sans-serif">${content}</div>`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
