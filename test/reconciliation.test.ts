import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../src/kernel/brazil/dates.ts';
import { parseTaken } from '../src/metrics/reconciliation/list-columns.ts';
import { pairByPhone, pairByProtocol } from '../src/metrics/reconciliation/pairing.ts';
import {
  type Reconciliation,
  type ReconciliationQuestion,
  reconcile,
} from '../src/metrics/reconciliation/reconcile.ts';
import { type Held, LIST_HEADER, listLine, loadHeld, OTHER } from './client-list.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();
const FROM = '2026-11-09';
const TO = '2026-11-16';
const scope = { sources: ['voz'], from: FROM, to: TO, where: [{ column: 'queue', value: 'Suporte' }] };

/** Contacts half an hour apart, of as many people; protocols as a system writes them. */
function contacts(first: number, count: number, said: Partial<Held> = {}): Held[] {
  return Array.from({ length: count }, (_, index) => {
    const id = first + index;
    return {
      ...{ id, day: addDays(FROM, Math.floor(index / 8)), minute: 480 + 30 * (index % 8) },
      ...{ phone: `119${80_000_000 + 7 * id}`, protocol: `0020261${id}`, agent: id % 2 ? 'Ana Prado' : 'Caio Lins' },
      ...{ account: 'Vivaz', queue: 'Suporte', status: 'answered', ...said },
    };
  });
}

/** A contact's other leg, later the same day. */
const legOf = (one: Held): Held => ({ ...one, leg: 2, minute: one.minute + 6, agent: 'Davi Sá' });

const ours = contacts(1000, 50);
const nameless = contacts(1900, 3, { protocol: '' });
const legs = contacts(1800, 3).flatMap((one) => [one, legOf(one)]);
const filtered = contacts(2000, 4, { queue: 'Vendas' });
const excluded = contacts(3000, 4, { account: 'Teste' });
const earlier = contacts(4000, 4).map((one) => ({ ...one, day: '2026-11-03' }));
const others = contacts(5000, 4);
/** Contacts of which the source says neither who answered nor of which account they are. */
const silent = contacts(6000, 4, { agent: '', account: '', queue: 'Outra' });
const counted = [...ours, ...nameless, ...legs.filter(({ leg = 1 }) => leg === 1)];

beforeAll(async () => {
  await loadHeld(home(), [...ours, ...nameless, ...legs, ...filtered, ...excluded, ...earlier, ...silent]);
  await loadHeld(home(), others, OTHER);
  const { sql } = home().ledger;
  await sql`
    INSERT INTO exclusion (name, version, column_name, value, reason, approved_by, created_at)
    VALUES ('teste', 1, 'account', 'Teste', 'números de teste', 'Rita', now())`;
  await home().build();
}, 60_000);

let runs = 0;
async function held(lines: readonly string[], question: Partial<ReconciliationQuestion> = {}, header = LIST_HEADER) {
  const path = home().file('lista.csv', Buffer.from([header, ...lines, ''].join('\r\n'), 'latin1'));
  const asked = { scope, rule: 'house', kind: 'contacts', size: 1000, ...question } as const;
  return reconcile(home().lake, path, asked, join(home().folder, 'tmp', `conferencia-${++runs}`));
}

/** Rows by `side reason detail`. */
function reasonsOf({ reasons }: Reconciliation): Record<string, number> {
  return Object.fromEntries(
    reasons.map(({ side, reason, detail, rows }) => [[side, reason, detail].filter(Boolean).join(' '), rows]),
  );
}

/** What may become of a contact on its way into the client's list, and what it must then be told as. */
const FATES = {
  kept: (one: Held) => ({ lines: [listLine(one)], matched: true }),
  dropped: () => ({ lines: [], matched: false }),
  twice: (one: Held) => ({ lines: [listLine(one), listLine(one)], matched: true, list: ['list repeated-line'] }),
  'without its zeros': (one: Held) => ({ lines: [listLine(one, { protocol: one.protocol.slice(2) })], matched: true }),
  'taken for a number': (one: Held) => ({ lines: [listLine(one, { protocol: `${one.protocol}.0` })], matched: true }),
  'without protocol': (one: Held) => ({ lines: [listLine(one, { protocol: '' })], matched: true }),
  'near, without protocol': (one: Held) => ({
    lines: [listLine(one, { protocol: '', minute: String(one.minute + 5) })],
    matched: true,
  }),
  'far, without protocol': (one: Held) => ({
    lines: [listLine(one, { protocol: '', minute: String(one.minute + 6) })],
    matched: false,
    list: ['list not-in-base'],
  }),
  'under another protocol': (one: Held) => ({
    lines: [listLine(one, { protocol: `X${one.protocol}9` })],
    matched: true,
    differs: 'protocol',
  }),
  shifted: (one: Held) => ({
    lines: [listLine(one, { minute: String(one.minute - 6) })],
    matched: true,
    differs: 'started_at',
  }),
  'of another agent': (one: Held) => ({
    lines: [listLine(one, { agent: 'Eva Reis' })],
    matched: true,
    differs: 'agent_name',
  }),
  'of another account': (one: Held) => ({
    lines: [listLine(one, { account: 'Solar' })],
    matched: true,
    differs: 'account',
  }),
  'in capitals': (one: Held) => ({
    lines: [listLine(one, { agent: one.agent.toUpperCase(), account: 'VIVAZ ' })],
    matched: true,
  }),
  abandoned: (one: Held) => ({ lines: [listLine(one, { status: 'Abandonada' })], matched: true, differs: 'status' }),
  'of another phone': (one: Held) => ({
    lines: [listLine(one, { phone: '2133334444' })],
    matched: true,
    differs: 'phone',
  }),
  'without a date': (one: Held) => ({
    lines: [listLine(one, { protocol: '', date: '31/02/2026' })],
    matched: false,
    list: ['list unreadable started_at'],
  }),
  'without a phone': (one: Held) => ({
    lines: [listLine(one, { protocol: '', phone: '999' })],
    matched: false,
    list: ['list unreadable phone'],
  }),
  'cut short': (one: Held) => ({
    lines: [listLine(one).split(';').slice(0, 3).join(';')],
    matched: false,
    list: ['list unreadable columns'],
  }),
} satisfies Record<string, (one: Held) => { lines: string[]; matched: boolean; list?: string[]; differs?: string }>;
type Fate = keyof typeof FATES;

/** Lines that are none of ours, each with its reason. */
const STRANGERS: readonly (readonly [reason: string, lines: readonly string[]])[] = [
  ['list filtered queue', filtered.map((one) => listLine(one))],
  ['list excluded teste', excluded.map((one) => listLine(one))],
  ['list outside-period', earlier.map((one) => listLine(one))],
  ['list other-source outra', others.map((one) => listLine(one))],
  ['list later-leg', legs.filter(({ leg }) => leg === 2).map((one) => listLine(one, { minute: String(one.minute) }))],
  ['list not-in-base', contacts(9000, 4).map((one) => listLine(one))],
];

describe('a list made of ours by known changes', () => {
  it('is told by what was done to it, line by line, and both sides add up', async () => {
    // A column is of dates while nearly all its values are.
    const dated = (fates: readonly Fate[]): Fate[] => {
      let left = 4;
      return fates.map((one) => (one === 'without a date' && left-- <= 0 ? 'kept' : one));
    };
    const fate = fc.constantFrom(...(Object.keys(FATES) as Fate[]));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { minLength: ours.length, maxLength: ours.length }).map(dated),
        fc.array(fc.nat(4), { minLength: STRANGERS.length, maxLength: STRANGERS.length }),
        fc.nat(),
        async (fates, strangers, seed) => {
          const expected: Record<string, number> = {};
          const tell = (name: string) => {
            expected[name] = (expected[name] ?? 0) + 1;
          };
          const lines: string[] = [];
          const unmatched: Held[] = [];
          let matched = 0;
          let differing = 0;
          // Contacts with a second leg are always listed, so that a line of that leg is one of it.
          for (const one of legs.filter(({ leg = 1 }) => leg === 1)) {
            lines.push(listLine(one));
            matched++;
          }
          unmatched.push(...nameless);
          for (const [index, one] of ours.entries()) {
            const made: { lines: string[]; matched: boolean; list?: string[]; differs?: string } =
              FATES[fates[index]!](one);
            lines.push(...made.lines);
            for (const name of made.list ?? []) tell(name);
            if (made.matched) matched++;
            else unmatched.push(one);
            if (made.differs === undefined) continue;
            tell(`both differs ${made.differs}`);
            differing++;
          }
          for (const [index, [reason, some]] of STRANGERS.entries())
            for (const line of some.slice(0, strangers[index])) {
              lines.push(line);
              tell(reason);
            }
          const days = lines.flatMap((line) => {
            const [, date = '', time] = line.split(';');
            const iso = date.split('/').toReversed().join('-');
            return date === '31/02/2026' || time === undefined || line.split(';').length < 7 ? [] : [iso];
          });
          const [first, last] = [days.toSorted()[0]!, days.toSorted().at(-1)!];
          for (const { day, protocol } of unmatched)
            tell(
              `ours ${day < first || day > last ? 'outside-list-days' : protocol === '' ? 'no-protocol' : 'not-in-list'}`,
            );
          const shuffled = lines.toSorted((a, b) => hash(a, seed) - hash(b, seed));
          const found = await held(shuffled);
          expect(reasonsOf(found)).toEqual(expected);
          const { sums } = found;
          expect(sums).toMatchObject({ list: lines.length, ours: counted.length, matched, differing, first, last });
          expect(sums!.list).toBe(sums!.matched + sums!.onlyInList);
          expect(sums!.ours).toBe(sums!.matched + sums!.onlyInOurs);
          expect(sums!.matched).toBe(sums!.agreeing + sums!.differing);
          expect(sums!.matched).toBe(sums!.byProtocol + sums!.byPhone);
        },
      ),
      { numRuns: full ? 200 : 6, ...(full ? {} : { seed: 20261122 }) },
    );
  });
});

it('what our side does not say is not held against the list', async () => {
  const lines = silent.map((one) => listLine(one, { agent: 'Eva Reis', account: 'Solar' }));
  const other = { sources: ['voz'], from: FROM, to: TO, where: [{ column: 'queue', value: 'Outra' }] };
  const found = await held(lines, { scope: other });
  expect(found.sums).toMatchObject({ list: 4, ours: 4, matched: 4, agreeing: 4, differing: 0 });
});

function hash(text: string, seed: number): number {
  let value = seed;
  for (const character of text) value = (Math.imul(value, 31) + character.charCodeAt(0)) | 0;
  return value;
}

describe('a list of repeats', () => {
  /** One person's calls, by their days and minutes, in the order of time. */
  const life = (id: number, calls: readonly (readonly [day: string, minute: number])[], said: Partial<Held> = {}) =>
    calls.map(([day, minute], index): Held => {
      const [one] = contacts(id + index, 1, { queue: 'Retorno', ...said });
      return { ...one!, day, minute, phone: `219${70_000_000 + id}` };
    });
  const again = life(6000, [
    ['2026-11-09', 600],
    ['2026-11-11', 600],
    ['2026-11-14', 600],
  ]);
  const late = life(6100, [
    ['2026-11-01', 600],
    ['2026-11-12', 600],
  ]);
  const missed = life(6200, [['2026-11-12', 700]], { status: 'abandoned' });
  const moved = life(6300, [
    ['2026-11-10', 600],
    ['2026-11-10', 606],
  ]).map((one, index) => ({ ...one, agent: index === 0 ? 'Ana Prado' : 'Davi Sá' }));
  const asked = { kind: 'repeats', scope: { ...scope, where: [] } } as const;

  beforeAll(async () => {
    await loadHeld(home(), [...again, ...late, ...missed, ...moved]);
    await home().build();
  });

  it('says of each contact that is none why the rule does not take it for one, and which came before', async () => {
    const lines = [...again, late[1]!, ...missed, ...moved, excluded[0]!, earlier[0]!].map((one) => listLine(one));
    const found = await held(lines, asked);
    expect(found.sums).toMatchObject({ list: 9, ours: 2, matched: 2, agreeing: 2, onlyInList: 7, onlyInOurs: 0 });
    expect(reasonsOf(found)).toEqual({
      'list not-repeat first': 2,
      'list not-repeat late': 1,
      'list not-repeat unhandled': 1,
      'list not-repeat joined': 1,
      'list excluded teste': 1,
      'list outside-period': 1,
    });
    const of = (detail: string) => found.rows.find((row) => row.detail === detail);
    expect(of('late')).toMatchObject({ of_started_at: '2026-11-01T10:00:00', of_protocol: late[0]!.protocol });
    expect(of('joined')).toMatchObject({ of_started_at: '2026-11-10T10:00:00', of_agent_name: 'Ana Prado' });
    expect(of('first')).toMatchObject({ of_started_at: null });
  });

  it('under a filter is held against what is charged there, and says to whom the others are charged', async () => {
    const where = [{ column: 'agent', value: again[1]!.agent }];
    const found = await held([listLine(again[1]!)], { ...asked, scope: { ...scope, where } });
    expect(found.sums).toMatchObject({ ours: 0, onlyInList: 1 });
    expect(found.rows[0]).toMatchObject({ reason: 'charged-elsewhere', of_agent_name: again[0]!.agent });
  });

  it('misses those of ours that it lacks', async () => {
    const found = await held([listLine(again[1]!), listLine(ours[9]!)], asked);
    expect(reasonsOf(found)).toEqual({ 'list not-repeat first': 1, 'ours outside-list-days': 1 });
  });
});

describe('lines and contacts that could be paired in several ways', () => {
  it('are paired as a pass over all pairs in order of distance would, each once', async () => {
    const minute = fc.integer({ min: 0, max: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(minute, { maxLength: 7 }),
        fc.array(minute, { maxLength: 7 }),
        fc.constantFrom('protocol', 'phone'),
        async (lines, rows, by) => {
          const pairs = lines
            .flatMap((at, line) => rows.map((other, row) => ({ line, row, distance: 60 * Math.abs(at - other) })))
            .filter(({ distance }) => by === 'protocol' || distance <= 300)
            .sort((a, b) => a.distance - b.distance || a.line - b.line || a.row - b.row);
          const expected: typeof pairs = [];
          for (const pair of pairs)
            if (!expected.some(({ line, row }) => line === pair.line || row === pair.row)) expected.push(pair);
          const values = (minutes: readonly number[]) =>
            minutes.map(
              (at, index) => `(${index}, 'k', 'p', TIMESTAMP '2026-11-09 10:00:00' + INTERVAL (${at}) MINUTE)`,
            );
          const found = await home().lake.use(async (session) => {
            for (const [table, id, minutes] of [
              ['listed', 'line', lines],
              ['ours', 'row_id', rows],
            ] as const) {
              await session.run(
                `CREATE OR REPLACE TEMP TABLE ${table} (${id} BIGINT, key VARCHAR, phone VARCHAR, started_at TIMESTAMP)`,
              );
              if (minutes.length > 0) await session.run(`INSERT INTO ${table} VALUES ${values(minutes).join(', ')}`);
            }
            for (const table of ['matched', 'found'])
              await session.run(`CREATE OR REPLACE TEMP TABLE ${table} (line BIGINT, row_id BIGINT, how VARCHAR)`);
            await session.run('CREATE OR REPLACE TEMP TABLE again (line BIGINT, first BIGINT)');
            const pairing = { rows: 'ours', into: 'matched' };
            if (by === 'protocol') await pairByProtocol(session, pairing);
            else await pairByPhone(session, pairing, { seconds: 300, daily: false });
            const rowsOf = await session.rows('SELECT line, row_id AS row FROM matched ORDER BY line');
            await session.tidy();
            return rowsOf;
          });
          expect(found).toEqual(expected.map(({ line, row }) => ({ line, row })).sort((a, b) => a.line - b.line));
        },
      ),
      { numRuns: full ? 500 : 30, seed: 7 },
    );
  });
});

describe('the form of a list', () => {
  it('without times is held against days, and without protocols against phones', async () => {
    const lines = ours.slice(0, 10).map((one) => {
      const [, date, , phone] = listLine(one).split(';');
      return `${date};${phone}`;
    });
    const found = await held(lines, {}, 'Data;Telefone');
    expect(found.taken).toEqual([
      { column: 'phone', places: [2] },
      { column: 'started_at', places: [1] },
    ]);
    expect(found.sums).toMatchObject({ matched: 10, byPhone: 10, differing: 0 });
  });

  it('is said by its columns, and by a person where they say nothing', async () => {
    const lines = ours.slice(0, 10).map((one) => `x;${one.protocol};${one.account}`);
    const silent = await held(lines, {}, 'A;B;C');
    expect(silent).toMatchObject({ sums: null, rows: [] });
    expect(silent.offered.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
    const said = await held(lines, { taken: parseTaken('protocol:2,account:3') }, 'A;B;C');
    expect(said.sums).toMatchObject({ list: 10, matched: 10, agreeing: 10 });
    expect(() => parseTaken('telefone:2')).toThrow(/Colunas da lista não entendidas/);
    await expect(held(lines, { taken: parseTaken('protocol:9') }, 'A;B;C')).rejects.toThrow(/não há a de lugar 9/);
  });

  it('leaves a situation that nobody knows uncompared, and says of how many', async () => {
    const lines = ours.slice(0, 10).map((one) => listLine(one, { status: 'OK' }));
    expect((await held(lines)).sums).toMatchObject({ matched: 10, differing: 0, statusUnread: 10 });
  });
});

it('a line whose contact waits in quarantine is told so, with the batch and the line', async () => {
  const [one] = contacts(7000, 1);
  await loadHeld(home(), [{ ...one!, day: '2026-02-31' }]);
  await home().build();
  const found = await held([listLine(one!), listLine(ours[0]!)]);
  expect(reasonsOf(found)).toMatchObject({ 'list quarantined': 1 });
  const [{ batch_id }] = (await home().rows<{ batch_id: number }>('SELECT batch_id FROM silver.quarantine')) as [
    { batch_id: number },
  ];
  expect(found.rows.find(({ reason }) => reason === 'quarantined')).toMatchObject({ batch: batch_id, other_line: 2 });
});

it('stops when whoever asked is gone, and leaves nothing in the way of the next', async () => {
  const path = home().file('lista.csv', [LIST_HEADER, ...ours.map((one) => listLine(one)), ''].join('\r\n'));
  const folder = join(home().folder, 'tmp', 'parada');
  const question = { scope, rule: 'house', kind: 'contacts' } as const;
  await expect(reconcile(home().lake, path, question, folder, AbortSignal.abort())).rejects.toMatchObject({
    code: 'cancelled',
  });
  const [{ left }] = (await home().rows('SELECT count(*) AS "left" FROM duckdb_tables() WHERE temporary')) as [
    { left: number },
  ];
  expect(left).toBe(0);
  expect((await reconcile(home().lake, path, question, folder)).sums).toMatchObject({ list: 50, matched: 50 });
});
