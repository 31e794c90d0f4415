import { folded } from '../../intake/reference/value.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { KeptBase } from '../base/kept-bases.ts';
import type { BaseFacts } from './base-facts.ts';
import { placesOf } from './places-of.ts';

/** Who offers are made to. */
export interface Audience {
  readonly customers: number;
  /** Active customers of all segments, and customers of the base. */
  readonly active: number;
  readonly base: number;
  /** In each spelling that the base has; null of all. */
  readonly segments: readonly string[] | null;
  /** What tells that a customer is active: a contract that stands, use in the last 90 days, or having any product. */
  readonly activeBy: 'contract' | 'usage' | 'holding';
}

/** Logistics and distribution, retail, manufacturing and industry, services. */
const USUAL = /^(logistic|distribui|varej|retail|manufatur|manufactur|industri|servic)/;

/** Those of segments that offers are made to where nobody says which. */
export const usualSegments = (names: readonly string[]): string[] => names.filter((name) => USUAL.test(folded(name)));

function activeBy({ usage }: BaseFacts, { holdings }: KeptBase): Audience['activeBy'] {
  if (holdings?.state) return 'contract';
  return usage ? 'usage' : 'holding';
}

/**
 * Rows of active customers in the segments.
 * @throws RamalError `usage` for a segment that is not there.
 */
export function audienceOf(
  facts: BaseFacts,
  base: KeptBase,
  asked: readonly string[] | undefined,
): { readonly rows: Uint32Array; readonly told: Audience } {
  const { customers, segment, purchases, stands, usage } = facts;
  const by = activeBy(facts, base);
  const active = new Uint8Array(customers);
  purchases.customer.forEach((row, at) => {
    if (stands[at] && (by !== 'usage' || usage![row]! > 0)) active[row] = 1;
  });
  const names = asked ?? usualSegments(segment.names);
  const missing = names.filter((name) => placesOf(segment.names, name).length === 0);
  if (missing.length > 0)
    throw new RamalError('usage', {
      what: `Não há segmento ${missing.join(', ')}`,
      todo: segment.names.length > 0 ? `Use entre ${segment.names.join(', ')}` : 'A base não diz segmentos',
    });
  const wanted = new Set(names.flatMap((name) => placesOf(segment.names, name)));
  const all = wanted.size === 0;
  const rows = Array.from(active.keys()).filter((row) => active[row] && (all || wanted.has(segment.of[row]!)));
  return {
    rows: Uint32Array.from(rows),
    told: {
      ...{ customers: rows.length, active: active.reduce((sum, one) => sum + one, 0), base: customers },
      segments: all ? null : [...wanted].sort((a, b) => a - b).map((place) => segment.names[place]!),
      activeBy: by,
    },
  };
}
