import { identifies, maskValue } from '../../access/masking.ts';
import type { Layout } from '../../intake/layout.ts';
import { proposalsFor } from '../../intake/recognise/canonical.ts';
import { contactColumns, formatOf } from '../../intake/recognise/draft.ts';
import { exampleOf } from '../../intake/recognise/example.ts';
import type { SuggestedColumn, Suggestion } from '../../intake/recognise/recognise.ts';
import { RamalError } from '../../kernel/errors.ts';

/** What a list may say of a contact: by the first three it is found, in the others it may differ. */
export const LIST_COLUMNS = ['protocol', 'phone', 'started_at', 'agent_name', 'agent_id', 'account', 'status'] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

/** A column of the list, by its place from 1: its name and a few of its values, masked where they may be a person's. */
export interface OfferedColumn {
  readonly place: number;
  readonly name: string;
  readonly examples: readonly string[];
}

/** Which columns of the list one of ours is read from: one, or a day and its time, a DDD and its number. */
export interface TakenColumn {
  readonly column: ListColumn;
  readonly places: readonly number[];
}

/** A list's form: what its columns are and which of them were taken for what. */
export interface ListForm {
  readonly offered: readonly OfferedColumn[];
  readonly taken: readonly TakenColumn[];
  readonly layout: Layout;
  /** Its starts are days without a time. */
  readonly daily: boolean;
}

/** @param chosen what a person says of the columns, instead of what their names and values do. */
export function listForm(suggestion: Suggestion, chosen?: readonly TakenColumn[]): ListForm {
  const columns = chosen ? assigned(suggestion.columns, chosen) : known(suggestion.columns);
  const { status, ...read } = contactColumns(columns, 0);
  const mapped: Layout['columns'] = status ? { ...read, status: { from: [...(status.from ?? [])], as: 'text' } } : read;
  const placeOf = (name: string) => columns.findIndex((column) => column.name === name) + 1;
  const taken = LIST_COLUMNS.flatMap((column): TakenColumn[] => {
    const from = mapped[column]?.from;
    return from ? [{ column, places: from.map(placeOf) }] : [];
  });
  const start = columns.find(({ canonical }) => canonical === 'started_at');
  return {
    offered: suggestion.columns.map((column, index) => ({
      place: index + 1,
      name: identifies(column.name) ? maskValue(column.name, 'text') : column.name,
      examples: column.examples.map((value) => exampleOf(value, column)),
    })),
    taken,
    layout: {
      source: 'conferencia',
      version: 1,
      label: { pt: 'Lista do cliente', en: 'Client’s list' },
      holds: 'all',
      into: 'list',
      format: formatOf(suggestion),
      key: [...new Set(Object.values(mapped).flatMap(({ from = [] }) => from))],
      columns: mapped,
    },
    daily: start?.type === 'date' && start.with === null,
  };
}

/** Whether rows can be told apart by what was taken: by protocol, or by phone and start. */
export function canMatch(taken: readonly TakenColumn[]): boolean {
  const has = (name: ListColumn) => taken.some(({ column }) => column === name);
  return has('protocol') || (has('phone') && has('started_at'));
}

/**
 * What a person says of the columns, as `protocol:1,started_at:4+5`: places from 1.
 * @throws RamalError `usage` for a text that is not that.
 */
export function parseTaken(text: string): TakenColumn[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [name, places = ''] = part.split(':');
      const column = LIST_COLUMNS.find((one) => one === name);
      if (!column || !/^\d{1,4}(\+\d{1,4})?$/.test(places))
        throw new RamalError('usage', {
          what: 'Colunas da lista não entendidas',
          todo: `Use COLUNA:LUGAR, como protocol:1 ou started_at:4+5, com ${LIST_COLUMNS.join(', ')}`,
        });
      return { column, places: places.split('+').map(Number) };
    });
}

const WANTED: readonly string[] = LIST_COLUMNS;

/** How well a name alone must say what a column is, where its values look like something else. */
const BY_NAME = 0.4;

/** What names and values say; where the values of a protocol look like a CPF or an amount, its name alone. */
function known(columns: readonly SuggestedColumn[]): SuggestedColumn[] {
  const wanted = columns.map((column) => (WANTED.includes(column.canonical ?? '') ? column : free(column)));
  const given = new Set(wanted.map(({ canonical }) => canonical));
  return wanted.map((column) => {
    if (column.canonical !== null) return column;
    const named = proposalsFor(column.name, NAME_ALONE).find(
      ({ canonical, confidence }) => WANTED.includes(canonical) && confidence >= BY_NAME && !given.has(canonical),
    );
    if (!named) return column;
    given.add(named.canonical);
    return { ...column, canonical: named.canonical };
  });
}

const NAME_ALONE = { type: 'empty', share: 0, filled: 0, formats: [], decimal: null } as const;

function assigned(columns: readonly SuggestedColumn[], chosen: readonly TakenColumn[]): SuggestedColumn[] {
  const beyond = chosen.flatMap(({ places }) => places).find((place) => columns[place - 1] === undefined);
  if (beyond !== undefined)
    throw new RamalError('usage', {
      what: `A lista tem ${columns.length} colunas, e não há a de lugar ${beyond}`,
      todo: 'Escolha entre as que ela tem',
    });
  return columns.map((column, index) => {
    const said = chosen.find(({ places }) => places[0] === index + 1);
    if (!said) return free(column);
    const other = said.places[1] === undefined ? undefined : columns[said.places[1] - 1];
    return { ...column, canonical: said.column, with: other?.name ?? null, confidence: 1 };
  });
}

const free = (column: SuggestedColumn): SuggestedColumn => ({ ...column, canonical: null, with: null });
