import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { User } from '../access/roles.ts';
import type { KeptOffersOf } from '../customers/offers/kept-offers.ts';
import type { KeptOutcome, KeptOutcomeList } from '../customers/offers/kept-outcomes.ts';
import { readOutcomes } from '../customers/offers/outcome-file.ts';
import { notKeptRows } from '../customers/offers/outcome-rows.ts';
import { whyText } from '../reports/outcome-table.ts';
import type { FileLang } from '../reports/words.ts';
import type { App } from './app.ts';
import { customerTexts } from './customer-texts.ts';
import { notKeptMask } from './outcome-texts.ts';
import type { NotKeptRow, OutcomeList, OutcomesRead, OutcomeUndone, OutcomeView } from './schema-offers.ts';

/** Rows not kept that the answer to a list shows; a page of them. */
export const SHOWN_NOT_KEPT = 20;

const undone = (one: Pick<KeptOutcome, 'createdAt' | 'createdBy' | 'undoneAt' | 'undoneBy'>) => ({
  ...{ createdAt: one.createdAt.toISOString(), createdBy: one.createdBy },
  ...{ undoneAt: one.undoneAt?.toISOString() ?? null, undoneBy: one.undoneBy },
});

export function listView(list: KeptOutcomeList): OutcomeList {
  const { id, offers, file, rows, kept, duplicate, refused, blank, why } = list;
  const told = Object.entries(why).map(([name, n]) => ({ why: name as keyof typeof why, n }));
  return { id, offers, file, rows, kept, duplicate, refused, blank, why: told, ...undone(list) };
}

/** Keeps the outcomes of a list of this machine, and tells of each of its rows that was not kept. */
export async function keepOutcomes(
  app: App,
  { id, base }: KeptOffersOf,
  path: string,
  user: User,
  lang: FileLang,
): Promise<OutcomesRead> {
  const folder = join(app.config.home, 'tmp', `outcomes-${randomUUID()}`);
  const notKept = `${folder}.parquet`;
  try {
    const offers = { base, path: app.offers.pathOf(id) };
    const { counts, outcomes } = await readOutcomes(app.lake, path, offers, folder, notKept);
    const list = await app.outcomes.toldBy({ offers: id, file: basename(path), counts }, outcomes, notKept, user);
    return { ...listView(list), notKept: await notKeptPage(app, list, 1, lang) };
  } finally {
    rmSync(notKept, { force: true });
  }
}

/** Rows of a list that were not kept, twenty to a page, masked. */
export async function notKeptPage(
  app: App,
  list: KeptOutcomeList,
  page: number,
  lang: FileLang,
): Promise<NotKeptRow[]> {
  const mask = await notKeptMask(app, await app.offers.get(list.offers));
  const place = { from: (page - 1) * SHOWN_NOT_KEPT, size: SHOWN_NOT_KEPT };
  const rows = await notKeptRows(app.lake, app.outcomes.pathOf(list.id), place);
  return rows.map((row) => {
    const { sheet, line, customer, product, outcome, why } = mask(row);
    return { sheet, line, customer, product, outcome, why, said: whyText(row, lang) };
  });
}

const HIDDEN = '***';

/** Outcomes as they leave, customers masked as their base is; hidden where the base is no more on the disk. */
export async function outcomeViews(app: App, rows: readonly KeptOutcome[]): Promise<OutcomeView[]> {
  const told = new Map<number, (customer: string) => string>();
  for (const offers of new Set(rows.map((row) => row.offers))) {
    const base = await app.bases.get((await app.offers.get(offers)).base);
    const texts = existsSync(app.bases.pathOf(base.id)) ? await customerTexts(app, base) : null;
    told.set(offers, (customer) => (texts ? String(texts.told(base.key, customer).value) : HIDDEN));
  }
  return rows.map((row) => {
    const { id, offers, list, file, product, outcome } = row;
    return { id, offers, list, file, customer: told.get(offers)!(row.customer), product, outcome, ...undone(row) };
  });
}

/** An outcome that was undone, with the one before it that holds again. */
export async function undoneView(app: App, row: KeptOutcome): Promise<OutcomeUndone> {
  const [view] = await outcomeViews(app, [row]);
  const standing = await app.outcomes.outcomes(row.offers, [row.customer]);
  const holds = standing.find(({ product }) => product === row.product);
  return { ...view!, holds: holds ? { id: holds.id, outcome: holds.outcome } : null };
}
