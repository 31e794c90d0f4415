import type { DraftColumn, Received } from './shapes.ts';

export type Layout = Received['draft']['layout'];
export type Mapping = Layout['columns'][string];
export type Into = 'contact' | 'list';

/** What a person chose of one column of the file: what it is, and whether every row must have it. */
export interface Chosen {
  is: string;
  must: boolean;
}

/** What rows may be made of, of contacts: in the order people look for them. */
export const CONTACT_COLUMNS = [
  ...['started_at', 'protocol', 'phone', 'cpf', 'email', 'contact_name', 'customer_ref', 'agent_name', 'agent_id'],
  ...['queue', 'account', 'reason', 'reason_category', 'status', 'channel', 'wait_s', 'talk_s', 'hold_s', 'wrapup_s'],
  ...['ended_at', 'opened_at', 'queued_at', 'answered_at', 'first_reply_at', 'updated_at', 'answer_days'],
  ...['satisfaction', 'ddd', 'uf', 'city', 'direction', 'priority', 'tags', 'leg_no'],
];

/** How the cells of a list's column may be read. */
export const LIST_TYPES = [...['text', 'cpf', 'taxpayer', 'phone', 'email', 'date', 'date-time', 'decimal', 'integer']];

/** What a column may become, by what the rows are; of a list, how its cells are read. */
export const CHOICES: Readonly<Record<NonNullable<Layout['into']>, readonly string[]>> = {
  contact: CONTACT_COLUMNS,
  list: LIST_TYPES,
  event: ['contact_id', 'happened_at', 'kind', 'actor', 'value'],
  // Four that stand or fall together: they are kept as the layout has them.
  agent_time: [],
};

/** What a situation of a source may be to figures; what is none of them stays as it is written. */
export const SITUATIONS = ['answered', 'abandoned', 'open', 'closed', 'void'];

/** How people contact, where all of a source do it in one way. */
export const CHANNELS = ['voz', 'chat', 'whatsapp', 'e-mail', 'chamado'];

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

const SURE = 0.7;

/** Whether what a column seems to be is for a person to confirm. */
export const isGuess = ({ canonical, confidence }: DraftColumn): boolean => canonical !== null && confidence < SURE;

/** What the draft proposes of each column of the file, guesses too: each says that it is one. */
export function proposedOf({ draft }: Pick<Received, 'draft'>, into: Into): Record<string, Chosen> {
  const made = Object.entries(draft.layout.columns);
  return Object.fromEntries(
    draft.columns.map(({ name, canonical, type }) => {
      const mapped = made.find(([, { from }]) => from?.[0] === name);
      const is =
        into === 'contact'
          ? canonical !== null && CONTACT_COLUMNS.includes(canonical)
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

/** What a column's values are as situations: what is obvious is proposed. */
export function proposedSituations({ values }: DraftColumn): Record<string, string> {
  return Object.fromEntries(values.map(({ value, means }) => [value, means ?? '']));
}

/** The channel of a source whose file tells of none: calls are waited for and talked. */
export function proposedChannel({ draft }: Pick<Received, 'draft'>): string {
  return draft.columns.some(({ canonical }) => canonical === 'talk_s' || canonical === 'wait_s') ? 'voz' : '';
}

/** Whether two columns are one thing together: a day and its time, a DDD and its number. */
export function together(is: string, one: DraftColumn, other: DraftColumn): boolean {
  const types = [one.type, other.type].toSorted().join(' ');
  if (is.endsWith('_at')) return types === 'date time';
  return is === 'phone' && [one, other].filter(({ name }) => /ddd/i.test(name)).length === 1;
}

/**
 * The choices when a column is said to be something, and which of the other columns are not it any more: a canonical
 * column comes from one column, or from two that are one thing together.
 */
export function choose(
  columns: readonly DraftColumn[],
  chosen: Readonly<Record<string, Chosen>>,
  name: string,
  is: string,
): { chosen: Record<string, Chosen>; displaced: string[] } {
  const column = columns.find((one) => one.name === name)!;
  const others = columns.filter((one) => one.name !== name && is !== '' && chosen[one.name]?.is === is);
  const mate = others.find((one) => together(is, column, one));
  const displaced = others.filter((one) => one !== mate).map((one) => one.name);
  const changed = [[name, is], ...displaced.map((one) => [one, ''])] as [string, string][];
  return {
    chosen: { ...chosen, ...Object.fromEntries(changed.map(([one, now]) => [one, { ...chosen[one]!, is: now }])) },
    displaced,
  };
}

/** What a person said of a file of a new source. */
export interface Choices {
  name: string;
  into: Into;
  noun: { one: string; many: string };
  whole: boolean;
  /** The columns that name a row, together; none where equal rows are different rows. */
  key: readonly string[];
  chosen: Readonly<Record<string, Chosen>>;
  /** Of columns of days whose form is in doubt, the one that was said. */
  days: Readonly<Record<string, string>>;
  /** Of columns of situations, what each value is. */
  situations: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The channel of every row, where no column tells it. */
  channel: string;
  /** Whose the codes of agents are; empty: the center's. */
  agents: string;
}

/** What a new source's layout lacks. */
export type Lacking = 'name' | 'start' | 'noun';

/** All that is still to be said before a layout can be made. */
export function lackingOf({ name, into, chosen, noun }: Choices): Lacking[] {
  const lacking: Lacking[] = [];
  if (slugOf(name) === '') lacking.push('name');
  if (into === 'list' && (noun.one.trim() === '') !== (noun.many.trim() === '')) lacking.push('noun');
  if (into === 'contact' && !Object.values(chosen).some(({ is }) => is === 'started_at')) lacking.push('start');
  return lacking;
}

/** The layout that a person confirmed. */
export function confirmedLayout({ draft }: Pick<Received, 'draft'>, choices: Choices): Layout {
  const { into, noun } = choices;
  const { covers: _, noun: __, ...rest } = draft.layout;
  const named = noun.one.trim() && noun.many.trim();
  const made: Layout = {
    ...rest,
    source: slugOf(choices.name),
    label: { pt: choices.name.trim(), en: choices.name.trim() },
    into,
    ...(into === 'list' ? { covers: choices.whole ? 'all' : 'rows' } : {}),
    ...(into === 'list' && named ? { noun: { one: noun.one.trim(), many: noun.many.trim() } } : {}),
    key: [...choices.key],
    columns:
      into === 'contact'
        ? contactColumns(draft.columns, choices)
        : listColumns(draft.columns, draft.into === 'list' ? draft.layout.columns : {}, choices),
  };
  return ownedBy(made, choices.agents);
}

/** Whether rows tell of agents, whose codes are somebody's. */
export const tellsAgents = ({ into, columns }: Pick<Layout, 'into' | 'columns'>): boolean =>
  into !== 'list' && ('agent_id' in columns || 'agent_name' in columns);

/** The layout whose agents' codes are those of whoever is named; of nobody, the center's. */
export function ownedBy<Kind extends Pick<Layout, 'into' | 'columns' | 'agents'>>(layout: Kind, name: string): Kind {
  const agents = tellsAgents(layout) ? slugOf(name) : '';
  if (agents === (layout.agents ?? '')) return layout;
  const { agents: _, ...rest } = layout;
  return { ...rest, ...(agents === '' ? {} : { agents }) } as Kind;
}

type Said = Pick<Choices, 'chosen' | 'days' | 'situations' | 'channel'>;

/** The columns of contacts that were chosen, each made of its columns of the file. */
export function contactColumns(columns: readonly DraftColumn[], said: Said): Layout['columns'] {
  const used = columns.filter(({ name }) => said.chosen[name]?.is);
  const made = Map.groupBy(used, ({ name }) => said.chosen[name]!.is);
  const entries = [...made].map(([is, from]): [string, Mapping] => {
    const must = from.some(({ name }) => said.chosen[name]!.must);
    return [is, { ...contactMapping(is, inOrder(from), said), ...(must ? { required: true } : {}) }];
  });
  const constant: [string, Mapping][] =
    said.channel === '' || made.has('channel') ? [] : [['channel', { as: 'constant', value: said.channel }]];
  return Object.fromEntries([...constant, ...entries]);
}

/** A day before its time, a DDD before its number. */
function inOrder(columns: readonly DraftColumn[]): DraftColumn[] {
  const place = ({ name, type }: DraftColumn) => (type === 'time' ? 1 : /ddd/i.test(name) ? -1 : 0);
  return columns.toSorted((a, b) => place(a) - place(b));
}

/** How a canonical column is made of one of the file, or of two. */
function contactMapping(is: string, columns: readonly DraftColumn[], { days, situations }: Said): Mapping {
  const from = columns.map(({ name }) => name);
  const [first] = columns as [DraftColumn];
  if (['phone', 'cpf', 'email'].includes(is)) return { from, as: is };
  if (is.endsWith('_at')) return { from, as: 'date-time', format: momentForms(first, days, columns.length > 1) };
  if (is.endsWith('_s')) return { from, as: 'duration', ...durationOf(first) };
  if (is === 'satisfaction') return { from, as: 'decimal', ...decimalOf(first) };
  if (is === 'leg_no' || is === 'answer_days') return { from, as: 'integer' };
  if (is === 'status') {
    const codes = Object.entries(situations[first.name] ?? proposedSituations(first)).filter(
      ([, means]) => means !== '',
    );
    if (codes.length > 0) return { from, as: 'codes', codes: Object.fromEntries(codes), otherwise: '=' };
  }
  return { from, as: 'text' };
}

/** How a column that the file does not have, but a step makes, becomes a canonical one. */
export function madeMapping(name: string, is: string): Mapping {
  const column = { name, type: 'text', formats: [], decimal: null, values: [] as DraftColumn['values'] };
  return contactMapping(is, [column as unknown as DraftColumn], { chosen: {}, days: {}, situations: {}, channel: '' });
}

/** How a column's moments are written: its days as they are or were said to be, with their time where there is one. */
function momentForms({ name, type, formats }: DraftColumn, days: Choices['days'], timed: boolean): string | string[] {
  const day = days[name] ?? formats[0] ?? 'yyyy-mm-dd';
  if (type === 'date' && !timed) return day;
  return day === 'yyyy-mm-dd' ? 'iso' : [`${day} hh:mi:ss`, `${day} hh:mi`];
}

const decimalOf = ({ decimal }: DraftColumn) => (decimal === '1.234,5' ? { format: decimal } : {});

function durationOf(column: DraftColumn): Partial<Mapping> {
  if (column.type === 'time') return { unit: 'h:mm:ss' };
  const { decimal } = column;
  return { unit: 's', ...(decimal === '1.234,5' || decimal === '1234.5' ? { format: decimal } : {}) };
}

/** The columns of a list that were chosen, under the names that they have already or are given. */
export function listColumns(
  columns: readonly DraftColumn[],
  drafted: Layout['columns'],
  { chosen, days }: Pick<Choices, 'chosen' | 'days'>,
): Layout['columns'] {
  const taken = new Set<string>();
  const entries = columns.flatMap((one): [string, Mapping][] => {
    const { name } = one;
    const { is = '', must = false } = chosen[name] ?? {};
    if (is === '') return [];
    const [known, mapping] = Object.entries(drafted).find(([, { from }]) => from?.[0] === name) ?? [];
    let column =
      known ??
      (slugOf(name)
        .replaceAll('-', '_')
        .replace(/^(?=[^a-z])/, 'c_') ||
        'coluna');
    for (let copy = 2; taken.has(column); copy++) column = `${known ?? slugOf(name)}_${copy}`;
    taken.add(column);
    const moment = is === 'date' || is === 'date-time';
    const written = moment ? { format: momentForms(one, days, false) } : is === 'decimal' ? decimalOf(one) : {};
    const made: Mapping = mapping?.as === is ? mapping : { from: [name], as: is, label: name };
    return [[column, { ...made, ...written, ...(must ? { required: true } : {}) }]];
  });
  return Object.fromEntries(entries);
}
