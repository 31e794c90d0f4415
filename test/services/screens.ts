import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext, Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type App, openApp } from '../../src/api/app.ts';
import { type ApiServer, createServerOf } from '../../src/api/server.ts';
import { loadWorld, type SetClock, testConfig } from '../app.ts';
import { ROOT } from '../tree.ts';

export type Lang = 'pt' | 'en';

export interface Visit {
  page: Page;
  /** What the browser complained about: console errors, uncaught exceptions, whatever the policy refused. */
  complaints: string[];
}

interface Visited {
  lang?: Lang;
  width?: number;
  /** A browser that nobody signed in with. */
  stranger?: boolean;
  /** A browser of its own, for a walk that changes what a browser keeps. */
  own?: boolean;
}

/** A queue whose contacts the world's one exclusion leaves out of net figures. */
export const EXCLUDED_QUEUE = 'Ouvidoria';

const DIST = join(ROOT, 'web', 'dist');
const CONTACTS = 6000;
const NOW = new Date('2026-11-20T12:00:00Z');

/** The demo company with its screens on a free port, and a browser that entered by the printed address. */
export class Screens {
  readonly app: App;
  readonly clock: SetClock;
  readonly origin: string;
  readonly #server: ApiServer;
  readonly #browser: Browser;
  readonly #contexts = new Map<string, Promise<BrowserContext>>();
  #cookies: Cookie[] = [];

  private constructor(app: App, server: ApiServer, browser: Browser, clock: SetClock) {
    this.app = app;
    this.clock = clock;
    this.#server = server;
    this.#browser = browser;
    this.origin = `http://127.0.0.1:${(server.fastify.server.address() as AddressInfo).port}`;
  }

  /** Without a world nothing was ever loaded. */
  static async open(browser: Browser, world = true): Promise<Screens> {
    buildScreens();
    const clock: SetClock = { at: NOW, now: () => clock.at };
    const app = await openApp(testConfig({ RAMAL_DEMO_CONTACTS: String(CONTACTS) }), clock, '0.0.0-test');
    if (world) await load(app);
    const server = await createServerOf(app, DIST);
    await server.fastify.listen({ port: 0, host: '127.0.0.1' });
    const screens = new Screens(app, server, browser, clock);
    await screens.#enter();
    return screens;
  }

  async #enter(): Promise<void> {
    const token = await this.app.accounts.createToken(await this.app.accounts.ensure('admin', 'administrator'));
    const { page } = await this.visit(`/entrar#${token}`, { stranger: true });
    await page.waitForSelector('main#content h1');
    this.#cookies = await page.context().cookies();
    await page.context().close();
  }

  /** Opens a page and waits until it has all its answers. */
  async visit(
    path: string,
    { lang = 'pt', width = 1440, stranger = false, own = false }: Visited = {},
  ): Promise<Visit> {
    const make = () => this.#context(lang, width, stranger ? [] : this.#cookies);
    const key = `${lang} ${width}`;
    const shared = stranger || own ? undefined : (this.#contexts.get(key) ?? make());
    if (shared) this.#contexts.set(key, shared);
    const page = await (await (shared ?? make())).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error')
        complaints.push([message.text(), message.location().url].filter(Boolean).join(' '));
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (/\b(undefined|NaN)\b/.test(request.url())) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(this.origin + path);
    await page.waitForSelector('h1', { timeout: 10_000 });
    await settled(page);
    return { page, complaints };
  }

  async #context(lang: Lang, width: number, cookies: Cookie[]): Promise<BrowserContext> {
    const height = width < 700 ? 844 : 900;
    const context = await this.#browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    await context.addCookies(cookies);
    await context.addInitScript((value) => {
      if (localStorage.getItem('ramal.lang') === null) localStorage.setItem('ramal.lang', value);
    }, lang);
    return context;
  }

  async close(): Promise<void> {
    await this.#server.fastify.close();
    await this.app.close();
    rmSync(this.app.config.home, { recursive: true, force: true });
  }
}

async function load(app: App): Promise<void> {
  await app.ledger.sql`
    INSERT INTO exclusion (name, version, column_name, value, reason, approved_by, created_at)
    VALUES ('fila de teste', 1, 'queue', ${EXCLUDED_QUEUE}, 'Ligações de teste', 'teste', ${NOW})`;
  await loadWorld(app, CONTACTS);
}

/** The screens over a home of their own, for the tests of one file. */
export function useScreens(browser: () => Browser, world = true): () => Screens {
  let screens: Screens | undefined;
  beforeAll(async () => {
    screens = await Screens.open(browser(), world);
  }, 120_000);
  afterAll(() => screens?.close(), 30_000);
  return () => {
    if (screens === undefined) throw new Error('The screens open in beforeAll: ask for them inside a test.');
    return screens;
  };
}

/** `npm test` builds them before; a single test file may have to. Screens that are not stale are left as they are. */
function buildScreens(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'start.mjs'), '--screens'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The screens were not built: ${stderr}`);
}

const SHOTS = process.env.RAMAL_SHOTS ?? '';

/** Keeps a picture of the whole page in `RAMAL_SHOTS`, for a person to look at. */
export async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === '') return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** Waits until nothing on the page is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('[aria-busy="true"]', { state: 'detached' });
}

/** Waits until what the page holds was laid out, and whoever observes sizes was told. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate('new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => told())))');

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Findings {
  violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
}

/** Serious and critical findings of axe, each with the first element it concerns. */
export async function violations(page: Page): Promise<string[]> {
  await drawn(page);
  await page.evaluate(AXE);
  const { violations: found } = (await page.evaluate('axe.run(document)')) as Findings;
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}

/** How many pixels the page itself can be scrolled sideways. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Words of the screens (not of the demo's data) that an English page must not show. */
const PORTUGUESE =
  /(?<!\p{L})(Nenhum\p{L}*|Dados até|âncoras?|rechamadas?|semana|linhas?|lotes?|carregad\p{L}+|período|fontes?|expurgad\p{L}+|líquido|bruto|quarentena|inválid\p{L}+|desconhecid\p{L}+|demonstração|conteúdo|posições|parecido|preenchidos|atendimentos|carregar)(?!\p{L})/giu;

export async function portugueseIn(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return [...new Set(text.match(PORTUGUESE))];
}
