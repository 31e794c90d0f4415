import type { Received } from './shapes.ts';

type Layout = Received['draft']['layout'];
type Mapping = Layout['columns'][string];

/** What a person chose of one column of the file: what it is, and whether every row must have it. */
export interface Chosen {
  is: string;
  must: boolean;
}

/** What rows may be made of, of contacts: in the order people look for them. */
export const CONTACT_COLUMNS = [
  ...['started_at', 'protocol', 'phone', 'cpf', 'email', 'contact_name', 'customer_ref', 'agent_name', 'agent_id'],
  ...['queue', 'account', 'reason', 'reason_category', 'status', 'channel', 'wait_s', 'talk_s', 'hold_s', 'wrapup_s'],
  ...['ended_at', 'opened_at', 'answered_at', 'satisfaction', 'uf', 'city', 'priority', 'tags', 'leg_no'],
];

/** How the cells of a list's column may be read. */
export const LIST_TYPES = [...['text', 'cpf', 'taxpayer', 'phone', 'email', 'date', 'date-time', 'decimal', 'integer']];

/** A source's name in addresses and folders, made of what people call it. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
}

/** What the draft proposes of each column of the file. */
export function proposedOf({ draft }: Received, into: 'contact' | 'list'): Record<string, Chosen> {
  const made = Object.entries(draft.layout.columns);
  return Object.fromEntries(
    draft.columns.map(({ name, canonical, confidence, type }) => {
      const mapped = made.find(([, { from }]) => from?.[0] === name);
      const is =
        into === 'contact'
          ? draft.into === 'contact'
            ? (mapped?.[0] ?? '')
            : canonical && confidence >= 0.7 && CONTACT_COLUMNS.includes(canonical)
              ? canonical
              : ''
          : draft.into === 'list'
            ? (mapped?.[1].as ?? 'text')
            : (LIST_OF_TYPE[type] ?? 'text');
      return [name, { is, must: draft.layout.key.includes(name) }];
    }),
  );
}

const LIST_OF_TYPE: Readonly<Record<string, string>> = {
  cpf: 'cpf',
  cnpj: 'taxpayer',
  phone: 'phone',
  email: 'email',
  date: 'date',
  moment: 'date-time',
  decimal: 'decimal',
};

interface Choices {
  name: string;
  into: 'contact' | 'list';
  noun: { one: string; many: string };
  whole: boolean;
  key: string;
  chosen: Readonly<Record<string, Chosen>>;
  formats: Readonly<Record<string, string>>;
}

/** The layout that a person confirmed. */
export function confirmedLayout(received: Received, choices: Choices): Layout {
  const { draft } = received;
  const { into, noun } = choices;
  const { covers: _, noun: __, ...rest } = draft.layout;
  return {
    ...rest,
    source: slugOf(choices.name),
    label: { pt: choices.name.trim(), en: choices.name.trim() },
    into,
    ...(into === 'list' ? { covers: choices.whole ? 'all' : 'rows' } : {}),
    ...(into === 'list' && noun.one && noun.many ? { noun } : {}),
    key: choices.key === '' ? [] : [choices.key],
    columns: into === 'contact' ? contactColumns(received, choices) : listColumns(received, choices),
  };
}

function contactColumns({ draft }: Received, { chosen, formats }: Choices): Layout['columns'] {
  const pairs = Object.entries(chosen).flatMap(([name, { is, must }]): [string, Mapping][] => {
    if (is === '') return [];
    const drafted = draft.into === 'contact' ? draft.layout.columns[is] : undefined;
    const same = drafted?.from?.[0] === name ? drafted : undefined;
    const type = draft.columns.find((column) => column.name === name)?.type ?? 'text';
    return [
      [
        is,
        {
          ...(same ?? contactMapping(name, is, type)),
          ...formatOf(formats[name]),
          ...(must ? { required: true } : {}),
        },
      ],
    ];
  });
  return Object.fromEntries(pairs);
}

/** How a canonical column is made of one of the file. */
export function contactMapping(name: string, is: string, type: string): Mapping {
  const from = [name];
  if (['phone', 'cpf', 'email'].includes(is)) return { from, as: is };
  if (is.endsWith('_at')) return { from, as: 'date-time', format: type === 'date' ? 'dd/mm/yyyy' : 'iso' };
  if (is.endsWith('_s')) return { from, as: 'duration', unit: type === 'time' ? 'h:mm:ss' : 's' };
  if (is === 'satisfaction') return { from, as: 'decimal' };
  if (is === 'leg_no') return { from, as: 'integer' };
  return { from, as: 'text' };
}

function listColumns({ draft }: Received, { chosen, formats }: Choices): Layout['columns'] {
  const drafted = draft.into === 'list' ? Object.entries(draft.layout.columns) : [];
  const taken = new Set<string>();
  const entries = Object.entries(chosen).flatMap(([name, { is, must }]): [string, Mapping][] => {
    if (is === '') return [];
    const [known, mapping] = drafted.find(([, { from }]) => from?.[0] === name) ?? [];
    let column =
      known ??
      (slugOf(name)
        .replaceAll('-', '_')
        .replace(/^(?=[^a-z])/, 'c_') ||
        'coluna');
    for (let copy = 2; taken.has(column); copy++) column = `${known ?? slugOf(name)}_${copy}`;
    taken.add(column);
    const made: Mapping = mapping?.as === is ? mapping : { from: [name], as: is, label: name };
    return [[column, { ...made, ...formatOf(formats[name]), ...(must ? { required: true } : {}) }]];
  });
  return Object.fromEntries(entries);
}

const formatOf = (format: string | undefined): Partial<Mapping> => (format ? { format } : {});
