import fc from 'fast-check';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';

/** A call as the files hold it: text, in the order of {@link CALL_COLUMNS}. */
export type Call = readonly string[];

export const CALL_COLUMNS = [
  ...['id', 'leg', 'start', 'end', 'opened', 'wait', 'talk', 'phone', 'agent', 'queue', 'account', 'reason', 'status'],
  ...['score', 'email'],
];

/** Two sources of the same form: one names its rows by (id, leg), the other by nothing. */
export const KEYED = callLayout('keyed', ['id', 'leg']);
export const KEYLESS = callLayout('keyless', []);

function callLayout(source: string, key: string[]): Layout {
  const text = (from: string) => ({ from: [from], as: 'text' });
  const moment = (from: string) => ({ from: [from], as: 'date-time', format: 'iso' });
  return parseLayout(
    {
      source,
      version: 1,
      label: { pt: source, en: source },
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key,
      // What differs between files of few calls is chance, and is not to be asked about.
      policies: { kinds: { empties: 'accept', rows: 'accept', dates: 'accept', width: 'accept' } },
      columns: {
        leg_no: { from: ['leg'], as: 'integer' },
        started_at: moment('start'),
        ended_at: moment('end'),
        opened_at: moment('opened'),
        wait_s: { from: ['wait'], as: 'duration' },
        talk_s: { from: ['talk'], as: 'duration' },
        phone: { from: ['phone'], as: 'phone' },
        agent_id: text('agent'),
        queue: text('queue'),
        account: text('account'),
        reason: text('reason'),
        status: text('status'),
        satisfaction: { from: ['score'], as: 'decimal' },
        email: { from: ['email'], as: 'email' },
      },
    },
    source,
  );
}

const PHONES = ['11987654321', '1187654321', '2133334444', '31988887777', '5133335555', ''];
/** More than link to one identity: some phones have too many to join anybody until calls are undone. */
const EMAILS = Array.from({ length: 14 }, (_, index) => `cliente${index}@casa.example`);
const REASONS = ['boleto', 'Boleto', 'senha', 'Negociação', 'negociacao', ''];
const STATUSES = ['answered', 'answered', 'answered', 'closed', 'abandoned', 'void'];
/** Days that the calls fall on: several windows of seven days. */
export const CALL_DAYS = 30;

/** Wall time in minutes since the first day, with seconds as the source writes them. */
export function moment(minutes: number, seconds = '00'): string {
  return `${new Date(Date.UTC(2026, 2, 1) + minutes * 60_000).toISOString().slice(0, 17)}${seconds}`;
}

/** The call of a number: everything follows from it, so that a number repeated in another file is the same row. */
export function call(number: number): Call {
  const draw = drawer(number);
  if (draw(25) === 0) return CALL_COLUMNS.map((name) => (name === 'start' ? '31/02/2026' : 'ruim'));
  const pick = <T>(values: readonly T[]) => values[draw(values.length)] as T;
  const leg = draw(5) === 0 ? 2 : 1;
  const start = (number % CALL_DAYS) * 1440 + draw(96) * 15;
  const length = draw(40);
  return [
    `c${number - (leg === 2 ? CALL_DAYS : 0)}`,
    String(leg),
    moment(start),
    draw(5) === 0 ? '' : moment(start + length, pick(['00', '30', '00.500', '00.250'])),
    draw(3) === 0 ? moment(start - draw(3000), '00.500') : '',
    String(draw(60)),
    draw(6) === 0 ? '' : String(length * 60),
    pick(PHONES),
    draw(7) === 0 ? '' : `ag${draw(4)}`,
    `fila ${draw(2)}`,
    `conta $$${draw(2)}`,
    pick(REASONS),
    pick(STATUSES),
    draw(3) === 0 ? '' : `${draw(5)}.5`,
    draw(2) === 0 ? '' : pick(EMAILS),
  ];
}

/** Numbers drawn from a seed (mulberry32). */
function drawer(seed: number): (size: number) => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return (size) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % size;
  };
}

/** Numbers of calls of one day, some of them twice. */
export function dayOfCalls(): fc.Arbitrary<number[]> {
  return fc
    .tuple(fc.nat(CALL_DAYS - 1), fc.array(fc.nat(60), { minLength: 1, maxLength: 40 }))
    .map(([day, slots]) => slots.map((slot) => day + CALL_DAYS * slot));
}

/** The numbers' calls as a file. */
export function callFile(numbers: readonly number[]): string {
  return [CALL_COLUMNS, ...numbers.map(call)].map((row) => `${row.join(';')}\n`).join('');
}

/** A file of calls of which only some cells are given. */
export function cellFile(calls: readonly Readonly<Partial<Record<string, string>>>[]): string {
  return [CALL_COLUMNS, ...calls.map((cells) => CALL_COLUMNS.map((name) => cells[name] ?? ''))]
    .map((row) => `${row.join(';')}\n`)
    .join('');
}
