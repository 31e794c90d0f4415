import { builtContacts } from '../../lake/reference/resolved.ts';
import type { Lake } from '../../storage/lake.ts';
import { lakeFacts } from '../facts.ts';
import { identifiedSources, repeatAnswer } from '../repeats.ts';
import { askedColumns, chosenSources, conditions, type Scope } from '../scope.ts';
import { inOrder } from '../sums.ts';

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
 * The net contacts of a scope, each once, with and without a protocol, in all and by account, situation, agent and queue:
 * from the rows, because no mart knows protocols. Repeats are those of the rule's own figures.
 */
export async function protocolCounts(lake: Lake, scope: Scope, rule: string): Promise<ProtocolCounts> {
  const facts = await lakeFacts(lake);
  const { chosen } = identifiedSources(facts.sources, scope);
  const sources = chosen.length > 0 ? chosen : chosenSources(facts.sources, scope);
  const { sql: condition, parameters } = conditions(scope, sources, 'contact');
  const names = PROTOCOL_SPLITS.map((name) => `contact.${name === 'agent' ? 'agent_id' : name} AS ${name}`);
  const [found, ...repeats] = await Promise.all([
    lake.rows<Counted>(
      `SELECT CASE ${PROTOCOL_SPLITS.map((name) => `WHEN grouping(${name}) = 0 THEN '${name}'`).join(' ')} END AS split,
         coalesce(${PROTOCOL_SPLITS.join(', ')}) AS value, count(*) AS contacts, count(protocol) AS "withProtocol"
       FROM (
         SELECT ${names.join(', ')}, nullif(trim(contact.protocol), '') AS protocol
         FROM ${builtContacts(askedColumns(scope, PROTOCOL_SPLITS))} AS contact
         WHERE contact.leg_no = 1 AND NOT contact.excluded AND ${condition}
       ) GROUP BY GROUPING SETS ((), ${PROTOCOL_SPLITS.map((name) => `(${name})`).join(', ')})`,
      parameters,
    ),
    ...[undefined, ...PROTOCOL_SPLITS].map((by) => repeatAnswer(lake, { scope, rule, by })),
  ]);
  const [whole, ...parts] = repeats;
  const told = ({ contacts, withProtocol }: Counted, came: number) => ({
    ...{ contacts, withProtocol, withoutProtocol: contacts - withProtocol },
    ...{ share: contacts > 0 ? withProtocol / contacts : null, repeats: came },
  });
  const none: Counted = { split: null, value: null, contacts: 0, withProtocol: 0 };
  const by = PROTOCOL_SPLITS.map((name, index) => {
    const came = new Map(parts[index]!.rows.map((row) => [String(row[name]), row.repeats]));
    const rows = found.filter(({ split }) => split === name);
    const seen = new Set(rows.map(({ value }) => String(value)));
    const only = [...came].filter(([value, count]) => !seen.has(value) && count > 0);
    return [...rows, ...only.map(([value]): Counted => ({ ...none, split: name, value }))]
      .map((row): ProtocolCount => {
        const value = String(row.value);
        const label = name === 'agent' ? facts.agents.get(value) : undefined;
        return { value, ...(label ? { label } : {}), ...told(row, came.get(value) ?? 0) };
      })
      .sort((a, b) => b.contacts - a.contacts || inOrder([a.value], [b.value]));
  });
  return {
    rule,
    whole: told(found.find(({ split }) => split === null) ?? none, whole!.repeats),
    by: Object.fromEntries(PROTOCOL_SPLITS.map((name, index) => [name, by[index]])) as unknown as ProtocolCounts['by'],
    lakeVersion: facts.version,
  };
}

interface Counted {
  readonly split: ProtocolSplit | null;
  readonly value: string | null;
  readonly contacts: number;
  readonly withProtocol: number;
}
