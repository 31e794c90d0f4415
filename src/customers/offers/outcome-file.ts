import { mkdirSync, rmSync } from 'node:fs';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type Lake, literal, quoted } from '../../storage/lake.ts';
import { keySql } from '../base/keys.ts';
import { isCustomerName, plainName } from '../base/names.ts';
import { withFileRows } from '../features/file-rows.ts';
import type { OfferOutcome, Outcome } from './outcomes.ts';
import { listOfWorkbook } from './workbook-list.ts';

/** What became of a list's rows: `rows` = `matched` + `unknown` + `notUnderstood` + `duplicate` + `unread`. */
export interface OutcomeFile {
  readonly rows: number;
  readonly matched: number;
  /** Customers and products that were not offered. */
  readonly unknown: number;
  /** Outcomes of no known word. */
  readonly notUnderstood: number;
  /** Of an offer that the list told already. */
  readonly duplicate: number;
  readonly unread: number;
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
 * @throws RamalError `usage` for a list without such columns.
 */
export async function readOutcomes(
  lake: Lake,
  path: string,
  offers: { readonly base: number; readonly path: string },
  folder: string,
): Promise<OutcomeFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const list = await listOfWorkbook(path, Object.values(COLUMNS), folder);
    const names = (await suggestLayout(list, lake)).columns.map(({ name }) => name);
    const find = ({ is }: { readonly is: (name: string) => boolean }) => names.find(is);
    const [product, outcome, customer] = [find(COLUMNS.product), find(COLUMNS.outcome), find(COLUMNS.customer)];
    const place = [find(COLUMNS.base), find(COLUMNS.row)].filter((name) => name !== undefined);
    const placed = place.length === 2;
    if (!(customer || placed) || !product || !outcome)
      throw new RamalError('usage', {
        what: 'A lista não tem as colunas cliente, produto e resultado',
        todo: 'Baixe o arquivo das ofertas e preencha a coluna resultado',
      });
    const taken = [...(customer ? [customer] : []), ...place, product, outcome];
    return await withFileRows(lake, list, taken, folder, async (session, { sql, unread }) => {
      const folded = (text: string) => `lower(strip_accents(trim(${text})))`;
      // A file of ours keeps texts that a spreadsheet would run by a sign before them.
      const sold = (text: string) => folded(`ltrim(trim(${text}), '''')`);
      const told = folded(quoted(outcome));
      const word = `CASE ${WORDS.map(([name, pattern]) => `WHEN regexp_matches(${told}, '${pattern}') THEN '${name}'`).join(' ')} END`;
      const number = (name: string) => `TRY_CAST(${quoted(name)} AS DOUBLE)`;
      const row = placed ? `CASE WHEN ${number(place[0]!)} = ${offers.base} THEN ${number(place[1]!)} END` : 'NULL';
      // A row whose outcome is empty tells nothing yet: as every row of the list that was downloaded, before it is filled.
      const asked = `SELECT _id, ${row} AS row, ${customer ? keySql(customer) : 'NULL'} AS key, ${sold(quoted(product))} AS product,
          ${quoted(product)} AS spelt, ${word} AS outcome FROM ${sql} WHERE ${quoted(outcome)} IS NOT NULL`;
      await session.run(
        `CREATE OR REPLACE TEMP TABLE outcome_row AS
         WITH offered AS (SELECT DISTINCT row, customer, product FROM read_parquet(${literal(offers.path)})),
         placed AS (SELECT DISTINCT row, customer FROM offered)
         SELECT _id, outcome, known, sold,
           row_number() OVER (PARTITION BY known, sold, outcome IS NULL ORDER BY _id) AS times
         FROM (
           SELECT asked._id, asked.outcome, offered.customer AS known, offered.product AS sold
           FROM (${asked}) AS asked LEFT JOIN placed ON placed.row = asked.row
           LEFT JOIN offered ON offered.customer = coalesce(placed.customer, asked.key) AND ${sold('offered.product')} = asked.product
           QUALIFY row_number() OVER (PARTITION BY asked._id ORDER BY offered.product <> asked.spelt, offered.product) = 1
         )`,
      );
      const counts = await session.row<Record<'rows' | 'unknown' | 'not_understood' | 'duplicate', number>>(
        `SELECT count(*) AS rows, count(*) FILTER (known IS NULL) AS unknown,
           count(*) FILTER (known IS NOT NULL AND outcome IS NULL) AS not_understood,
           count(*) FILTER (known IS NOT NULL AND outcome IS NOT NULL AND times > 1) AS duplicate FROM outcome_row`,
      );
      const outcomes: OfferOutcome[] = [];
      for await (const chunk of session.chunks(
        'SELECT known, sold, outcome FROM outcome_row WHERE known IS NOT NULL AND outcome IS NOT NULL AND times = 1 ORDER BY _id',
      )) {
        const [known, products, words] = [0, 1, 2].map((at) => chunk.getColumnValues(at) as string[]);
        for (const [at, one] of known!.entries())
          outcomes.push({ customer: one, product: products![at]!, outcome: words![at] as Outcome });
      }
      const { rows, unknown, not_understood: notUnderstood, duplicate } = counts;
      return { rows: rows + unread, matched: outcomes.length, unknown, notUnderstood, duplicate, unread, outcomes };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
