import { describe, expect, test } from 'vitest';
import { useChromium } from './services/chromium.ts';
import { type Lang, portugueseIn, settled, sideways, useScreens, violations } from './services/screens.ts';
import { chromium } from './services.ts';

const EMPTY = 'from=2026-01-05&to=2026-01-12';
const SPLITS = ['queue', 'agent', 'reason', 'account', 'source', 'weekday', 'hour'];
const PAGES = [
  ...['/', `/?${EMPTY}`, '/?gross=1', '/rechamadas', `/rechamadas?${EMPTY}`, '/rechamadas?by=reason'],
  ...['contacts', 'avgHandleTime'].map((order) => `/rechamadas?from=2026-05-18&to=2026-11-02&order=${order}`),
  '/rechamadas?order=resolutionTime',
  ...['24h', '72h', '7d'].map((window) => `/rechamadas?rule=previous-${window}&by=queue`),
  ...['/dimensionamento', `/dimensionamento?${EMPTY}`, '/dimensionamento?source=demo-chat&where=agent=A1008'],
  ...[
    '/causas',
    '/rechamadas/conferencia',
    '/rechamadas/regras',
    '/rechamadas/regras?rule=forwarded-7d&than=house&why=other&thanWhy=repeat',
  ],
  ...['contacts', 'avgHandleTime', 'serviceLevel'].flatMap((metric) =>
    SPLITS.map((by) => `/indicadores?metric=${metric}&by=${by}`),
  ),
  ...['/indicadores?metric=daysToAnswer', '/recepcao', '/conexoes', '/linhas', '/linhas?repeat=anchor', '/nada'],
];
const SIZES = [1440, 390];
const LANGS: Lang[] = ['pt', 'en'];
const MATRIX = PAGES.flatMap((path) => SIZES.flatMap((width) => LANGS.map((lang) => [path, width, lang] as const)));

describe.skipIf(!chromium())('every page, both languages, both widths', () => {
  const browser = useChromium();
  const screens = useScreens(browser);

  test.for(MATRIX)('%s, %i px, %s', async ([path, width, lang]) => {
    const { page, complaints } = await screens().visit(path, { width, lang });
    expect(await page.locator('h1').count()).toBe(1);
    expect(await sideways(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    if (lang === 'en') expect(await portugueseIn(page)).toEqual([]);
    await page.keyboard.press('t');
    await settled(page);
    expect(await sideways(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
