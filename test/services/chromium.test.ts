import { describe, expect, it } from 'vitest';
import { chromium } from '../services.ts';
import { useChromium } from './chromium.ts';

describe.skipIf(!chromium())("the system's Chromium", () => {
  const browser = useChromium();

  it('opens a page in Portuguese', async () => {
    const page = await browser().newPage({ locale: 'pt-BR' });
    await page.setContent('<p>Recepção</p>');
    expect(await page.textContent('p')).toBe('Recepção');
    expect(await page.evaluate('(1234.5).toLocaleString()')).toBe('1.234,5');
    await page.close();
  });
});
