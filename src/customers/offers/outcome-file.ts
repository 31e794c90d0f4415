import { mkdirSync, rmSync } from 'node:fs';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type Lake, literal, quoted } from '../../storage/lake.ts';
import { keySql } from '../base/keys.ts';
import { isCustomerName, plainName } from '../base/names.ts';
import { withFileRows } from '../features/file-rows.ts';
import { type NotKept, type OfferOutcome, type Outcome, type OutcomeCounts, WHY_NOT, type WhyNot } from './outcomes.ts';
import { listOfWorkbook, SHEET_PLACE } from './workbook-list.ts';

/** What a list tells: what became of its rows, and the outcomes that are to be kept. */
export interface OutcomeFile {
  readonly counts: OutcomeCounts;
  readonly outcomes: readonly OfferOutcome[];
}

const PRODUCT = /(^|_)(produto|product|prod)(_|$)/;
const OUTCOME = /resultado|desfecho|outcome|situacao|status|resposta|retorno/;
/** What people write, in the order it is tried: “sem resposta” is no refusal, nor “não atendeu”. */
const WORDS: readonly (readonly [Outcome, string])[] = [
  ['noAnswer', '^(sem (resposta|retorno|contato)|nao (atendeu|respondeu|retornou)|no (answer|reply)|pendente|pending)'],
  ['accepted', '^(aceit|accept|sim$|yes$|ganh|won$|vendid|sold|fechad|comprou)'],
  ['refused', '^(recus|refus|nao$|no$|nao (quis|aceit)|negad|perdid|lost|declin|rejeit)'],
];

/** What the file of offers calls where a customer is: its base, and its row there from 1 on. */
const [BASE, ROW] = [/^base$/, /^(linha_na_base|base_row)$/];
const COLUMNS = {
  base: { name: 'base', is: (name: string) => BASE.test(plainName(name)), needed: false },
  row: { name: 'base_row', is: (name: string) => ROW.test(plainName(name)), needed: false },
  customer: { name: 'cliente', is: isCustomerName, needed: false },
  product: { name: 'produto', is: (name: string) => PRODUCT.test(plainName(name)), needed: true },
  outcome: { name: 'resultado', is: (name: string) => OUTCOME.test(plainName(name)), needed: true },
} as const;

/**
 * Outcomes of a list with a customer, a product and an outcome in each row, in any form that the intake recognises, or
 * in the sheets of a workbook. A customer is known by its row of the base, else by its key.
 * @param offers the base and the file of the offers that they are of. @param folder of its own, removed at the end.
 * @param out where the rows that are not to be kept are written, as Parquet of {@link NotKept}; not where all are.
 * @throws RamalError `usage` for a list without such columns.
 */
export async function readOutcomes(
  lake: Lake,
  path: string,
  offers: { readonly base: number; readonly path: string },
  folder: string,
  out: string,
): Promise<OutcomeFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const list = await listOfWorkbook(path, Object.values(COLUMNS), folder);
    const names = (await suggestLayout(list, lake)).columns.map(({ name }) => name);
    const find = ({ is }: { readonly is: (name: string) => boolean }) => names.find(is);
    const found = {
      ...{ product: find(COLUMNS.product), outcome: find(COLUMNS.outcome), customer: find(COLUMNS.customer) },
      place: [find(COLUMNS.base), find(COLUMNS.row)].filter((name) => name !== undefined),
      sheets: list !== path,
    };
    const { product, outcome, customer, place, sheets } = found;
    if (!(customer || place.length === 2) || !product || !outcome)
      throw new RamalError('usage', {
        what: 'A lista não tem as colunas cliente, produto e resultado',
        todo: 'Baixe o arquivo das ofertas e preencha a coluna resultado',
      });
    const taken = [...(customer ? [customer] : []), ...place, product, outcome];
    const columns = [...taken, ...(sheets ? Object.values(SHEET_PLACE) : [])];
    return await withFileRows(lake, list, columns, folder, async (session, rows) => {
      await session.run(judged(rows.sql, { ...found, product, outcome }, offers));
      const { unread, unreadPath } = rows;
      const counted = await session.rows<{ why: WhyNot | 'blank' | null; n: number }>(
        'SELECT why, count(*) AS n FROM outcome_row GROUP BY why',
      );
      const of = (why: WhyNot | 'blank' | null) => counted.find((one) => one.why === why)?.n ?? 0;
      if (WHY_NOT.some((why) => of(why) > 0) || unread > 0) await session.run(notKept(unreadPath, out));
      const outcomes: OfferOutcome[] = [];
      for await (const chunk of session.chunks(
        'SELECT known, sold, outcome FROM outcome_row WHERE why IS NULL ORDER BY _id',
      )) {
        const [known, products, words] = [0, 1, 2].map((at) => chunk.getColumnValues(at) as string[]);
        for (const [at, one] of known!.entries())
          outcomes.push({ customer: one, product: products![at]!, outcome: words![at] as Outcome });
      }
      const why = Object.fromEntries(
        WHY_NOT.map((one) => [one, one === 'unreadable' ? unread : of(one)] as const).filter(([, n]) => n > 0),
      ) as OutcomeCounts['why'];
      const all = Object.values(why).reduce((sum, n) => sum + n, 0);
      const [kept, duplicate] = [outcomes.length, of('duplicate')];
      const counts = { rows: kept + all, kept, duplicate, refused: all - duplicate, why, blank: of('blank') };
      return { counts, outcomes };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Found {
  readonly product: string;
  readonly outcome: string;
  readonly customer: string | undefined;
  readonly place: readonly string[];
  readonly sheets: boolean;
}

/** Each row of a list with the offer that it tells of and why it is not to be kept: `blank` tells nothing yet. */
function judged(
  sql: string,
  { product, outcome, customer, place, sheets }: Found,
  offers: { base: number; path: string },
) {
  const folded = (text: string) => `lower(strip_accents(trim(${text})))`;
  // A file of ours keeps texts that a spreadsheet would run by a sign before them.
  const sold = (text: string) => folded(`ltrim(trim(${text}), '''')`);
  const told = folded(quoted(outcome));
  const word = `CASE ${WORDS.map(([name, pattern]) => `WHEN regexp_matches(${told}, '${pattern}') THEN '${name}'`).join(' ')} END`;
  const number = (name: string) => `TRY_CAST(${quoted(name)} AS DOUBLE)`;
  const [base, row] = place.length === 2 ? place.map(number) : ['NULL', 'NULL'];
  const at = (name: string) => (sheets ? `CAST(${quoted(name)} AS INTEGER)` : 'NULL::INTEGER');
  return `CREATE OR REPLACE TEMP TABLE outcome_row AS
    WITH asked AS (
      SELECT _id, ${at(SHEET_PLACE.sheet)} AS sheet, ${sheets ? at(SHEET_PLACE.line) : '_id'} AS line,
        ${base} AS base, CASE WHEN ${base} = ${offers.base} THEN ${row} END AS row,
        ${customer ? quoted(customer) : 'NULL'} AS told_customer, ${customer ? keySql(customer) : 'NULL'} AS key,
        ${quoted(product)} AS told_product, ${sold(quoted(product))} AS product,
        ${quoted(outcome)} AS told_outcome, ${word} AS outcome
      FROM ${sql}
    ),
    offered AS (SELECT DISTINCT row, customer, product FROM read_parquet(${literal(offers.path)})),
    placed AS (SELECT DISTINCT row, customer FROM offered),
    matched AS (
      SELECT asked.*, coalesce(placed.customer, asked.key) AS who, offered.customer AS known, offered.product AS sold
      FROM asked LEFT JOIN placed ON placed.row = asked.row
      LEFT JOIN offered ON offered.customer = coalesce(placed.customer, asked.key) AND ${sold('offered.product')} = asked.product
      QUALIFY row_number() OVER (PARTITION BY asked._id ORDER BY offered.product <> asked.told_product, offered.product) = 1
    ),
    seen AS (
      SELECT *, who IS NOT NULL AND who IN (SELECT customer FROM offered) AS known_customer,
        product IS NOT NULL AND product IN (SELECT ${sold('product')} FROM offered) AS known_product,
        -- Of an offer the first row with a known outcome is kept.
        first_value(_id) OVER same AS first_id, first_value(sheet) OVER same AS first_sheet, first_value(line) OVER same AS first_line
      FROM matched WINDOW same AS (PARTITION BY known, sold, outcome IS NULL ORDER BY _id)
    )
    SELECT *, CASE
      WHEN told_outcome IS NULL THEN 'blank'
      WHEN NOT known_customer AND base <> ${offers.base} THEN 'otherBase'
      WHEN NOT known_customer THEN 'customer'
      WHEN known IS NULL THEN 'product'
      WHEN outcome IS NULL THEN 'outcome'
      WHEN first_id <> _id THEN 'duplicate'
    END AS why FROM seen`;
}

/** Writes the rows that are not to be kept, in the order of the list, as {@link NotKept}. */
function notKept(unread: string | null, out: string): string {
  const columns: Readonly<Record<keyof NotKept, readonly [judged: string, unread: string]>> = {
    sheet: ['sheet', 'NULL'],
    line: ['CAST(line AS INTEGER)', 'CAST(line AS INTEGER)'],
    customer: ['told_customer', 'NULL'],
    product: ['told_product', 'NULL'],
    outcome: ['told_outcome', 'NULL'],
    why: ['why', "'unreadable'"],
    knownCustomer: ['known_customer', 'false'],
    knownProduct: ['known_product', 'false'],
    firstSheet: ["CASE WHEN why = 'duplicate' THEN first_sheet END", 'NULL'],
    firstLine: ["CASE WHEN why = 'duplicate' THEN CAST(first_line AS INTEGER) END", 'NULL'],
  };
  const select = (place: 0 | 1) => Object.entries(columns).map(([name, of]) => `${of[place]} AS "${name}"`);
  const lines = unread === null ? '' : `UNION ALL SELECT ${select(1).join(', ')} FROM read_parquet(${literal(unread)})`;
  return `COPY (SELECT * FROM (
      SELECT ${select(0).join(', ')} FROM outcome_row WHERE why <> 'blank' ${lines}
    ) ORDER BY sheet, line) TO ${literal(out)} (FORMAT parquet)`;
}
