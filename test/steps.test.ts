import { expect, test } from 'vitest';
import type { Drift } from '../src/intake/drift/drift.ts';
import type { FileProfile } from '../src/intake/drift/profile.ts';
import { propose } from '../src/intake/drift/propose.ts';
import { type Layout, sourceColumns } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import type { Step } from '../src/intake/steps/index.ts';
import { Random } from '../src/kernel/random.ts';
import { useHome } from './home.ts';

const home = useHome();
let versions = 0;

const text = (name: string) => ({ from: [name], as: 'text', personal: false });

/** A list whose columns are those of the file or of its steps, all text. */
function listOf(columns: Record<string, unknown>, steps: readonly Step[], more: Record<string, unknown> = {}): Layout {
  versions += 1;
  return parseLayout(
    {
      source: 'lista',
      version: versions,
      label: { pt: 'Lista', en: 'List' },
      into: 'list',
      holds: 'all',
      format: { kind: 'delimited', header: true, delimiter: ';' },
      key: [],
      columns,
      steps,
      ...more,
    },
    'lista.json',
  );
}

async function loaded(layout: Layout, content: string) {
  await home().know(layout);
  const batch = await home().load({ content }, layout);
  await home().build();
  const { rows_read, loaded: kept, quarantined, duplicate } = batch;
  expect(rows_read).toBe(kept + quarantined + duplicate);
  return { batch, counts: [rows_read, kept, quarantined, duplicate] };
}

const rows = (source = 'lista', order = 'row_id') =>
  home().rows(`SELECT * EXCLUDE (row_id, batch_id) FROM silver.list_${source.replaceAll('-', '_')} ORDER BY ${order}`);
const quarantined = () =>
  home().rows('SELECT line, column_name, reason, value, record FROM silver.quarantine ORDER BY batch_id, line');

test('each step does what it says, in order, and every row is accounted for', async () => {
  await home().reset();
  const steps: Step[] = [
    { do: 'rename', columns: { DOC: 'CPF' } },
    { do: 'trim', columns: ['COD'], side: 'left', sign: '0' },
    { do: 'pad', columns: ['DOC'], side: 'left', sign: '0', width: 11 },
    { do: 'split', column: 'FONE', separator: '-', into: ['DDD', 'NUMERO'] },
    { do: 'split', column: 'CHAVE', at: [2, 5], into: ['A', 'B', 'C'] },
    { do: 'filter', name: 'só São Paulo', keep: { all: [{ column: 'UF', is: '=', value: 'sp' }] } },
    { do: 'compute', into: 'TOTAL', formula: 'VALOR * 2' },
    {
      do: 'keep-one',
      key: ['DOC'],
      order: [
        { column: 'TOTAL', first: 'highest' },
        { column: 'DIA', first: 'latest' },
      ],
    },
    { do: 'keep', columns: ['DOC', 'COD', 'DDD', 'NUMERO', 'A', 'B', 'C', 'TOTAL', 'DIA'] },
  ];
  const names = ['DOC', 'COD', 'DDD', 'NUMERO', 'A', 'B', 'C', 'TOTAL', 'DIA'];
  const layout = listOf(Object.fromEntries(names.map((name) => [name.toLowerCase(), text(name)])), steps);
  const { counts } = await loaded(
    layout,
    [
      'CPF;COD;FONE;CHAVE;UF;VALOR;DIA',
      '529982247;0012;11-98765-4321;ABCDEFG;SP;10,50;01/02/2026',
      '529982247;0013;11-3333;AB;sp;9,00;01/03/2026',
      '529982247;0014;;;SP;1.000,00;02/02/2026',
      '529982247;0015;21;XY;SP;1000;10/01/2026',
      '39053344705;7;11-1;A;RJ;1;01/01/2026',
      '39053344705;8;11-1;A;SP;1.234;01/01/2026',
      '39053344705;9;11-1;A;SP;2;31/02/2026',
      ';10;11-1;A;SP;3;',
      ';11;11-1;A;SP;4;',
    ].join('\n'),
  );
  // Nine rows: the other state is left out; 1.234 may be two numbers and 31/02 is no day; of four of one CPF one stays;
  // the two without a CPF are copies of nobody.
  expect(counts).toEqual([9, 3, 3, 3]);
  expect(await rows()).toEqual([
    {
      ...{ doc: '00529982247', cod: '14', ddd: null, numero: null, a: null, b: null, c: null },
      ...{ total: '2000', dia: '02/02/2026' },
    },
    { doc: null, cod: '10', ddd: '11', numero: '1', a: 'A', b: null, c: null, total: '6', dia: null },
    { doc: null, cod: '11', ddd: '11', numero: '1', a: 'A', b: null, c: null, total: '8', dia: null },
  ]);
  expect(await quarantined()).toEqual([
    { line: 6, column_name: 'passo 6: só São Paulo', reason: 'left-out', value: null, record: null },
    {
      ...{ line: 7, column_name: 'passo 7: calcular TOTAL', reason: 'step-value', value: null },
      record: '39053344705;8;11-1;A;SP;1.234;01/01/2026',
    },
    {
      ...{ line: 8, column_name: 'passo 8: um por DOC', reason: 'step-value', value: null },
      record: '39053344705;9;11-1;A;SP;2;31/02/2026',
    },
  ]);
  const kept = await rows();
  await home().build({ full: true });
  expect(await rows()).toEqual(kept);
});

test('the last part of a split takes the rest, and parts are trimmed', async () => {
  await home().reset();
  const layout = listOf({ a: text('A'), b: text('B') }, [
    { do: 'split', column: 'X', separator: ' / ', into: ['A', 'B'] },
  ]);
  await loaded(layout, 'X\num / dois / três\nsó\n');
  expect(await rows()).toEqual([
    { a: 'um', b: 'dois / três' },
    { a: 'só', b: null },
  ]);
});

/** Contracts by client, as a list that others look things up in. */
const CONTRACTS = parseLayout(
  {
    source: 'contratos',
    version: 1,
    label: { pt: 'Contratos', en: 'Contracts' },
    into: 'list',
    holds: 'all',
    covers: 'all',
    format: { kind: 'delimited', header: true },
    key: ['NUMERO'],
    columns: {
      numero: text('NUMERO'),
      cliente: text('CLIENTE'),
      valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' },
      desde: { from: ['DESDE'], as: 'date', format: 'dd/mm/yyyy' },
    },
  },
  'contratos.json',
);

test('a lookup brings at most one row of a list, as the list was on that day', async () => {
  await home().reset();
  await loaded(
    CONTRACTS,
    'NUMERO;CLIENTE;VALOR;DESDE\n1;A;10,5;01/01/2026\n2;A;200;01/01/2025\n3;A;200;01/01/2026\n4;B;7,1234;\n5;D;1;01/01/2026\n',
  );
  const take = { CONTRATO: 'numero', VALOR: 'valor', DESDE: 'desde' };
  const columns = Object.fromEntries(
    ['QUEM', 'CONTRATO', 'VALOR', 'DESDE'].map((one) => [one.toLowerCase(), text(one)]),
  );
  const order = [
    { column: 'valor', first: 'highest' },
    { column: 'desde', first: 'latest' },
  ] as const;
  const lookup = { do: 'lookup', list: 'contratos', key: { cliente: 'QUEM' }, take } as const;
  const file = 'QUEM\nA\nB\nC\n';
  const best = listOf(columns, [{ ...lookup, order: [...order], none: 'empty' }]);
  await loaded(best, file);
  const found = [
    { quem: 'A', contrato: '3', valor: '200', desde: '01/01/2026' },
    { quem: 'B', contrato: '4', valor: '7,1234', desde: null },
    { quem: 'C', contrato: null, valor: null, desde: null },
  ];
  expect(await rows()).toEqual(found);

  await home().load({ content: 'NUMERO;CLIENTE;VALOR;DESDE\n9;A;999;01/01/2026\n' }, CONTRACTS);
  await home().build();
  await home().build({ full: true });
  expect(await rows()).toEqual(found);

  await home().reset();
  await loaded(
    CONTRACTS,
    'NUMERO;CLIENTE;VALOR;DESDE\n1;A;10,5;01/01/2026\n2;A;200;01/01/2025\n4;B;7,1234;\n5;D;1;01/01/2026\n',
  );
  expect((await loaded(listOf(columns, [lookup]), file)).counts).toEqual([3, 1, 2, 0]);
  expect((await quarantined()).map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'lookup-many'],
    [4, 'lookup-none'],
  ]);
  const some = listOf(columns, [
    { ...lookup, where: { column: 'desde', is: '<', value: '01/06/2025' }, none: 'leave-out' },
  ]);
  await loaded(some, `${file}E\n`);
  expect((await rows()).slice(1)).toEqual([{ quem: 'A', contrato: '2', valor: '200', desde: '01/01/2025' }]);
});

test('a list that is not there, or a column it lacks, refuses the file whole', async () => {
  await home().reset();
  const lookup = (list: string, column: string) =>
    listOf({ a: text('A') }, [{ do: 'lookup', list, key: { [column]: 'QUEM' }, take: { A: 'valor' } }]);
  await expect(loaded(lookup('nenhuma', 'x'), 'QUEM\nA\n')).rejects.toThrow(
    'passo 1: lookup: a lista nenhuma não está no sistema',
  );
  await loaded(CONTRACTS, 'NUMERO;CLIENTE;VALOR;DESDE\n1;A;1;\n');
  await expect(loaded(lookup('contratos', 'dono'), 'QUEM\nA\n')).rejects.toThrow(
    'passo 1: lookup: a lista contratos não tem a coluna dono. Ela tem ',
  );
  expect(await home().rows('SELECT * FROM silver.quarantine')).toEqual([]);
});

test('a line that is too wide takes part in no step', async () => {
  await home().reset();
  const layout = listOf(
    { cod: text('COD'), valor: text('VALOR') },
    [{ do: 'keep-one', key: ['COD'], order: [{ column: 'VALOR', first: 'highest' }] }],
    {
      format: {
        kind: 'fixed',
        fields: [
          { name: 'COD', from: 1, to: 3 },
          { name: 'VALOR', from: 4, to: 6 },
        ],
      },
    },
  );
  expect((await loaded(layout, '001009\n001900X\n001010\n')).counts).toEqual([3, 1, 1, 1]);
  expect(await rows()).toEqual([{ cod: '001', valor: '010' }]);
  expect((await quarantined()).map(({ line, reason }) => [line, reason])).toEqual([[2, 'record-too-long']]);
});

test('contacts too are read after steps', async () => {
  await home().reset();
  versions += 1;
  const layout = parseLayout(
    {
      source: 'ligacoes',
      version: versions,
      label: { pt: 'Ligações', en: 'Calls' },
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key: ['ID'],
      steps: [
        { do: 'compute', into: 'FONE', formula: 'DDD & NUMERO' },
        { do: 'filter', keep: { column: 'TIPO', is: 'in', values: ['R', 'a'] } },
      ],
      columns: {
        protocol: { from: ['ID'], as: 'text' },
        phone: { from: ['FONE'], as: 'phone' },
        started_at: { from: ['INICIO'], as: 'date-time' },
      },
    },
    'ligacoes.json',
  );
  const { counts } = await loaded(
    layout,
    'ID;DDD;NUMERO;TIPO;INICIO\n1;11;987654321;R;2026-03-02 10:00:00\n2;11;987654321;X;2026-03-02 11:00:00\n3;11;33334444;A;2026-03-02 12:00:00\n',
  );
  expect(counts).toEqual([3, 2, 1, 0]);
  expect(await home().rows('SELECT protocol, phone FROM silver.contact ORDER BY 1')).toEqual([
    { protocol: '1', phone: '11987654321' },
    { protocol: '3', phone: '1133334444' },
  ]);
});

test('rows by rows: the sum holds and one of each key stays, whatever comes', async () => {
  const random = new Random(20260401);
  const pick = <T>(from: readonly T[]): T => from[random.int(0, from.length)]!;
  for (let round = 0; round < 6; round++) {
    await home().reset();
    const made = Array.from({ length: 300 }, (_, index) => ({
      id: String(index),
      doc: pick(['A', 'B', 'C', 'D', '']),
      cents: pick([null, 0, 5, 1000, 123_456, 99_999_999]),
      day: pick(['01/02/2026', '2026-02-02', '31/12/2025', '']),
      uf: pick(['SP', 'sp', 'RJ', '']),
    }));
    const brazilian = (cents: number) =>
      (cents / 100).toLocaleString('pt-BR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const lines = made.map(
      ({ id, doc, cents, day, uf }) => `${id};${doc};${cents === null ? '' : brazilian(cents)};${day};${uf}`,
    );
    const layout = listOf({ id: text('ID'), doc: text('DOC') }, [
      {
        do: 'filter',
        keep: {
          any: [
            { column: 'UF', is: '=', value: 'SP' },
            { column: 'UF', is: 'empty' },
          ],
        },
      },
      {
        do: 'keep-one',
        key: ['DOC'],
        order: [
          { column: 'VALOR', first: 'highest' },
          { column: 'DIA', first: 'latest' },
        ],
      },
    ]);
    const { counts } = await loaded(layout, `ID;DOC;VALOR;DIA;UF\n${lines.join('\n')}\n`);
    const iso = (day: string) => (day.includes('/') ? day.split('/').reverse().join('-') : day);
    const kept = made.filter(({ uf }) => uf.toUpperCase() !== 'RJ');
    const stay = kept.filter((row) => {
      if (row.doc === '') return true;
      const rivals = kept.filter(({ doc }) => doc === row.doc);
      const [first] = rivals.toSorted(
        (a, b) =>
          (b.cents ?? -1) - (a.cents ?? -1) || iso(b.day).localeCompare(iso(a.day)) || Number(a.id) - Number(b.id),
      );
      return first === row;
    });
    expect(counts).toEqual([300, stay.length, 300 - kept.length, kept.length - stay.length]);
    expect((await rows()).map(({ id }) => id)).toEqual(stay.map(({ id }) => id));
  }
});

test.each<[string, unknown[], string]>([
  ['an unknown step', [{ do: 'sql', text: 'DROP' }], '/steps/0'],
  ['a formula', [{ do: 'compute', into: 'A', formula: 'X *' }], 'passo 1: compute: no lugar 4: esperava um valor'],
  [
    'a column that a step took away',
    [
      { do: 'keep', columns: ['X'] },
      { do: 'trim', columns: ['Y'] },
    ],
    'não há a coluna Y',
  ],
  ['a mapped column that is gone', [{ do: 'rename', columns: { Z: 'A' } }], 'depois dos passos não há a coluna A'],
  ['two names that differ in capitals', [{ do: 'compute', into: 'a', formula: 'A & "x"' }], 'só diferem em maiúsculas'],
  ['a comparison without a value', [{ do: 'filter', keep: { column: 'A', is: '>' } }], 'falta o valor'],
  [
    'an order of no number',
    [{ do: 'filter', keep: { column: 'A', is: '>', value: 'B' } }],
    'não é um número nem uma data',
  ],
  ['a split in two ways', [{ do: 'split', column: 'A', separator: '-', at: [1], into: ['B', 'C'] }], 'um dos dois'],
  ['places that fall', [{ do: 'split', column: 'A', at: [3, 2], into: ['B', 'C', 'D'] }], 'não sobem'],
  ['a name of the system', [{ do: 'compute', into: '_line', formula: '1' }], 'começa com _'],
])('a layout with %s is refused, and says where', (_, steps, expected) => {
  expect(() => listOf({ a: text('A') }, steps as Step[])).toThrow(expected);
});

test('a column that a client renamed goes on under the name that the steps know', () => {
  const steps: Step[] = [{ do: 'compute', into: 'TOTAL', formula: 'VALOR * 2' }];
  const layout = listOf({ total: text('TOTAL'), uf: text('UF') }, steps, { key: ['UF'] });
  const renamed = { kind: 'renamed', column: 'VALOR', suggestion: { to: 'VALOR_TOTAL' } } as unknown as Drift;
  const next = propose(layout, [renamed], { columns: [] } as unknown as FileProfile, { VALOR: 'same' });
  expect(next.steps).toEqual([{ do: 'rename', columns: { VALOR: 'VALOR_TOTAL' } }, ...steps]);
  expect(sourceColumns(parseLayout(next, 'lista.json')).sort()).toEqual(['UF', 'VALOR_TOTAL']);
});
