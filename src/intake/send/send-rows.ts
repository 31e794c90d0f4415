import { contact } from '../../contracts/index.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { textOf } from '../steps/columns-sql.ts';
import { orderSql } from '../steps/conditions.ts';
import { applySteps, type Relation } from '../steps/index.ts';
import { listRows, listsInSilver } from '../steps/lists.ts';
import { type SendLayout, wantedColumns } from './send-layout.ts';

/** A layout's rows before and after its steps, and the statement that gives the latter in order with `_id` and `_end`. */
export interface SendRows {
  readonly input: Relation;
  readonly relation: Relation;
  readonly sql: string;
}

/**
 * The rows that a layout sends, as they were at the last build.
 * @param offers those that may be made now, for a layout that takes them.
 * @throws RamalError `layoutInvalid` when a list or a column is not there.
 */
export async function sendRows(
  session: LakeSession,
  layout: SendLayout,
  offers: Relation | null = null,
): Promise<SendRows> {
  const { takes, steps = [], order = [] } = layout;
  const origin = `${layout.name} v${layout.version}`;
  const input =
    'list' in takes
      ? await listRows(session, takes.list)
      : 'offers' in takes
        ? offers
        : contactRows(takes.contacts.source);
  if (!input)
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: 'list' in takes ? `a lista ${takes.list} não está no sistema` : 'não há ofertas',
      todo: 'list' in takes ? 'Carregue antes um arquivo dela' : 'Faça-as antes em Recomendações',
    });
  const relation = applySteps(input, steps, await listsInSilver(session, steps), origin).at(-1)!;
  const lacking = wantedColumns(layout).find((name) => !relation.columns.includes(name));
  if (lacking !== undefined)
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `depois dos passos não há a coluna ${lacking}`,
      todo: `Há ${relation.columns.join(', ')}`,
    });
  const sorted = order.length > 0 ? orderSql(order) : null;
  const bad =
    sorted && sorted.bad.length > 0
      ? `CASE WHEN _end IS NOT NULL THEN _end WHEN ${sorted.bad.join(' OR ')} THEN 'order step-value' END`
      : '_end';
  const columns = wantedColumns(layout).map(quoted);
  return {
    input,
    relation,
    sql: `SELECT ${['_id', `${bad} AS _end`, ...columns].join(', ')} FROM (${relation.sql}) ORDER BY ${sorted ? `${sorted.sql}, ` : ''}_id`,
  };
}

/** Contacts of built batches as rows before any step. */
export function contactRows(source: string | undefined): Relation {
  const own = Object.entries(contact.columns).filter(([name]) => name !== 'row_id');
  const cells = own.map(([name, { type }]) => `${textOf(type, quoted(name))} AS ${quoted(name)}`);
  return {
    sql: `SELECT ${['row_id AS _id', 'CAST(NULL AS VARCHAR) AS _end', ...cells].join(', ')} FROM gold.contact ${source === undefined ? '' : `WHERE source = ${literal(source)}`}`,
    columns: own.map(([name]) => name),
  };
}
