import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentTimeMart,
  contact,
  contactMart,
  EACH_TIME,
  followed,
  link,
  MARKED_RULES,
  mixMart,
  repeatMart,
  TABLES,
  timeMart,
} from '../src/contracts/index.ts';
import { agentTimeSums } from '../src/lake/agent-time.ts';
import { followedBy } from '../src/lake/followed.ts';
import { peopleOf } from '../src/lake/marks.ts';
import {
  contactRows,
  contactSums,
  type Mart,
  mixSums,
  repeatRows,
  repeatSums,
  timeSums,
} from '../src/lake/measures.ts';
import { pairsOf } from '../src/lake/persons.ts';
import { builtContacts, resolved, SAID } from '../src/lake/reference/resolved.ts';
import { REPEAT_RULES } from '../src/lake/rules/rules.ts';
import { type LakeSession, sqlFile } from '../src/storage/lake.ts';
import { type Home, openHome } from './home.ts';
import { ROOT } from './tree.ts';

const ALL = builtContacts(SAID);
const FOLDER = join(ROOT, 'src', 'lake', 'sql');

let home: Home;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

/** Names and types of a statement's rows, on empty tables. */
async function columnsOf(session: LakeSession, select: string) {
  await session.run(`CREATE OR REPLACE TEMP TABLE made AS ${select}`);
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
  'people.sql': async (session) => {
    const people = await columnsOf(session, peopleOf('gold.contact'));
    for (const name of ['source', 'day', 'started_at', 'queue', 'account', 'agent_id', 'reason'] as const)
      expect(people[name]).toBe(contact.columns[name].type);
    await session.run(`INSERT INTO gold.repeat_mart BY NAME ${repeatSums('gold.mark', 'made')}`);
  },
  'legs.sql': async (session) => {
    await session.run(`CREATE OR REPLACE TEMP VIEW people AS ${peopleOf('gold.contact')}`);
    expect(await columnsOf(session, sqlFile(FOLDER, 'legs.sql'))).toEqual({
      row_id: 'BIGINT',
      identity: 'UBIGINT',
      person: 'UBIGINT',
      received: 'UBIGINT',
      contact: 'UBIGINT',
      agent: 'UBIGINT',
      reason_code: 'UBIGINT',
      category: 'UBIGINT',
      started: 'INTEGER',
      ended: 'INTEGER',
      handled: 'UTINYINT',
      anonymous: 'UTINYINT',
      opens: 'UTINYINT',
      source: 'UBIGINT',
      day: 'DATE',
    });
  },
  'pairs.sql': async (session) => {
    expect(await columnsOf(session, pairsOf('silver.contact'))).toEqual(typesOf(link));
  },
  'followed.sql': async (session) => {
    expect(await columnsOf(session, followedBy('silver.contact_event'))).toEqual(typesOf(followed));
  },
  'agent-time.sql': async (session) => {
    const days = '(SELECT source, day FROM gold.agent_time_mart)';
    expect(await columnsOf(session, agentTimeSums('silver.agent_time', days))).toEqual(typesOf(agentTimeMart));
  },
  'contact-rows.sql': (session) => fills(session, contactMart, contactRows(ALL), contactSums(ALL)),
};

/** Rows of measures have the mart's dimensions and measures; their sums have its types. */
async function fills(session: LakeSession, mart: Mart, rows: string, sums: string): Promise<void> {
  const { grain, ...wanted } = typesOf(mart);
  const lists = mart === contactMart ? Object.values(EACH_TIME) : [];
  expect(grain).toBe('VARCHAR');
  expect(Object.keys(await columnsOf(session, rows)).sort()).toEqual([...Object.keys(wanted), ...lists].sort());
  expect(await columnsOf(session, sums)).toEqual(typesOf(mart));
  await session.run(`INSERT INTO gold.${mart.name} BY NAME ${sums}`);
}

describe('every statement of the lake prepares against empty tables, and fills its table as the contract says', () => {
  it.each(readdirSync(FOLDER).map((name) => basename(name)))('%s', async (name) => {
    const check = FILES[name];
    expect(check, `${name} needs its line in this test`).toBeDefined();
    await home.lake.use(async (session) => check?.(session));
  });

  it('and so does what reference tables say of contacts, all of it or some', () =>
    home.lake.use(async (session) => {
      const { supervisor, listed, ...rest } = await columnsOf(session, `FROM ${resolved('silver.contact', 'gold')}`);
      expect(rest).toEqual(typesOf(contact));
      expect([supervisor, listed]).toEqual(['VARCHAR', 'VARCHAR']);
      const { account, reason, reason_category, ...others } = rest;
      expect(await columnsOf(session, `FROM ${resolved('silver.contact', 'gold', [])}`)).toEqual(others);
      for (const told of [['supervisor'], ['reason'], ['listed', 'account']])
        expect(Object.keys(await columnsOf(session, `FROM ${builtContacts(told)}`))).toEqual(
          expect.arrayContaining(told),
        );
    }));

  it('and no sum of a mart sets every row against every other', () =>
    home.lake.use(async (session) => {
      const days = '(SELECT source, day FROM gold.agent_time_mart)';
      const sums = [
        contactSums(ALL),
        timeSums(ALL),
        mixSums(ALL),
        repeatSums('gold.mark', ALL),
        agentTimeSums('silver.agent_time', days),
      ];
      for (const sum of sums) {
        const [plan] = await session.rows(`EXPLAIN ${sum}`);
        expect(Object.values(plan!).join()).not.toMatch(/BLOCKWISE|NESTED_LOOP/);
      }
    }));

  it('and so do the counts of durations and the sums of like contacts', () =>
    home.lake.use(async (session) => {
      expect(await columnsOf(session, timeSums(ALL))).toEqual(typesOf(timeMart));
      expect(await columnsOf(session, mixSums(ALL))).toEqual(typesOf(mixMart));
    }));

  it('and so do the repeat measures, for each rule and for all', () =>
    home.lake.use(async (session) => {
      for (const rule of MARKED_RULES)
        await fills(session, repeatMart, repeatRows(rule), repeatSums('gold.mark', 'gold.contact'));
    }));

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

  it('and the rules that exist are those that gold marks', () => {
    expect(REPEAT_RULES.map(({ name }) => name)).toEqual([...MARKED_RULES]);
  });
});
