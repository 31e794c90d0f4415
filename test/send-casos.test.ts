import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ramal, TestApi } from './app.ts';
import { age } from './home.ts';
import { ROOT } from './tree.ts';

const CASOS = join(ROOT, 'data', 'casos');
const FILES = {
  'casos-devedores': 'casos_cpfs.csv',
  'casos-contratos': 'contratos.csv',
  'casos-telefones': 'telefones.csv',
};

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  for (const [source, name] of Object.entries(FILES)) {
    const layout = JSON.parse(readFileSync(join(CASOS, `${source}.json`), 'utf8'));
    await api.json('/api/layouts', { method: 'POST', body: { layout } });
    const path = join(api.app.config.home, name);
    copyFileSync(join(CASOS, name), path);
    age(path);
    const counts = await api.job('/api/intake', { paths: [path], source, build: true });
    expect(counts).toMatchObject({ quarantined: 0, duplicate: 0 });
  }
});
afterAll(() => api.close());

type Cells = Record<string, string>;

/** The raw file's rows; every field is quoted and none holds a quote, a separator or a line break. */
function raw(name: string): Cells[] {
  const [header = '', ...lines] = readFileSync(join(CASOS, name), 'utf8').trim().split('\r\n');
  const cells = (line: string) => line.slice(1, -1).split('";"');
  const names = cells(header);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, index) => [names[index]!, cell])));
}

/** The file worked out from the raw rows alone, without anything of the product. */
function expectedFile(day: string): string {
  const debtors = raw('casos_cpfs.csv').sort((a, b) => Number(a.cod_cliente) - Number(b.cod_cliente));
  const contracts = raw('contratos.csv');
  const phones = raw('telefones.csv');
  const dmy = (iso: string) => (iso === '' ? '        ' : `${iso.slice(8, 10)}${iso.slice(5, 7)}${iso.slice(0, 4)}`);
  const worth = (one: Cells) =>
    one.valor_total ||
    one.valor_divida ||
    one.valor_divida_vencida ||
    one.valor_divida_cliente_ultima_atualizacao ||
    '';
  let sum = 0;
  const records = debtors.map((debtor, index) => {
    const [contract] = contracts
      .filter((one) => one.cod_cliente === debtor.cod_cliente)
      .sort((a, b) => Number(worth(b)) - Number(worth(a)));
    const [phone] = phones
      .filter((one) => one.cod_cliente === debtor.cod_cliente)
      .sort(
        (a, b) =>
          Number(b.status) - Number(a.status) ||
          compare(b.ultima_tentativa!, a.ultima_tentativa!) ||
          compare(b.ultima_alteracao!.padEnd(26, '0'), a.ultima_alteracao!.padEnd(26, '0')) ||
          Number(a.cod_telefone) - Number(b.cod_telefone),
      );
    const cents = Math.round(Number(worth(contract!)) * 100);
    sum += cents;
    return [
      '1',
      debtor.cpf_cnpj!.padStart(14, '0'),
      debtor.cod_cliente!.padStart(10, '0'),
      contract!.numero!.padEnd(15),
      String(cents).padStart(13, '0'),
      dmy(contract!.data_vencimento!),
      phone!.ddd!,
      phone!.numero!.padEnd(9),
      phone!.status!,
      dmy(phone!.ultima_tentativa!),
      '   ',
      String(index + 2).padStart(6, '0'),
    ].join('');
  });
  const header = `${`0CASOS   ${day}`.padEnd(84)}000001`;
  const totals = `9${String(records.length).padStart(8, '0')}${String(sum).padStart(15, '0')}`;
  const trailer = `${totals.padEnd(84)}${String(records.length + 2).padStart(6, '0')}`;
  return [header, ...records, trailer].map((line) => `${line}\r\n`).join('');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

interface Sent {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly refused: number;
}

test('each debtor’s contract of the highest value and best phone, in a file of fixed width', async () => {
  const sent = await api.job<Sent>('/api/send/files', { layout: 'casos-crm', what: 'casos-devedores' });
  const { bytes, headers } = await api.ask(`/api/send/files/${sent.file}`, { as: 'intake' });
  const expected = expectedFile('20112026');
  expect(bytes.toString('latin1')).toBe(expected);
  expect(
    expected
      .split('\r\n')
      .slice(0, -1)
      .map((line) => line.length),
  ).toEqual(Array(81).fill(90));
  expect(sent).toMatchObject({ rows: 79, refused: 0, bytes: 81 * 92 });
  expect(sent.sha256).toBe(createHash('sha256').update(expected, 'latin1').digest('hex'));
  expect(headers['content-disposition']).toBe('attachment; filename="casos-crm-2026-11-20.txt"');
  expect((await api.ask(`/api/send/files/${sent.file}`, { as: 'intake' })).status).toBe(404);
  const audit = await api.app.ledger.sql`SELECT user_name, action, object FROM audit ORDER BY at, action`;
  expect(audit).toContainEqual({ user_name: 'pessoa-intake', action: 'export', object: 'send casos-crm' });
});

test('the preview shows the file with personal data covered', async () => {
  const answer = await api.ask('/api/send/preview', { method: 'POST', as: 'intake', body: { layout: 'casos-crm' } });
  const told = JSON.parse(answer.text) as Record<'head' | 'lines' | 'tail', string[]>;
  const { head, lines, tail } = told;
  expect(told).toMatchObject({ rows: 79, leftOut: 0, refused: [], unwritten: [], truncated: [], sampled: false });
  expect(lines.length).toBe(10);
  const file = expectedFile('20112026').split('\r\n');
  const [opening, first = ''] = file;
  // What counts and sums all records is as it will be, and each line has its own number.
  expect([head, tail]).toEqual([[opening], [file.at(-2)]]);
  // CPF, client, contract and phone are covered; amount, days, DDD and status are nobody's.
  const covered = [
    [1, 40],
    [63, 72],
  ] as const;
  const shown = [...first]
    .map((sign, at) => (covered.some(([from, to]) => at >= from && at < to) && /\w/.test(sign) ? '*' : sign))
    .join('');
  expect(lines[0]).toBe(shown);
});

test('by command: whole or not at all, and never over a file without leave', async () => {
  const { home } = api.app.config;
  const local = api.server.localServer();
  await new Promise<void>((resolve) => local.listen(join(home, 'ramal.sock'), resolve));
  const out = join(home, 'saida');
  mkdirSync(out);
  const path = join(out, 'crm.txt');
  const asked = ['export', 'casos-devedores', '--layout', 'casos-crm@1', '--out', path, '--json'];
  const first = await ramal(home, asked);
  expect(first.code, first.stderr).toBe(0);
  const written = readFileSync(path);
  expect(written.toString('latin1')).toBe(expectedFile('20112026'));
  const told = JSON.parse(first.stdout);
  expect(told).toMatchObject({ path, rows: 79, bytes: written.length, refused: 0, refusals: [], truncated: [] });
  expect(told.sha256).toBe(createHash('sha256').update(written).digest('hex'));
  expect(readdirSync(out)).toEqual(['crm.txt']);

  writeFileSync(path, 'de antes');
  const again = await ramal(home, asked);
  expect([again.code, readFileSync(path, 'utf8')]).toEqual([2, 'de antes']);
  expect(again.stderr).toContain('Repita com --yes');
  expect((await ramal(home, [...asked, '--yes'])).code).toBe(0);
  expect(readFileSync(path)).toEqual(written);
  const other = await ramal(home, ['export', 'contacts', '--layout', 'casos-crm', '--out', join(out, 'x')]);
  expect([other.code, other.stderr]).toEqual([2, 'O layout casos-crm não é de contacts. Ele é de casos-devedores\n']);
  expect(readdirSync(join(home, 'tmp', 'send'))).toEqual([]);
  local.closeAllConnections();
  await new Promise((resolve) => local.close(resolve));
});
