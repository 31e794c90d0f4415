import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, type Day } from '../src/kernel/brazil/dates.ts';
import { Random } from '../src/kernel/random.ts';
import { findCauses } from '../src/metrics/causes/causes.ts';
import { causeInputs, findLegs, type Knowledge, sumLegs } from '../src/metrics/causes/inputs.ts';
import type { LakeSession } from '../src/storage/lake.ts';
import { loadWorld, TestApi } from './app.ts';

const CONTACTS = 120_000;
const SHUFFLES = 100;
const SCOPE = { sources: ['demo-calls', 'demo-chat', 'demo-tickets'], from: '2026-05-18', to: '2026-11-16' };

/** The demonstration's planted truths are found, and of a hundred copies without them hardly any raises an alarm. */
describe('causes on the demonstration company', () => {
  let api: TestApi;
  let knowledge: Knowledge;
  let planted: { deploys: Day[]; topics: string[] };

  beforeAll(async () => {
    api = await TestApi.open();
    const { truth } = await loadWorld(api.app, CONTACTS);
    planted = { deploys: truth.deploys.days.map(({ day }) => day), topics: [...truth.training.topics] };
    knowledge = {
      deploys: planted.deploys.map((day) => ({ day, name: 'Versão' })),
      holidays: new Set(['2026-06-04', '2026-09-07', '2026-10-12', '2026-11-02', '2026-11-15']),
      hired: await hiredIn(api),
      staffing: [],
    };
  }, 300_000);

  test('every planted truth is found', async () => {
    const { causes } = findCauses((await causeInputs(api.app.lake, SCOPE, knowledge))!);
    const subjects = (kind: string) => causes.filter((one) => one.kind === kind).map(({ subject }) => subject);
    expect(subjects('deploy-days')).toEqual(expect.arrayContaining(planted.deploys.map((day) => `${day}+0`)));
    expect(subjects('deploy-satisfaction')).toEqual(['deploys']);
    expect(subjects('novice-topics').sort()).toEqual(planted.topics.toSorted());
    const agents = subjects('agent-repeats');
    expect(agents).toEqual(expect.arrayContaining(['A1008', 'A1028', 'A1048', 'A1014', 'A1034', 'A1054']));
    expect(subjects('several-names')).toEqual(['customers']);
  });

  test('the rows of a repeat rate are the anchors that it counts', async () => {
    const { causes } = findCauses((await causeInputs(api.app.lake, SCOPE, knowledge))!);
    const rates = causes.filter(({ evidence }) => evidence.rows?.repeat);
    expect(rates.length).toBeGreaterThan(0);
    for (const { evidence } of rates) {
      const { from = '', to = '', where = [], repeat = '' } = evidence.rows!;
      const query = new URLSearchParams({ from, to, repeat, source: SCOPE.sources.join(','), size: '1' });
      for (const one of where) query.append('where', one);
      expect((await api.json<{ total: number }>(`/api/contacts?${query}`)).total).toBe(evidence.n);
    }
  });

  test('of a hundred shuffled copies at most five raise any alarm', async () => {
    const alarms = await api.app.lake.use(async (session) => {
      const found = (await findLegs(api.app.lake, SCOPE))!;
      await session.run(`CREATE OR REPLACE TEMP TABLE as_it_was AS FROM ${found.legs.named}`, found.parameters);
      const copy = { ...found, weeks: null, legs: { plain: 'shuffled', named: 'shuffled' } };
      let raised = 0;
      for (let seed = 1; seed <= SHUFFLES; seed++) {
        await shuffled(session, seed);
        const { causes } = findCauses((await sumLegs(session, SCOPE, knowledge, copy))!);
        if (causes.some(({ pValue }) => pValue !== null)) raised++;
      }
      return raised;
    });
    expect(alarms).toBeLessThanOrEqual(5);
  }, 1_800_000);
});

/** Days change places with others of their weekday, and agents and DDDs with others of their day: nothing has a cause any more. */
async function shuffled(session: LakeSession, seed: number): Promise<void> {
  const random = new Random(seed, 'shuffle');
  const days = (
    await session.rows<{ day: Day }>('SELECT DISTINCT CAST(day AS VARCHAR) AS day FROM as_it_was ORDER BY day')
  ).map(({ day }) => day);
  const place = new Map<Day, Day>();
  for (const ones of Map.groupBy(days, (day) => new Date(`${day}T00:00Z`).getUTCDay()).values()) {
    const turned = random.shuffle([...ones]);
    for (const [index, day] of ones.entries()) place.set(day, turned[index]!);
  }
  await session.run(
    `CREATE OR REPLACE TEMP TABLE day_place AS SELECT CAST(day AS DATE) AS day, CAST(becomes AS DATE) AS becomes FROM (
       SELECT unnest(from_json_strict($places, '[{"day":"VARCHAR","becomes":"VARCHAR"}]'), recursive := true))`,
    { places: JSON.stringify([...place].map(([day, becomes]) => ({ day, becomes }))) },
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE shuffled AS
     WITH own AS (
       SELECT leg.* REPLACE (becomes AS day),
         row_number() OVER (PARTITION BY becomes, agent = 'desconhecido' ORDER BY row_id) AS place
       FROM as_it_was AS leg JOIN day_place USING (day)
     ), others AS (
       SELECT day, agent = 'desconhecido' AS nobody, agent, ddd,
         row_number() OVER (PARTITION BY day, agent = 'desconhecido' ORDER BY hash(row_id, $seed)) AS place FROM own
     )
     SELECT own.* EXCLUDE (place) REPLACE (others.agent AS agent, others.ddd AS ddd)
     FROM own JOIN others ON others.day = own.day AND others.place = own.place AND others.nobody = (own.agent = 'desconhecido')`,
    { seed },
  );
}

/** The first day on which each agent is seen, where that is not the first days of all: who came later was hired then. */
async function hiredIn({ app }: TestApi): Promise<Knowledge['hired']> {
  const seen = await app.lake.rows<{ agent: string; day: Day }>(
    `SELECT agent_id AS agent, CAST(min(day) AS VARCHAR) AS day FROM silver.contact WHERE agent_id <> 'desconhecido' GROUP BY agent_id`,
  );
  return seen.filter(({ day }) => day > addDays(SCOPE.from, 7));
}
