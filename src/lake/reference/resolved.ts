import { listed, named, supervised, type Table, UNKNOWN, UNMAPPED } from '../../contracts/index.ts';
import { literal } from '../../storage/lake.ts';

/** Which lookups contacts are resolved by: those that gold was made with, or those that it is to be made with. */
export type Made = 'gold' | 'fresh';

/** The lists of exclusions, and the column of a contact whose value each names. */
export const EXCLUSION_LISTS = {
  'excluded-numbers': 'phone',
  'excluded-protocols': 'protocol',
  'excluded-queues': 'queue',
} as const;

/** The table of a lookup. */
export const lookup = ({ name }: Table, made: Made): string => (made === 'gold' ? `gold.${name}` : `${name}_fresh`);

/** Looks up under a name what of a `contact` holds on its day: a row at most. */
function joined(relation: string, as: string, equal: string): string {
  return `LEFT JOIN ${relation} AS ${as}
    ON ${equal} AND contact.day >= ${as}.valid_from AND contact.day < ${as}.valid_to`;
}

/** What a reference table says of a contact: columns, in SQL, and how they are looked up. */
interface Saying {
  readonly says: Readonly<Record<string, string>>;
  joins(made: Made): string[];
}

const NAMED_BY = ['source', 'account', 'reason', 'reason_category'];
const LISTS = Object.entries(EXCLUSION_LISTS).map(([list, column]) => ({ list, column, as: `of_${column}` }));

const SAYINGS: readonly Saying[] = [
  {
    says: {
      supervisor: `CASE WHEN contact.agent_id = ${literal(UNKNOWN)} THEN ${literal(UNKNOWN)} ELSE coalesce(post.supervisor, ${literal(UNMAPPED)}) END`,
    },
    joins: (made) => [joined(lookup(supervised, made), 'post', 'post.agent_id = contact.agent_id')],
  },
  {
    says: {
      account: 'coalesce(name.to_account, contact.account)',
      reason: 'coalesce(name.to_reason, contact.reason)',
      reason_category: 'coalesce(name.to_category, contact.reason_category)',
    },
    joins: (made) => [
      joined(lookup(named, made), 'name', NAMED_BY.map((column) => `name.${column} = contact.${column}`).join(' AND ')),
    ],
  },
  {
    says: { listed: `coalesce(${LISTS.map(({ as }) => `${as}.list`).join(', ')})` },
    joins: (made) =>
      LISTS.map(({ list, column, as }) =>
        joined(
          `(SELECT * FROM ${lookup(listed, made)} WHERE list = ${literal(list)})`,
          as,
          `${as}.value = contact.${column}`,
        ),
      ),
  },
];

/** The columns of contacts that reference tables say; `listed`, the first list that leaves the contact out. */
export const SAID: readonly string[] = SAYINGS.flatMap(({ says }) => Object.keys(says));
/** Those of them that silver holds too, as received. */
const RECEIVED = SAID.filter((name) => NAMED_BY.includes(name));

/**
 * Contacts (an SQL expression with silver's columns) with what the reference tables say of them (an SQL expression).
 * `told` names the columns of {@link SAID} that are wanted: the others are not there, and not looked up.
 */
export function resolved(contacts: string, made: Made, told: readonly string[] = SAID): string {
  const used = SAYINGS.filter(({ says }) => Object.keys(says).some((name) => told.includes(name)));
  const says = used.flatMap((one) => Object.entries(one.says));
  const said = new Set(says.map(([name]) => name));
  const written = (names: [string, string][]) => names.map(([name, value]) => `${value} AS ${name}`);
  const replaced = written(says.filter(([name]) => RECEIVED.includes(name)));
  const left = RECEIVED.filter((name) => !said.has(name));
  const own = [
    'contact.*',
    ...(left.length > 0 ? [`EXCLUDE (${left.join(', ')})`] : []),
    ...(replaced.length > 0 ? [`REPLACE (${replaced.join(', ')})`] : []),
  ].join(' ');
  const columns = [own, ...written(says.filter(([name]) => !RECEIVED.includes(name)))];
  const joins = used.flatMap((one) => one.joins(made));
  return `(SELECT ${columns.join(', ')} FROM ${contacts} AS contact ${joins.join(' ')})`;
}

const IN_BUILT = 'batch_id IN (SELECT batch_id FROM gold.built)';
/** More ranges than these cost more to compare with than to look up. */
const MOST_RANGES = 16;

/**
 * What the built batches are, ascending, as a condition over contacts: a few ranges of them where that is all there is.
 * Unlike a look-up, it lets the engine stop reading once it has the first rows in an order.
 */
export function inBuilt(batches: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const batch of batches) {
    const last = ranges.at(-1);
    if (last && batch === last.to + 1) last.to = batch;
    else ranges.push({ from: batch, to: batch });
  }
  if (ranges.length === 0 || ranges.length > MOST_RANGES) return IN_BUILT;
  return `(${ranges.map(({ from, to }) => `batch_id BETWEEN ${from} AND ${to}`).join(' OR ')})`;
}

const built = (condition: string): string => `(SELECT * FROM silver.contact WHERE ${condition})`;

/** The statement that makes `gold.contact`: the rows behind figures, with all that is said of them. */
export function contactView(): string {
  return `CREATE OR REPLACE VIEW gold.contact AS FROM ${resolved(built(IN_BUILT), 'gold')}`;
}

/**
 * Built contacts, as `gold.contact` has them, and whether each is excluded (an SQL expression). Of {@link SAID} it has
 * only what `columns` name: a look-up costs more than the reading. `condition` says which are built.
 */
export function builtContacts(columns: readonly string[], condition = IN_BUILT): string {
  const told = SAID.filter((name) => columns.includes(name));
  return `(SELECT *, row_id IN (SELECT row_id FROM gold.excluded) AS excluded FROM ${resolved(built(condition), 'gold', told)})`;
}
