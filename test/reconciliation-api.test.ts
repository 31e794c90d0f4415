import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProtocolCounts, Reconciliation } from '../src/api/schema-reconciliation.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import type { RepeatAnswer } from '../src/metrics/answers.ts';
import { clientOf, type TestApi } from './app.ts';
import { age } from './home.ts';
import { formOf } from './newcomer.ts';
import { openWeek } from './week.ts';

let api: TestApi;
let lines: readonly string[];
const SPAN = 'from=2026-10-26&to=2026-11-02';

beforeAll(async () => {
  const week = await openWeek();
  api = week.api;
  lines = week.lines;
}, 60_000);
afterAll(() => api?.close());

/** The client's list: of the file's lines, as another system writes them. */
function listOf(some: readonly string[]): Buffer {
  const rows = some.map((line) => {
    const [date, time, protocol, , , , account, ddd, phone, , , , agent] = line.split(';');
    return `${protocol};${date} ${time};(${ddd}) ${phone};${agent};${account}`;
  });
  return Buffer.from(`${['PROTOCOLO;INICIO;TELEFONE;OPERADOR;CONTA', ...rows].join('\r\n')}\r\n`, 'latin1');
}

const upload = (content: Buffer, query = '', name = 'lista.csv') =>
  api.ask(`/api/repeats/reconciliation?${SPAN}${query}`, { as: 'intake', method: 'POST', ...formOf(name, content) });

const leftovers = () =>
  readdirSync(join(api.app.config.home, 'tmp')).filter((name) => name.startsWith('reconciliation'));

/** 40 + 10 of Ana, 30 + 3 of Caio, 12 + 6 of Davi, 5 abandoned; two of the queue of tests do not count. */
const OF_WEEK = 106;

describe('counts with and without protocol', () => {
  test('are of the contacts that Rechamadas counts, and each split adds up to them', async () => {
    const counts = await api.json<ProtocolCounts>(`/api/repeats/reconciliation?${SPAN}`);
    const { contacts, repeats } = await api.json<RepeatAnswer>(`/api/repeats?${SPAN}`);
    expect(counts.whole).toEqual({ contacts, withProtocol: contacts, withoutProtocol: 0, share: 1, repeats });
    expect(contacts).toBe(OF_WEEK);
    expect(repeats).toBe(19);
    for (const slices of Object.values(counts.by)) {
      const sum = (of: 'contacts' | 'withProtocol' | 'withoutProtocol' | 'repeats') =>
        slices.reduce((total, slice) => total + slice[of], 0);
      expect([sum('contacts'), sum('withProtocol'), sum('withoutProtocol')]).toEqual([OF_WEEK, OF_WEEK, 0]);
      expect(sum('repeats')).toBe(19);
    }
    expect(counts.by.agent.find(({ value }) => value === 'A9')).toEqual({
      ...{ value: 'A9', label: 'Ana Prado', contacts: 50, withProtocol: 50, withoutProtocol: 0, share: 1, repeats: 10 },
    });
  });
});

describe('a list that was sent', () => {
  test('is told by reason, with what is personal masked, and nothing of it stays', async () => {
    const own = lines.slice(1, 90);
    const stranger = '26/10/2026;10:00:00;55500001;1;CENTRAL;X;Vivaz;11;912340001;Y;;A;Ana;M;ATENDIDA;;;;';
    const { status, text } = await upload(listOf([...own, own[0]!, stranger]));
    expect(status).toBe(200);
    const found = JSON.parse(text) as Reconciliation;
    expect(found.taken).toEqual([
      { column: 'protocol', places: [1] },
      { column: 'phone', places: [3] },
      { column: 'started_at', places: [2] },
      { column: 'agent_name', places: [4] },
      { column: 'account', places: [5] },
    ]);
    expect(found.sums).toMatchObject({
      ...{ list: 91, ours: OF_WEEK, matched: 89, byProtocol: 89, byPhone: 0, agreeing: 89, differing: 0 },
      ...{ onlyInList: 2, onlyInOurs: OF_WEEK - 89 },
    });
    expect(found.reasons).toEqual([
      { side: 'list', reason: 'not-in-base', detail: null, rows: 1 },
      { side: 'list', reason: 'repeated-line', detail: null, rows: 1 },
      expect.objectContaining({ side: 'ours' }),
      expect.objectContaining({ side: 'ours' }),
    ]);
    expect(found.rows.find(({ reason }) => reason === 'repeated-line')).toMatchObject({ line: 91, other_line: 2 });
    expect(found.rows.find(({ reason }) => reason === 'not-in-base')).toMatchObject({
      list_protocol: '***001',
      list_phone: '(11) *****-**01',
    });
    expect(text).not.toMatch(/912340001|98765\d{4}|2026\d{4}[^-T]/);
    expect(leftovers()).toEqual([]);
  });

  test('that nothing can be found by says its columns, and a file of it is refused', async () => {
    const silent = Buffer.from('A;B\r\nx;10\r\ny;20\r\nz;30\r\n');
    const { text } = await upload(silent);
    expect(JSON.parse(text)).toMatchObject({ sums: null, reasons: [], offered: [{ name: 'A' }, { name: 'B' }] });
    const refused = await upload(silent, '&format=csv');
    expect([refused.status, JSON.parse(refused.text).error]).toMatchObject([422, { code: 'listColumns' }]);
    expect(leftovers()).toEqual([]);
  });

  test.each([
    ['empty', Buffer.from(''), 'fileEmpty'],
    ['no table', Buffer.from('%PDF-1.7 nada'), 'fileForeign'],
    ['of null bytes', Buffer.from('a;b\0\r\n1;2\r\n'), 'fileBinary'],
  ])('that is %s is refused, and nothing of it stays', async (_, content, code) => {
    const { status, text } = await upload(content);
    expect([status >= 400 && status < 500, JSON.parse(text).error.code]).toEqual([true, code]);
    expect(leftovers()).toEqual([]);
  });

  test('comes back as CSV and XLSX with each difference, masked', async () => {
    const some = listOf(lines.slice(1, 11));
    const csv = await upload(some, '&format=csv&lang=pt');
    expect(csv.headers['content-disposition']).toContain('ramal-conferencia-2026-10-26_2026-11-01.csv');
    const rows = csv.text.trim().split('\r\n');
    expect(rows).toHaveLength(1 + OF_WEEK - 10);
    expect(rows[0]).toContain('Motivo da diferença');
    expect(rows[1]).toContain('só aqui');
    expect(csv.text).not.toMatch(/98765\d{4}/);
    const xlsx = await upload(some, '&format=xlsx&lang=en');
    const { sheets } = await readXlsx(xlsx.bytes);
    expect(sheets.map(({ rows: held }) => held.length)).toEqual([expect.any(Number), 1 + OF_WEEK - 10]);
    expect(JSON.stringify(sheets[0]!.rows)).toContain('10 lines in the list = 10 paired + 0 only in the list');
    await new Promise((resolve) => setImmediate(resolve));
    expect(leftovers()).toEqual([]);
  });

  test('of a sheet is read as one of text: titles above it, moments as dates, protocols as numbers', async () => {
    const body = lines.slice(1, 11).map((line) => {
      const [date = '', time, protocol, , , , , ddd, phone] = line.split(';');
      const at = new Date(`${date.split('/').toReversed().join('-')}T${time}Z`);
      return [Number(protocol), at, `${ddd}${phone}`];
    });
    const rows = [['Lista do mês'], ['Protocolo', 'Data do contato', 'Telefone'], ...body];
    const { text } = await upload(Buffer.from(await writeXlsx({ sheets: [{ name: 'a', rows }] })), '', 'lista.xlsx');
    const found = JSON.parse(text) as Reconciliation;
    expect(found.taken.map(({ column, places }) => [column, ...places])).toEqual([
      ['protocol', 1],
      ['phone', 3],
      ['started_at', 2],
    ]);
    expect(found.sums).toMatchObject({ list: 10, matched: 10, byProtocol: 10, agreeing: 10 });
  });
});

describe('the command', () => {
  const run = async (...args: string[]) => {
    const parsed = readArguments(args);
    return runCommand(clientOf(api), parsed, process.stdout);
  };

  test('says the same of a list of this machine', async () => {
    const path = join(api.app.config.home, 'lista-do-banco.csv');
    writeFileSync(path, listOf(lines.slice(1, 90)));
    age(path);
    const scope = ['--from', '2026-10-26', '--to', '2026-11-02'];
    const text = await run('repeats', 'reconcile', '--file', path, ...scope);
    expect(text).toContain('89 linhas na lista = 89 com par + 0 só na lista; 106 aqui = 89 com par + 17 só aqui');
    const document = JSON.parse((await run('repeats', 'reconcile', '--file', path, ...scope, '--json'))!);
    expect(document.sums).toMatchObject({ list: 89, matched: 89 });
    expect(await run('repeats', 'reconcile', ...scope)).toContain('Ana Prado');
    const counts = JSON.parse((await run('repeats', 'reconcile', ...scope, '--json'))!) as ProtocolCounts;
    expect(counts.whole.contacts).toBe(OF_WEEK);
    const repeats = await run('repeats', 'reconcile', '--file', path, '--as', 'repeats', ...scope);
    expect(repeats).toContain('não é rechamada: é o primeiro contato');
    await expect(run('repeats', '--as', 'repeats')).rejects.toThrow(/--as só vale/);
    expect(existsSync(path)).toBe(true);
    expect(leftovers()).toEqual([]);
  });
});

test('more lists at once than the lake has connections: each is answered, and so is whoever asks meanwhile', async () => {
  const path = join(api.app.config.home, 'lista.parquet');
  const { lake } = api.app;
  await lake.rows(
    `COPY (SELECT protocol AS protocolo, strftime(started_at, '%d/%m/%Y %H:%M:%S') AS inicio FROM gold.contact) TO '${path}' (FORMAT parquet)`,
  );
  const parquet = readFileSync(path);
  const answers = await Promise.all([
    ...Array.from({ length: 12 }, () => upload(parquet, '', 'lista.parquet')),
    api.ask(`/api/metrics/contacts?${SPAN}&refresh=true`, { as: 'intake' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const found = JSON.parse(answers[0]!.text) as Reconciliation;
  expect(found.sums?.matched).toBe(OF_WEEK);
  expect(leftovers()).toEqual([]);
}, 60_000);

test('one phone on every line, at one time or at many, is soon answered', async () => {
  const list = (start: (line: number) => string) =>
    Buffer.from(
      `TELEFONE;INICIO\n${Array.from({ length: 2000 }, (_, line) => `11999990000;${start(line)}`).join('\n')}\n`,
    );
  const minute = (line: number) => `26/10/2026 10:${String(line % 60).padStart(2, '0')}:00`;
  for (const start of [() => '26/10/2026 10:00:00', minute]) {
    const { status, text } = await upload(list(start), '&tolerance=720');
    expect(status).toBe(200);
    expect((JSON.parse(text) as Reconciliation).sums).toMatchObject({ list: 2000, matched: 0 });
  }
});
