// long: one world, loaded once, serves every question about repeats and the rows behind them
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIMENSION_NAMES, MARKED_RULES } from '../src/contracts/index.ts';
import type { RepeatTruth } from '../src/demo/repeat-truth.ts';
import { addDays } from '../src/kernel/brazil/dates.ts';
import type { RepeatAnswer, RepeatRow } from '../src/metrics/answers.ts';
import { loadWorld, TestApi } from './app.ts';
import { classicMarks, houseMarks, type Leg, type Mark, silverLegs, splitOf, within } from './recount.ts';

let api: TestApi;
let truth: RepeatTruth;
let legs: Leg[];
let house: Mark[];
const WATERMARK = '2026-11-15';

beforeAll(async () => {
  api = await TestApi.open();
  const manifest = await loadWorld(api.app, 20_000);
  truth = manifest.truth.repeats.phone.all!;
  legs = await silverLegs(api.app.lake);
  house = houseMarks(legs);
}, 180_000);
afterAll(() => api?.close());

const ask = (query: Record<string, string> = {}) =>
  api.json<RepeatAnswer>(`/api/repeats?${new URLSearchParams(query)}`);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const dayNumber = (day: string) => Date.parse(day) / 86_400_000;

/** What the marks of a part say, with the anchors that closed their window by the watermark. */
function count(marks: readonly Mark[], watermark = WATERMARK) {
  const anchors = marks.filter(({ role }) => role === 'anchor');
  const matured = anchors.filter(({ endDay }) => endDay + 7 <= dayNumber(watermark));
  const repeats = marks.filter(({ role }) => role === 'repeat');
  const bucket = (low: number, high: number) => repeats.filter(({ days }) => days >= low && days <= high).length;
  return {
    eligible: marks.length,
    anchors: anchors.length,
    maturedAnchors: matured.length,
    repeatedAnchors: matured.filter(({ charged }) => charged.length > 0).length,
    repeats: repeats.length,
    sameReason: repeats.filter(({ same }) => same).length,
    buckets: { D0: bucket(0, 0), D1_3: bucket(1, 3), D4_W: bucket(4, 7) },
  };
}

/** Wilson's interval as its paper has it, on the odds: the roots of (p − r)² = z² r (1 − r) / n. */
function wilson(successes: number, n: number): [number, number] {
  const z2 = 1.959964 ** 2;
  const [a, b, c] = [n + z2, -(2 * successes + z2), successes ** 2 / n];
  const root = Math.sqrt(b * b - 4 * a * c);
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)];
}

/** Anchors and those that came back, by name; `-` and nothing are both no reason at all. */
function sums(rows: readonly (readonly [string, number, number])[]) {
  const found: Record<string, [number, number]> = {};
  for (const [name, anchors, repeated] of rows) {
    if (anchors === 0) continue;
    const known = name === '' || name === '-' ? 'desconhecido' : name;
    found[known] = [(found[known]?.[0] ?? 0) + anchors, (found[known]?.[1] ?? 0) + repeated];
  }
  return found;
}

describe('the house rule finds what was planted', () => {
  test('in all', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({
      eligible: truth.eligible,
      anchors: truth.allAnchors,
      repeats: truth.allRepeats,
      maturedAnchors: truth.anchors,
      repeatedAnchors: truth.repeatedAnchors,
      rate: truth.repeatRate,
      rateName: 'repeatRate',
      watermark: WATERMARK,
      identity: 'phone',
    });
    expect(answer.rule).toMatchObject({
      name: 'house',
      version: 1,
      parameters: { windowDays: 7, transferSeconds: 900 },
    });
    const [low, high] = wilson(truth.repeatedAnchors, truth.anchors);
    expect([answer.low, answer.high]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
    expect(answer.contacts).toBe(legs.filter(({ leg }) => leg === 1).length);
  });

  test.each(['agent', 'reason'] as const)('by %s', async (by) => {
    const { rows } = await ask({ by });
    const planted = by === 'agent' ? truth.byAgent : truth.byReason;
    const found = sums(rows.map((row) => [String(row[by]), row.maturedAnchors!, row.repeatedAnchors!]));
    const rowsOfTruth = Object.entries(planted).map(([name, { anchors, repeatedAnchors }]) => [
      name,
      anchors,
      repeatedAnchors,
    ]);
    expect(found).toEqual(sums(rowsOfTruth as [string, number, number][]));
    expect(Object.keys(found).length).toBeGreaterThan(20);
  });

  test('for the same reason', async () => {
    const { rows } = await ask({ by: 'reason' });
    const back = rows.map(({ sameReasonRate, maturedAnchors }) => Math.round((sameReasonRate ?? 0) * maturedAnchors!));
    expect(total(back)).toBe(truth.sameReasonRepeatedAnchors);
  });

  test('the worst agents that were planted have the highest rates', async () => {
    const { rows } = await ask({ by: 'agent' });
    const rate = (code: string) => rows.find(({ agent }) => agent === code)?.shrunken ?? 0;
    const common = truth.repeatRate!;
    for (const planted of ['A1008', 'A1028'].filter((code) => truth.byAgent[code]))
      expect(rate(planted)).toBeGreaterThan(common);
  });
});

describe('the house rule, counted again in plain TypeScript', () => {
  test('in all', async () => {
    const { eligible, anchors, maturedAnchors, repeatedAnchors, repeats, sameReason, buckets } = await ask();
    expect({ eligible, anchors, maturedAnchors, repeatedAnchors, repeats, sameReason, buckets }).toEqual(count(house));
  });

  test.each(DIMENSION_NAMES)('by %s', async (by) => {
    const { rows } = await ask({ by });
    const groups = Map.groupBy(house, ({ leg }) => splitOf(leg, by));
    expect(rows).toHaveLength(groups.size);
    const times = ['source', 'hour', 'half_hour', 'weekday', 'day', 'week', 'month'] as readonly string[];
    const charges = !times.includes(by);
    for (const row of rows) {
      const group = groups.get(row[by] as string | number)!;
      const { eligible, repeats, sameReason, buckets: _, ...plain } = count(group);
      const charged = group.flatMap((mark) => mark.charged);
      expect(row).toMatchObject({
        ...plain,
        contacts: eligible,
        repeats: charges ? charged.length : repeats,
        sameReason: charges ? charged.filter(({ same }) => same).length : sameReason,
        rate: plain.maturedAnchors === 0 ? null : plain.repeatedAnchors / plain.maturedAnchors,
        provisional: plain.maturedAnchors < plain.anchors,
      });
      if (plain.maturedAnchors === 0) continue;
      const [low, high] = wilson(plain.repeatedAnchors, plain.maturedAnchors);
      expect([row.low, row.high]).toEqual([expect.closeTo(Math.max(0, low), 9), expect.closeTo(Math.min(1, high), 9)]);
    }
  });

  test.each<[string, Record<string, string>, Parameters<typeof within>[0]]>([
    ['a queue', { where: 'queue=Financeiro' }, { where: [['queue', 'Financeiro']] }],
    ['an agent', { where: 'agent=A1008' }, { where: [['agent', 'A1008']] }],
    ['a month', { from: '2026-07-01', to: '2026-08-01' }, { from: '2026-07-01', to: '2026-08-01' }],
    ['a source', { source: 'demo-tickets' }, { sources: ['demo-tickets'] }],
  ])('of %s alone, by reason too', async (_, query, part) => {
    const inside = house.filter(({ leg }) => within(part)(leg));
    expect(inside.length).toBeGreaterThan(20);
    const answer = await ask({ ...query, by: 'reason' });
    const { eligible, anchors, maturedAnchors, repeatedAnchors, repeats, sameReason, buckets } = answer;
    const counted = count(inside);
    if ('where' in query) {
      const charged = inside.flatMap((mark) => mark.charged);
      const bucket = (low: number, high: number) => charged.filter(({ days }) => days >= low && days <= high).length;
      Object.assign(counted, {
        repeats: charged.length,
        sameReason: charged.filter(({ same }) => same).length,
        buckets: { D0: bucket(0, 0), D1_3: bucket(1, 3), D4_W: bucket(4, 7) },
      });
    }
    expect({ eligible, anchors, maturedAnchors, repeatedAnchors, repeats, sameReason, buckets }).toEqual(counted);
    expect(total(answer.rows.map((row) => row.maturedAnchors!))).toBe(maturedAnchors);
    expect(total(answer.rows.map((row) => row.contacts))).toBe(eligible);
  });

  test('days, weeks and months add up to the whole', async () => {
    const whole = await ask();
    for (const by of ['day', 'week', 'month']) {
      const { rows } = await ask({ by });
      for (const name of ['anchors', 'maturedAnchors', 'repeatedAnchors', 'repeats', 'sameReason'] as const) {
        expect(total(rows.map((row) => row[name] ?? 0))).toBe(whole[name]);
      }
      expect(rows.every((row) => !('shrunken' in row))).toBe(true);
    }
  });

  test('what is charged to agents is every repeat, once', async () => {
    for (const rule of ['house', 'previous-24h', 'previous-7d']) {
      const { rows, repeats } = await ask({ rule, by: 'agent' });
      expect(total(rows.map((row) => row.repeats))).toBe(repeats);
    }
  });
});

describe('a period is provisional until its anchors had their week', () => {
  test('the watermark can be set: fewer anchors have matured, none is lost', async () => {
    const watermark = '2026-08-16';
    const answer = await ask({ watermark });
    const { maturedAnchors, repeatedAnchors } = count(house, watermark);
    expect(answer).toMatchObject({
      watermark,
      maturedAnchors,
      repeatedAnchors,
      anchors: truth.allAnchors,
      provisional: true,
    });
    expect(maturedAnchors).toBeLessThan(truth.anchors);
    expect(answer.rate).toBe(repeatedAnchors / maturedAnchors);
  });

  test('weeks: those whose Sunday is a week ago stand, the last one does not', async () => {
    const { rows } = await ask({ by: 'week' });
    const open = rows.filter(({ provisional }) => provisional).map(({ week }) => week);
    expect(open).toEqual(['2026-11-09']);
    for (const week of open as string[]) {
      const late = house.filter((mark) => mark.role === 'anchor' && splitOf(mark.leg, 'week') === week);
      expect(late.some(({ endDay }) => endDay + 7 > dayNumber(WATERMARK))).toBe(true);
    }
  });

  test('a closed period is not provisional; the day after the last closed one is', async () => {
    const closed = addDays(WATERMARK, -7);
    const past = await ask({ from: '2026-06-01', to: '2026-07-01' });
    expect(past).toMatchObject({ provisional: false, maturedAnchors: past.anchors });
    const day = await ask({ from: addDays(closed, 1), to: addDays(closed, 2) });
    expect(day).toMatchObject({ provisional: true, maturedAnchors: 0, rate: null, low: null, high: null });
    expect(day.anchors).toBeGreaterThan(0);
  });

  test('with a watermark before everything there is no rate, and with one long after nothing is provisional', async () => {
    expect(await ask({ watermark: '2026-05-18' })).toMatchObject({ maturedAnchors: 0, rate: null, provisional: true });
    const later = await ask({ watermark: '2027-01-01' });
    expect(later).toMatchObject({ provisional: false, maturedAnchors: truth.allAnchors });
  });
});

describe.each([24, 72, 168])('the classic rule of %i h', (hours) => {
  const rule = hours === 168 ? 'previous-7d' : `previous-${hours}h`;
  let marks: Mark[];
  beforeAll(() => {
    marks = classicMarks(legs, hours);
  });

  test('in all', async () => {
    const repeats = marks.filter(({ role }) => role === 'repeat').length;
    const answer = await ask({ rule });
    expect(answer).toMatchObject({
      eligible: marks.length,
      repeats,
      rateName: 'repeatShare',
      rate: repeats / marks.length,
    });
    expect(answer).toMatchObject({ anchors: null, maturedAnchors: null, repeatedAnchors: null, provisional: false });
    const [low, high] = wilson(repeats, marks.length);
    expect([answer.low, answer.high]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
    expect(repeats).toBeGreaterThan(100);
    expect(total(Object.values(answer.buckets))).toBe(repeats);
  });

  test('by agent, charged to the one before', async () => {
    const { rows } = await ask({ rule, by: 'agent' });
    const groups = Map.groupBy(marks, ({ leg }) => leg.agent);
    const plain = [...groups].map(([agent, own]) => [
      agent,
      own.length,
      total(own.map(({ charged }) => charged.length)),
    ]);
    expect(rows.map(({ agent, contacts, repeats }) => [agent, contacts, repeats])).toEqual(
      plain.sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
    );
  });

  test('of one agent alone it is what that agent’s row says', async () => {
    const { rows } = await ask({ rule, by: 'agent' });
    const row = rows.find(({ agent }) => agent === 'A1008')!;
    const alone = await ask({ rule, where: 'agent=A1008', by: 'week' });
    expect(alone).toMatchObject({ rate: row.rate, repeats: row.repeats, sameReason: row.sameReason });
    expect(total(alone.rows.map(({ repeats }) => repeats))).toBe(row.repeats);
    expect(row.repeats).toBe(total(Object.values(alone.buckets)));
  });

  test('by day, on the day they came', async () => {
    const { rows } = await ask({ rule, by: 'day' });
    const groups = Map.groupBy(marks, ({ leg }) => leg.day);
    expect(rows.map(({ day, contacts, repeats }) => [day, contacts, repeats])).toEqual(
      [...groups].sort().map(([day, own]) => [day, own.length, own.filter(({ role }) => role === 'repeat').length]),
    );
  });
});

describe('what is beside the rate', () => {
  const usual = (rows: readonly RepeatRow[]) => rows.filter(({ maturedAnchors }) => (maturedAnchors ?? 0) > 0);

  test('a shrunken rate lies between the agent’s own and the common one, and nearer its own with more anchors', async () => {
    const { rows, rate: common } = await ask({ by: 'agent' });
    const pulls: { n: number; pull: number }[] = [];
    for (const { rate, shrunken, maturedAnchors } of usual(rows)) {
      const [low, high] = [Math.min(rate!, common!), Math.max(rate!, common!)];
      expect(shrunken).toBeGreaterThanOrEqual(low - 1e-12);
      expect(shrunken).toBeLessThanOrEqual(high + 1e-12);
      if (Math.abs(rate! - common!) > 1e-9)
        pulls.push({ n: maturedAnchors!, pull: (rate! - shrunken!) / (rate! - common!) });
    }
    pulls.sort((a, b) => a.n - b.n);
    const strength = pulls.map(({ n, pull }) => (n * pull) / (1 - pull));
    expect(Math.max(...strength) - Math.min(...strength)).toBeLessThan(1e-6 * Math.max(...strength));
    expect(pulls[0]!.pull).toBeGreaterThan(pulls.at(-1)!.pull);
  });

  test('an agent’s TMA stands beside the rate, per leg', async () => {
    const { rows } = await ask({ by: 'agent', source: 'demo-calls' });
    for (const { agent, avgHandleTime } of rows) {
      const own = legs.filter((leg) => leg.source === 'demo-calls' && leg.agent === agent && leg.talk !== null);
      expect(avgHandleTime).toBeCloseTo(total(own.map(({ talk, extra }) => talk! + extra)) / own.length, 9);
    }
  });

  test('sameReasonRate is the share of matured anchors that came back for the same reason', async () => {
    const { rows } = await ask({ by: 'queue' });
    for (const { queue, sameReasonRate } of rows) {
      const anchors = house.filter(
        ({ leg, role, endDay }) => leg.queue === queue && role === 'anchor' && endDay + 7 <= dayNumber(WATERMARK),
      );
      const back = anchors.filter(({ charged }) => charged.some(({ same }) => same)).length;
      expect(sameReasonRate).toBeCloseTo(back / anchors.length, 12);
    }
  });

  test.each(['house', 'previous-24h'])(
    'by %s, those for the same reason and for another add up, with intervals',
    async (rule) => {
      const { rows } = await ask({ by: 'agent', rule });
      const marks = rule === 'house' ? house : classicMarks(legs, 24);
      const categories = new Map(legs.map(({ row, reason_category }) => [row, reason_category]));
      const sameCategory = (leg: Leg, row: number) =>
        leg.reason_category !== 'desconhecido' && leg.reason_category === categories.get(row);
      for (const row of rows) {
        const own = marks.filter(({ leg }) => leg.agent === row.agent);
        const matured = own.filter(({ role, endDay }) => role === 'anchor' && endDay + 7 <= dayNumber(WATERMARK));
        const [n, same] =
          rule === 'house'
            ? [matured.length, matured.filter(({ charged }) => charged.some((one) => one.same)).length]
            : [
                own.length,
                total(own.map(({ leg, charged }) => charged.filter(({ row }) => sameCategory(leg, row)).length)),
              ];
        expect(row.sameReasonCases).toBe(same);
        expect(row.sameReasonCases + row.otherReasonCases).toBe(row.repeatedAnchors ?? row.repeats);
        if (n === 0 || row.otherReasonCases > n) continue;
        expect(row.otherReasonRate).toBeCloseTo(row.otherReasonCases / n, 12);
        const [low, high] = wilson(row.otherReasonCases, n);
        expect([row.otherReasonLow, row.otherReasonHigh]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
      }
    },
  );

  test('wrong questions get clear errors', async () => {
    const message = async (url: string) => {
      const { status, text } = await api.ask(url, { as: 'manager' });
      return [status, (JSON.parse(text) as { error: { message: string } }).error.message];
    };
    expect(await message('/api/repeats?rule=antiga')).toEqual([
      404,
      `Não existe regra: antiga. Existem: ${MARKED_RULES.join(', ')}.`,
    ]);
    expect(await message('/api/repeats?by=phone')).toEqual([
      400,
      expect.stringMatching(/^Não se divide por phone\. Use day, week, month/),
    ]);
    expect(await message('/api/repeats?watermark=ontem')).toEqual([
      400,
      expect.stringMatching(/^Dia inválido em watermark: ontem\./),
    ]);
  });
});

describe('the rows behind a figure are those that it counts', () => {
  /** Every row of the list, by its number. */
  async function rowsOf(query: Record<string, string>): Promise<number[]> {
    const rows: number[] = [];
    for (let page = 1; ; page++) {
      const parameters = new URLSearchParams({ ...query, page: String(page), size: '500', sort: 'started_at' });
      const found = await api.json<{ rows: { row_id: number }[]; total: number }>(`/api/contacts?${parameters}`);
      rows.push(...found.rows.map(({ row_id }) => row_id));
      if (rows.length >= found.total) return rows.sort((a, b) => a - b);
    }
  }
  const inOrder = (rows: readonly number[]) => rows.toSorted((a, b) => a - b);
  const PERIOD = { from: '2026-06-01', to: '2026-08-01' };

  test.each<[string, string, Parameters<typeof within>[0]]>([
    ['house', '', {}],
    ['previous-7d', '', {}],
    ['house', 'agent=A1008', { where: [['agent', 'A1008']] }],
    ['previous-7d', 'agent=A1008', { where: [['agent', 'A1008']] }],
    ['previous-72h', 'queue=Financeiro', { where: [['queue', 'Financeiro']] }],
  ])('%s, %s: the repeats, and those of each bucket', async (rule, where, part) => {
    const query = { ...PERIOD, rule, ...(where ? { where } : {}) };
    const marks = rule === 'house' ? house : classicMarks(legs, rule === 'previous-72h' ? 72 : 168);
    const inside = marks.filter(({ leg }) => within({ ...PERIOD, ...part })(leg));
    const repeats = where
      ? inside.flatMap(({ charged }) => charged)
      : inside.flatMap(({ role, leg, days }) => (role === 'repeat' ? [{ row: leg.row, days }] : []));
    expect(await rowsOf({ ...query, repeat: 'repeat' })).toEqual(inOrder(repeats.map(({ row }) => row)));
    const answer = await ask(query);
    expect(answer.repeats).toBe(repeats.length);
    const limits = { D0: [0, 0], D1_3: [1, 3], D4_W: [4, 7] } as const;
    for (const [bucket, [low, high]] of Object.entries(limits)) {
      const when = repeats.filter(({ days }) => days >= low && days <= high);
      expect(await rowsOf({ ...query, repeat: 'repeat', bucket })).toEqual(inOrder(when.map(({ row }) => row)));
      expect(answer.buckets[bucket as 'D0']).toBe(when.length);
    }
    const page = await api.json<{ charged: boolean }>(
      `/api/contacts?${new URLSearchParams({ ...query, repeat: 'repeat' })}`,
    );
    expect(page.charged).toBe(where !== '');
  });

  test.each([{ from: '2026-10-15', to: '2026-11-01' }, { where: 'agent=A1008' }, { from: '2026-11-05' }])(
    'the anchors whose window has closed: %j',
    async (query) => {
      const { maturedAnchors, repeatedAnchors, anchors } = await ask(query);
      const rows = await rowsOf({ ...query, repeat: 'matured' });
      expect(rows).toHaveLength(maturedAnchors!);
      const part = 'where' in query ? { where: [['agent', 'A1008'] as const] } : query;
      const matured = house.filter(
        ({ role, leg, endDay }) => role === 'anchor' && within(part)(leg) && endDay + 7 <= dayNumber(WATERMARK),
      );
      expect(rows).toEqual(inOrder(matured.map(({ leg }) => leg.row)));
      const [repeated, unrepeated] = [true, false].map((came) =>
        inOrder(matured.filter(({ charged }) => charged.length > 0 === came).map(({ leg }) => leg.row)),
      );
      expect(await rowsOf({ ...query, repeat: 'repeated' })).toEqual(repeated);
      expect(await rowsOf({ ...query, repeat: 'unrepeated' })).toEqual(unrepeated);
      expect(repeated).toHaveLength(repeatedAnchors!);
      expect(await rowsOf({ ...query, repeat: 'anchor' })).toHaveLength(anchors!);
    },
  );
});

test('excluded contacts open no episode and continue none, under every rule', async () => {
  const rule = { name: 'testes', column: 'agent_id', value: 'A1003', reason: 'ramal de testes' };
  await api.job('/api/exclusions', rule);
  const left = legs.filter(({ agent }) => agent !== 'A1003');
  const net = count(houseMarks(left));
  expect(net.eligible).toBeLessThan(house.length - 50);
  const { eligible, anchors, maturedAnchors, repeatedAnchors, repeats, sameReason, buckets, excluded } = await ask();
  expect({ eligible, anchors, maturedAnchors, repeatedAnchors, repeats, sameReason, buckets }).toEqual(net);
  expect(excluded).toBe(legs.filter(({ agent, leg }) => agent === 'A1003' && leg === 1).length);
  const classic = await ask({ rule: 'previous-72h' });
  const marks = classicMarks(left, 72);
  expect([classic.eligible, classic.repeats]).toEqual([
    marks.length,
    marks.filter(({ role }) => role === 'repeat').length,
  ]);
  await api.job('/api/exclusions', { name: 'testes', active: false });
  expect((await ask()).eligible).toBe(truth.eligible);
}, 60_000);
