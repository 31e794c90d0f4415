import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { test } from 'vitest';

test('shots', async () => {
  const url = execFileSync('node', ['start.mjs', 'login'], { env: { ...process.env, RAMAL_HOME: '/tmp/demo-a' } })
    .toString()
    .match(/http\S+/)![0];
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForTimeout(2500);
  const base = new URL(url).origin;
  for (const [name, path, width] of JSON.parse(process.env.SHOTS!)) {
    await page.setViewportSize({ width, height: 1000 });
    await page.goto(base + path);
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
  }
  await browser.close();
}, 120000);
