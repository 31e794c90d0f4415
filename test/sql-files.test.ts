import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactMart, mark, repeatMart, TABLES } from '../src/contracts/index.ts';
import { contactRows, type Mart, martRows, repeatRows } from '../src/lake/measures.ts';
import { REPEAT_RULES } from '../src/lake/rules/rules.ts';
import { type LakeSession, sqlFile } from '../src/storage/lake.ts';
import { type Home, openHome } from './home.ts';
import { ROOT } from './tree.ts';

const FOLDER = join(ROOT, 'src', 'lake', 'sql');

let home: Home;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

/** Names and types of a statement's rows, on empty tables. */
async function columnsOf(session: LakeSession, select: string, parameters: Record<string, string | number> = {}) {
  await session.run('CREATE OR REPLACE TEMP VIEW scope AS SELECT * FROM silver.contact');
  await session.run(`CREATE OR REPLACE TEMP TABLE made AS ${select}`, parameters);
  const described = await session.rows<{ column_name: string; column_type: string }>('DESCRIBE made');
  return Object.fromEntries(described.map((row) => [row.column_name, row.column_type]));
}

/** The contract's types as the engine writes them; an ENUM takes the text of its values. */
function typesOf(table: { columns: Record<string, { type: string }> }): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, { type }]) => [name, type.startsWith('ENUM') ? 'VARCHAR' : type]),
  );
}

/** Per file: what its rows must be, and how it is run. */
const FILES: Record<string, (session: LakeSession) => Promise<void>> = {
  'macros.sql': async (session) => {
    const names = ['human_handled', 'contact_end', 'normalised_reason'];
    const found = await session.rows<{ name: string }>(
      `SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE function_type = 'macro' AND NOT internal`,
    );
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  },
  'house-legs.sql': async (session) => {
    const bounds = { lowest: '0', highest: '18446744073709551615' };
    expect(await columnsOf(session, sqlFile(FOLDER, 'house-legs.sql'), bounds)).toEqual({
      row_id: 'BIGINT',
      identity: 'UBIGINT',
      contact: 'UBIGINT',
      agent: 'UBIGINT',
      reason: 'UBIGINT',
      started: 'INTEGER',
      ended: 'INTEGER',
    });
  },
  'previous-marks.sql': async (session) => {
    const select = sqlFile(FOLDER, 'previous-marks.sql');
    const made = await columnsOf(session, select, { rule: 'previous-24h', within_s: 86_400 });
    expect(made).toEqual(typesOf(mark));
    expect(Object.keys(made)).toEqual(Object.keys(mark.columns));
    await session.run(`INSERT INTO gold.mark ${select}`, { rule: 'previous-24h', within_s: 86_400 });
  },
  'contact-rows.sql': (session) => fills(session, contactMart, contactRows('silver.contact')),
  'repeat-rows.sql': (session) => fills(session, repeatMart, repeatRows('gold.mark')),
};

/** Rows of measures have the mart's dimensions and measures; their sums have its types. */
async function fills(session: LakeSession, mart: Mart, rows: string): Promise<void> {
  const { grain, ...wanted } = typesOf(mart);
  expect(grain).toBe('VARCHAR');
  expect(Object.keys(await columnsOf(session, rows)).sort()).toEqual(Object.keys(wanted).sort());
  expect(await columnsOf(session, martRows(mart, rows))).toEqual(typesOf(mart));
  await session.run(`INSERT INTO gold.${mart.name} BY NAME ${martRows(mart, rows)}`);
}

describe('every statement of the lake prepares against empty tables, and fills its table as the contract says', () => {
  it.each(readdirSync(FOLDER).map((name) => basename(name)))('%s', async (name) => {
    const check = FILES[name];
    expect(check, `${name} needs its line in this test`).toBeDefined();
    await home.lake.use(async (session) => check?.(session));
  });

  it('and the tables are those of the contracts', async () => {
    for (const table of TABLES) {
      const described = await home.rows<{ column_name: string; column_type: string; null: string }>(
        `DESCRIBE ${table.schema}.${table.name}`,
      );
      const wanted = Object.entries(table.columns).map(([name, { type, required, filled }]) => [
        name,
        type.replace(/\s+/g, ' '),
        required || filled ? 'NO' : 'YES',
      ]);
      expect(described.map((row) => [row.column_name, row.column_type.replace(/\s+/g, ' '), row.null])).toEqual(wanted);
    }
  });

  it('and the rules that are marked are those that the mark can name', () => {
    const named = [...mark.columns.rule.type.matchAll(/'([^']+)'/g)].map((match) => match[1]);
    expect(REPEAT_RULES.map(({ name }) => name).toSorted()).toEqual(named.toSorted());
  });
});
