import type { ConnectionDay, ConnectionTable, ConnectionView } from '../../src/api/schema-connections.ts';
import type { Watch, WatchedFileList } from '../../src/api/schema-watches.ts';
import type { Status } from '../components/status-mark.svelte';
import type { Words } from '../words/index.ts';

export type {
  ConnectionDay,
  ConnectionDays,
  ConnectionTable,
  ConnectionTest,
  ConnectionView,
  Connector,
  PullAnswer,
} from '../../src/api/schema-connections.ts';
export type { LookAnswer, Watch, WatchedFileList, WatchList, WatchTest } from '../../src/api/schema-watches.ts';

type States = keyof Words['connections']['states'];
export type DayWord = keyof Words['connections']['days'];
export type FileState = keyof Words['connections']['files'];
interface Marked<Word> {
  status: Status;
  word: Word;
}

/** How a connection is marked: what failed goes before what is only missing. */
export function connectionState(one: ConnectionView): Marked<States> {
  if (one.running) return { status: 'waiting', word: 'running' };
  if (one.message) return { status: 'critical', word: 'failed' };
  if (one.days.failed + one.days.partial > 0) return { status: 'critical', word: 'failedDays' };
  if (failedTables(one).length > 0) return { status: 'critical', word: 'failedTables' };
  if (!one.enabled) return { status: 'waiting', word: 'off' };
  if (!one.pulledAt) return { status: 'waiting', word: 'fresh' };
  if (one.days.missing > 0) return { status: 'attention', word: 'missing' };
  return { status: 'ok', word: 'fine' };
}

export const failedTables = ({ tables }: ConnectionView) => tables.filter(({ state }) => state === 'failed');

export function watchState(one: Watch): Marked<States> {
  if (one.message) return { status: 'critical', word: 'failedLook' };
  if (one.files.waiting > 0) return { status: 'attention', word: 'decide' };
  if (one.files.refused > 0) return { status: 'attention', word: 'refused' };
  if (one.files.unmatched > 0) return { status: 'attention', word: 'unmatched' };
  if (!one.enabled) return { status: 'waiting', word: 'off' };
  if (!one.lookedAt) return { status: 'waiting', word: 'unseen' };
  return { status: 'ok', word: 'fine' };
}

export const asksForLook = ({ status }: { status: Status }): boolean => status === 'critical' || status === 'attention';

/** How a day is called: what it lacks goes before what was read of it. */
export function dayWord({ state, corrected, provisional }: ConnectionDay): DayWord {
  if (state === 'failed' || state === 'partial' || state === 'missing') return state;
  if (corrected) return 'corrected';
  return provisional ? 'provisional' : state;
}

const TABLES: Readonly<Record<ConnectionTable['state'], Status>> = {
  extracted: 'ok',
  empty: 'waiting',
  failed: 'critical',
  missing: 'waiting',
};
export const tableStatus = ({ state }: ConnectionTable): Status => TABLES[state];

/** What a person writes of tables, one per line: `[tabela-de-apoio=]tabela[:coluna,…]`. */
export function readTables(text: string): Pick<ConnectionTable, 'table' | 'columns' | 'reference'>[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [, reference = null, table = '', columns = ''] = /^(?:([a-z-]+)=)?([^:]*)(?::(.*))?$/.exec(line) ?? [];
      const names = columns.split(',').map((name) => name.trim());
      return { table: table.trim(), columns: names.filter(Boolean), reference };
    });
}

/** The tables of a connection as {@link readTables} takes them. */
export function writeTables(tables: readonly Pick<ConnectionTable, 'table' | 'columns' | 'reference'>[]): string {
  return tables
    .map(({ table, columns, reference }) => {
      const own = columns.length > 0 ? `:${columns.join(',')}` : '';
      return `${reference === null ? '' : `${reference}=`}${table}${own}`;
    })
    .join('\n');
}

export const isTroubled = (word: DayWord): boolean => word === 'failed' || word === 'partial' || word === 'corrected';

const FILES: Record<FileState, Status> = {
  unmatched: 'attention',
  growing: 'waiting',
  ready: 'waiting',
  taken: 'waiting',
  waiting: 'attention',
  loaded: 'ok',
  refused: 'critical',
};
export const FILE_STATES = Object.keys(FILES) as FileState[];
export const fileStatus = (state: FileState): Status => FILES[state];

export type SeenFile = WatchedFileList['files'][number];

/** What a connection or a watch may be called. */
export const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

export const connectionPath = (name: string): string => `/conexoes/${name}`;
export const watchPath = (name: string): string => `/conexoes/vigias/${name}`;
