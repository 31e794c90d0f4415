import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A running Ramal, with its one-time token when it still asks for one; walks are skipped without it. */
export const RAMAL_URL = process.env.RAMAL_URL;
export const CHROMIUM = '/usr/bin/chromium';
export const canWalk = RAMAL_URL !== undefined && existsSync(CHROMIUM);
export const origin = RAMAL_URL ? new URL(RAMAL_URL).origin : '';

const axeSource = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Visit {
  page: Page;
  /** What the browser complained about: console errors, uncaught exceptions, refused styles. */
  complaints: string[];
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });

/** Signs in once; the state it returns opens further contexts. */
export async function signIn(browser: Browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(RAMAL_URL ?? '');
  await page.waitForSelector('main#content h1');
  const state = await context.storageState();
  await context.close();
  return state;
}

export type SignedIn = Awaited<ReturnType<typeof signIn>>;

export async function visit(
  browser: Browser,
  path: string,
  { state, lang = 'pt', width = 1440 }: { state?: SignedIn; lang?: 'pt' | 'en'; width?: number } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    ...(state ? { storageState: state } : {}),
    viewport: { width, height: width < 700 ? 844 : 900 },
  });
  await context.addInitScript((value) => localStorage.setItem('ramal.lang', value), lang);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(origin + path);
  await page.waitForSelector('h1');
  await settled(page);
  return { page, complaints };
}

/** Waits until nothing on the page is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

/** Serious and critical findings of axe, each with the first element it concerns. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource());
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: (root: Document) => Promise<Findings> } }).axe;
    interface Findings {
      violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
    }
    const found = await axe.run(document);
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
  });
}

export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
