import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { metricAnswer } from '../src/metrics/metric.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import {
  event,
  eventFile,
  eventLayout,
  eventNumbers,
  type Happened,
  TICKETS,
  ticket,
  ticketFile,
} from './event-files.ts';
import { useHome } from './home.ts';
import { type ContactEvent, silverEvents, type Told, walk } from './recount.ts';
import { full } from './services.ts';

const home = useHome();
const EVENTS = eventLayout();

async function begin(): Promise<void> {
  await home().reset();
  await home().know(TICKETS);
  await home().know(EVENTS);
}

const MEASURES = ['answered_messages', 'answered_message_s', 'reopenings', 'closed_by_event', 'reopened'];
const SUMS = [...MEASURES, 'resolutions', 'resolution_s', 'resolution_days'];

async function sums(): Promise<Record<string, number>> {
  const of = SUMS.map((name) => `CAST(coalesce(sum(${name}), 0) AS INTEGER) AS ${name}`);
  return (
    await home().rows<Record<string, number>>(`SELECT ${of.join(', ')} FROM gold.contact_mart WHERE grain = 'source'`)
  )[0]!;
}

async function figure(
  name: string,
  scope = {},
): Promise<{ total: number | null; n: number; reasonCode?: string | undefined }> {
  const { total, n, reasonCode } = await metricAnswer(home().lake, indicatorNamed(name), { scope });
  return { total, n, reasonCode };
}

/** Two tickets; the first is written to twice before a reply, replied to again unasked, closed and reopened. */
const STORY: readonly Happened[] = [
  ['1', 'T1', '02 09:00:00', 'cliente'],
  ['2', 'T1', '02 09:10:00', 'cliente'],
  ['3', 'T1', '02 09:30:00', 'equipe'],
  ['4', 'T1', '02 09:40:00', 'equipe'],
  ['5', 'T1', '02 10:00:00', 'cliente'],
  ['6', 'T1', '02 10:00:00', 'fechado'],
  ['7', 'T1', '04 08:00:00', 'cliente'],
  ['8', 'T1', '04 08:00:30', 'reaberto'],
  ['9', 'T1', '04 08:02:00', 'equipe'],
  ['10', 'T1', '04 08:05:00', 'fechado'],
  ['11', 'T2', '03 09:00:00', 'cliente'],
  ['12', 'T2', '03 09:00:20', 'equipe'],
  ['13', 'T2', '03 09:05:00', 'fechado'],
  ['14', 'T2', '03 09:06:00', 'lido'],
];
const STORY_TICKETS = [
  ['T1', '02 09:00:00', '04 08:05:00'],
  ['T2', '03 09:00:00', '03 09:05:00'],
] as const;
/**
 * Answered: 09:00 → 09:30 (1800 s), 08:00 → 08:02 (120 s) and 20 s; what was written before a closing waits no more. The
 * resolution of T1 begins again at 08:00:30 (270 s, the same day); that of T2 takes 300 s.
 */
const TOLD = {
  ...{ answered_messages: 3, answered_message_s: 1940, reopenings: 1, closed_by_event: 2, reopened: 1 },
  ...{ resolutions: 2, resolution_s: 570, resolution_days: 0 },
};

describe('a story worked out by hand', () => {
  it('comes to its measures and figures', async () => {
    await begin();
    await home().load({ content: ticketFile(STORY_TICKETS) }, TICKETS);
    const batch = await home().load({ content: eventFile(STORY) }, EVENTS);
    expect(batch).toMatchObject({ rows_read: 14, loaded: 14, first_day: '2026-03-02', last_day: '2026-03-04' });
    await home().build();
    expect(await sums()).toEqual(TOLD);
    expect(await figure('avgReplyTime')).toEqual({ total: 1940 / 3, n: 3 });
    expect(await figure('replyTimeP50')).toEqual({ total: 120, n: 3 });
    expect(await figure('replyTimeP90')).toEqual({ total: 1800, n: 3 });
    expect(await figure('reopenings')).toEqual({ total: 1, n: 1 });
    expect(await figure('reopenedShare')).toEqual({ total: 0.5, n: 2 });
    expect(await figure('resolutionTime')).toEqual({ total: 285, n: 2 });
    expect(await figure('resolutionTimeP50')).toMatchObject({ total: 270 });
    const scope = { from: '2026-03-03', to: '2026-03-04', where: [{ column: 'queue', value: 'Suporte' }] };
    expect(await figure('avgReplyTime', scope)).toEqual({ total: 20, n: 1 });
    expect(await figure('reopenings', scope)).toEqual({ total: 0, n: 0 });
    // Crossed cuts are counted from the rows.
    const crossed = {
      where: [...scope.where, { column: 'reason', value: 'desconhecido' }, { column: 'status', value: 'closed' }],
    };
    expect(await figure('avgReplyTime', crossed)).toEqual({ total: 1940 / 3, n: 3 });
    expect(await figure('replyTimeP50', crossed)).toEqual({ total: 120, n: 3 });
  });

  it('is the same whatever came first, in one file or in many, twice or not', async () => {
    await begin();
    await home().load({ content: eventFile(STORY.slice(8).toReversed()) }, EVENTS);
    await home().build();
    expect(await home().rows('FROM gold.contact_mart')).toEqual([]);
    await home().load({ content: ticketFile(STORY_TICKETS) }, TICKETS);
    await home().build();
    const again = await home().load({ content: eventFile(STORY) }, EVENTS);
    expect(again).toMatchObject({ rows_read: 14, loaded: 8, duplicate: 6 });
    await home().build();
    expect(await sums()).toEqual(TOLD);
  });

  it('follows what is corrected and what is rolled back', async () => {
    await begin();
    await home().load({ content: ticketFile(STORY_TICKETS) }, TICKETS);
    const first = await home().load({ content: eventFile(STORY) }, EVENTS);
    await home().build();
    const corrected = await home().load(
      {
        content: eventFile([
          ['8', 'T1', '04 08:00:30', 'nota'],
          ['12', 'T2', '03 09:01:00', 'equipe'],
        ]),
      },
      EVENTS,
    );
    await home().build();
    expect(await sums()).toEqual({
      ...TOLD,
      ...{
        answered_message_s: 1980,
        reopenings: 0,
        reopened: 0,
        resolution_s: 2 * 86_400 - 3300 + 300,
        resolution_days: 2,
      },
    });
    expect(await figure('reopenings')).toEqual({ total: null, n: 0, reasonCode: 'not-given' });
    await home().batches.tombstone(corrected.batch_id);
    await home().build();
    expect(await sums()).toEqual(TOLD);
    await home().batches.tombstone(first.batch_id);
    await home().build();
    expect(await sums()).toMatchObject({
      answered_messages: 0,
      closed_by_event: 0,
      resolution_s: 2 * 86_400 - 3300 + 300,
    });
    expect(await home().rows('FROM gold.followed')).toEqual([]);
    for (const name of ['avgReplyTime', 'reopenings', 'reopenedShare'])
      expect(await figure(name)).toEqual({ total: null, n: 0, reasonCode: 'not-given' });
  });
});

test('a ticket reopened after the end that its source tells is not resolved', async () => {
  await begin();
  await home().load({ content: ticketFile([['T1', '02 09:00:00', '03 09:00:00']]) }, TICKETS);
  await home().load({ content: eventFile([['1', 'T1', '03 09:00:01', 'reaberto']]) }, EVENTS);
  await home().build();
  expect(await sums()).toMatchObject({
    reopenings: 1,
    closed_by_event: 0,
    reopened: 0,
    resolutions: 0,
    resolution_s: 0,
  });
});

test('where a source gives states, open again after a closing is a reopening', async () => {
  await begin();
  const { kind, ...columns } = EVENTS.columns;
  const codes = { aberto: 'open', andamento: 'open', fechado: 'closing' };
  const states = eventLayout({
    source: 'states',
    columns: { ...columns, kind: { from: kind!.from!, as: 'codes', codes } },
  });
  await home().know(states);
  await home().load({ content: ticketFile(STORY_TICKETS) }, TICKETS);
  const rows: Happened[] = [
    ['1', 'T1', '02 09:00:00', 'aberto'],
    ['2', 'T1', '02 09:10:00', 'andamento'],
    ['3', 'T1', '02 10:00:00', 'fechado'],
    ['4', 'T1', '03 08:00:00', 'aberto'],
    ['5', 'T1', '03 08:05:00', 'andamento'],
    ['6', 'T1', '03 09:00:00', 'fechado'],
    ['7', 'T1', '03 09:00:00', 'fechado'],
    ['8', 'T1', '04 08:00:00', 'andamento'],
    ['9', 'T1', '04 08:05:00', 'fechado'],
    ['10', 'T2', '03 09:00:00', 'aberto'],
    ['11', 'T2', '03 09:05:00', 'fechado'],
    ['12', 'T2', '03 09:05:00', 'aberto'],
  ];
  await home().load({ content: eventFile(rows) }, states);
  await home().build();
  expect(await sums()).toMatchObject({ reopenings: 2, closed_by_event: 2, reopened: 1, resolution_s: 300 + 300 });
});

test('what cannot be an event waits with its reason', async () => {
  await begin();
  const { kind, ...columns } = EVENTS.columns;
  const { otherwise: _, ...strict } = kind!;
  const picky = eventLayout({ source: 'picky', columns: { ...columns, kind: strict } });
  const loose = eventLayout({ source: 'loose', columns: { ...columns, kind: { ...strict, otherwise: '=' } } });
  for (const layout of [picky, loose]) await home().know(layout);
  const content = eventFile([
    ['1', 'T1', '02 09:00:00', 'cliente'],
    ['2', 'T1', '02 09:00:00', 'lido'],
    ['3', '', '02 09:00:00', 'cliente'],
    ['4', 'T1', '32 09:00:00', 'cliente'],
    ['', 'T1', '02 09:00:00', 'cliente'],
  ]);
  for (const layout of [picky, loose]) {
    const batch = await home().load({ content }, layout);
    expect(batch).toMatchObject({ rows_read: 5, loaded: 1, quarantined: 4, duplicate: 0 });
    expect(
      await home().rows(
        'SELECT line, column_name, reason, value FROM silver.quarantine WHERE batch_id = $batch ORDER BY line',
        {
          batch: batch.batch_id,
        },
      ),
    ).toEqual([
      { line: 3, column_name: 'what', reason: 'unknown-code', value: 'lido' },
      { line: 4, column_name: 'ticket', reason: 'missing', value: null },
      { line: 5, column_name: 'when', reason: 'invalid-date', value: '2026-03-32 09:00:00' },
      { line: 6, column_name: 'id', reason: 'missing', value: null },
    ]);
  }
});

test('a layout of events names the source of the contacts, and no other does', () => {
  const { of: _, ...nowhere } = EVENTS;
  expect(() => parseLayout(nowhere, 'x')).toThrow('eventos de nenhuma fonte');
  expect(() => parseLayout({ ...TICKETS, of: 'chat' }, 'x')).toThrow('que não é de eventos');
  const { contact_id: __, ...columns } = EVENTS.columns;
  expect(() => parseLayout({ ...EVENTS, columns }, 'x')).toThrow('falta contact_id');
  expect(() =>
    parseLayout({ ...EVENTS, columns: { ...EVENTS.columns, queue: { from: ['q'], as: 'text' } } }, 'x'),
  ).toThrow('coluna canônica desconhecida: queue');
});

type Step =
  | { do: 'events'; numbers: number[]; version: number }
  | { do: 'tickets'; numbers: number[]; version: number }
  | { do: 'roll back'; batch: number }
  | { do: 'build' };

const version = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('events' as const), numbers: eventNumbers, version }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('tickets' as const),
      numbers: fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1, maxLength: 5 }),
      version,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('roll back' as const), batch: fc.nat() }) },
  { weight: 3, arbitrary: fc.constant({ do: 'build' as const }) },
);

async function play(steps: readonly Step[]): Promise<void> {
  await home().reset();
  await home().load({ content: ticketFile([0, 1, 2].map((number) => ticket(number))) }, TICKETS);
  await home().build();
  for (const one of steps) {
    if (one.do === 'build') await home().build();
    else if (one.do === 'events')
      await home().load({ content: eventFile(one.numbers.map((number) => event(number, one.version))) }, EVENTS);
    else if (one.do === 'tickets')
      await home().load({ content: ticketFile(one.numbers.map((number) => ticket(number, one.version))) }, TICKETS);
    else {
      const loaded = await home().batches.inState('loaded');
      const batch = loaded[one.batch % Math.max(1, loaded.length)];
      if (batch) await home().batches.tombstone(batch.batch_id);
    }
  }
  await home().build();
}

/** The measures told a second way: the events of each ticket there is, walked through one by one. */
async function walked(): Promise<Record<string, number>> {
  const contacts = await home().rows<{ name: string }>(
    `SELECT source || '/' || contact_id AS name FROM silver.contact`,
  );
  const events = await silverEvents((sql) => home().rows<ContactEvent>(sql));
  const told = contacts.map(({ name }) => walk(events.get(name) ?? []));
  const sum = (of: (one: Told) => number) => told.reduce((all, one) => all + of(one), 0);
  return {
    answered_messages: sum(({ waits }) => waits.length),
    answered_message_s: sum(({ waits }) => waits.reduce((all, one) => all + one, 0)),
    reopenings: sum(({ reopenings }) => reopenings),
    closed_by_event: sum(({ closings }) => Math.min(1, closings)),
    reopened: sum(({ closings, reopenings }) => Math.min(1, closings, reopenings)),
  };
}

const HISTORY: Step[] = [
  { do: 'events', numbers: Array.from({ length: 90 }, (_, number) => number), version: 0 },
  { do: 'build' },
  { do: 'tickets', numbers: [1, 3, 4], version: 1 },
  { do: 'events', numbers: [10, 11, 12, 13, 14, 15, 100], version: 1 },
];

it('an incremental build equals a full one, row for row, and a walk through the events', async () => {
  await begin();
  const end = Date.now() + (full ? 180_000 : 5000);
  let told = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      if (Date.now() > end) return;
      await play(steps);
      const incremental = await home().snapshot();
      const found = await sums();
      expect(Object.fromEntries(MEASURES.map((name) => [name, found[name]]))).toEqual(await walked());
      told += found.answered_messages!;
      for (const { rows_read, loaded, quarantined, duplicate } of await home().batches.inState('loaded'))
        expect(rows_read).toBe(loaded + quarantined + duplicate);
      await home().build({ full: true });
      expect(await home().snapshot()).toEqual(incremental);
    }),
    { numRuns: full ? 300 : 2, examples: [[HISTORY]], ...(full ? {} : { seed: 7 }) },
  );
  expect(told).toBeGreaterThan(0);
}, 240_000);
