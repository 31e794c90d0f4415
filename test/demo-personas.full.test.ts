import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CustomerBase } from '../src/customers/base/build-base.ts';
import { adjustedRand, crossing } from '../src/customers/models/agreement.ts';
import type { PersonaFile } from '../src/customers/personas/persona-file.ts';
import { writeDemo } from '../src/demo/demo.ts';
import { TestApi } from './app.ts';

const EARLIER = '2026-08-16';
const folder = mkdtempSync(join(tmpdir(), 'ramal-personas-'));
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a customer brings in, since when it is one, and how much it uses what it has: no more is needed. */
const COLUMNS = [
  { name: 'VL_TOTAL_CONTRATO_soma', treatment: 'log' },
  { name: 'CLIENTE_DESDE_dias', treatment: 'standard' },
  { name: 'telemetria_linhas', treatment: 'log' },
];

/** The base of a demonstration's files, as the command makes it. */
async function baseOf(seed: number) {
  const out = join(folder, String(seed));
  const { truth } = await writeDemo({ contacts: 100, seed, out, earlier: EARLIER });
  const { base, path } = await builtOf(join(out, 'customers'), '2026-11-15');
  return {
    out,
    base,
    path,
    truth: truth.customers,
    personaOf: new Map(cells<[string, string]>(join(out, 'customers-truth.csv'))),
  };
}

const cells = <Row extends string[]>(path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';') as Row);

async function builtOf(customers: string, day: string) {
  const paths = readdirSync(customers).map((name) => join(customers, name));
  const base = await api.job<CustomerBase & { file: string }>('/api/customers/file', { paths, day });
  const { bytes } = await api.ask(`/api/customers/file/${base.file}`, { as: 'administrator' });
  const path = `${customers}.parquet`;
  writeFileSync(path, bytes);
  return { base, path };
}

/** The groups of a base: how many, and that of each customer. */
async function groupsOf(path: string, id: string) {
  const asked = { path, id, columns: COLUMNS, method: 'bgm', components: 12, resamples: 0, labels: true };
  const { k, labels } = await api.job<{ k: number; labels: string }>('/api/segments/file', asked);
  const { text } = await api.ask(`/api/segments/labels/${labels}`, { as: 'administrator' });
  const rows = text.trimEnd().split('\n').slice(1);
  return { k, text, of: rows.map((row) => row.split(',') as [string, string]) };
}

describe('the planted personas come back from the files', () => {
  test.each([1, 2, 3])('of seed %i', async (seed) => {
    const { out, base, path, truth, personaOf } = await baseOf(seed);
    expect(base).toMatchObject({ customers: 2400, key: 'CLIENTE', warnings: [] });
    expect(base.tables.reduce((sum, { files }) => sum + files, 0)).toBe(15);
    for (const { name, files, rows, noCustomer, otherRows } of base.tables) {
      const own = truth.files.filter((file) => file.path.includes(`/${name}`));
      const sum = (of: 'rows' | 'strangers' | 'nobodys') => own.reduce((all, file) => all + file[of], 0);
      const told = { files: own.length, rows: sum('rows'), noCustomer: sum('nobodys'), otherRows: sum('strangers') };
      expect([name, { files, rows, noCustomer, otherRows }]).toEqual([name, told]);
    }

    const found = await groupsOf(path, base.key);
    const { text, of: rows } = found;
    const names = truth.personas.map(({ name }) => name);
    const planted = { groups: names.length, labels: rows.map(([id]) => names.indexOf(personaOf.get(id!)!)) };
    const groups = { groups: found.k, labels: rows.map(([, group]) => Number(group) - 1) };
    const agreement = adjustedRand(planted, groups);
    expect(found.k).toBe(8);
    expect(agreement).toBeGreaterThan(0.85);
    expect(agreement).toBeLessThan(1);
    const kept = crossing(planted, groups).map(
      (counts, persona) => Math.max(...counts) / truth.personas[persona]!.customers,
    );
    expect(Math.min(...kept)).toBeGreaterThan(0.85);

    // Each group goes by the name of the persona that most of it is of.
    const labels = join(api.app.config.home, `grupos-${seed}.csv`);
    writeFileSync(labels, text);
    const told = await api.job<PersonaFile>('/api/personas/file', { path, id: base.key, groups: labels });
    const most = (group: number) => {
      const counts = crossing(planted, groups).map((row) => row[group - 1]!);
      return names[counts.indexOf(Math.max(...counts))];
    };
    expect(told.personas.map(({ play, first, group }) => [play, first, most(group)])).toEqual(
      told.personas.map(({ group }) => [most(group), true, most(group)]),
    );

    // Those of a quarter before, too, and who moved in between.
    const moves = cells<[string, string, string]>(join(out, 'earlier', 'customers-moves.csv'));
    const before = new Map(personaOf);
    for (const [customer, from] of moves)
      if (from === '') before.delete(customer);
      else before.set(customer, from);
    const earlier = await builtOf(join(out, 'earlier', 'customers'), EARLIER);
    expect(earlier.base.customers).toBe(before.size);
    const then = await groupsOf(earlier.path, base.key);
    expect(then.k).toBe(8);
    const were = { groups: 8, labels: then.of.map(([customer]) => names.indexOf(before.get(customer)!)) };
    const back = adjustedRand(were, { groups: 8, labels: then.of.map(([, group]) => Number(group) - 1) });
    expect(back).toBeGreaterThan(0.85);
  });
});
