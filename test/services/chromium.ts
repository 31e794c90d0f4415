import { type Browser, chromium as launcher } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { chromium } from '../services.ts';

/** One headless Chromium for the tests of one file, closed after them. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openChromium();
  }, 60_000);
  afterAll(() => browser?.close(), 30_000);
  return () => {
    if (browser === undefined) throw new Error('Chromium starts in beforeAll: ask for it inside a test.');
    return browser;
  };
}

/** Opens the system's Chromium, headless; dates and numbers are Brazilian by default. */
export async function openChromium(): Promise<Browser> {
  const executablePath = chromium();
  if (executablePath === undefined)
    throw new Error('Chromium is not installed; skip with describe.skipIf(!chromium()).');
  const args = ['--disable-dev-shm-usage', '--lang=pt-BR'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return launcher.launch({ executablePath, args });
}
