import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactMart, GRAINS, repeatMart } from '../src/contracts/index.ts';
import { measuresOf } from '../src/lake/measures.ts';
import { CALL_COLUMNS, CALL_DAYS, callFile, dayOfCalls, KEYED, KEYLESS, moment } from './call-files.ts';
import { type Home, useHome } from './home.ts';
import { deadline, full } from './services.ts';

const home = useHome();
const RUNS = full ? 400 : 2;
/** A slow machine makes fewer runs rather than a late result. */
const SECONDS = full ? 240 : 6;
const LAYOUTS = { keyed: KEYED, keyless: KEYLESS } as const;

type Step =
  | { do: 'load'; source: keyof typeof LAYOUTS; numbers: number[] }
  | { do: 'repeat'; file: number; numbers: number[] }
  | { do: 'roll back'; batch: number }
  | { do: 'exclude'; name: string; column: string; value: string; active: boolean }
  | { do: 'build' };

const numbers = dayOfCalls();
const source = fc.constantFrom('keyed' as const, 'keyless' as const);
const load = fc.record({ do: fc.constant('load' as const), source, numbers });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: load },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), file: fc.nat(), numbers }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('roll back' as const), batch: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('exclude' as const),
      name: fc.constantFrom('a', `b$'`),
      column: fc.constantFrom('queue', 'agent_id', 'account'),
      value: fc.constantFrom('fila 1', 'ag2', 'ag3', 'conta $$1', `R$' $& 'a'`),
      active: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'build' as const }) },
);

/** Does the steps on an empty home; a first build makes the later ones incremental. */
async function play(steps: readonly Step[]): Promise<void> {
  await home().reset();
  const files: Extract<Step, { do: 'load' }>[] = [];
  await home().load({ content: callFile([1, 2, 3 + CALL_DAYS]) }, KEYED);
  await home().build();
  for (const one of steps) {
    if (one.do === 'build') await home().build();
    else if (one.do === 'load') {
      files.push(one);
      await home().load({ content: callFile(one.numbers) }, LAYOUTS[one.source]);
    } else if (one.do === 'repeat') {
      const earlier = files[one.file % Math.max(1, files.length)];
      if (earlier === undefined) continue;
      const repeated = earlier.numbers.filter((_, index) => index % 2 === 0);
      await home().load({ content: callFile([...repeated, ...one.numbers]) }, LAYOUTS[earlier.source]);
    } else if (one.do === 'roll back') {
      const loaded = await home().batches.inState('loaded');
      const batch = loaded[one.batch % Math.max(1, loaded.length)];
      if (batch) await home().batches.tombstone(batch.batch_id);
    } else await exclude(one);
  }
}

async function exclude({ name, column, value, active }: Extract<Step, { do: 'exclude' }>): Promise<void> {
  await home().ledger.sql`
    INSERT INTO exclusion (name, version, column_name, value, reason, approved_by, created_at, active)
    SELECT ${name}, coalesce(max(version), 0) + 1, ${column}, ${value}, 'teste', 'teste', now(), ${active}
    FROM exclusion WHERE name = ${name}`;
}

/** Who gold says is one person: groups of identities, by kind and value. */
async function personsOf({ rows }: Home): Promise<string[][]> {
  const found = await rows<{ identity: string; person: string }>(
    `WITH shown AS (SELECT DISTINCT hash(kind || ':' || value) AS identity, kind || ':' || value AS name FROM silver.identity)
     SELECT own.name AS identity, other.name AS person FROM gold.person
     JOIN shown AS own USING (identity) JOIN shown AS other ON other.identity = gold.person.person`,
  );
  const groups = Map.groupBy(found, ({ person }) => person);
  return [...groups].map(([person, ones]) => [person, ...ones.map(({ identity }) => identity)].sort()).sort();
}

/** The same found a second way: from the identities of each row, walking from one to the next. */
async function joinedAnew({ rows }: Home): Promise<string[][]> {
  const seen = await rows<{ row_id: number; name: string }>(
    `SELECT row_id, kind || ':' || value AS name FROM silver.identity`,
  );
  const beside = new Map<string, Set<string>>();
  for (const ones of Map.groupBy(seen, ({ row_id }) => row_id).values()) {
    const main = ones.find(({ name }) => name.startsWith('phone:')) ?? ones[0]!;
    for (const { name } of ones) {
      if (name === main.name) continue;
      for (const [one, other] of [
        [main.name, name],
        [name, main.name],
      ] as const)
        beside.set(one, (beside.get(one) ?? new Set()).add(other));
    }
  }
  const joins = (name: string) => (beside.get(name)?.size ?? 0) <= 8;
  const groups: string[][] = [];
  const done = new Set<string>();
  for (const start of beside.keys()) {
    if (done.has(start) || !joins(start)) continue;
    const group = [start];
    done.add(start);
    for (const name of group)
      for (const next of beside.get(name) ?? [])
        if (joins(next) && !done.has(next)) {
          done.add(next);
          group.push(next);
        }
    if (group.length > 1) groups.push(group.sort());
  }
  return groups.sort();
}

describe('an incremental build', () => {
  it(
    'equals a full one, row for row, after any sequence of loads, rollbacks and exclusions',
    async () => {
      await know(home());
      const late = deadline(SECONDS);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
          if (late()) return;
          await play(steps);
          await home().build();
          const incremental = await home().snapshot();
          expect(await personsOf(home())).toEqual(await joinedAnew(home()));
          const counted = await home().batches.list({ page: 1, size: 100 });
          await home().build({ full: true });
          expect(await home().snapshot()).toEqual(incremental);
          expect(await home().batches.list({ page: 1, size: 100 })).toMatchObject({
            rows: counted.rows.map(({ batch_id, loaded, duplicate }) => ({ batch_id, loaded, duplicate })),
          });
        }),
        { numRuns: RUNS },
      );
    },
    full ? 300_000 : 60_000,
  );

  it('changes nothing when nothing came', async () => {
    await play([{ do: 'load', source: 'keyless', numbers: [1, 1, 31, 61, 2] }]);
    const first = await home().build();
    const before = await home().snapshot();
    const second = await home().build();
    expect(second).toMatchObject({ lakeVersion: first.lakeVersion, batches: [], touched: { rows: 0 } });
    expect(await home().snapshot()).toEqual(before);
  });

  it('does not depend on the order in which the files came', async () => {
    await know(home());
    const late = deadline(SECONDS / 2);
    await fc.assert(
      fc.asyncProperty(fc.array(load, { minLength: 2, maxLength: 5 }), fc.nat(), async (files, turn) => {
        if (late()) return;
        // A row without a key counts as often as the file that has it most: here, once a file.
        const once = files.map((file) => ({ ...file, numbers: [...new Set(file.numbers)] }));
        await play(once);
        await home().build();
        const marts = await martsOf(home());
        const at = turn % once.length;
        const turned = [...once.slice(at), ...once.slice(0, at)].reverse();
        await play(turned.flatMap((file) => [file, { do: 'build' as const }]));
        expect(await martsOf(home())).toEqual(marts);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

it('two sources that give the same contact name at the same time are told apart in any order', async () => {
  const other = { ...KEYED, source: 'other' };
  await know(home());
  await home().know(other);
  const row = (agent: string) =>
    `${CALL_COLUMNS.join(';')}\n${['c1', '1', moment(600), moment(605), '', '0', '300', '11987654321', agent, 'f', 'c', 'x', 'answered', '', ''].join(';')}\n`;
  const files = [
    { content: row('ag1'), layout: KEYED },
    { content: row('ag2'), layout: other },
  ];
  const found = [];
  for (const order of [files, files.toReversed()]) {
    await home().reset();
    for (const { content, layout } of order) await home().load({ content }, layout);
    await home().build();
    found.push(await martsOf(home()));
  }
  expect(found[1]).toEqual(found[0]);
  await home().reset();
});

it('an exclusion leaves out what it says, whatever signs it is written with', async () => {
  await know(home());
  await home().reset();
  await home().load({ content: callFile(Array.from({ length: 90 }, (_, index) => index)) }, KEYED);
  await exclude({ do: 'exclude', name: `R$' $&`, column: 'account', value: 'conta $$1', active: true });
  await home().build();
  const [found] = await home().rows(
    `SELECT count(*) FILTER (excluded) AS excluded, count(*) FILTER (marked) AS marked,
       count(*) FILTER (excluded AND marked) AS both, count(*) FILTER (excluded AND account <> 'conta $$1') AS others
     FROM (SELECT *, row_id IN (SELECT row_id FROM gold.excluded) AS excluded,
       row_id IN (SELECT row_id FROM gold.mark) AS marked FROM silver.contact)`,
  );
  expect(found).toMatchObject({ both: 0, others: 0 });
  expect(found).toMatchObject({
    excluded: expect.toSatisfy((rows: number) => rows > 20),
    marked: expect.toSatisfy((rows: number) => rows > 20),
  });
});

describe('a rollback', () => {
  it('gives repeated rows to the batch that repeated them, also when an exclusion changed meanwhile', async () => {
    await know(home());
    await home().reset();
    const first = await home().load({ content: callFile([1, 2, 3]) }, KEYED);
    const second = await home().load({ content: callFile([2, 3, 4]) }, KEYED);
    await home().build();
    await home().batches.tombstone(first.batch_id);
    await exclude({ do: 'exclude', name: 'a', column: 'queue', value: 'fila 1', active: true });
    await home().build();
    const held = await home().rows('SELECT DISTINCT batch_id, count(*) AS rows FROM silver.contact GROUP BY batch_id');
    expect(held).toEqual([{ batch_id: second.batch_id, rows: 3 }]);
    expect(await home().batches.get(second.batch_id)).toMatchObject({ loaded: 3, duplicate: 0 });
  });

  it('is made good by the next build when a full one stopped after silver', async () => {
    await know(home());
    for (const step of ['marks', 'marts']) {
      await home().reset();
      const first = await home().load({ content: callFile([1, 2, 3]) }, KEYED);
      await home().load({ content: callFile([2, 3, 4]) }, KEYED);
      await home().build();
      await home().batches.tombstone(first.batch_id);
      const stop = new AbortController();
      const progress = (moment: { step: string }) => moment.step === step && stop.abort();
      await expect(home().build({ full: true, signal: stop.signal, progress })).rejects.toMatchObject({
        code: 'cancelled',
      });
      await home().build();
      const found = await home().snapshot();
      expect(found['silver.contact'].rows).toBe(3);
      await home().build({ full: true });
      expect(await home().snapshot()).toEqual(found);
    }
  });

  it('of a batch that no build saw leaves no trace', async () => {
    await home().reset();
    await home().load({ content: callFile([1, 2, 3]) }, KEYED);
    await home().build();
    const before = await home().snapshot();
    const second = await home().load({ content: callFile([31, 32, 61]) }, KEYED);
    const third = await home().load({ content: callFile([62]).replace(/2026-\d\d/g, 'xxxx') }, KEYED);
    expect([second.loaded, third.loaded, third.quarantined]).toEqual([3, 0, 1]);
    for (const { batch_id } of [second, third]) await home().batches.tombstone(batch_id);
    await home().build();
    expect(await home().snapshot()).toEqual(before);
  });
});

describe('an anchored rule is not local in time', () => {
  const row = (id: number, day: number) =>
    [`c${id}`, '1', moment(day * 1440 + 600), moment(day * 1440 + 605), '', '0', '300', '11987654321', 'ag1'].join(';');
  const file = (rows: string[]) =>
    `${CALL_COLUMNS.join(';')}\n${rows.map((one) => `${one};f;c;boleto;answered;;\n`).join('')}`;
  const anchors = async () =>
    (
      await home().rows<{ contact_id: string }>(
        `SELECT contact_id FROM gold.mark JOIN silver.contact USING (row_id)
         WHERE "house.role" = 'anchor' ORDER BY started_at`,
      )
    ).map(({ contact_id }) => contact_id);

  it('so one late row moves every later anchor of its person', async () => {
    await home().reset();
    // Days 8, 15, 22 …: each contact is 7 days after the one before, so every second one is an anchor.
    const weekly = Array.from({ length: 12 }, (_, week) => row(week, 8 + 7 * week));
    await home().load({ content: file(weekly) }, KEYED);
    await home().build();
    expect(await anchors()).toEqual(['c0', 'c2', 'c4', 'c6', 'c8', 'c10']);
    await home().load({ content: file([row(99, 1)]) }, KEYED);
    const { touched } = await home().build();
    expect(touched).toMatchObject({ identities: 1, rows: 13 });
    expect(await anchors()).toEqual(['c99', 'c1', 'c3', 'c5', 'c7', 'c9', 'c11']);
    const incremental = await home().snapshot();
    await home().build({ full: true });
    expect(await home().snapshot()).toEqual(incremental);
  });
});

it('a second that has begun is not yet the next one: days are told by whole seconds', async () => {
  await know(home());
  await home().reset();
  const row = (id: string, start: string, end: string) =>
    [id, '1', start, end, '', '0', '300', '11987654321', 'ag1', 'f', 'c', 'boleto', 'answered', '', ''].join(';');
  const rows = [
    row('c1', '2026-03-01 23:50:00', '2026-03-01 23:59:59.6'),
    row('c2', '2026-03-09 08:00:00', '2026-03-09 08:05:00'),
  ];
  await home().load({ content: `${[CALL_COLUMNS.join(';'), ...rows].join('\n')}\n` }, KEYED);
  await home().build();
  expect(
    await home().rows(
      `SELECT CAST("house.ended_on" AS VARCHAR) AS ended, CAST("house.role" AS VARCHAR) AS role FROM gold.mark ORDER BY ended`,
    ),
  ).toEqual([
    { ended: '2026-03-01', role: 'anchor' },
    { ended: '2026-03-09', role: 'anchor' },
  ]);
});

describe('the marts', () => {
  it('sum to the same under every grain, and to the rows they were made of', async () => {
    const late = deadline(SECONDS / 2);
    await fc.assert(
      fc.asyncProperty(fc.array(load, { minLength: 1, maxLength: 3 }), async (files) => {
        if (late()) return;
        await play(files);
        await home().build();
        for (const mart of [contactMart, repeatMart]) {
          const measures = measuresOf(mart).map((name) => `CAST(sum(${name}) AS BIGINT) AS ${name}`);
          const by = mart === repeatMart ? 'rule, source, day, ended_on' : 'source, day, excluded';
          const sums = await home().rows<{ grain: string }>(
            `SELECT grain, ${by}, ${measures.join(', ')} FROM gold.${mart.name} GROUP BY ALL ORDER BY ALL`,
          );
          const grains = Map.groupBy(sums, ({ grain }) => grain);
          const [source, ...others] = GRAINS.map(({ name }) => grains.get(name)?.map((row) => ({ ...row, grain: '' })));
          expect(source?.length ?? 0).toBeGreaterThan(mart === contactMart ? 0 : -1);
          for (const other of others) expect(other).toEqual(source);
        }
        const [sum] = await home().rows(
          `SELECT sum(contacts) AS contacts, sum(legs) AS legs, sum(scores) AS scores FROM gold.contact_mart WHERE grain = 'source'`,
        );
        const [counted] = await home().rows(
          'SELECT count(*) FILTER (leg_no = 1) AS contacts, count(*) AS legs, count(satisfaction) AS scores FROM silver.contact',
        );
        expect(sum).toEqual(counted);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

/** The marts name no row, so they can be compared between homes. */
async function martsOf({ snapshot }: Home) {
  const { 'gold.contact_mart': contacts, 'gold.repeat_mart': repeats } = await snapshot();
  return { contacts, repeats };
}

async function know({ know }: Home): Promise<void> {
  for (const layout of Object.values(LAYOUTS)) await know(layout);
}
