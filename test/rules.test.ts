import { describe, expect, it, test } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { maskRegex } from '../src/intake/rules/pattern.ts';
import { useHome } from './home.ts';

const home = useHome();

const HEADER = 'CONTRATO;CPF;VALOR;VENC;PLACA;BOLETO';

/** A list of contracts with the rules of a test. */
function layout(rules: readonly object[], more: Record<string, unknown> = {}): Layout {
  return parseLayout(
    {
      source: 'gama',
      version: 1,
      label: { pt: 'Gama', en: 'Gama' },
      into: 'list',
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key: ['CONTRATO'],
      columns: {
        contrato: { from: ['CONTRATO'], as: 'text', personal: false },
        valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5', invalid: 'empty' },
        vencimento: { from: ['VENC'], as: 'date', format: 'dd/mm/yyyy', invalid: 'empty' },
      },
      rules,
      ...more,
    },
    'teste',
  );
}

/** Loads rows of contract, CPF, value, due date, plate and slip, under rules. */
async function load(rules: readonly object[], lines: readonly string[], more: Record<string, unknown> = {}) {
  const used = layout(rules, more);
  await home().ledger.sql`DELETE FROM layout WHERE source = ${used.source}`;
  await home().know(used);
  return home().load({ content: `${[HEADER, ...lines].join('\n')}\n` }, used);
}

const quarantined = async () =>
  (
    await home().rows<{ line: number; reason: string; value: string | null; column_name: string | null }>(
      'SELECT line, reason, value, column_name FROM silver.quarantine ORDER BY line',
    )
  ).map(({ line, reason, value, column_name }) => [line, reason, column_name, value]);

describe('rules of one row', () => {
  test.each([
    [
      'required',
      { kind: 'required', columns: ['CPF', 'VALOR'] },
      ['1;;1', '2;52998224725;', '3;52998224725;1'],
      [2, 3],
    ],
    ['type', { kind: 'type', column: 'BOLETO', as: 'integer' }, ['1;;;;;12', '2;;;;;1x', '3;;;;;'], [3]],
    ['type of a date', { kind: 'type', column: 'VENC', as: 'date' }, ['1;;;28/02/2026', '2;;;31/02/2026'], [3]],
    [
      'a number within',
      { kind: 'range', column: 'VALOR', min: 0.5, max: '10' },
      ['1;;0,49', '2;;0,5', '3;;10', '4;;10,01', '5;;'],
      [2, 5],
    ],
    [
      'a number that the layout does not type',
      { kind: 'range', column: 'BOLETO', min: 10 },
      ['1;;;;;9', '2;;;;;10'],
      [2],
    ],
    [
      'a date within',
      { kind: 'range', column: 'VENC', min: '2026-01-10', max: '31/12/2026' },
      ['1;;;09/01/2026', '2;;;10/01/2026', '3;;;31/12/2026', '4;;;01/01/2027'],
      [2, 5],
    ],
    [
      'a mask',
      { kind: 'pattern', column: 'PLACA', mask: 'AAA-9999' },
      ['1;;;;ABC-1234', '2;;;;ÁBC-1234', '3;;;;AB1-1234', '4;;;;ABC-12345', '5'],
      [4, 5],
    ],
    [
      'a mask with the rest free',
      { kind: 'pattern', column: 'PLACA', mask: 'A.*' },
      ['1;;;;A.', '2;;;;B.xyz', '3;;;;Axyz'],
      [4],
    ],
    [
      'an expression',
      { kind: 'pattern', column: 'PLACA', regex: '[A-Z]{3}[0-9][A-Z0-9][0-9]{2}' },
      ['1;;;;ABC1D23', '2;;;;abc1d23'],
      [3],
    ],
    ['a CPF', { kind: 'check-digit', column: 'CPF', of: 'cpf' }, ['1;529.982.247-25', '2;52998224726', '3;'], [3]],
    ['a CNPJ', { kind: 'check-digit', column: 'CPF', of: 'cnpj' }, ['1;11.222.333/0001-81', '2;52998224725'], [3]],
    [
      'a taxpayer',
      { kind: 'check-digit', column: 'CPF', of: 'taxpayer' },
      ['1;11222333000181', '2;52998224725', '3;1'],
      [4],
    ],
    // Luhn: 7992739871-3; the first field of a Brazilian slip, 001905009-5.
    [
      'modulo 10',
      { kind: 'check-digit', column: 'BOLETO', of: 'mod10' },
      ['1;;;;;79927398713', '2;;;;;79927398710', '3;;;;;0019050095', '4;;;;;001905009-4'],
      [3, 5],
    ],
    // 261533: 2·7 + 6·6 + 1·5 + 5·4 + 3·3 + 3·2 = 90, 90 mod 11 = 2, 11 − 2 = 9.
    [
      'modulo 11',
      { kind: 'check-digit', column: 'BOLETO', of: 'mod11' },
      ['1;;;;;261533-9', '2;;;;;261533-8', '3;;;;;x'],
      [3, 4],
    ],
  ] as const)('%s', async (_, rule, lines, failing) => {
    await home().reset();
    const rows = lines.map((line) => line + ';'.repeat(5 - (line.match(/;/g) ?? []).length));
    const batch = await load([{ id: 'regra', ...rule }], rows);
    expect((await quarantined()).map(([line]) => line)).toEqual(failing);
    expect(batch).toMatchObject({ rows_read: lines.length, quarantined: failing.length, duplicate: 0 });
    expect(batch.rules).toMatchObject([
      { id: 'regra', severity: 'quarantine', rows: lines.length, failed: failing.length },
    ]);
    expect(batch.rules[0]?.samples.map(({ line }) => line)).toEqual(failing);
  });

  it('reads hoje as the day that the file was written', async () => {
    await home().reset();
    const day = (days: number) => {
      // Written a minute ago, in the business's time zone.
      const at = new Date(Date.now() - 60_000 - 3 * 3_600_000 + days * 86_400_000);
      return at.toISOString().slice(0, 10).split('-').reverse().join('/');
    };
    const rule = { id: 'prazo', kind: 'range', column: 'VENC', min: 'hoje-30', max: 'hoje + 1' };
    await load(
      [rule],
      [-31, -30, 0, 1, 2].map((days, index) => `${index};;;${day(days)};;`),
    );
    expect((await quarantined()).map(([line]) => line)).toEqual([2, 6]);
  });

  it('shows a rule that warns, and keeps what the source gave', async () => {
    await home().reset();
    const rules = [
      { id: 'caro', kind: 'range', column: 'VALOR', max: 100, severity: 'warn' },
      { id: 'placa', kind: 'pattern', column: 'PLACA', mask: 'AAA9999' },
    ];
    const lines = Array.from({ length: 20 }, (_, index) => `${index};;${index * 10};;${index === 3 ? 'x' : ''};`);
    const batch = await load(rules, lines);
    expect(batch).toMatchObject({ loaded: 19, quarantined: 1 });
    expect(await quarantined()).toEqual([[5, 'rule:placa', 'PLACA', 'x']]);
    expect(batch.rules).toEqual([
      {
        id: 'caro',
        severity: 'warn',
        rows: 20,
        failed: 9,
        samples: [110, 120, 130, 140, 150].map((value) => ({ line: value / 10 + 2, value: String(value) })),
      },
      { id: 'placa', severity: 'quarantine', rows: 20, failed: 1, samples: [{ line: 5, value: 'x' }] },
    ]);
  });

  test('a mask is an expression', () => {
    expect(maskRegex('AA-9(*)')).toBe('\\p{L}\\p{L}-[0-9]\\((?s:.*)\\)');
  });
});

describe('rules over rows', () => {
  it('unique in the file: the first passes, versions of one row are one', async () => {
    await home().reset();
    const rule = { id: 'cpf-unico', kind: 'unique', columns: ['CPF'] };
    const batch = await load([rule], ['1;a;;;;', '2;b;;;;', '3;a;;;;', '1;a;5;;;', '4;;;;;', '5;;;;;']);
    expect(await quarantined()).toEqual([[4, 'rule:cpf-unico', 'CPF', 'a']]);
    expect(batch).toMatchObject({ rows_read: 6, loaded: 4, quarantined: 1, duplicate: 1 });
  });

  it('unique in the source: what another file holds is taken, until it is rolled back', async () => {
    const rules = [{ id: 'cpf-unico', kind: 'unique', columns: ['CPF', 'PLACA'], within: 'source' }];
    await home().reset();
    const first = await load(rules, ['1;a;;;x;', '2;a;;;y;', '3;a;;;;']);
    expect(first).toMatchObject({ loaded: 3 });
    const second = await load(rules, ['4;a;;;x;', '1;a;9;;x;', '5;a;;;z;', '6;a;;;z;']);
    expect(await quarantined()).toEqual([
      [2, 'rule:cpf-unico', 'CPF + PLACA', 'a x'],
      [5, 'rule:cpf-unico', 'CPF + PLACA', 'a z'],
    ]);
    expect(second).toMatchObject({ loaded: 2, quarantined: 2 });
    await home().build();
    await home().batches.tombstone(first.batch_id);
    await home().build();
    const kept = await home().snapshot();
    await home().build({ full: true });
    expect(await home().snapshot()).toEqual(kept);
    expect((await quarantined()).length).toBe(2);
  });

  it('reference: what a list holds when the file is loaded', async () => {
    await home().reset();
    const list = { source: 'cadastro', columns: { placa: { from: ['PLACA'], as: 'text' } }, key: ['PLACA'] };
    const rules = [{ id: 'cadastro', kind: 'reference', column: 'PLACA', list: 'cadastro', in: 'placa' }];
    expect(await load(rules, ['1;;;;ABC;'])).toMatchObject({ loaded: 0, quarantined: 1 });
    await load([], ['1;;;;ABC;', '2;;;;DEF;'], list);
    await home().build();
    await load(rules, ['2;;;;ABC;', '3;;;;XYZ;', '4;;;;DEF;', '5;;;;;']);
    expect(await quarantined()).toEqual([
      [2, 'rule:cadastro', 'PLACA', 'ABC'],
      [3, 'rule:cadastro', 'PLACA', 'XYZ'],
    ]);
    await home().build();
    const kept = await home().snapshot();
    await home().build({ full: true });
    expect(await home().snapshot()).toEqual(kept);
  });
});

describe('a rule that stops', () => {
  const rule = { id: 'cpf', kind: 'check-digit', column: 'CPF', of: 'cpf', severity: 'stop' };

  it('leaves nothing of the file', async () => {
    await home().reset();
    await load([rule], ['1;52998224725;;;;']);
    const before = await home().snapshot();
    const lines = ['2;52998224725;;;;', ...Array.from({ length: 7 }, (_, index) => `${index + 3};123;;;;`)];
    await expect(load([rule], lines)).rejects.toMatchObject({
      code: 'fileRefused',
      message: expect.stringContaining('CPF: CPF com dígitos certos (7 linhas não passam: 3, 4, 5, 6, 7, …)'),
    });
    expect(await home().snapshot()).toEqual(before);
    const [refused] = await home().batches.inState('refused');
    expect(refused).toMatchObject({ rows_read: 8, loaded: 0, quarantined: 0, duplicate: 0 });
    expect(refused?.rules).toMatchObject([{ id: 'cpf', failed: 7 }]);
    expect((await load([rule], ['2;52998224725;;;;'])).state).toBe('loaded');
  });
});

describe('a last line', () => {
  const sum = { id: 'total', kind: 'trailer', starts: 'TOTAL', field: 3, sums: 'VALOR', severity: 'stop' };
  const count = { id: 'linhas', kind: 'trailer', starts: 'TOTAL', field: 2, counts: 'rows', severity: 'warn' };

  it.each([
    ['as wide as a row', 'TOTAL;3;1.001,75;;;'],
    ['narrower', 'TOTAL;3;1.001,75'],
  ])('%s: is no row, and agrees', async (_, last) => {
    await home().reset();
    const batch = await load([sum, count], ['1;;1.000,25;;;', '2;;1,5;;;', '3;;;;;', last]);
    expect(batch).toMatchObject({ rows_read: 3, loaded: 3, quarantined: 0, duplicate: 0 });
    expect(batch.rules).toMatchObject([
      { id: 'total', rows: 3, failed: 0, told: '1.001,75', found: '1001,75' },
      { id: 'linhas', rows: 3, failed: 0, told: '3', found: '3' },
    ]);
    await home().build();
    const kept = await home().snapshot();
    await home().build({ full: true });
    expect(await home().snapshot()).toEqual(kept);
  });

  it.each([
    ['does not agree', 'TOTAL;2;9', 'linha final TOTAL: soma de VALOR (o arquivo diz 9, as linhas dão 4)'],
    ['is not there', '3;;0;;;', 'linha final TOTAL: soma de VALOR (não há essa linha)'],
  ])('%s', async (_, last, message) => {
    await home().reset();
    await expect(load([sum, count], ['1;;1;;;', '2;;3;;;', last])).rejects.toMatchObject({
      code: 'fileRefused',
      message: expect.stringContaining(message),
    });
  });

  it('of fixed width, with decimals implied and all lines counted', async () => {
    await home().reset();
    const fields = [
      { name: 'TIPO', from: 1, to: 1 },
      { name: 'ID', from: 2, to: 5 },
      { name: 'VALOR', from: 6, to: 12 },
    ];
    const place = (from: number, to: number) => ({
      kind: 'trailer',
      starts: '9',
      severity: 'stop',
      field: { from, to },
    });
    const used = layout(
      [
        { id: 'linhas', ...place(2, 5), counts: 'lines' },
        { id: 'total', ...place(6, 12), sums: 'VALOR', decimals: 2 },
      ],
      {
        source: 'cnab',
        format: { kind: 'fixed', fields },
        key: ['ID'],
        columns: { id: { from: ['ID'], as: 'text' }, valor: { from: ['VALOR'], as: 'decimal' } },
      },
    );
    await home().know(used);
    const batch = await home().load({ content: '100010000150\n100020000250\n900030040000\n' }, used);
    expect(batch).toMatchObject({ rows_read: 2, loaded: 2, quarantined: 0 });
    expect(batch.rules).toMatchObject([
      { failed: 0, found: '3' },
      { failed: 0, found: '400' },
    ]);
  });
});

it.each([
  [{ id: 'x', kind: 'nada' }, /regra x: tipo de regra desconhecido: nada/],
  [{ id: 'x', kind: 'required' }, /regra x: .*columns/],
  [{ id: 'x', kind: 'required', columns: ['A'], sevirity: 'stop' }, /regra x/],
  [{ id: 'x', kind: 'range', column: 'A' }, /faixa sem min nem max/],
  [{ id: 'x', kind: 'range', column: 'A', min: 'ontem' }, /limite não entendido: ontem/],
  [{ id: 'x', kind: 'range', column: 'A', min: 1, max: 'hoje' }, /um limite é número e o outro é data/],
  [{ id: 'x', kind: 'pattern', column: 'A', regex: '(' }, /expressão regular não entendida/],
  [{ id: 'x', kind: 'pattern', column: 'A', regex: '(?=a)' }, /expressão regular não entendida/],
  [{ id: 'x', kind: 'pattern', column: 'A', regex: 'a', mask: 'A' }, /um dos dois/],
  [{ id: 'x', kind: 'check-digit', column: 'A', of: 'rg' }, /dígito desconhecido: rg/],
  [{ id: 'x', kind: 'trailer', starts: 'T', field: 2, counts: 'rows' }, /use stop ou warn/],
  [
    { id: 'x', kind: 'trailer', starts: 'T', field: { from: 1, to: 2 }, counts: 'rows', severity: 'stop' },
    /o campo é um número/,
  ],
])('refuses %j', (rule, message) => {
  expect(() => layout([rule])).toThrow(message);
  expect(() =>
    layout([
      { id: 'a', kind: 'required', columns: ['A'] },
      { id: 'a', kind: 'required', columns: ['A'] },
    ]),
  ).toThrow(/dois nomes iguais/);
});
