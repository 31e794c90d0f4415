import { mkdirSync, rmSync } from 'node:fs';
import { suggestLayout } from '../../intake/recognise/suggest.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type Lake, literal, quoted } from '../../storage/lake.ts';
import { keySql } from '../base/keys.ts';
import { isCustomerName, plainName } from '../base/names.ts';
import { withFileRows } from '../features/file-rows.ts';
import type { OfferOutcome, Outcome } from './outcomes.ts';

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

/**
 * Outcomes of a list with a customer, a product and an outcome in each row, in any form that the intake recognises.
 * @param offers the file of the offers that they are of. @param folder of its own, removed at the end.
 * @throws RamalError `usage` for a list without such columns.
 */
export async function readOutcomes(lake: Lake, path: string, offers: string, folder: string): Promise<OutcomeFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const columns = (await suggestLayout(path, lake)).columns.map(({ name }) => name);
    const find = (is: (name: string) => boolean) => columns.find((name) => is(plainName(name)));
    const [customer, product, outcome] = [
      find(isCustomerName),
      find((name) => PRODUCT.test(name)),
      find((name) => OUTCOME.test(name)),
    ];
    if (!customer || !product || !outcome)
      throw new RamalError('usage', {
        what: 'A lista não tem as colunas cliente, produto e resultado',
        todo: 'Baixe o CSV das ofertas e preencha a coluna resultado',
      });
    return await withFileRows(lake, path, [customer, product, outcome], folder, async (session, { sql, unread }) => {
      const folded = (text: string) => `lower(strip_accents(trim(${text})))`;
      const told = folded(quoted(outcome));
      const word = `CASE ${WORDS.map(([name, pattern]) => `WHEN regexp_matches(${told}, '${pattern}') THEN '${name}'`).join(' ')} END`;
      // A row whose outcome is empty tells nothing yet: as every row of the list that was downloaded, before it is filled.
      const asked = `SELECT _id, ${keySql(customer)} AS customer, ${folded(quoted(product))} AS product, ${word} AS outcome
        FROM ${sql} WHERE ${quoted(outcome)} IS NOT NULL`;
      await session.run(
        `CREATE OR REPLACE TEMP TABLE outcome_row AS SELECT asked.*, offered.customer AS known, offered.product AS sold,
           row_number() OVER (PARTITION BY offered.customer, offered.product, outcome IS NULL ORDER BY _id) AS times
         FROM (${asked}) AS asked LEFT JOIN (SELECT DISTINCT customer, product FROM read_parquet(${literal(offers)})) AS offered
           ON offered.customer = asked.customer AND ${folded('offered.product')} = asked.product`,
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
        const [known, sold, words] = [0, 1, 2].map((at) => chunk.getColumnValues(at) as string[]);
        for (const [at, one] of known!.entries())
          outcomes.push({ customer: one, product: sold![at]!, outcome: words![at] as Outcome });
      }
      const { rows, unknown, not_understood: notUnderstood, duplicate } = counts;
      return { rows: rows + unread, matched: outcomes.length, unknown, notUnderstood, duplicate, unread, outcomes };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
