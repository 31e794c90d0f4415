import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { sendFile } from '../src/intake/send/send-file.ts';
import { parseSendLayout, type SendField, type SendLayout } from '../src/intake/send/send-layout.ts';
import { Random } from '../src/kernel/random.ts';
import { useHome } from './home.ts';

const home = useHome();
let numbers = 0;

const COLUMNS = ['nome', 'codigo', 'valor', 'dia', 'obs'] as const;
type Row = Record<(typeof COLUMNS)[number], string>;

/** A list of text, so that each value is what a test says. */
async function holds(rows: readonly Partial<Row>[]): Promise<void> {
  await home().reset();
  numbers += 1;
  const layout = parseLayout(
    {
      source: 'gente',
      version: numbers,
      label: { pt: 'Gente', en: 'People' },
      into: 'list',
      holds: 'all',
      format: { kind: 'delimited', header: true, delimiter: '|' },
      key: [],
      columns: Object.fromEntries(COLUMNS.map((name) => [name, { from: [name.toUpperCase()], as: 'text' }])),
    },
    'gente.json',
  );
  await home().know(layout);
  const quoted = (value = '') => `"${value.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => COLUMNS.map((name) => quoted(row[name])).join('|'));
  await home().load(
    { content: `${COLUMNS.map((name) => name.toUpperCase()).join('|')}\n${lines.join('\n')}\n` },
    layout,
  );
  await home().build();
}

function layoutOf(fields: readonly SendField[], more: Record<string, unknown> = {}): SendLayout {
  return parseSendLayout(
    {
      name: 'saida',
      version: 1,
      label: { pt: 'Saída', en: 'Out' },
      takes: { list: 'gente' },
      format: { kind: 'delimited', lineEnd: 'lf', names: false },
      fields,
      ...more,
    },
    'saida.json',
  );
}

async function written(layout: SendLayout) {
  const path = join(home().folder, 'saida');
  rmSync(path, { force: true });
  const sent = await sendFile(home().lake, layout, path, { day: '2026-04-01' });
  return { sent, bytes: readFileSync(path), text: readFileSync(path, 'utf8') };
}

const FIXED = { format: { kind: 'fixed', lineEnd: 'lf' } };
const refusalsOf = async (layout: SendLayout) =>
  (await written(layout)).sent.refusals.map(({ line, field, why }) => `${line} ${field}: ${why}`);

describe('fields at places', () => {
  test('are aligned, filled and written as the layout says', async () => {
    await holds([{ nome: 'João', codigo: '42', valor: '-1.234,5', dia: '28/02/2026' }, { nome: 'Zé' }]);
    const { text, bytes } = await written(
      layoutOf(
        [
          { name: 'nome', column: 'nome', from: 3, to: 8 },
          { name: 'codigo', column: 'codigo', from: 9, to: 12, as: 'integer' },
          { name: 'implicito', column: 'valor', from: 13, to: 21, as: 'decimal', point: 'implied' },
          { name: 'virgula', column: 'valor', from: 22, to: 30, as: 'decimal', pad: ' ', decimals: 1 },
          { name: 'ponto', column: 'valor', from: 31, to: 39, as: 'decimal', point: '.', align: 'left', pad: ' ' },
          { name: 'dia', column: 'dia', from: 40, to: 47, as: 'date', format: 'ddmmyyyy' },
          { name: 'curto', column: 'dia', from: 48, to: 53, as: 'date', format: 'yymmdd' },
          { name: 'zero', column: 'obs', from: 54, to: 56, as: 'integer', empty: '0' },
          { name: 'direita', column: 'nome', from: 57, to: 62, align: 'right', pad: '.' },
          { name: 'linha', is: 'line', from: 63, to: 65 },
        ],
        { format: { kind: 'fixed', lineEnd: 'lf', width: 66, encoding: 'windows-1252' } },
      ),
    );
    expect(bytes.toString('latin1').split('\n')).toEqual([
      '  João  0042-00123450  -1234,5-1234.50 28022026260228000..João001 ',
      `  Zé    ${' '.repeat(45)}000....Zé002 `,
      '',
    ]);
    expect(text).not.toBe(bytes.toString('latin1'));
  });

  test('what does not fit refuses the file, with the row and the field, and without the value', async () => {
    await holds([
      { nome: 'Ana', codigo: '7', valor: '1,5', dia: '01/01/2026' },
      { nome: 'Maria Aparecida', codigo: '12345', valor: '1,555', dia: '31/02/2026' },
      { nome: 'a → b', codigo: 'x', valor: '1.234', dia: '' },
    ]);
    const field = (name: keyof Row, more: Partial<SendField>, to = 4): SendField => ({
      name,
      column: name,
      from: 1,
      to,
      ...more,
    });
    const of = (one: SendField) => refusalsOf(layoutOf([one], FIXED));
    expect(await of(field('nome', {}, 6))).toEqual([
      '3 nome: tem 15 sinais onde cabem 6',
      '4 nome: tem um sinal que windows-1252 não escreve',
    ]);
    expect(await of(field('codigo', { as: 'integer' }))).toEqual([
      '3 codigo: tem 5 sinais onde cabem 4',
      '4 codigo: não é um número',
    ]);
    expect(await of(field('valor', { as: 'decimal', decimals: 2 }))).toEqual([
      '3 valor: tem mais de 2 casas',
      '4 valor: não é um número',
    ]);
    expect(await of(field('dia', { as: 'date', format: 'ddmm', required: true }))).toEqual([
      '3 dia: não é uma data',
      '4 dia: falta o valor',
    ]);
    const { sent } = await written(layoutOf([field('nome', {}, 6)], FIXED));
    expect(JSON.stringify(sent)).not.toContain('Maria');
    expect(sent.refused).toBe(2);
  });

  test('truncates texts where the layout says so, and tells how many; never numbers', async () => {
    await holds([
      { nome: 'Maria Aparecida', codigo: '12345' },
      { nome: 'Ana', codigo: '1' },
    ]);
    const name: SendField = { name: 'nome', column: 'nome', from: 1, to: 5, long: 'truncate' };
    const { sent, text } = await written(layoutOf([name], FIXED));
    expect([text, sent.truncated]).toEqual(['Maria\nAna  \n', [{ field: 'nome', rows: 1 }]]);
    const code: SendField = { name: 'codigo', column: 'codigo', from: 1, to: 3, as: 'integer', long: 'truncate' };
    expect(await refusalsOf(layoutOf([code], FIXED))).toEqual(['2 codigo: tem 5 sinais onde cabem 3']);
  });

  test('rounds half away from zero where the layout says so', async () => {
    await holds([{ valor: '2,675' }, { valor: '-0,005' }, { valor: '0,994' }, { valor: '9,999' }]);
    const { text } = await written(layoutOf([{ name: 'v', column: 'valor', as: 'decimal', rounds: true }]));
    expect(text).toBe('2,68\n-0,01\n0,99\n10,00\n');
  });

  test('ASCII loses accents, not signs', async () => {
    await holds([{ nome: 'Conceição' }, { nome: '5€' }]);
    const one: SendField = { name: 'nome', column: 'nome' };
    const plain = layoutOf([one], { format: { kind: 'delimited', encoding: 'ascii', names: false, lineEnd: 'lf' } });
    expect(await refusalsOf(plain)).toEqual(['3 nome: tem um sinal que ascii não escreve']);
    await holds([{ nome: 'Conceição' }]);
    expect((await written(plain)).text).toBe('Conceicao\n');
  });
});

describe('a delimited file', () => {
  const one: SendField[] = [
    { name: 'nome', column: 'nome' },
    { name: 'valor', column: 'valor', as: 'decimal', point: ',' },
  ];

  test('quotes what needs it, and keeps what a sheet would run as a formula a text', async () => {
    await holds([
      { nome: 'a;b', valor: '-1' },
      { nome: 'diz "oi"' },
      { nome: '=1+1' },
      { nome: '+55 11' },
      { nome: '-x' },
      { nome: '@x' },
    ]);
    const format = { kind: 'delimited', lineEnd: 'lf' };
    expect((await written(layoutOf(one, { format }))).text).toBe(
      `nome;valor\n"a;b";-1,00\n"diz ""oi""";\n'=1+1;\n'+55 11;\n'-x;\n'@x;\n`,
    );
    expect(
      (await written(layoutOf(one, { format: { ...format, formulas: 'as-is', quotes: 'all', delimiter: ',' } }))).text,
    ).toBe(`"nome","valor"\n"a;b","-1,00"\n"diz ""oi""",""\n"=1+1",""\n"+55 11",""\n"-x",""\n"@x",""\n`);
    expect(await refusalsOf(layoutOf(one, { format: { ...format, quote: '' } }))).toEqual([
      '2 nome: tem o separador ou uma quebra de linha, e o layout não tem aspas',
    ]);
  });

  test('a header and a trailer count and sum the records that are written', async () => {
    await holds([
      { nome: 'Ana', valor: '0,10', codigo: 'x' },
      { nome: 'Bia', valor: '0,20', codigo: 'x' },
      { nome: 'Caio', valor: '99', codigo: 'y' },
      { nome: 'Ana', valor: '7', codigo: 'x' },
    ]);
    const totals: SendField[] = [
      { name: 'tipo', value: 'T' },
      { name: 'dia', is: 'day', as: 'date', format: 'dd/mm/yyyy' },
      { name: 'linhas', is: 'count' },
      { name: 'soma', is: 'sum', of: 'valor' },
      { name: 'linha', is: 'line' },
    ];
    const { text, sent } = await written(
      layoutOf([{ name: 'n', is: 'row' }, ...one], {
        header: totals,
        trailer: totals,
        steps: [
          { do: 'filter', keep: { column: 'codigo', is: '=', value: 'x' } },
          { do: 'keep-one', key: ['nome'], order: [{ column: 'valor', first: 'highest' }] },
        ],
        order: [{ column: 'nome', first: 'z-a' }],
      }),
    );
    expect(text).toBe('T;01/04/2026;2;7,20;1\n1;Bia;0,20\n2;Ana;7,00\nT;01/04/2026;2;7,20;4\n');
    expect(sent).toMatchObject({ rows: 2, lines: 4, leftOut: 1, duplicate: 1, refused: 0 });
  });

  test('a row that a step does not understand refuses the file', async () => {
    await holds([
      { nome: 'Ana', valor: '1' },
      { nome: 'Bia', valor: 'muito' },
    ]);
    const steps = [{ do: 'compute', name: 'o dobro', into: 'dobro', formula: 'valor * 2' }];
    expect(await refusalsOf(layoutOf([{ name: 'd', column: 'dobro' }], { steps }))).toEqual([
      '3 passo 1: o dobro: um passo do layout não entendeu o valor',
    ]);
  });
});

test('contacts are sent on too, those of built batches of a source', async () => {
  await home().reset();
  const calls = (source: string) =>
    parseLayout(
      {
        source,
        version: 1,
        label: { pt: source, en: source },
        holds: 'all',
        format: { kind: 'delimited', header: true },
        key: ['ID'],
        columns: {
          protocol: { from: ['ID'], as: 'text' },
          phone: { from: ['FONE'], as: 'phone' },
          started_at: { from: ['INICIO'], as: 'date-time' },
          wait_s: { from: ['ESPERA'], as: 'duration', unit: 's' },
        },
      },
      `${source}.json`,
    );
  for (const source of ['uma', 'outra']) {
    await home().know(calls(source));
    const row = (id: string, at: string) => `${source}-${id};(11) 98765-4321;${at};12.5\n`;
    const content = `ID;FONE;INICIO;ESPERA\n${row('1', '2026-03-02 10:00:00')}${row('2', '2026-03-03 23:59:58')}`;
    await home().load({ content }, calls(source));
  }
  await home().build();
  const fields: SendField[] = [
    { name: 'p', column: 'protocol' },
    { name: 'f', column: 'phone' },
    { name: 'i', column: 'started_at', as: 'date', format: 'dd/mm/yyyy hh:mi:ss' },
    { name: 'e', column: 'wait_s', as: 'integer' },
  ];
  const order = [{ column: 'started_at', first: 'latest' }];
  const { text } = await written(layoutOf(fields, { takes: { contacts: { source: 'uma' } }, order }));
  expect(text).toBe('uma-2;11987654321;03/03/2026 23:59:58;13\numa-1;11987654321;02/03/2026 10:00:00;13\n');
  expect((await written(layoutOf(fields, { takes: { contacts: {} } }))).sent.rows).toBe(4);
});

test('what a layout writes, the layout that matches it reads back the same', async () => {
  const random = new Random(20260402);
  const pick = <T>(from: readonly T[]): T => from[random.int(0, from.length)]!;
  const letters = [...'aáçãZ9 .-ü"\';,'];
  const word = (most: number) =>
    Array.from({ length: random.int(0, most + 1) }, () => pick(letters))
      .join('')
      .trim();
  const two = (n: number) => String(n).padStart(2, '0');
  for (let round = 0; round < 4; round++) {
    const rows = Array.from({ length: 60 }, () => {
      const cents = random.int(-9_999_999, 9_999_999);
      return {
        nome: word(12),
        codigo: String(random.int(0, 99_999)),
        valor: `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)},${two(Math.abs(cents) % 100)}`,
        dia: random.chance(0.2) ? '' : `${two(random.int(1, 29))}/${two(random.int(1, 13))}/${random.int(1990, 2037)}`,
        obs: word(5),
      };
    });
    await holds(rows);
    const encoding = pick(['utf-8', 'utf-8-bom', 'windows-1252'] as const);
    const lineEnd = pick(['crlf', 'lf'] as const);
    const implied = pick([true, false]);
    const fixed = round % 2 === 0;
    const gap = () => random.int(0, 3);
    let at = 1;
    const place = (width: number) => {
      const from = at + gap();
      at = from + width;
      return fixed ? { from, to: from + width - 1 } : {};
    };
    const align = pick(['left', 'right'] as const);
    const fields: SendField[] = [
      { name: 'CODIGO', column: 'codigo', as: 'integer', ...place(6) },
      { name: 'NOME', column: 'nome', ...place(12), align },
      { name: 'VALOR', column: 'valor', as: 'decimal', point: implied ? 'implied' : ',', ...place(11) },
      { name: 'DIA', column: 'dia', as: 'date', format: 'ddmmyyyy', ...place(8) },
      { name: 'OBS', column: 'obs', ...place(5) },
      { name: 'FIM', value: 'X', ...place(1) },
    ];
    const format = fixed
      ? { kind: 'fixed', encoding, lineEnd }
      : { kind: 'delimited', encoding, lineEnd, delimiter: pick([';', ',', '\t']), formulas: 'as-is' };
    const layout = layoutOf(fields, { format });
    const { sent, bytes } = await written(layout);
    expect(sent).toMatchObject({ rows: rows.length, refused: 0, bytes: bytes.length });
    const source = fixed ? 'volta-fixa' : 'volta-texto';
    const back = parseLayout(
      {
        source,
        version: round + 1,
        label: { pt: 'Volta', en: 'Back' },
        into: 'list',
        holds: 'all',
        format: fixed
          ? { kind: 'fixed', fields: fields.map(({ name, from, to }) => ({ name, from, to })) }
          : { kind: 'delimited', header: true, delimiter: (format as { delimiter: string }).delimiter },
        key: [],
        steps: [{ do: 'compute', into: 'V', formula: implied ? 'VALOR / 100' : 'VALOR * 1' }],
        columns: {
          codigo: { from: ['CODIGO'], as: 'integer' },
          nome: { from: ['NOME'], as: 'text' },
          valor: { from: ['V'], as: 'decimal', format: '1.234,5' },
          dia: { from: ['DIA'], as: 'date', format: 'ddmmyyyy' },
          obs: { from: ['OBS'], as: 'text' },
        },
      },
      'volta.json',
    );
    await home().know(back);
    expect(await home().load({ content: bytes }, back)).toMatchObject({ loaded: rows.length, quarantined: 0 });
    await home().build();
    const read = await home().rows(
      `SELECT codigo, nome, CAST(valor AS DOUBLE) AS valor, strftime(dia, '%d/%m/%Y') AS dia, obs FROM silver.list_${source.replace('-', '_')} ORDER BY row_id`,
    );
    expect(read).toEqual(
      rows.map(({ nome, codigo, valor, dia, obs }) => ({
        codigo: Number(codigo),
        nome: nome || null,
        valor: Number(valor.replace(',', '.')),
        dia: dia || null,
        obs: obs || null,
      })),
    );
  }
});

test.each<[string, readonly SendField[], Record<string, unknown>, string]>([
  ['no place', [{ name: 'a', column: 'nome' }], FIXED, 'o campo a de fields não tem lugar'],
  [
    'two fields in one place',
    [
      { name: 'a', column: 'nome', from: 1, to: 3 },
      { name: 'b', column: 'nome', from: 3, to: 4 },
    ],
    FIXED,
    'os campos a e b de fields se cobrem em 3',
  ],
  ['nothing to write', [{ name: 'a' }], {}, 'não diz de onde vem'],
  ['a date without a form', [{ name: 'a', column: 'dia', as: 'date' }], {}, 'não diz como se escreve a data'],
  [
    'a sum of a text',
    [{ name: 'a', column: 'nome' }],
    { trailer: [{ name: 's', is: 'sum', of: 'a' }] },
    'que não é um número',
  ],
  [
    'a field past the width',
    [{ name: 'a', column: 'nome', from: 1, to: 9 }],
    { format: { kind: 'fixed', width: 8 } },
    'além da largura 8',
  ],
  [
    'a formula rule for fixed width',
    [{ name: 'a', column: 'nome', from: 1, to: 9 }],
    { format: { kind: 'fixed', formulas: 'text' } },
    '/format',
  ],
])('a layout with %s is refused', (_, fields, more, expected) => {
  expect(() => layoutOf(fields, more)).toThrow(expected);
});
