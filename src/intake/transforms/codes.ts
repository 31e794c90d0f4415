import { literal } from '../../storage/lake.ts';
import type { Transform } from './transform.ts';

/** A code of the source as ours; `otherwise: "="` keeps a code outside the list as received. */
export const codes: Transform = {
  name: 'codes',
  invalid: 'quarantine',
  reason: 'unknown-code',
  sql: ([input], { codes: known = {}, otherwise }) => {
    const cases = Object.entries(known).map(([code, value]) => `WHEN ${literal(code)} THEN ${literal(value)}`);
    const rest = otherwise === undefined ? '' : otherwise === '=' ? `ELSE ${input}` : `ELSE ${literal(otherwise)}`;
    return `CASE ${input} ${cases.join(' ')} ${rest} END`;
  },
};
