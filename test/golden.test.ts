import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BatchRecord } from '../src/intake/batches.ts';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { marksOf } from '../src/lake/marks.ts';
import type { RepeatRuleName } from '../src/lake/rules/rules.ts';
import { age, type Home, useHome } from './home.ts';

/**
 * A folder of test/golden is a test: its files are loaded in the order of their names by the layout that layout.txt
 * names or layout.json is, gold is built, and everything that expected.json says must hold. Lines are physical.
 */
interface Expected {
  batches: (Partial<BatchRecord> & { file: string })[];
  contacts: (Record<string, unknown> & { line: number; file?: string })[];
  quarantine: Record<string, unknown>[];
  /** Kind and value, all of them, sorted. */
  identities: [string, string][];
  /** Sums of the contact mart; byMonth the same by the month of the day. */
  measures: Record<string, number>;
  byMonth?: Record<string, Record<string, number>>;
  /** By rule and contact (`id` or `id/leg`): role and whose, bucket, same reason. */
  marks: Record<string, Record<string, string>>;
  repeats?: Record<string, Repeats>;
}

interface Repeats {
  watermark?: string;
  maturityDays?: number;
  all: Record<string, number>;
  matured?: Record<string, number>;
  maturedByAgent?: Record<string, Record<string, number>>;
  chargedByAgent?: Record<string, number>;
}

const GOLDEN = join(import.meta.dirname, 'golden');
const NOT_INPUT = /^(layout\.(txt|json)|expected\.json|.*\.md)$/;
const folders = readdirSync(GOLDEN).filter((name) => existsSync(join(GOLDEN, name, 'expected.json')));

const home = useHome();

it('has folders to look at', () => {
  expect(folders.length).toBeGreaterThanOrEqual(5);
});

describe.each(folders)('%s', (folder) => {
  const at = (name: string) => join(GOLDEN, folder, name);
  const expected = JSON.parse(readFileSync(at('expected.json'), 'utf8')) as Expected;
  const files = readdirSync(join(GOLDEN, folder)).filter((name) => !NOT_INPUT.test(name));
  const batches = new Map<number, string>();

  beforeAll(async () => {
    await home().reset();
    const layout = await layoutOf(at, home());
    for (const file of files) {
      age(at(file));
      batches.set((await home().load(at(file), layout)).batch_id, file);
    }
    await home().build();
  });

  it('loads what it should, and says what it did', async () => {
    const found = [];
    for (const [batch, file] of batches) found.push({ file, ...(await home().batches.get(batch)) });
    expect(found).toMatchObject(expected.batches);
  });

  it('stores contacts as they should be read', async () => {
    expect(expected.contacts.length).toBeGreaterThan(0);
    for (const { line, file = files[0], ...columns } of expected.contacts) {
      const batch = [...batches].find(([, name]) => name === file)?.[0] ?? 0;
      const [row] = await home().rows(
        `SELECT * REPLACE (CAST(satisfaction AS DOUBLE) AS satisfaction) FROM silver.contact
         WHERE batch_id = $batch AND row_id & 4294967295 = $line`,
        { batch, line },
      );
      expect(row, `${file}, line ${line}`).toMatchObject(columns);
    }
  });

  it('puts aside what cannot be read, with its reason', async () => {
    const rows = await home().rows(
      'SELECT line, column_name, reason, value FROM silver.quarantine ORDER BY batch_id, line',
    );
    expect(rows).toEqual(expected.quarantine);
  });

  it('knows the identities', async () => {
    const identities = await home().rows('SELECT DISTINCT kind, value FROM silver.identity ORDER BY kind, value');
    expect(identities.map(({ kind, value }) => [kind, value])).toEqual(expected.identities);
  });

  it('sums to its measures', async () => {
    expect(await measures(expected.measures, '')).toEqual([expected.measures]);
    for (const [month, sums] of Object.entries(expected.byMonth ?? {}))
      expect(await measures(sums, `AND strftime(day, '%Y-%m') = '${month}'`)).toEqual([sums]);
  });

  it('marks repeats under every rule that is written down', async () => {
    expect(Object.keys(expected.marks)).toContain('house');
    for (const [rule, marks] of Object.entries(expected.marks)) expect(await saidBy(rule), rule).toEqual(marks);
  });

  it.each(Object.entries(expected.repeats ?? {}))('counts repeats under %s', async (rule, repeats) => {
    const { watermark, maturityDays } = repeats;
    const matured = watermark ? `AND ended_on + ${maturityDays} <= DATE '${watermark}'` : '';
    expect(await repeatSums(repeats.all, rule, 'source', '')).toEqual([repeats.all]);
    if (repeats.matured) expect(await repeatSums(repeats.matured, rule, 'source', matured)).toEqual([repeats.matured]);
    for (const [agent, sums] of Object.entries(repeats.maturedByAgent ?? {}))
      expect(await repeatSums(sums, rule, 'agent', `${matured} AND agent = '${agent}'`), agent).toEqual([sums]);
    if (!repeats.chargedByAgent) return;
    const charged = await home().rows<{ agent: string; charged: number }>(
      `SELECT agent, CAST(sum(charged) AS INTEGER) AS charged FROM gold.repeat_mart
       WHERE rule = $rule AND grain = 'agent' GROUP BY agent HAVING sum(charged) > 0`,
      { rule },
    );
    expect(Object.fromEntries(charged.map((row) => [row.agent, row.charged]))).toEqual(repeats.chargedByAgent);
  });
});

async function layoutOf(at: (name: string) => string, { know, layouts }: Home): Promise<Layout> {
  if (!existsSync(at('layout.json'))) return layouts.get(readFileSync(at('layout.txt'), 'utf8').trim());
  const layout = parseLayout(JSON.parse(readFileSync(at('layout.json'), 'utf8')), at('layout.json'));
  await know(layout);
  return layout;
}

const sumsOf = (names: Record<string, number>) =>
  Object.keys(names).map((name) => `CAST(sum(${name}) AS BIGINT) AS ${name}`);

function measures(names: Record<string, number>, where: string) {
  return home().rows(`SELECT ${sumsOf(names).join(', ')} FROM gold.contact_mart WHERE grain = 'source' ${where}`);
}

function repeatSums(names: Record<string, number>, rule: string, grain: string, where: string) {
  return home().rows(
    `SELECT ${sumsOf(names).join(', ')} FROM gold.repeat_mart WHERE rule = $rule AND grain = $grain ${where}`,
    { rule, grain },
  );
}

async function saidBy(rule: string): Promise<Record<string, string>> {
  const name = (alias: string) =>
    `${alias}.contact_id || CASE WHEN ${alias}.leg_no > 1 THEN '/' || ${alias}.leg_no ELSE '' END`;
  const rows = await home().rows<{ contact: string; said: string }>(
    `SELECT ${name('own')} AS contact,
       CASE role WHEN 'anchor' THEN 'anchor' ELSE role || ' of ' || ${name('other')} END
       || CASE WHEN role = 'repeat' THEN ', ' || bucket ELSE '' END
       || CASE WHEN same_reason THEN ', same reason' ELSE '' END AS said
     FROM ${marksOf(rule as RepeatRuleName)} JOIN silver.contact AS own USING (row_id)
     JOIN silver.contact AS other ON other.row_id = anchor_row_id`,
  );
  return Object.fromEntries(rows.map(({ contact, said }) => [contact, said]));
}
