import { quoted } from '../../storage/lake.ts';
import { anyOf, OWN } from './columns-sql.ts';
import { conditionColumns, conditionSql, orderSql } from './conditions.ts';
import type { StepOf } from './schema.ts';
import { type StepKind, StepMistake } from './step.ts';

/**
 * Brings columns of a list that the system holds, by key. Where the list has several rows of one key, `order` says
 * which counts, the list's first where that ties; without it those rows are quarantined.
 */
export const lookup: StepKind<'lookup'> = {
  kind: 'lookup',
  title: ({ list }) => `procurar em ${list}`,
  reads: ({ key }) => Object.values(key),
  makes: ({ key, take }) => Object.keys(take).map((name) => ({ name, from: Object.values(key), how: 'new' as const })),
  ends: ['lookup-none', 'lookup-many', 'left-out', 'step-value'],
  check({ where, order }) {
    if (where) conditionSql(where);
    if (order) orderSql(order);
  },
  apply(step, number, input, list) {
    const { list: source, key, take, where, order, none = 'refuse' } = step;
    const held = list(source);
    if (!held) throw new StepMistake(`a lista ${source} não está no sistema`, 'Carregue antes um arquivo dela');
    const lacking = lookupColumns(step).find((name) => !held.columns.includes(name));
    if (lacking !== undefined)
      throw new StepMistake(`a lista ${source} não tem a coluna ${lacking}`, `Ela tem ${held.columns.join(', ')}`);
    const chosen = where ? conditionSql(where) : null;
    const sorted = order ? orderSql(order) : null;
    const keys = Object.keys(key);
    const first = Object.values(take).map(
      (column, index) => `min(${quoted(column)}) FILTER (_place = 1) AS _take${index}`,
    );
    const bad = anyOf([...(chosen?.bad ?? []), ...(sorted?.bad ?? [])]);
    const places = `row_number() OVER (PARTITION BY ${keys.map(quoted).join(', ')} ORDER BY ${[...(sorted ? [sorted.sql] : []), '_id'].join(', ')})`;
    const rows = `SELECT *, ${bad} AS _bad, ${places} AS _place FROM (${held.sql}) WHERE ${[
      ...keys.map((name) => `${quoted(name)} IS NOT NULL`),
      ...(chosen ? [`(${chosen.sql} OR ${anyOf(chosen.bad)})`] : []),
    ].join(' AND ')}`;
    const grouped = `SELECT ${keys.map((name, index) => `${quoted(name)} AS _key${index}`).join(', ')}, ${first.join(', ')}, count(*) AS _many, bool_or(_bad) AS _bad FROM (${rows}) GROUP BY ALL`;
    const on = Object.values(key).map((name, index) => `here.${quoted(name)} = there._key${index}`);
    const names = Object.keys(take);
    const kept = input.columns.filter((name) => !names.includes(name));
    const ends = [
      `WHEN _end IS NOT NULL THEN _end`,
      ...(none === 'empty'
        ? []
        : [`WHEN there._many IS NULL THEN '${number} ${none === 'refuse' ? 'lookup-none' : 'left-out'}'`]),
      `WHEN there._bad THEN '${number} step-value'`,
      ...(order ? [] : [`WHEN there._many > 1 THEN '${number} lookup-many'`]),
    ];
    const columns = [...kept, ...names];
    return {
      sql: `SELECT ${OWN.map((name) => (name === '_end' ? `CASE ${ends.join(' ')} END AS _end` : name)).join(', ')}, ${[
        ...kept.map((name) => `here.${quoted(name)}`),
        ...names.map((name, index) => `there._take${index} AS ${quoted(name)}`),
      ].join(', ')} FROM (${input.sql}) AS here LEFT JOIN (${grouped}) AS there ON ${on.join(' AND ')}`,
      columns,
    };
  },
};

/** The columns of the list that a lookup names. */
export function lookupColumns({ key, take, where, order = [] }: StepOf<'lookup'>): string[] {
  const named = [...Object.keys(key), ...Object.values(take), ...order.map(({ column }) => column)];
  return [...named, ...(where ? conditionColumns(where) : [])];
}
