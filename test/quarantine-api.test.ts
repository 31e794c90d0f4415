import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchDetail, IntakeAnswer } from '../src/api/schema.ts';
import type {
  ChangePreview,
  CorrectionList,
  CorrectionView,
  QuarantineList,
  ReplayAnswer,
  Revealed,
} from '../src/api/schema-quarantine.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import type { Layout } from '../src/intake/layout.ts';
import { Layouts } from '../src/intake/layouts.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { clientOf, TestApi } from './app.ts';
import { age } from './home.ts';

const LAYOUT: Layout = parseLayout(
  {
    source: 'delta-contratos',
    version: 1,
    label: { pt: 'Delta: contratos', en: 'Delta: contracts' },
    into: 'list',
    holds: 'all',
    format: { kind: 'delimited', header: true, delimiter: ';' },
    key: ['CONTRATO'],
    columns: {
      contrato: { from: ['CONTRATO'], as: 'text', personal: false },
      cliente: { from: ['CLIENTE'], as: 'text' },
      cpf: { from: ['CPF'], as: 'cpf', required: true, invalid: 'quarantine' },
      valor: { from: ['VALOR'], as: 'decimal' },
    },
    rules: [
      { id: 'valor-maximo', kind: 'range', column: 'VALOR', max: 1000 },
      {
        id: 'nome',
        kind: 'pattern',
        column: 'CLIENTE',
        mask: 'A*',
        severity: 'warn',
        label: 'O nome começa com letra',
      },
    ],
  },
  'delta',
);
/** Invented, with right check digits but for the last. */
const [GOOD, OTHER, BAD] = ['52998224725', '11144477735', '52998224726'];
const FILE = `CONTRATO;CLIENTE;CPF;VALOR
1;Sigismunda Reservada;${GOOD};10.5
2;=Fórmula Perigosa;${BAD};20
3;Caio Reservado;${GOOD};1,5
4;1 Reservado;${OTHER};2,5
5;Davi;${GOOD};5000
6;curta
`;

let api: TestApi;
let batch: number;
let path: string;
beforeAll(async () => {
  api = await TestApi.open();
  const { sql } = api.app.ledger;
  await sql`INSERT INTO layout (source, version, definition, created_at, created_by)
    VALUES (${LAYOUT.source}, 1, ${sql.json(LAYOUT as never)}, now(), 'teste')`;
  Object.assign(api.app, { layouts: await Layouts.open(api.app.ledger, api.clock) });
  path = join(api.app.config.home, 'delta.csv');
  writeFileSync(path, FILE);
  age(path);
  const { batches } = await api.job<IntakeAnswer>('/api/intake', { paths: [path], source: LAYOUT.source });
  batch = batches[0]!.batch;
});
afterAll(() => api.close());

const at = (rest: string) => `/api/batches/${batch}${rest}`;
const audited = async (action: string) =>
  (await api.app.ledger.sql<{ user_name: string }[]>`SELECT user_name FROM audit WHERE action = ${action}`).length;

test('a batch says what each rule found, without a personal value', async () => {
  const detail = await api.json<BatchDetail>(at(''));
  expect(detail).toMatchObject({ read: 6, loaded: 1, quarantined: 5, duplicate: 0 });
  expect(detail.rules).toEqual([
    {
      ...{ id: 'valor-maximo', label: 'VALOR: até 1.000', labelEn: 'VALOR: at most 1,000', severity: 'quarantine' },
      ...{ rows: 5, failed: 1, samples: [{ line: 6, value: '5000' }], told: null, found: null },
    },
    {
      ...{ id: 'nome', label: 'O nome começa com letra', labelEn: 'O nome começa com letra', severity: 'warn' },
      ...{ rows: 5, failed: 2, told: null, found: null },
      samples: [
        { line: 3, value: '***osa' },
        { line: 5, value: '***ado' },
      ],
    },
  ]);
  expect(detail.reasons).toContainEqual({
    reason: 'rule:valor-maximo',
    column: 'VALOR',
    rows: 1,
    label: 'VALOR: até 1.000',
    labelEn: 'VALOR: at most 1,000',
  });
});

test('the list over all batches has the shape of the command', async () => {
  const { rows, total } = await api.json<QuarantineList>('/api/quarantine', { as: 'intake' });
  expect(total).toBe(5);
  expect(rows).toEqual([
    { batch, file: 'delta.csv', line: 3, column: 'CPF', value: '***726', reason: 'invalid-cpf' },
    { batch, file: 'delta.csv', line: 4, column: 'VALOR', value: '1,5', reason: 'invalid-number' },
    { batch, file: 'delta.csv', line: 5, column: 'VALOR', value: '2,5', reason: 'invalid-number' },
    { batch, file: 'delta.csv', line: 6, column: 'VALOR', value: '5000', reason: 'rule:valor-maximo' },
    { batch, file: 'delta.csv', line: 7, column: null, value: '2', reason: 'too-few-columns' },
  ]);
});

test('values are shown to who corrects them, and that is recorded; to others not', async () => {
  const body = { lines: [3, 7] };
  for (const as of ['manager', 'operator'] as const) {
    const { status, text } = await api.ask(at('/quarantine/reveal'), { as, method: 'POST', body });
    expect([status, text.includes(BAD)]).toEqual([403, false]);
    const file = await api.ask(at('/quarantine/file'), { as, method: 'POST', body: { format: 'csv' } });
    expect([file.status, file.text.includes(BAD)]).toEqual([403, false]);
  }
  expect(await audited('reveal')).toBe(0);
  const { rows } = await api.json<Revealed>(at('/quarantine/reveal'), { as: 'intake', method: 'POST', body });
  expect(rows).toEqual([
    { line: 3, value: BAD, record: `2;=Fórmula Perigosa;${BAD};20`, cells: [{ column: 'CPF', text: BAD }] },
    { line: 7, value: '2', record: '6;curta', cells: [] },
  ]);
  expect(await audited('reveal')).toBe(1);
});

test('the file for the client has its own columns, the line and the reason, and no formula', async () => {
  const { status, headers, text } = await api.ask(at('/quarantine/file'), {
    as: 'intake',
    method: 'POST',
    body: { format: 'csv' },
  });
  expect(status).toBe(200);
  expect(headers['content-disposition']).toBe(`attachment; filename="ramal-quarentena-${batch}.csv"`);
  const lines = text.replace('\ufeff', '').trim().split(/\r?\n/);
  expect(lines[0]).toBe('Linha do arquivo;Motivo;Coluna;CONTRATO;CLIENTE;CPF;VALOR;Linha inteira');
  expect(lines[1]).toBe(`3;CPF inválido;CPF;2;'=Fórmula Perigosa;${BAD};20;`);
  expect(lines[4]).toBe(`6;VALOR: até 1.000;VALOR;5;Davi;${GOOD};5000;`);
  expect(lines[5]).toBe('7;colunas a menos;;;;;;"6;curta"');
});

test('a correction is previewed, guarded, replayed, and undone', async () => {
  const asked = { reason: 'invalid-number', column: 'VALOR', change: 'troque vírgula por ponto' };
  const post = <T>(url: string, body?: unknown) => api.json<T>(at(url), { as: 'intake', method: 'POST', body });
  expect(await post<ChangePreview>('/corrections/preview', asked)).toEqual({
    lines: 2,
    changed: 2,
    pass: 2,
    samples: [
      { line: 4, before: '1,5', after: '1.5', passes: true },
      { line: 5, before: '2,5', after: '2.5', passes: true },
    ],
  });
  const cpf = { lines: [3], column: 'CPF', change: `use o valor ${OTHER}` };
  expect((await post<ChangePreview>('/corrections/preview', cpf)).samples).toEqual([
    { line: 3, before: '***726', after: '***735', passes: true },
  ]);
  expect((await post<ChangePreview>('/corrections/preview', { ...cpf, reveal: true })).samples).toEqual([
    { line: 3, before: BAD, after: OTHER, passes: true },
  ]);
  const whole = { lines: [7], column: null, change: `use o valor 6;Eva;${GOOD};7` };
  expect(await post<ChangePreview>('/corrections/preview', { ...whole, reveal: true })).toMatchObject({
    ...{ lines: 1, changed: 1, pass: 1 },
    samples: [{ line: 7, before: '6;curta', after: `6;Eva;${GOOD};7`, passes: true }],
  });
  expect((await api.json<BatchDetail>(at(''))).quarantined).toBe(5);

  const made = await post<CorrectionView>('/corrections', asked);
  expect(made).toMatchObject({
    lines: 2,
    first: 4,
    column: 'VALOR',
    change: 'troque “,” por “.”',
    state: 'waiting',
    by: 'pessoa-intake',
  });
  const hidden = await post<CorrectionView>('/corrections', cpf);
  expect(hidden.change).toBe('use o valor “***735”');
  await post('/corrections', whole);
  const answer = await api.job<ReplayAnswer>(at('/replay'), undefined);
  expect(answer).toEqual({
    batch,
    changed: true,
    before: { loaded: 1, quarantined: 5, duplicate: 0 },
    after: { loaded: 5, quarantined: 1, duplicate: 0 },
  });
  expect((await api.job<ReplayAnswer>(at('/replay'), undefined)).changed).toBe(false);
  const undone = await post<CorrectionView>(`/corrections/${hidden.correction}/undo`);
  expect(undone).toMatchObject({ state: 'leaving', undoneBy: 'pessoa-intake' });
  expect((await api.job<ReplayAnswer>(at('/replay'), undefined)).after).toEqual({
    loaded: 4,
    quarantined: 2,
    duplicate: 0,
  });
  const { corrections, columns } = await api.json<CorrectionList>(at('/corrections'));
  expect(corrections.map(({ state }) => state)).toEqual(['in-force', 'undone', 'in-force']);
  expect(columns).toEqual(['CONTRATO', 'CLIENTE', 'CPF', 'VALOR']);
  expect(await audited('correction')).toBe(4);
});

test.each([
  [{ reason: 'invalid-cpf', column: 'CPF', change: 'DROP TABLE x' }, 'changeUnknown'],
  [{ reason: 'invalid-cpf', column: 'CPF', change: "use o valor '); DROP TABLE silver.contact --" }, null],
  [{ reason: 'invalid-cpf', column: 'NADA', change: 'só dígitos' }, 'notFound'],
  [{ reason: 'invalid-cpf', column: 'CPF', change: 'copie da coluna NADA' }, 'notFound'],
  [{ reason: 'invalid-cpf', column: null, change: 'só dígitos' }, 'usage'],
  [{ column: 'CPF', change: 'só dígitos' }, 'usage'],
  [{ lines: [2], column: 'CPF', change: 'só dígitos' }, 'usage'],
])('a correction that cannot be is refused with what to do: %j', async (body, code) => {
  const { status, text } = await api.ask(at('/corrections/preview'), { as: 'intake', method: 'POST', body });
  if (code === null) expect([status, JSON.parse(text)]).toMatchObject([200, { lines: 1, changed: 1, pass: 0 }]);
  else expect([status >= 400, (JSON.parse(text) as { error: { code: string } }).error.code]).toEqual([true, code]);
});

/** A command's output, its calls answered by the API under test. */
async function run(...args: string[]): Promise<string> {
  const out = new PassThrough();
  const text = await runCommand(clientOf(api), readArguments(['quarantine', ...args]), out);
  return text ?? String(out.read());
}

test('by command: list, show, fix, replay, export', async () => {
  const number = String(batch);
  expect(JSON.parse(await run('list', '--json'))).toEqual([
    { batch, file: 'delta.csv', line: 3, column: 'CPF', value: '***726', reason: 'invalid-cpf' },
    { batch, file: 'delta.csv', line: 6, column: 'VALOR', value: '5000', reason: 'rule:valor-maximo' },
  ]);
  expect(JSON.parse(await run('list', number, '--json'))).toHaveLength(2);
  const asked = ['fix', number, '--line', '6', '--column', 'VALOR', '--with', 'use o valor 999'];
  const tried = await run(...asked);
  expect(tried).toContain('1 linha: 1 muda, 1 passa');
  expect(tried).toContain('Nada foi feito');
  expect(await run(...asked, '--yes')).toContain(`guardada. Para valer: ramal quarantine replay ${number}`);
  expect(await run('replay', number)).toContain('carregadas 5 + em quarentena 1 + repetidas 0 (antes: 4 + 2 + 0)');
  const shown = await run('show', number);
  expect(shown).toContain('use o valor “999”');
  expect(shown).not.toContain(BAD);
  expect(await run('show', number, '--reveal')).toContain(BAD);
  expect(await run('export', number)).not.toContain(BAD);
  expect(await run('export', number, '--reveal')).toContain(`3;CPF inválido;CPF;2;'=Fórmula Perigosa;${BAD};20;`);
  await expect(run('fix', number, '--line', 'x', '--with', 'só dígitos')).rejects.toMatchObject({ code: 'usage' });
  await expect(run('nada', number)).rejects.toMatchObject({ code: 'usage' });
});
