import type { Lake } from '../../storage/lake.ts';
import { lakeFacts } from '../facts.ts';
import { charges, repeatsOf, slicedRepeats } from '../repeat-sums.ts';
import { identifiedSources, ruleNamed } from '../repeats.ts';
import { chosenSources, type Scope } from '../scope.ts';
import { inOrder, type Sums, slicedSums } from '../sums.ts';

/** What contacts with and without protocol are counted by. */
export const PROTOCOL_SPLITS = ['account', 'status', 'agent', 'queue'] as const;
export type ProtocolSplit = (typeof PROTOCOL_SPLITS)[number];

/** Contacts of a slice: withProtocol + withoutProtocol = contacts. */
export interface ProtocolCount {
  readonly value: string;
  /** An agent's name. */
  readonly label?: string;
  readonly contacts: number;
  readonly withProtocol: number;
  readonly withoutProtocol: number;
  /** Of the contacts; null without any. */
  readonly share: number | null;
  /** As Rechamadas counts them: of an account, agent or queue those that are charged to it. */
  readonly repeats: number;
}

export interface ProtocolCounts {
  readonly rule: string;
  readonly whole: Omit<ProtocolCount, 'value' | 'label'>;
  /** By each split; its slices sum up to the whole, but for repeats that are charged to contacts of another period. */
  readonly by: Readonly<Record<ProtocolSplit, readonly ProtocolCount[]>>;
  readonly lakeVersion: number;
}

/**
 * The net contacts of a scope, each once, with and without a protocol, in all and by account, situation, agent and queue.
 * Repeats are those of the rule's own figures.
 */
export async function protocolCounts(lake: Lake, scope: Scope, name: string): Promise<ProtocolCounts> {
  const rule = ruleNamed(name);
  const facts = await lakeFacts(lake);
  const { chosen, watermark } = identifiedSources(facts.sources, scope);
  const sources = chosen.length > 0 ? chosen : chosenSources(facts.sources, scope);
  const parts = await Promise.all(
    PROTOCOL_SPLITS.map(async (split) => {
      const [counted, came] = await Promise.all([
        slicedSums(lake, { scope, sources, by: [split], expressions: ['contacts', 'protocols'] }),
        slicedRepeats(lake, rule, { scope, sources: chosen, watermark, by: [split] }),
      ]);
      return { split, counted, came };
    }),
  );
  const told = (net: Sums | null | undefined, repeats: number) => {
    const contacts = net?.contacts ?? 0;
    const withProtocol = net?.protocols ?? 0;
    const share = contacts > 0 ? withProtocol / contacts : null;
    return { contacts, withProtocol, withoutProtocol: contacts - withProtocol, share, repeats };
  };
  const by = parts.map(({ split, counted, came }) => {
    const charged = charges(scope, [split]);
    const repeats = new Map(came.slices.map(({ key, sums }) => [String(key[0]), repeatsOf(sums, charged).repeats]));
    const counts = new Map(counted.slices.map(({ key, net }) => [String(key[0]), net]));
    return [...new Set([...counts.keys(), ...repeats.keys()])]
      .map((value): ProtocolCount => {
        const label = split === 'agent' ? facts.agents.get(value) : undefined;
        return { value, ...(label ? { label } : {}), ...told(counts.get(value), repeats.get(value) ?? 0) };
      })
      .filter(({ contacts, repeats }) => contacts > 0 || repeats > 0)
      .sort((a, b) => b.contacts - a.contacts || inOrder([a.value], [b.value]));
  });
  const [{ counted, came }] = parts as [(typeof parts)[0]];
  return {
    rule: name,
    whole: told(counted.whole.net, repeatsOf(came.whole, charges(scope)).repeats),
    by: Object.fromEntries(
      PROTOCOL_SPLITS.map((split, index) => [split, by[index]]),
    ) as unknown as ProtocolCounts['by'],
    lakeVersion: facts.version,
  };
}
