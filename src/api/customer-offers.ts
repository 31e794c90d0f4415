import { existsSync } from 'node:fs';
import type { KeptBase } from '../customers/base/kept-bases.ts';
import { usualSegments } from '../customers/offers/audience.ts';
import { offerFields } from '../customers/offers/base-facts.ts';
import type { OfferGroups } from '../customers/offers/base-offers.ts';
import type { KeptOffersOf } from '../customers/offers/kept-offers.ts';
import {
  type OfferFilter,
  type OfferRow,
  offerRows,
  offersByCustomer,
  takenByBars,
} from '../customers/offers/offer-rows.ts';
import { verdictOf } from '../customers/offers/told-evaluation.ts';
import { wilson } from '../metrics/interval.ts';
import { evidenceText, warningTexts, worthText } from '../reports/offer-words.ts';
import { personaName } from '../reports/persona-words.ts';
import type { FileLang } from '../reports/words.ts';
import { literal, quoted } from '../storage/lake.ts';
import type { App } from './app.ts';
import { customerTexts } from './customer-texts.ts';
import type { BarList, CustomerOffers, OffersByCustomer, OffersNow, OffersView, OfferView } from './schema-offers.ts';

/** Where a base's rows are, for offers. */
export const basePaths = ({ bases }: App, base: number) => ({
  base: bases.pathOf(base),
  holdings: bases.holdingsOf(base),
  care: existsSync(bases.careOf(base)) ? bases.careOf(base) : null,
});

/** The groups in use, by each customer's key, as people call them; null where none were approved. */
export async function groupsInUse({ divisions }: App): Promise<OfferGroups | null> {
  const now = await divisions.current();
  if (!now) return null;
  const texts = await divisions.texts();
  const names = now.personas.map((one) => [one.group, texts.get(one.group)?.name ?? personaName(one, 'pt')] as const);
  return { of: await divisions.membersOf(now.id), names: new Map(names) };
}

/** What offers tell of customers, masked as their base is. */
export async function maskOf(app: App, { base: id, fields }: KeptOffersOf): Promise<(row: OfferRow) => OfferRow> {
  const base = await app.bases.get(id);
  const texts = await customerTexts(app, base);
  const told = (field: string | null, value: string | null) =>
    field === null || value === null ? value : (texts.told(field, value).value as string | null);
  return (row) => ({
    ...{ ...row, customer: told(base.key, row.customer) ?? '–', name: told(fields.name, row.name) },
    ...{ segment: told(fields.segment, row.segment), size: told(fields.size, row.size) },
    seller: told(fields.seller, row.seller),
  });
}

/** What is told of offers; sellers in their order, masked alike. */
export async function viewOfOffers(app: App, kept: KeptOffersOf): Promise<OffersView> {
  const texts = await customerTexts(app, await app.bases.get(kept.base));
  const { createdAt, fields, sellers, evaluation: told, ...offers } = kept;
  const named = sellers.map((one) => (fields.seller === null ? one : String(texts.told(fields.seller, one).value)));
  // Evaluations that were kept before verdicts were told have none.
  const evaluation = told && { ...told, verdict: verdictOf(told) };
  return { ...offers, evaluation, fields, sellers: named, createdAt: createdAt.toISOString() } as OffersView;
}

/** Offers with what became of them, as the API tells them. */
export async function viewsOf(
  app: App,
  kept: KeptOffersOf,
  rows: readonly OfferRow[],
  lang: FileLang,
): Promise<OfferView[]> {
  const mask = await maskOf(app, kept);
  const told = await app.outcomes.outcomes(kept.id, [...new Set(rows.map(({ customer }) => customer))]);
  const outcomes = new Map(told.map((one) => [`${one.customer}\n${one.product}`, one]));
  return rows.map((offer) => {
    const row = mask(offer);
    const kept = outcomes.get(`${offer.customer}\n${offer.product}`);
    return {
      ...{ row: row.row, customer: row.customer, name: row.name, segment: row.segment, size: row.size },
      ...{ seller: row.seller, group: row.group_name, place: row.place, product: row.product, line: row.line },
      ...{ score: row.score, mrr: row.mrr, mrrOf: worthText(row, lang), evidence: evidenceText(row, lang) },
      ...{ n: row.n, also: row.also, warnings: warningTexts(row, lang) },
      ...{ outcome: kept?.outcome ?? null, outcomeId: kept?.id ?? null },
    };
  });
}

/** What may be offered to one customer, by its row of a base, with warnings and what became of it; the newest offers of that base. */
export async function offersOfRow(app: App, base: number, row: number, lang: FileLang): Promise<CustomerOffers> {
  const kept = await app.offers.newest(base);
  if (!kept) return { offers: null, held: false, rows: [] };
  const filter: OfferFilter = { row };
  const { rows } = await offerRows(app.lake, app.offers.pathOf(kept.id), filter, { size: kept.most });
  const views = await viewsOf(
    app,
    kept,
    rows.toSorted((a, b) => a.place - b.place),
    lang,
  );
  return { offers: kept.id, held: rows.some(({ reasons }) => reasons > 0), rows: views };
}

/** Offers by customer, the place `from` of them on. */
export async function viewsByCustomer(
  app: App,
  kept: KeptOffersOf,
  filter: OfferFilter,
  lang: FileLang,
  place: { readonly from: number; readonly size: number },
): Promise<OffersByCustomer> {
  const { total, offers, customers } = await offersByCustomer(app.lake, app.offers.pathOf(kept.id), filter, place);
  const views = Map.groupBy(await viewsOf(app, kept, customers.flat(), lang), ({ row }) => row);
  return {
    ...{ total, offers },
    customers: [...views].map(([row, own]) => {
      const { customer, name, segment, seller, warnings } = own[0]!;
      const mrr = own.reduce((sum, one) => sum + (one.mrr ?? 0), 0);
      return { row, customer, name, segment, seller, mrr, warnings, offers: own };
    }),
  };
}

const MOST_SEGMENTS = 200;

/** What is told of the base that offers would be made of. */
export async function viewOfBase({ bases, lake }: App, base: KeptBase): Promise<NonNullable<OffersNow['base']>> {
  const { segment } = offerFields(base);
  const found =
    segment === null
      ? []
      : await lake.rows<{ name: string; customers: number }>(
          `SELECT trim(CAST(${quoted(segment)} AS VARCHAR)) AS name, count(*) AS customers
           FROM read_parquet(${literal(bases.pathOf(base.id))}) GROUP BY name HAVING name <> ''
           ORDER BY customers DESC, name LIMIT ${MOST_SEGMENTS}`,
        );
  const usual = new Set(usualSegments(found.map(({ name }) => name)));
  return {
    ...{ id: base.id, day: base.day, customers: base.customers, products: base.holdings?.products ?? null },
    segments: found.map((one) => ({ ...one, usual: usual.has(one.name) })),
  };
}

/** All bars, with what those that stand would take of the newest offers. */
export async function barList({ bases, lake, offers }: App): Promise<BarList> {
  const [bars, kept] = await Promise.all([offers.bars(), offers.newest()]);
  const standing = bars.filter(({ liftedAt }) => liftedAt === null);
  const files = kept && { path: offers.pathOf(kept.id), holdings: bases.holdingsOf(kept.base) };
  const taken = files ? await takenByBars(lake, files, standing) : [];
  const takes = new Map(standing.map(({ id }, place) => [id, taken[place] ?? 0]));
  return {
    bars: bars.map(({ createdAt, liftedAt, ...bar }) => ({
      ...{ ...bar, takes: takes.get(bar.id) ?? 0 },
      ...{ createdAt: createdAt.toISOString(), liftedAt: liftedAt?.toISOString() ?? null },
    })),
  };
}

interface Counted {
  readonly product: string;
  readonly method: string;
  readonly outcome: string;
  readonly n: number;
}

/** How often offers were accepted, in all, by product and by method, with Wilson's interval. */
export function acceptance(counted: readonly Counted[]): OffersNow['outcomes'] {
  const tried = (some: readonly Counted[]) => {
    const sum = (of: readonly Counted[]) => of.reduce((all, { n }) => all + n, 0);
    const [told, accepted] = [sum(some), sum(some.filter(({ outcome }) => outcome === 'accepted'))];
    const interval = wilson(accepted, told);
    return {
      ...{ told, accepted, rate: told === 0 ? null : accepted / told },
      interval: interval && [interval.low, interval.high],
    };
  };
  const by = (name: 'product' | 'method') =>
    [...Map.groupBy(counted, (one) => one[name])]
      .map(([is, some]) => ({ name: is, ...tried(some) }))
      .sort((a, b) => b.told - a.told || (a.name < b.name ? -1 : 1));
  return { ...tried(counted), products: by('product'), methods: by('method') as OffersNow['outcomes']['methods'] };
}
