import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CUSTOMERS_MOVES, type CustomerMoves, writeEarlierCustomers } from './earlier-customers.ts';
import { CUSTOMERS_TRUTH, writeCustomers } from './write-customers.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-earlier-'));
const ASKED = { seed: 1, until: '2026-11-15', customers: 2400 };
const DAY = '2026-08-16';
const still = async () => {};
let moves: CustomerMoves;

const place = (name: string) => {
  const out = join(folder, name);
  mkdirSync(join(out, 'customers'), { recursive: true });
  return out;
};
const rows = (path: string, separator = ';') =>
  readFileSync(join(folder, path), path.includes('dados_clientes') ? 'latin1' : 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    // Names between quotes hold a semicolon.
    .map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, 'nome').split(separator));

beforeAll(async () => {
  await writeCustomers(place('last'), ASKED, still);
  moves = await writeEarlierCustomers(place('earlier'), { ...ASKED, day: DAY }, still);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const told = () => rows(join('earlier', CUSTOMERS_MOVES)) as [id: string, before: string, after: string][];
const since = (when: string) => new Map(rows(`${when}/customers/clientes_desde.csv`) as [string, string][]);
const changed = () => new Set(told().map(([id]) => id));

describe('the customers of an earlier day', () => {
  test('the same bytes for the same seed and day; 15 files as on the last day', async () => {
    await writeEarlierCustomers(place('again'), { ...ASKED, day: DAY }, still);
    const names = readdirSync(join(folder, 'earlier', 'customers'));
    expect(names).toEqual(readdirSync(join(folder, 'last', 'customers')));
    for (const name of names.filter((one) => !one.endsWith('.xlsx')))
      expect([name, readFileSync(join(folder, 'again', 'customers', name))]).toEqual([
        name,
        readFileSync(join(folder, 'earlier', 'customers', name)),
      ]);
    for (const name of names.filter((one) => one.endsWith('.csv'))) {
      const header = (when: string) => readFileSync(join(folder, when, 'customers', name), 'latin1').split(/\r?\n/)[0];
      expect(header('earlier')).toBe(header('last'));
    }
  });

  test('who had not begun is not there, who left since is; the others are customers since the same day', () => {
    const [before, after] = [since('earlier'), since('last')];
    const left = [...before.keys()].filter((id) => !after.has(id));
    const began = [...after].filter(([id]) => !before.has(id));
    expect(began.map(([, day]) => day > DAY)).toEqual(began.map(() => true));
    expect([...before.values()].filter((day) => day > DAY)).toEqual([]);
    for (const [id, day] of before) if (after.has(id)) expect(after.get(id)).toBe(day);
    expect([left.length, began.length]).toEqual([moves.left, moves.began]);
    expect([moves.left, moves.began]).toEqual([36, 21]);
    const only = (which: 1 | 2) => told().filter((one) => one[which] === '');
    expect(only(2).map(([id]) => id)).toEqual(left);
    expect(new Set(only(1).map(([id]) => id))).toEqual(new Set(began.map(([id]) => id)));
  });

  test('about one in twenty was of another persona, and is of what the last day says it is', () => {
    const moved = told().filter(([, before, after]) => before !== '' && after !== '');
    expect(moved).toHaveLength(moves.moved);
    expect(Math.abs(moves.moved / ASKED.customers - 0.05)).toBeLessThan(0.01);
    const personas = new Map(rows(join('last', CUSTOMERS_TRUTH)) as [string, string][]);
    for (const [id, before, after] of moved) {
      expect(after).toBe(personas.get(id));
      expect(before).not.toBe(after);
    }
    const ways = Map.groupBy(moved, ([, before, after]) => `${before} > ${after}`);
    expect(ways.size).toBe(6);
    expect(Math.min(...[...ways.values()].map((some) => some.length))).toBeGreaterThan(10);
  });

  test('nothing is later than the day, and telemetry is of the 90 days before it', () => {
    const day = (text: string) =>
      text.includes('/') ? text.slice(0, 10).split('/').reverse().join('-') : text.slice(0, 10);
    const latest = (name: string, column: number, separator = ';') =>
      rows(`earlier/customers/${name}.csv`, separator)
        .map((cells) => day(cells[column]!))
        .reduce((most, one) => (one > most ? one : most), '');
    for (const [name, column, separator] of [
      ['dados_clientes', 11, ';'],
      ['historico', 2, ';'],
      ['tickets', 4, ','],
      ['tickets', 5, ','],
      ['nps_relacional', 0, ';'],
      ['nps_transacional_aquisicao', 1, ';'],
      ['nps_transacional_onboarding', 0, ';'],
      ['nps_transacional_produto', 0, ';'],
    ] as const) {
      const found = latest(name, column, separator);
      expect([name, found > '2026-07-01', found <= DAY]).toEqual([name, true, true]);
    }
    for (const part of [1, 2, 3]) {
      const days = rows(`earlier/customers/telemetria_${part}.csv`, ',').map((cells) => cells[4]!);
      // 90 days, the last one among them.
      expect(days.every((one) => one > '2026-05-18' && one <= DAY)).toBe(true);
    }
  });

  test('of who stayed as they were, the tickets until the day are those that the last day has', () => {
    const tickets = (when: string) =>
      rows(`${when}/customers/tickets.csv`, ',')
        .map(([code, , kind, , created, , number]) => ({
          id: code!.trim().toUpperCase(),
          kind,
          created: created!,
          number,
        }))
        .filter(({ id }) => id !== '' && !id.startsWith('X') && !changed().has(id));
    // 365 days before 2026-11-15.
    const both = ({ created }: { created: string }) =>
      created.slice(0, 10) > '2025-11-15' && created.slice(0, 10) <= DAY;
    const [before, after] = [tickets('earlier').filter(both), tickets('last').filter(both)];
    expect(after.length).toBeGreaterThan(5000);
    expect(before).toEqual(after);
    const states = rows('earlier/customers/tickets.csv', ',').filter(
      ([, , , state]) => !['Fechado', 'Resolvido'].includes(state!),
    );
    expect(states.length).toBeGreaterThan(30);
    expect(states.filter(([, , , , created]) => created!.slice(0, 10) > DAY)).toEqual([]);
  });

  test('MRR is the same, or what it was before a year’s 4.5 %; of who moved, another persona’s', () => {
    const mrr = (when: string) =>
      new Map(rows(`${when}/customers/mrr.csv`).map(([id, text]) => [id!, Number(text!.replace(',', '.'))]));
    const [before, after] = [mrr('earlier'), mrr('last')];
    const stayed = [...before].filter(([id]) => after.has(id) && !changed().has(id));
    const ratios = stayed.map(([id, value]) => after.get(id)! / value);
    const adjusted = ratios.filter((ratio) => Math.abs(ratio - 1.045) < 0.0005);
    expect(ratios.filter((ratio) => ratio === 1).length + adjusted.length).toBe(ratios.length);
    // A quarter of the anniversaries of a year.
    expect(Math.abs(adjusted.length / ratios.length - 91 / 365)).toBeLessThan(0.05);
    const grown = told().filter(([id, , to]) => to === 'Parceiros Estratégicos' && before.has(id) && after.has(id));
    expect(grown.length).toBeGreaterThan(5);
    const mean = (of: Map<string, number>) => grown.reduce((sum, [id]) => sum + of.get(id)!, 0) / grown.length;
    expect(mean(after)).toBeGreaterThan(3 * mean(before));
  });
});
