import type { Readable } from 'node:stream';
import { MOST_SELLERS } from '../customers/offers/base-offers.ts';
import type { KeptOffers, KeptOffersOf } from '../customers/offers/kept-offers.ts';
import type { KeptOutcomes } from '../customers/offers/kept-outcomes.ts';
import { type OfferFilter, type OfferRow, offerStream } from '../customers/offers/offer-rows.ts';
import type { OfferOutcome } from '../customers/offers/outcomes.ts';
import type { Lake } from '../storage/lake.ts';
import { evidenceText, OFFER_WORDS, warningTexts, worthText } from './offer-words.ts';
import type { TableFile } from './table-file.ts';
import type { FileLang } from './words.ts';
import { type Sheet, workbookStream } from './workbook.ts';

interface From {
  readonly lake: Lake;
  readonly offers: KeptOffers;
  readonly outcomes: KeptOutcomes;
  readonly lang: FileLang;
  /** What leaves of a row. */
  readonly mask: (row: OfferRow) => OfferRow;
  /** What sellers are called, in their order. */
  readonly sellers: readonly string[];
  /** Of all offers those that were asked for. */
  readonly filter: OfferFilter;
}

/** All offers in one table, as programs and mailings take it. */
export function offerTable(
  { lake, offers, outcomes: told, lang, mask }: From,
  kept: KeptOffersOf,
  filter: OfferFilter,
): Pick<TableFile, 'columns' | 'rows'> {
  const words = OFFER_WORDS[lang];
  const { columns } = words;
  return {
    columns: [
      { name: columns.customer, kind: 'text' },
      { name: columns.name, kind: 'text' },
      { name: columns.segment, kind: 'text' },
      { name: columns.size, kind: 'text' },
      { name: columns.seller, kind: 'text' },
      { name: columns.group, kind: 'text' },
      { name: columns.base, kind: 'code' },
      { name: columns.baseRow, kind: 'code' },
      { name: columns.place, kind: 'integer' },
      { name: columns.product, kind: 'text' },
      { name: columns.line, kind: 'text' },
      { name: columns.mrr, kind: 'number' },
      { name: columns.mrrOf, kind: 'text' },
      { name: columns.score, kind: 'number' },
      { name: columns.evidence, kind: 'text' },
      { name: columns.warnings, kind: 'text' },
      { name: columns.outcome, kind: 'text' },
    ],
    rows: cells(),
  };

  async function* cells(): AsyncGenerator<readonly (readonly unknown[])[]> {
    const outcomes = new Map<string, OfferOutcome['outcome']>();
    for (const { customer, product, outcome } of await told.outcomes(kept.id))
      outcomes.set(`${customer}\n${product}`, outcome);
    for await (const rows of offerStream(lake, offers.pathOf(kept.id), filter))
      yield rows.map((row) => cellsOf(mask(row), outcomes.get(`${row.customer}\n${row.product}`)));
  }

  function cellsOf(row: OfferRow, outcome: OfferOutcome['outcome'] | undefined): unknown[] {
    return [
      ...[row.customer, row.name, row.segment, row.size, row.seller, row.group_name],
      ...[kept.base, row.row, row.place, row.product, row.line],
      ...[row.mrr, worthText(row, lang), row.score, evidenceText(row, lang), warningTexts(row, lang).join('; ')],
      outcome === undefined ? null : words.outcomes[outcome],
    ];
  }
}

/** A sheet for each seller that is told by name, one for all others, or else for each product, and one of what is not to be sold now. */
export function offerWorkbook(
  from: From,
  kept: KeptOffersOf,
  about: TableFile['about'],
  missingLabel: string,
): Readable {
  const words = OFFER_WORDS[from.lang];
  const { product: sold, seller: whose } = from.filter;
  const sheet = (name: string, filter: OfferFilter): Sheet => ({
    name,
    ...offerTable(from, kept, { ...from.filter, ...filter }),
  });
  const all = whose === undefined;
  const sellers = [...kept.sellers.entries()].filter(([, seller]) => all || seller === whose);
  const each =
    kept.sellers.length > 0
      ? [
          ...sellers.map(([place, seller]) => sheet(from.sellers[place]!, { held: false, seller })),
          ...(all && kept.sellers.length >= MOST_SELLERS
            ? [sheet(words.moreSellers, { held: false, otherSellersThan: kept.sellers })]
            : []),
          ...(all ? [sheet(words.noSeller, { held: false, seller: null })] : []),
        ]
      : kept.products
          .filter(({ offers, product }) => offers > 0 && (sold === undefined || product === sold))
          .map(({ product }) => sheet(product, { held: false, product }));
  return workbookStream({
    ...{ lang: from.lang, missingLabel, about },
    sheets: [...each, sheet(words.held, { held: true })],
  });
}
