import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, ended, type Ran, ramal, startRamal } from './app.ts';
import { age } from './home.ts';

type Json = Record<string, unknown>;

const HEADER =
  'vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver';

/** A call of the bank's log: clock times may be `0:00:00` where nothing happened. */
function bankCall(
  id: number,
  customer: number,
  day: string,
  at: string,
  outcome: 'AGENT' | 'HANG',
  service: number,
  server: string,
) {
  const times = `${at}\t${at}\t5\t0:00:00\t0:00:00\t${outcome === 'HANG' ? 30 : 10}\t${outcome}\t0:00:00\t0:00:00\t${service}`;
  return `AA0101\t${id}\t${customer}\t1\tPS\t${day}\t${times}\t${server}`;
}

/**
 * Customer 11111 calls at 9:00, 10:00 (1 h later) and two days later; 22222 calls once and hangs up; 33333 calls on
 * two days, 25 hours apart; nobody knows who the last one was. By hand: 7 calls, 6 of known customers; repeats within
 * 24 h: 1, within 72 h: 3. House rule (answered, known: 5): anchors 11111 and 33333, each with repeats: 2 + 1.
 */
const CALLS = [
  bankCall(1, 11111, '990201', '9:00:00', 'AGENT', 100, 'ANA'),
  bankCall(2, 11111, '990201', '10:00:00', 'AGENT', 200, 'BIA'),
  bankCall(3, 11111, '990203', '9:30:00', 'AGENT', 300, 'ANA'),
  bankCall(4, 22222, '990202', '11:00:00', 'HANG', 0, 'NO_SERVER'),
  bankCall(5, 33333, '990202', '8:00:00', 'AGENT', 60, 'BIA'),
  bankCall(6, 33333, '990203', '9:00:00', 'AGENT', 40, 'BIA'),
  bankCall(7, 0, '990203', '12:00:00', 'AGENT', 20, 'ANA'),
];

const BATCH_KEYS = [
  ...['batch', 'source', 'layout', 'file', 'bytes', 'state', 'read', 'loaded', 'quarantined', 'duplicate'],
  ...['receivedAt', 'changedAt', 'by', 'from', 'to', 'message', 'drift', 'effect', 'answeredBy'],
];
const METRIC_KEYS = [
  ...[
    'metric',
    'unit',
    'rule',
    'watermark',
    'missingSources',
    'by',
    'rows',
    'total',
    'n',
    'gross',
    'excluded',
    'from',
    'to',
    'lakeVersion',
    'basis',
  ],
];
const REPEAT_KEYS = [
  ...['rule', 'identity', 'contacts', 'eligible', 'repeats', 'anchors', 'maturedAnchors', 'repeatedAnchors', 'rate'],
  ...[
    'low',
    'high',
    'rateName',
    'provisional',
    'closesOn',
    'watermark',
    'missingSources',
    'from',
    'to',
    'buckets',
    'sameReason',
    'excluded',
    'lakeVersion',
  ],
];
const RATE_KEYS = [
  'contacts',
  'anchors',
  'maturedAnchors',
  'repeatedAnchors',
  'repeats',
  'sameReason',
  'rate',
  'low',
  'high',
];
const AGENT_ROW_KEYS = [
  ...[...RATE_KEYS, 'sameReasonRate', 'sameReasonCases', 'sameReasonLow', 'sameReasonHigh', 'otherReasonRate'],
  ...['otherReasonCases', 'otherReasonLow', 'otherReasonHigh', 'provisional', 'label', 'shrunken', 'avgHandleTime'],
  ...['agent', 'supervisor', 'running', 'closesOn'],
];

/** Asked before the server runs and again while it runs: the answers must be the same bytes. */
const QUESTIONS = {
  metric: [
    'metric',
    'avgHandleTime',
    '--source',
    'anonymous-bank',
    '--from',
    '1999-02-01',
    '--to',
    '1999-02-03',
    '--by',
    'day,agent',
    '--json',
  ],
  receipt: ['metric', 'contacts', '--receipt', '--json'],
  classic: ['repeats', '--rule', 'previous-72h', '--json'],
  agents: ['repeats', '--rule', 'house', '--by', 'agent', '--json'],
  rows: ['repeats', '--rule', 'previous-24h', '--rows'],
  wrong: ['metric', 'contatos', '--json'],
} as const;
type Question = keyof typeof QUESTIONS;

const folder = mkdtempSync(join(tmpdir(), 'ramal-cli-'));
const home = join(folder, 'home');
const file = join(folder, 'fevereiro.txt');
const alone = {} as Record<Question, Ran>;
let intake: Ran;
let again: Ran;

beforeAll(async () => {
  writeFileSync(file, `${[HEADER, ...CALLS].join('\n')}\n`);
  age(file);
  intake = await ramal(home, ['intake', file, '--source', 'anonymous-bank', '--yes', '--json']);
  again = await ramal(home, ['intake', file, '--source', 'anonymous-bank', '--yes', '--json']);
  for (const [name, question] of Object.entries(QUESTIONS)) alone[name as Question] = await ramal(home, question);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The only thing on stdout is one JSON document. */
function document({ code, stdout, stderr }: Ran): Json {
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringMatching(/Error|\bat .*:\d+/) });
  return JSON.parse(stdout) as Json;
}

describe('shapes that scripts rely on', () => {
  test('intake --json: batches and sums that add up', () => {
    const { batches, ...sums } = document(intake) as { batches: Json[] } & Json;
    expect(sums).toEqual({ read: 7, loaded: 7, quarantined: 0, duplicate: 0 });
    expect(batches).toHaveLength(1);
    expect(Object.keys(batches[0]!).sort()).toEqual([...BATCH_KEYS, 'already'].sort());
    expect(batches[0]).toMatchObject({ batch: 1, source: 'anonymous-bank', layout: 1, file: 'fevereiro.txt', read: 7 });
    expect(batches[0]).toMatchObject({ state: 'loaded', from: '1999-02-01', to: '1999-02-03', message: null });
  });

  test('the same file again loads nothing', () => {
    const { batches: _, ...sums } = document(again);
    expect(sums).toEqual({ read: 7, loaded: 0, quarantined: 0, duplicate: 7 });
  });

  test('metric --json: rows by day and agent, the total recomputed', () => {
    const answer = document(alone.metric);
    expect(Object.keys(answer).sort()).toEqual([...METRIC_KEYS].sort());
    expect(answer).toMatchObject({ metric: 'avgHandleTime', unit: 's', watermark: '1999-02-03', by: ['day', 'agent'] });
    expect(answer.rule).toEqual({ name: 'avgHandleTime', version: 1, parameters: {} });
    expect(answer.rows).toEqual([
      { day: '1999-02-01', agent: 'ANA', label: 'ANA', value: 100, n: 1 },
      { day: '1999-02-01', agent: 'BIA', label: 'BIA', value: 200, n: 1 },
      { day: '1999-02-02', agent: 'BIA', label: 'BIA', value: 60, n: 1 },
      { day: '1999-02-02', agent: 'desconhecido', label: 'desconhecido', value: null, n: 0 },
    ]);
    expect(answer).toMatchObject({ total: 120, n: 3, from: '1999-02-01', to: '1999-02-03' });
  });

  test('metric --receipt --json: exclusions, statement and lake version', () => {
    const answer = document(alone.receipt);
    expect(Object.keys(answer).sort()).toEqual([...METRIC_KEYS, 'receipt'].sort());
    expect(answer.receipt).toEqual({
      formula: 'contagem de atendimentos',
      statement: expect.stringMatching(/^SELECT .* FROM .*contact_mart/),
      exclusions: [],
      lakeVersion: answer.lakeVersion,
      sources: ['anonymous-bank'],
      batches: 1,
    });
  });

  test('repeats --json of a classic rule is a share of contacts', () => {
    const answer = document(alone.classic);
    expect(Object.keys(answer).sort()).toEqual([...REPEAT_KEYS].sort());
    expect(answer.rule).toEqual({
      name: 'previous-72h',
      version: 1,
      parameters: { withinSeconds: 259_200 },
      statement: expect.stringContaining('72 h'),
    });
    expect(answer).toMatchObject({
      identity: 'customer',
      contacts: 7,
      eligible: 6,
      repeats: 3,
      rateName: 'repeatShare',
    });
    expect(answer).toMatchObject({ anchors: null, maturedAnchors: null, repeatedAnchors: null, rate: 0.5 });
  });

  test('repeats --by agent --json adds rows, charged to the anchor’s agent', () => {
    const answer = document(alone.agents);
    expect(Object.keys(answer).sort()).toEqual([...REPEAT_KEYS, 'by', 'pareto', 'rows'].sort());
    expect(answer).toMatchObject({
      eligible: 5,
      anchors: 2,
      repeats: 3,
      maturedAnchors: 0,
      rate: null,
      provisional: true,
    });
    expect(answer.rateName).toBe('repeatRate');
    const rows = answer.rows as Json[];
    for (const row of rows) expect(Object.keys(row).sort()).toEqual([...AGENT_ROW_KEYS].sort());
    expect(rows.map(({ agent, contacts, anchors, repeats }) => [agent, contacts, anchors, repeats])).toEqual([
      ['ANA', 2, 1, 2],
      ['BIA', 3, 1, 1],
    ]);
    expect(rows[0]).toMatchObject({ avgHandleTime: 140 });
  });

  test('repeats --rows is a masked CSV of the marked contacts', () => {
    const { code, stdout } = alone.rows;
    const lines = stdout.split('\r\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe(
      '\ufeffsource;protocol;day;started_at;ended_at;agent;agent_name;account;queue;reason;status;phone;customer_ref;role;bucket;same_reason;repeats;anchor_protocol;anchor_agent;anchor_started_at;supervisor;reason_category;week;handle_s;ddd;uf;anchor_agent_name;anchor_supervisor;anchor_handle_s;matured;came_back;first_repeat_days',
    );
    expect(lines).toHaveLength(6 + 2);
    const cells = lines.slice(1, -1).map((line) => line.split(';'));
    expect(cells.map((row) => row[13])).toEqual(['anchor', 'repeat', 'anchor', 'anchor', 'anchor', 'anchor']);
    expect(cells[1]).toMatchObject({ 2: '01/02/1999', 3: '01/02/1999 10:00:00', 5: 'BIA', 12: '***111', 18: 'ANA' });
  });
});

describe('exit codes: 0 done, 1 failed, 2 wrong usage, each with one line on stderr', () => {
  const empty = join(folder, 'empty');
  test.each([
    [2, ['inventado'], /^Comando desconhecido: inventado\. Existem: start, serve, intake/],
    [2, ['metric', 'contacts', '--inventada'], /^Opção não entendida: --inventada\. Veja ramal help$/],
    [2, ['demo', '--contacts', 'x'], /--contacts/],
    [
      1,
      ['metric', 'contacts', '--source', 'nada', '--json'],
      /^Não existe fonte com dados: nada\. Existem: nenhuma\.$/,
    ],
  ])('%i: ramal %j', async (code, args, line) => {
    const ran = await ramal(empty, args);
    expect(ran.stdout).toBe('');
    expect(ran.stderr.split('\n').filter((text) => text !== '')).toHaveLength(1);
    expect(ran.stderr.trim()).toMatch(line);
    expect(ran.code).toBe(code);
    expect(existsSync(join(empty, 'home.lock'))).toBe(false);
  });

  test('a wrong setting names itself, the value and where', async () => {
    const ran = await ramal(empty, ['metric', 'contacts'], { RAMAL_MEMORY: 'muita' });
    expect(ran).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'Ajuste RAMAL_MEMORY inválido: recebido "muita" em variável de ambiente RAMAL_MEMORY; use um número de 256 a 1048576.\n',
    });
  });

  test('help of one command tells what it takes', async () => {
    const ran = await ramal(join(folder, 'untouched'), ['metric', '--help']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('serviceLevel (Nível de serviço)');
    expect(ran.stdout).toContain('o dia de --to não entra');
  });

  test('help is no failure and opens no home', async () => {
    const ran = await ramal(join(folder, 'untouched'), ['help']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('ramal intake CAMINHO…');
    expect(existsSync(join(folder, 'untouched'))).toBe(false);
  });
});

describe('while a server owns the home', () => {
  let server: ReturnType<typeof startRamal>;
  beforeAll(async () => {
    server = startRamal(home, ['serve', '--port', '0']);
    expect(await addressOf(server)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/entrar#[\w-]{20,}$/);
  }, 60_000);
  afterAll(() => {
    server.kill('SIGKILL');
  });

  test.each(Object.keys(QUESTIONS) as Question[])('%s answers the same bytes', async (name) => {
    expect(await ramal(home, QUESTIONS[name])).toEqual(alone[name]);
  });

  test.each([
    [2, ['metric', 'contacts', '--from', '2026-02-31', '--json'], /^Dia inválido em from: 2026-02-31\. Use uma data/],
    [
      2,
      ['metric', 'contacts', '--where', 'phone=11987654321'],
      /^Não se filtra por phone\. Use coluna=valor, com queue/,
    ],
    [2, ['intake', file], /^Falta --source\./],
    [
      1,
      ['intake', join(folder, 'falta.csv'), '--source', 'anonymous-bank', '--yes', '--json'],
      /^Arquivo não encontrado: .*falta\.csv\. Confira o caminho\.$/,
    ],
  ])('%i: ramal %j says why in one line', async (code, args, line) => {
    const ran = await ramal(home, args);
    expect(ran).toEqual({ code, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) });
    expect(ran.stderr.trim()).toMatch(line);
  });

  test('for people: Brazilian figures and dates, and counts whose quotient the rate is', async () => {
    const scope = ['--source', 'anonymous-bank', '--from', '01/02/1999', '--to', '03/02/1999'];
    const { stdout } = await ramal(home, ['metric', 'avgHandleTime', ...scope, '--by', 'day']);
    expect(stdout.split('\n')).toEqual([
      'TMA = 2:00 (n 3; 01/02/1999 a 02/02/1999; dados completos até 03/02/1999)',
      '',
      'dia          TMA  n',
      '──────────  ────  ─',
      '01/02/1999  2:30  2',
      '02/02/1999  1:00  1',
      '',
    ]);
    const classic = await ramal(home, ['repeats', '--rule', 'previous-24h']);
    expect(classic.stdout).toMatch(
      /^Rechamada = 16,7% \(1 rechamadas em 6 elegíveis; IC 95% 3,0–56,4; regra previous-24h v1; /,
    );
    const empty = await ramal(home, ['metric', 'contacts', '--from', '1999-02-01', '--to', '1999-02-01']);
    expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('o de --to não entra') });
  });

  test('a rollback waits for --yes, and says what left', async () => {
    const asked = await ramal(home, ['batch', 'rollback', '1']);
    expect(asked).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^Falta --yes\./) });
    const { stdout } = await ramal(home, ['batch', 'show', '1']);
    expect(stdout).toContain('7 lidas = carregadas 7 + em quarentena 0 + repetidas 0');
  });

  test('build --json tells what was touched and how long each step took', async () => {
    const nothing = document(await ramal(home, ['build', '--json']));
    expect(Object.keys(nothing).sort()).toEqual(['batches', 'full', 'lakeVersion', 'steps', 'touched']);
    expect(nothing).toMatchObject({
      full: false,
      batches: [],
      touched: { identities: 0, rows: 0, days: 0 },
      steps: [],
    });
    const full = document(await ramal(home, ['build', '--full', '--json'])) as Json & { steps: Json[] };
    expect(full).toMatchObject({ full: true, batches: [1], touched: { identities: 3, rows: 7, days: 3 } });
    expect(full.lakeVersion).toBe(Number(nothing.lakeVersion) + 1);
    expect(full.steps.map(({ step }) => step)).toEqual(['silver', 'persons', 'marks', 'marts']);
    for (const step of full.steps) expect(Object.keys(step).sort()).toEqual(['rows', 'seconds', 'step']);
  });

  test('a second server is refused with the owner’s process id', async () => {
    const ran = await ramal(home, ['serve', '--port', '0']);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toBe(
      `A pasta ${home} já está aberta pelo processo ${server.pid}. Feche-o ou escolha outra pasta com RAMAL_HOME.\n`,
    );
  });

  test('--out writes a file that only its owner reads', async () => {
    const out = join(folder, 'atendimentos.csv');
    const ran = await ramal(home, ['export', 'contacts', '--out', out]);
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(out, 'utf8').split('\r\n')).toHaveLength(1 + 7 + 1);
  });
});

test('a killed server’s home opens again; a path too long for a socket works too', async () => {
  const long = join(folder, 'uma-pasta-com-um-nome-muito-comprido'.repeat(3), 'home');
  const server = startRamal(long, ['serve', '--port', '0']);
  await addressOf(server);
  try {
    expect(existsSync(join(long, 'ramal.sock'))).toBe(false);
    expect(document(await ramal(long, ['metric', 'contacts', '--json']))).toMatchObject({ total: null, rows: [] });
  } finally {
    const gone = ended(server);
    server.kill('SIGKILL');
    await gone;
  }
  expect(existsSync(join(long, 'home.lock'))).toBe(true);
  expect(document(await ramal(long, ['metric', 'contacts', '--json']))).toMatchObject({ total: null });
  expect(existsSync(join(long, 'home.lock'))).toBe(false);
}, 60_000);
