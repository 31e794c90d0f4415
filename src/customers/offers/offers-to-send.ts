import type { ColumnType } from '../../contracts/index.ts';
import { textOf } from '../../intake/steps/columns-sql.ts';
import type { Relation } from '../../intake/steps/index.ts';
import { type Lake, literal, quoted } from '../../storage/lake.ts';
import type { OfferOutcome } from './outcomes.ts';

/** What a row to send has of an offer: its column, its type and what stands in it. */
const COLUMNS = {
  customer: ['VARCHAR', 'offer.customer'],
  name: ['VARCHAR', 'offer.name'],
  segment: ['VARCHAR', 'offer.segment'],
  size: ['VARCHAR', 'offer.size'],
  seller: ['VARCHAR', 'offer.seller'],
  group: ['VARCHAR', 'offer.group_name'],
  place: ['INTEGER', 'offer.place'],
  product: ['VARCHAR', 'offer.product'],
  line: ['VARCHAR', 'offer.line'],
  score: ['DOUBLE', 'offer.score'],
  mrr: ['DOUBLE', 'round(offer.mrr, 2)'],
  has: ['VARCHAR', "concat_ws(' + ', offer.first_has, offer.second_has)"],
  peers: ['INTEGER', 'offer.n'],
  peers_with: ['INTEGER', 'offer.also'],
} as const satisfies Record<string, readonly [ColumnType, string]>;

export const OFFER_COLUMNS = Object.keys(COLUMNS) as readonly (keyof typeof COLUMNS)[];

interface Sources {
  /** Offers and the base that they were made of, as Parquet. */
  readonly offers: string;
  readonly base: string;
  /** What is not to be offered to whom: it was accepted or refused. */
  readonly answered: readonly OfferOutcome[];
}

/**
 * Offers that may be made now, but for those that were answered, in the order of their file: what an offer
 * says, then all that the base knows of its customer under the names that are left.
 */
export async function offersToSend(lake: Lake, { offers, base, answered }: Sources): Promise<Relation> {
  const known = await lake.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM read_parquet(${literal(base)})`,
  );
  const taken = new Set<string>([...OFFER_COLUMNS, '_id', '_end']);
  const fields = known.filter(({ column_name: name }) => !taken.has(name.toLowerCase()));
  const cells = [
    ...Object.entries(COLUMNS).map(([name, [type, value]]) => `${textOf(type, `(${value})`)} AS ${quoted(name)}`),
    ...fields.map(
      ({ column_name: name, column_type: type }) =>
        `${textOf(type as ColumnType, `base.${quoted(name)}`)} AS ${quoted(name)}`,
    ),
  ];
  const done = answered.map(({ customer, product }) => `(${literal(customer)}, ${literal(product)})`);
  return {
    sql: `SELECT offer.file_row_number + 1 AS _id, CAST(NULL AS VARCHAR) AS _end, ${cells.join(', ')}
      FROM read_parquet(${literal(offers)}, file_row_number = true) AS offer
      JOIN read_parquet(${literal(base)}, file_row_number = true) AS base ON base.file_row_number + 1 = offer.row
      ${done.length === 0 ? '' : `ANTI JOIN (VALUES ${done.join(', ')}) AS done(customer, product) ON done.customer = offer.customer AND done.product = offer.product`}
      WHERE offer.reasons = 0`,
    columns: [...OFFER_COLUMNS, ...fields.map(({ column_name }) => column_name)],
  };
}
