import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, planOf } from '../src/intake/reference/plan.ts';
import { References } from '../src/intake/reference/references.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import { addDays } from '../src/kernel/brazil/dates.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { metricAnswer } from '../src/metrics/metric.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import { repeatAnswer } from '../src/metrics/repeats.ts';
import { CALL_COLUMNS, callFile, dayOfCalls, KEYED, moment } from './call-files.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();
const RUNS = full ? 300 : 2;

const references = () => new References(home().ledger, systemClock);

/** Says entries of a table as a person does, as one change. */
async function say(name: string, entries: readonly Entry[]): Promise<void> {
  const kind = referenceKind(name);
  const plan = planOf(kind, await references().entries(kind), entries);
  await references().apply(kind, plan, { action: 'set', by: 'teste' });
}

const entry = (key: Entry['key'], values: Entry['values'], from: string | null = null, to: string | null = null) => {
  return { key, values, from, to, monthly: false };
};

/** A call that every rule counts: the n-th of a person, by an agent, on a day of March 2026. */
function row(
  id: string,
  day: number,
  agent: string,
  { phone = '11987654321', account = 'c', reason = 'boleto' } = {},
): string {
  const start = (day - 1) * 1440 + 600;
  return [
    id,
    '1',
    moment(start),
    moment(start + 5),
    '',
    '5',
    '300',
    phone,
    agent,
    'f',
    account,
    reason,
    'answered',
    '',
    '',
  ].join(';');
}

const file = (rows: readonly string[]) => `${[CALL_COLUMNS.join(';'), ...rows].join('\n')}\n`;

async function contactsBy(by: string): Promise<Record<string, number | null>> {
  const { rows } = await metricAnswer(home().lake, indicatorNamed('contacts'), { scope: {}, by: [by] });
  return Object.fromEntries(rows.map((one) => [String(one[by]), one.value]));
}

async function equalsFull(): Promise<void> {
  const incremental = await home().snapshot();
  await home().build({ full: true });
  expect(await home().snapshot()).toEqual(incremental);
}

describe('a change of the reference tables', () => {
  const days = fc.integer({ min: 0, max: 31 }).map((day) => addDays('2026-03-01', day));
  const span = fc
    .tuple(fc.option(days), fc.option(days))
    .filter(([from, to]) => from === null || to === null || from < to);
  const one = (name: string, key: fc.Arbitrary<Entry['key']>, values: fc.Arbitrary<Entry['values']>) =>
    fc.record({
      name: fc.constant(name),
      entry: fc.tuple(key, values, span).map(([k, v, [from, to]]) => entry(k, v, from, to)),
    });
  const pick = <T>(...values: T[]) => fc.constantFrom(...values);
  const change = fc.oneof(
    one('supervisors', fc.record({ agent: pick('ag0', 'ag1', 'ag2') }), fc.record({ supervisor: pick('Ana', 'Rui') })),
    one(
      'accounts',
      fc.record({
        how: pick('name', 'prefix', 'reason'),
        text: pick('conta $$0', 'conta', 'boleto'),
        source: pick('', 'keyed'),
      }),
      fc.record({ account: pick('Nexo', 'Alfa') }),
    ),
    one(
      'reasons',
      fc.record({ reason: pick('Boleto', 'negociacao') }),
      fc.record({ category: pick('Cobrança', 'Outros') }),
    ),
    one('excluded-numbers', fc.record({ number: pick('11987654321', '2133334444') }), fc.constant({ why: '' })),
    one('excluded-queues', fc.record({ queue: pick('fila 1') }), fc.constant({ why: '' })),
  );
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('say' as const), change }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('undo' as const), name: pick('supervisors', 'accounts', 'reasons') }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('load' as const), numbers: dayOfCalls() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('roll back' as const), batch: fc.nat() }) },
    { weight: 3, arbitrary: fc.constant({ do: 'build' as const }) },
  );

  it(
    'leaves the lake as a full build makes it, row for row, after any sequence of changes, loads and rollbacks',
    async () => {
      await home().know(KEYED);
      const end = Date.now() + (full ? 240_000 : 8000);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
          if (Date.now() > end) return;
          await home().reset();
          await home().load({ content: callFile(Array.from({ length: 120 }, (_, index) => index)) }, KEYED);
          await home().build();
          for (const each of steps) {
            if (each.do === 'build') await home().build();
            else if (each.do === 'load') await home().load({ content: callFile(each.numbers) }, KEYED);
            else if (each.do === 'say') await say(each.change.name, [each.change.entry]);
            else if (each.do === 'undo')
              await references()
                .undo(referenceKind(each.name), 'teste')
                .catch(() => {});
            else {
              const loaded = await home().batches.inState('loaded');
              const batch = loaded[each.batch % Math.max(1, loaded.length)];
              if (batch) await home().batches.tombstone(batch.batch_id);
            }
          }
          await home().build();
          await equalsFull();
        }),
        { numRuns: RUNS },
      );
    },
    full ? 300_000 : 60_000,
  );

  it('rebuilds only the people and days that a correction touches', async () => {
    await home().reset();
    const people = ['11987654321', '2133334444', '31988887777'];
    const rows = people.flatMap((phone, person) =>
      [2, 3, 4].map((day) => row(`p${person}d${day}`, day, `ag${person}`, { phone })),
    );
    await home().load({ content: file(rows) }, KEYED);
    await say('supervisors', [
      entry({ agent: 'ag0' }, { supervisor: 'Ana' }),
      entry({ agent: 'ag1' }, { supervisor: 'Rui' }),
    ]);
    await home().build();
    expect(await contactsBy('supervisor')).toEqual({ Ana: 3, Rui: 3, 'Não mapeado': 3 });
    await say('supervisors', [entry({ agent: 'ag1' }, { supervisor: 'Ivo' }, '2026-03-03', '2026-03-04')]);
    const { full: everything, touched } = await home().build();
    expect({ everything, touched }).toEqual({ everything: false, touched: { identities: 1, rows: 3, days: 1 } });
    expect(await contactsBy('supervisor')).toEqual({ Ana: 3, Rui: 2, Ivo: 1, 'Não mapeado': 3 });
    await equalsFull();
  });
});

describe('the supervisor of the day', () => {
  it('keeps history: contacts and repeats stay with whoever supervised the agent then', async () => {
    await home().reset();
    // One person calls on 2, 4 and 20 March: an anchor with one repeat, and an anchor of its own, all with ag1.
    await home().load({ content: file([row('a', 2, 'ag1'), row('b', 4, 'ag1'), row('c', 20, 'ag1')]) }, KEYED);
    await say('supervisors', [
      entry({ agent: 'ag1' }, { supervisor: 'Ana' }, '2026-03-01', '2026-03-04'),
      entry({ agent: 'ag1' }, { supervisor: 'Rui' }, '2026-03-04'),
    ]);
    await home().build();
    expect(await contactsBy('supervisor')).toEqual({ Ana: 1, Rui: 2 });
    const { rows } = await repeatAnswer(home().lake, {
      scope: {},
      rule: 'house',
      by: 'supervisor',
      watermark: '2026-03-31',
    });
    // The repeat of 4 March is charged to the anchor of 2 March, whose agent Ana supervised on that day.
    expect(rows.map(({ supervisor, anchors, repeats }) => ({ supervisor, anchors, repeats }))).toEqual([
      { supervisor: 'Ana', anchors: 1, repeats: 1 },
      { supervisor: 'Rui', anchors: 1, repeats: 0 },
    ]);
    const ofAna = await metricAnswer(home().lake, indicatorNamed('contacts'), {
      scope: { where: [{ column: 'supervisor', value: 'Ana' }] },
      by: ['hour'],
    });
    expect(ofAna.total).toBe(1);
  });

  it('knows agent 2073.0 as 2073, and a call that nobody took has none', async () => {
    await home().reset();
    await home().load({ content: file([row('a', 2, '2073.0'), row('b', 3, '2073'), row('c', 4, '')]) }, KEYED);
    await say('supervisors', [entry({ agent: '2073' }, { supervisor: 'Ana' })]);
    await home().build();
    expect(await contactsBy('agent')).toEqual({ '2073': 2, desconhecido: 1 });
    expect(await contactsBy('supervisor')).toEqual({ Ana: 2, desconhecido: 1 });
  });
});

describe('accounts, reasons and lists of exclusions', () => {
  it('resolve contacts, and the reason that a prefix leaves decides whether a repeat is for the same reason', async () => {
    await home().reset();
    const rows = [
      row('a', 2, 'ag1', { account: 'Nexo - segunda via', reason: '-' }),
      row('b', 3, 'ag1', { account: 'Nexo - segunda via', reason: '' }),
      row('c', 9, 'ag1', { account: 'qualquer', reason: 'outro', phone: '2133334444' }),
    ];
    await home().load({ content: file(rows) }, KEYED);
    await home().build();
    expect(await contactsBy('account')).toEqual({ 'Nexo - segunda via': 2, qualquer: 1 });
    await say('accounts', [entry({ how: 'prefix', text: 'Nexo', source: '' }, { account: 'Nexo Móvel' })]);
    await say('reasons', [entry({ reason: 'Segunda Via' }, { category: 'Cobrança' })]);
    expect(await home().build()).toMatchObject({ full: false });
    expect(await contactsBy('account')).toEqual({ 'Nexo Móvel': 2, 'MVNO não identificada': 1 });
    expect(await contactsBy('reason')).toEqual({ 'segunda via': 2, outro: 1 });
    expect(await contactsBy('reason_category')).toEqual({ Cobrança: 2, outro: 1 });
    const { rows: answered } = await repeatAnswer(home().lake, {
      scope: {},
      rule: 'previous-24h',
      by: 'reason_category',
    });
    expect(answered.find((one) => one.reason_category === 'Cobrança')).toMatchObject({ repeats: 1, sameReason: 1 });
    await equalsFull();
  });

  it('leave a listed number out of the net figure from its day on, and give it back when that is undone', async () => {
    await home().reset();
    await home().load({ content: file([2, 3, 4, 5].map((day) => row(`d${day}`, day, 'ag1'))) }, KEYED);
    await home().build();
    const before = await home().snapshot();
    await say('excluded-numbers', [entry({ number: '11987654321' }, { why: 'linha de teste' }, '2026-03-04')]);
    await home().build();
    const ask = () => metricAnswer(home().lake, indicatorNamed('contacts'), { scope: {}, receipt: true });
    const { total, gross, receipt } = await ask();
    expect([total, gross]).toEqual([2, 4]);
    expect(receipt?.exclusions).toMatchObject([
      { name: 'excluded-numbers', reason: 'Números expurgados', contacts: 2 },
    ]);
    await references().undo(referenceKind('excluded-numbers'), 'teste');
    expect(await home().build()).toMatchObject({ full: false });
    expect(await home().snapshot()).toEqual(before);
    expect((await ask()).receipt?.exclusions).toEqual([]);
  });
});
