import { contactEvent, EVENT_KINDS } from '../../contracts/index.ts';
import { literal } from '../../storage/lake.ts';
import { wholeKey } from './list.ts';
import type { Target } from './target.ts';

const OWN = ['row_id', 'batch_id', 'source'];
const MAPPABLE = Object.keys(contactEvent.columns).filter((name) => !OWN.includes(name));

/** What happened to contacts of another source, `of`: one event a row, of a contact named by that source's key. */
export const eventTarget: Target = {
  contract: () => contactEvent,
  mappable: (name) => MAPPABLE.includes(name),
  mandatory: () => ['contact_id', 'happened_at', 'kind'],
  typeOf: (name) => contactEvent.columns[name as keyof typeof contactEvent.columns].type,
  isFilled: () => false,
  rowChecks: (layout, _mapped, raw) => [
    {
      when: `kind NOT IN (${EVENT_KINDS.map(literal).join(', ')})`,
      reason: 'unknown-code',
      column: layout.columns.kind?.from?.join(' + ') ?? 'kind',
      value: layout.columns.kind?.from?.map(raw)[0] ?? 'kind',
    },
  ],
  outputs: (layout, mapped) => [
    'row_id',
    'CAST(row_id >> 32 AS INTEGER) AS batch_id',
    `${literal(layout.of ?? '')} AS source`,
    ...MAPPABLE.map((name) => (mapped.has(name) ? name : `CAST(NULL AS VARCHAR) AS ${name}`)),
  ],
  keyParts: (layout) => [literal(layout.source), 'row_key'],
  rowKey: wholeKey,
  day: () => 'CAST(happened_at AS DATE)',
  originals: () => [],
};
