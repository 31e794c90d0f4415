import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { cpfCheckDigits } from '../src/kernel/brazil/cpf.ts';
import { addDays } from '../src/kernel/brazil/dates.ts';
import { callbackCounts, callbackPage } from '../src/metrics/shift/callbacks.ts';
import { callbackScope, shiftScope } from '../src/metrics/shift/shift.ts';
import type { Callback, CallbackCounts, ShiftQuestion } from '../src/metrics/shift/shift-answers.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();

const COLUMNS = ['start', 'channel', 'direction', 'queue', 'phone', 'cpf', 'agent', 'status', 'wait', 'talk'] as const;
/** A contact as the file has it; what is not said is a call of twenty seconds that nobody could place. */
type Said = Partial<Record<(typeof COLUMNS)[number], string>>;

const LAYOUT = parseLayout(
  {
    source: 'calls',
    version: 1,
    label: { pt: 'ligações', en: 'calls' },
    holds: 'all',
    format: { kind: 'delimited', header: true },
    key: [],
    columns: {
      started_at: { from: ['start'], as: 'date-time', format: 'iso' },
      ...Object.fromEntries(
        ['channel', 'direction', 'queue', 'agent', 'status'].map((name) => [
          name === 'agent' ? 'agent_id' : name,
          { from: [name], as: 'text' },
        ]),
      ),
      phone: { from: ['phone'], as: 'phone' },
      cpf: { from: ['cpf'], as: 'cpf' },
      wait_s: { from: ['wait'], as: 'duration', unit: 's' },
      talk_s: { from: ['talk'], as: 'duration', unit: 's' },
    },
  },
  'calls',
);

/** A Thursday and the day before it. */
const DAY = '2026-11-19';
const EVE = addDays(DAY, -1);
const USUAL = { channel: 'voz', direction: 'receptivo', queue: 'Vendas' };
const gone = (start: string, phone: string, more: Said = {}): Said => ({
  ...{ ...USUAL, start, phone, status: 'abandoned', wait: '60' },
  ...more,
});
const talked = (start: string, phone: string, more: Said = {}): Said => ({
  ...{ ...USUAL, start, phone, status: 'answered', wait: '5', talk: '120', agent: 'A1' },
  ...more,
});

beforeAll(() => home().know(LAYOUT));

async function load(contacts: readonly Said[]): Promise<void> {
  const rows = contacts.map((one) => COLUMNS.map((name) => one[name] ?? '').join(';'));
  await home().load({ content: `${[COLUMNS.join(';'), ...rows].join('\n')}\n` }, LAYOUT);
  await home().build();
}

async function listed(question: Partial<ShiftQuestion> = {}) {
  const { lake } = home();
  const asked: ShiftQuestion = { view: 'net', ...question };
  const { shown, sources } = (await shiftScope(lake, asked, '2026-11-19'))!;
  const scope = callbackScope(asked, shown, sources);
  const counts = await callbackCounts(lake, scope);
  const { rows, total } = await callbackPage(lake, { ...scope, page: 1, size: 500 });
  expect(total).toBe(rows.length);
  expect([counts.today, counts.before]).toEqual([
    rows.filter(({ before }) => !before).length,
    rows.filter(({ before }) => before).length,
  ]);
  return { rows, counts };
}

const PHONES = Array.from({ length: 16 }, (_, index) => `119${String(87_654_300 + index)}`);
const cpfs = Array.from({ length: 4 }, (_, index) => {
  const nine = String(529_982_240 + index);
  return nine + cpfCheckDigits(nine);
});
const phone = (index: number) => PHONES[index]!;

describe('a day of one dozen callers', () => {
  beforeAll(async () => {
    await load([
      // Answered later by another channel.
      gone(`${DAY}T09:00:00`, phone(0)),
      talked(`${DAY}T09:20:00`, phone(0), { channel: 'chat' }),
      // Twice, and never answered; the second time to another queue, and longer.
      gone(`${DAY}T09:05:00`, phone(1)),
      gone(`${DAY}T10:10:00`, phone(1), { queue: 'Suporte', wait: '200' }),
      // Only a short one; and a short one after a long one.
      gone(`${DAY}T09:06:00`, phone(2), { wait: '10' }),
      gone(`${DAY}T09:07:00`, phone(3), { wait: '11' }),
      gone(`${DAY}T09:50:00`, phone(3), { wait: '4' }),
      // Nobody knows who.
      gone(`${DAY}T09:08:00`, ''),
      gone(`${DAY}T09:09:00`, '', { wait: '3' }),
      gone(`${EVE}T09:09:00`, ''),
      // One person by CPF: gave up on one telephone, was answered on the other.
      gone(`${DAY}T09:10:00`, phone(4), { cpf: cpfs[0]! }),
      talked(`${DAY}T09:30:00`, phone(5), { cpf: cpfs[0]! }),
      // Answered before, not after.
      talked(`${DAY}T08:00:00`, phone(6)),
      gone(`${DAY}T09:11:00`, phone(6)),
      // Called back at eleven.
      gone(`${DAY}T09:12:00`, phone(7)),
      talked(`${DAY}T11:00:00`, phone(7), { direction: 'ativo' }),
      // Called back, but nobody took the call.
      gone(`${DAY}T09:13:00`, phone(8)),
      gone(`${DAY}T10:13:00`, phone(8), { direction: 'ativo' }),
      // The day before: one answered after midnight, one not, one at the last minute before it.
      gone(`${EVE}T16:00:00`, phone(9)),
      talked(`${DAY}T00:05:00`, phone(9)),
      gone(`${EVE}T17:00:00`, phone(10)),
      gone(`${EVE}T23:59:59`, phone(11)),
      // In the queue of the first telephone when the second gave up, and answered from there.
      talked(`${DAY}T09:14:00`, phone(12), { cpf: cpfs[1]!, wait: '600' }),
      gone(`${DAY}T09:16:00`, phone(13), { cpf: cpfs[1]! }),
      // Nobody said how long.
      gone(`${DAY}T09:17:00`, phone(14), { wait: '' }),
      // A contact that never was.
      talked(`${DAY}T12:00:00`, phone(14), { status: 'void' }),
    ]);
  }, 60_000);

  const brief = ({ phone, tries, waited_s, since, last, queue }: Callback) => [
    phone,
    tries,
    waited_s,
    since.slice(5),
    last.slice(5),
    queue,
  ];

  test('those whom nobody answered since, the longest forgotten first', async () => {
    const { rows, counts } = await listed();
    expect(rows.map(brief)).toEqual([
      [phone(1), 2, 200, '11-19T09:05:00', '11-19T10:10:00', 'Suporte'],
      [phone(3), 2, 11, '11-19T09:07:00', '11-19T09:07:00', 'Vendas'],
      [phone(6), 1, 60, '11-19T09:11:00', '11-19T09:11:00', 'Vendas'],
      [phone(8), 1, 60, '11-19T09:13:00', '11-19T09:13:00', 'Vendas'],
      [phone(14), 1, null, '11-19T09:17:00', '11-19T09:17:00', 'Vendas'],
      [phone(10), 1, 60, '11-18T17:00:00', '11-18T17:00:00', 'Vendas'],
      [phone(11), 1, 60, '11-18T23:59:59', '11-18T23:59:59', 'Vendas'],
    ]);
    expect(counts).toEqual({ today: 5, before: 2, anonymous: 1, anonymousBefore: 1 });
  });

  test('before they called back or were called, more are waiting; what came later is not known yet', async () => {
    const { rows, counts } = await listed({ at: 9 * 60 + 13 });
    expect(rows.map(({ phone }) => phone)).toEqual([...[0, 1, 3, 4, 6, 7].map(phone), ...[10, 11].map(phone)]);
    expect(counts.anonymous).toBe(1);
    // At 00:05 the one of the day before has not been answered yet: who is called at 00:05:00 is answered at 00:05:05.
    expect((await listed({ at: 5 })).rows.map(({ phone }) => phone)).toEqual([9, 10, 11].map(phone));
    expect((await listed({ at: 6 })).rows.map(({ phone }) => phone)).toEqual([10, 11].map(phone));
  });

  test('of one queue, its own abandoned contacts, whoever answered', async () => {
    const where = [{ column: 'queue', value: 'Suporte' }];
    const { rows } = await listed({ where });
    expect(rows.map(brief)).toEqual([[phone(1), 1, 200, '11-19T10:10:00', '11-19T10:10:00', 'Suporte']]);
  });

  test('in the order asked for, never by what is masked', async () => {
    const { lake } = home();
    const { shown, sources } = (await shiftScope(lake, { view: 'net' }, DAY))!;
    const scope = { ...callbackScope({ view: 'net' }, shown, sources), page: 1, size: 2 };
    expect((await callbackPage(lake, { ...scope, sort: '-tries' })).rows.map(({ tries }) => tries)).toEqual([2, 2]);
    expect((await callbackPage(lake, { ...scope, sort: '-waited_s', page: 2 })).rows).toHaveLength(2);
    for (const sort of ['phone', '-contact_name', 'row_id; DROP'])
      await expect(callbackPage(lake, { ...scope, sort })).rejects.toMatchObject({ code: 'usage' });
  });

  test('what exclusions leave out is nobody to call, but in the gross view', async () => {
    await home().ledger.sql`
      INSERT INTO exclusion (name, version, column_name, value, reason, approved_by, created_at, active)
      VALUES ('suporte', 1, 'queue', 'Suporte', 'teste', 'teste', now(), true)`;
    await home().build();
    const tries = async (view: 'net' | 'gross') =>
      (await listed({ view })).rows.find((row) => row.phone === phone(1))!.tries;
    expect([await tries('net'), await tries('gross')]).toEqual([1, 2]);
  });
});

describe('any days', () => {
  const minute = fc.nat(36 * 60 - 1);
  const contact = fc.record({
    minute,
    phone: fc.option(fc.nat(5), { nil: null, freq: 6 }),
    cpf: fc.option(fc.nat(2), { nil: null, freq: 2 }),
    status: fc.constantFrom('abandoned', 'abandoned', 'abandoned', 'answered', 'closed', 'open', 'void'),
    direction: fc.constantFrom('receptivo', 'receptivo', 'receptivo', 'ativo'),
    queue: fc.constantFrom('Vendas', 'Suporte'),
    wait: fc.constantFrom('', '0', '10', '11', '90', '900'),
    agent: fc.constantFrom('', 'A1'),
  });
  type Drawn = typeof contact extends fc.Arbitrary<infer One> ? One : never;

  /** From noon of the day before to midnight: minute 720 is the day's first. */
  const startOf = ({ minute: at }: Drawn) =>
    new Date(Date.parse(`${EVE}T12:00:00Z`) + at * 60_000).toISOString().slice(0, 19);

  const said = (one: Drawn): Said => ({
    ...{ channel: 'voz', direction: one.direction, queue: one.queue, start: startOf(one) },
    phone: one.phone === null ? '' : phone(one.phone),
    cpf: one.cpf === null ? '' : cpfs[one.cpf]!,
    ...{ status: one.status, wait: one.wait, agent: one.agent },
    talk: one.status === 'answered' ? '60' : '',
  });

  /** Who is whom, found by walking: telephones and CPFs seen on one contact are one person's. */
  function personsOf(drawn: readonly Drawn[]): (one: Drawn) => string | null {
    const names = ({ phone: number, cpf }: Drawn) => [
      ...(number === null ? [] : [`p${number}`]),
      ...(cpf === null ? [] : [`c${cpf}`]),
    ];
    const group = new Map<string, string>();
    const find = (name: string): string => {
      const up = group.get(name) ?? name;
      return up === name ? name : find(up);
    };
    for (const one of drawn) {
      const [first, second] = names(one);
      if (first && second) group.set(find(first), find(second));
    }
    return (one) => {
      const [first] = names(one);
      return first === undefined ? null : find(first);
    };
  }

  const isHandled = ({ status, agent }: Drawn) =>
    !['abandoned', 'void'].includes(status) && (agent !== '' || status === 'answered');

  function recounted(drawn: readonly Drawn[], until: number) {
    const personOf = personsOf(drawn);
    const dayStart = 12 * 60;
    const limit = dayStart + until;
    const isTry = (one: Drawn) => one.status === 'abandoned' && one.direction !== 'ativo' && one.minute < limit;
    const missed = (one: Drawn) => isTry(one) && (one.wait === '' || Number(one.wait) > 10);
    const hasEve = drawn.some(({ minute: at, status }) => at < dayStart && ['answered', 'abandoned'].includes(status));
    const kept = drawn.filter(({ minute: at }) => hasEve || at >= dayStart);
    const counts = { today: 0, before: 0, anonymous: 0, anonymousBefore: 0 };
    const found: string[] = [];
    for (const [person, own] of Map.groupBy(kept, personOf)) {
      if (person === null) {
        counts.anonymous = own.filter((one) => missed(one) && one.minute >= dayStart).length;
        counts.anonymousBefore = own.filter((one) => missed(one) && one.minute < dayStart).length;
        continue;
      }
      const answers = own.filter(isHandled).map((one) => one.minute * 60 + Number(one.wait));
      const answered = Math.max(-1, ...answers.filter((second) => second < limit * 60));
      const open = own.filter((one) => isTry(one) && one.minute * 60 > answered);
      const last = Math.max(-1, ...open.filter(missed).map(({ minute: at }) => at));
      if (last < 0) continue;
      counts[last >= dayStart ? 'today' : 'before']++;
      const waits = open.flatMap(({ wait }) => (wait === '' ? [] : [Number(wait)]));
      const first = Math.min(...open.map(({ minute: at }) => at));
      found.push([last >= dayStart, first, last, open.length, waits.length > 0 ? Math.max(...waits) : null].join());
    }
    return { counts, found: found.sort() };
  }

  const minutesSince = (moment: string) => (Date.parse(`${moment}Z`) - Date.parse(`${EVE}T12:00:00Z`)) / 60_000;

  test('a recount that walks from caller to caller finds the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(contact, { minLength: 4, maxLength: 40 }), fc.nat(1440), async (drawn, at) => {
        await home().reset();
        // There is always a call on the day itself.
        const all: Drawn[] = [...drawn, { ...drawn[0]!, minute: 12 * 60, status: 'abandoned', phone: 0, cpf: null }];
        await load(all.map(said));
        const { rows, counts } = await listed({ day: DAY, at });
        const expected: { counts: CallbackCounts; found: string[] } = recounted(all, at);
        expect(counts).toEqual(expected.counts);
        const found = rows.map((row) =>
          [!row.before, minutesSince(row.since), minutesSince(row.last), row.tries, row.waited_s].join(),
        );
        expect(found.sort()).toEqual(expected.found);
      }),
      { numRuns: full ? 60 : 3 },
    );
  }, 120_000);
});
