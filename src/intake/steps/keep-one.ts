import { quoted } from '../../storage/lake.ts';
import { anyOf, changed } from './columns-sql.ts';
import { orderSql } from './conditions.ts';
import type { Relation, StepKind } from './step.ts';

/** Of the rows of each key keeps the first by an order, and of those that tie the one that stands first; the others are duplicates. */
export const keepOne: StepKind<'keep-one'> = {
  kind: 'keep-one',
  title: ({ key }) => `um por ${key.join(', ')}`,
  reads: ({ key, order }) => [...key, ...order.map(({ column }) => column)],
  makes: () => [],
  ends: ['step-value', 'duplicate'],
  check: ({ order }) => void orderSql(order),
  apply({ key, order }, number, input) {
    const { sql, bad } = orderSql(order);
    const judged = changed(input, number, {}, [{ when: anyOf(bad), why: 'step-value' }]);
    const keys = key.map(quoted);
    // A row without a key is no copy of another.
    const whole = keys.map((name) => `${name} IS NOT NULL`).join(' AND ');
    const place = `row_number() OVER (PARTITION BY _end IS NULL, ${keys.join(', ')} ORDER BY ${sql}, _id)`;
    const placed: Relation = { sql: `SELECT *, ${place} AS _place FROM (${judged.sql})`, columns: input.columns };
    return changed(placed, number, {}, [{ when: `${whole} AND _place > 1`, why: 'duplicate' }]);
  },
};
