import { describe, expect, test } from 'vitest';
import {
  type ConnectionDay,
  type ConnectionView,
  connectionState,
  dayWord,
  NAME,
  readTables,
  watchState,
  writeTables,
} from './connections.ts';

const DAYS = { extracted: 3, empty: 1, failed: 0, partial: 0, missing: 0 };
const connection = (patch: object) =>
  ({
    enabled: true,
    running: null,
    message: null,
    pulledAt: '2026-11-20T09:00:00Z',
    days: DAYS,
    tables: [],
    ...patch,
  }) as unknown as ConnectionView;
const day = (patch: Partial<ConnectionDay>) =>
  ({ state: 'extracted', provisional: false, corrected: false, ...patch }) as ConnectionDay;
const FILES = { unmatched: 0, growing: 0, ready: 0, taken: 0, waiting: 0, loaded: 2, refused: 0 };
const watch = (patch: object) =>
  ({ enabled: true, message: null, lookedAt: '2026-11-20T09:00:00Z', files: FILES, ...patch }) as never;

describe('what a connection, a watch and a day are called', () => {
  test.each([
    ['fine', 'ok', {}],
    ['missing', 'attention', { days: { ...DAYS, missing: 2 } }],
    ['failedDays', 'critical', { days: { ...DAYS, missing: 2, partial: 1 } }],
    ['failedTables', 'critical', { tables: [{ state: 'extracted' }, { state: 'failed' }] }],
    ['failed', 'critical', { message: 'A fonte recusou o acesso.', enabled: false }],
    ['fresh', 'waiting', { pulledAt: null, days: { ...DAYS, missing: 5 } }],
    ['off', 'waiting', { enabled: false, days: { ...DAYS, missing: 5 } }],
    ['running', 'waiting', { running: 'j1', days: { ...DAYS, failed: 1 } }],
  ])('a connection: %s, %s', (word, status, patch) => {
    expect(connectionState(connection(patch))).toEqual({ word, status });
  });

  test.each([
    ['fine', 'ok', {}],
    ['failedLook', 'critical', { message: 'O lugar não respondeu.' }],
    ['decide', 'attention', { files: { ...FILES, waiting: 1, refused: 1 } }],
    ['refused', 'attention', { files: { ...FILES, refused: 1, unmatched: 1 }, enabled: false }],
    ['unmatched', 'attention', { files: { ...FILES, unmatched: 1 } }],
    ['off', 'waiting', { enabled: false }],
    ['unseen', 'waiting', { lookedAt: null }],
  ])('a watch: %s, %s', (word, status, patch) => {
    expect(watchState(watch(patch))).toEqual({ word, status });
  });

  test.each([
    ['extracted', {}],
    ['empty', { state: 'empty' }],
    ['provisional', { provisional: true }],
    ['provisional', { state: 'empty', provisional: true }],
    ['corrected', { corrected: true, provisional: true }],
    ['failed', { state: 'failed', corrected: true }],
    ['partial', { state: 'partial', provisional: true }],
    ['missing', { state: 'missing' }],
  ] as const)('a day: %s', (word, patch) => {
    expect(dayWord(day(patch))).toBe(word);
  });

  test('tables as they are written, one per line', () => {
    const text = 'contratos\nvendas.Clientes:cpf,Nome do Cliente\nexcluded-numbers=nao_perturbe';
    const read = readTables(`\n ${text.replace(',', ' , ')} \n`);
    expect(read).toEqual([
      { table: 'contratos', columns: [], reference: null },
      { table: 'vendas.Clientes', columns: ['cpf', 'Nome do Cliente'], reference: null },
      { table: 'nao_perturbe', columns: [], reference: 'excluded-numbers' },
    ]);
    expect(writeTables(read)).toBe(text);
  });

  test('a name is one that the API takes', () => {
    expect(['beta', '2a-b', '-a', 'A', 'a b', ''].filter((name) => NAME.test(name))).toEqual(['beta', '2a-b']);
  });
});
