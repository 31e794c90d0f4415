import { describe, expect, it, test } from 'vitest';
import { valuesOf } from './cells.ts';
import { typeOfColumn } from './column-type.ts';
import { detectDialect } from './dialect.ts';
import { dirtyFile, judge } from './dirty.fixture.ts';
import { recogniseText } from './recognise.ts';
import { recogniseBytes } from './suggest.ts';
import { findTable } from './table.ts';

describe('files of known truth', () => {
  it('are recognised, or asked about; a wrong answer nobody is asked about is rarer than one in a hundred', () => {
    const judged = Array.from({ length: 240 }, (_, index) => ({ seed: index + 1, ...judge(dirtyFile(index + 1)) }));
    const wrong = judged.filter((one) => one.wrong.length > 0);
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(judged.length / 100);
    expect(judged.filter(({ asked }) => asked).length).toBeLessThan(judged.length * 0.2);
  });
});

describe('a dialect', () => {
  test.each([
    ['semicolons beside decimal commas', 'a;1,5\nb;2,25\nc;3,0\n', ';', ''],
    ['commas beside dates and times', '2026-01-02 10:00,a,3\n2026-01-03 11:30,b,4\n', ',', ''],
    ['tabs', 'a\tb c\t1\nd\te f\t2\n', '\t', ''],
    ['quotes with the delimiter inside', '"a;b";"1"\n"c;d";"2"\n', ';', '"'],
    ['quotes over two lines', 'id;obs\n1;"linha um\nlinha; dois"\n2;"outra\nmais; uma"\n', ';', '"'],
    ['pipes', 'x|Rua A, 12|1\ny|Rua B, 7|2\n', '|', ''],
  ])('%s', (_, text, delimiter, quote) => {
    expect(detectDialect(text)).toMatchObject({ delimiter, quote });
  });
});

test('lines of one length whose commas stand anywhere are of fixed width', () => {
  const rows = [
    'Rua A, 12',
    'Avenida Brasil, 7',
    'R. B, 3',
    'Praça da Sé, 100',
    'Rua C, 1',
    'Rua DD, 2',
    'Rua EEE, 3',
    'Av. F, 44',
  ];
  const text = rows.map((street, row) => `${String(row).padStart(6, '0')}${street.padEnd(30)}SP`).join('\n');
  expect(recogniseBytes(Buffer.from(text), 'a.txt', false)).toMatchObject({ format: 'fixed', delimiter: null });
  expect(recogniseBytes(Buffer.from(text.replaceAll(/ {2,}/g, '')), 'a.txt', false)).toMatchObject({
    format: 'delimited',
    delimiter: ',',
  });
});

describe('a table', () => {
  const table = (text: string) => findTable(detectDialect(text).records, true);

  test.each([
    ['CD_CLIENTE;SEGMENTO\nT001;Varejo\nT002;Serviços\n', ['CD_CLIENTE', 'SEGMENTO']],
    ['CustomerID,Country\nA1,Brazil\nA2,Chile\nA3,Brazil\n', ['CustomerID', 'Country']],
  ])('of texts alone has the header that its words are: %j', (text, header) => {
    expect(table(text).header).toEqual(header);
  });

  it('of texts alone that name nothing has no header', () => {
    expect(table('Ana;Recife\nBia;Olinda\nCaio;Natal\n').header).toBeNull();
  });

  it('of one column has its header', () => {
    expect(table('CLIENTE\n1001\n20\n3\n')).toMatchObject({ header: ['CLIENTE'], before: 0, columns: 1 });
    expect(table('1001\n20\n3\n')).toMatchObject({ header: null, before: 0, columns: 1 });
  });

  it('begins after its titles and ends before its totals', () => {
    const found = table(
      'Relatório de ligações;;\nPeríodo: 01/03/2026 a 31/03/2026;;\nData;Fila;Duração\n01/03/2026;Vendas;00:01:00\n02/03/2026;Vendas;00:02:00\nTotal;2;\n',
    );
    expect(found).toMatchObject({ header: ['Data', 'Fila', 'Duração'], before: 2, after: 1, columns: 3, ragged: 0 });
    expect(found.rows).toHaveLength(2);
  });

  it('without a header says so', () => {
    expect(table('01/03/2026;Vendas;10\n02/03/2026;Suporte;12\n03/03/2026;Vendas;9\n')).toMatchObject({
      header: null,
      before: 0,
    });
  });
});

describe('a column', () => {
  test.each([
    [['52998224725', '111.444.777-35'], 'cpf', [], null],
    [['11987654321', '(21) 3333-4444', '+55 31 98888-7777'], 'phone', [], null],
    [['31/12/2026', '01/02/2026'], 'date', ['dd/mm/yyyy'], null],
    [['01/02/2026', '03/04/2026'], 'date', ['dd/mm/yyyy', 'mm/dd/yyyy'], null],
    [['20260131', '20260228'], 'date', ['yyyymmdd'], null],
    [['31/12/2026 10:00:00', '01/02/2026 09:30:00'], 'moment', ['dd/mm/yyyy'], null],
    [['00:01:00', '10:00:59'], 'time', [], null],
    [['1.234,56', '7,5'], 'decimal', [], '1.234,5'],
    [['1,234.56', '7.5'], 'decimal', [], '1,234.5'],
    [['12.5', '7.25'], 'decimal', [], '1234.5'],
    [['SP', 'RJ', 'mg'], 'uf', [], null],
    [['7', '12', '0'], 'integer', [], null],
    [['Ana Lima', 'João'], 'text', [], null],
    [['', '-'], 'empty', [], null],
  ] as const)('%j is %s', (cells, type, formats, decimal) => {
    expect(typeOfColumn(valuesOf(cells))).toMatchObject({ type, formats, decimal });
  });
});

test('the share of a type is counted, not assumed', () => {
  const days = Array.from({ length: 19 }, (_, index) => `${String(index + 10)}/03/2026`);
  expect(typeOfColumn(valuesOf([...days, 'sem data']))).toMatchObject({
    type: 'date',
    share: 0.95,
    formats: ['dd/mm/yyyy'],
  });
  expect(typeOfColumn(valuesOf(['SP', 'RJ', 'MG']))).toMatchObject({ type: 'uf', share: 1 });
});

test.each([
  ['only blank lines', '\n \r\n\n', false, 'fileNoRows'],
  ['a first line that does not end', 'c;'.repeat(500), true, 'fileDamaged'],
])('%s is refused', (_, text, cut, code) => {
  expect(() => recogniseBytes(Buffer.from(text), 'a.csv', cut)).toThrow(expect.objectContaining({ code }));
});

describe('canonical columns', () => {
  const columns = (text: string) =>
    Object.fromEntries(recogniseText(text, 'utf-8', false).columns.map((column) => [column.name, column]));

  it('are proposed by name and by content, with the reason', () => {
    const found = columns(
      'PROTOCOLO;DT_LIGACAO;NOME_OPERADOR;TEL1;MOTIVO_CONTATO;TEMPO_ESPERA;X\n1001;01/03/2026 10:00:00;Ana;11987654321;Fatura;00:00:10;529.982.247-25\n1002;31/03/2026 11:00:00;Bia;21998765432;Senha;00:00:05;111.444.777-35\n',
    );
    expect(Object.values(found).map(({ name, canonical }) => [name, canonical])).toEqual([
      ['PROTOCOLO', 'protocol'],
      ['DT_LIGACAO', 'started_at'],
      ['NOME_OPERADOR', 'agent_name'],
      ['TEL1', 'phone'],
      ['MOTIVO_CONTATO', 'reason'],
      ['TEMPO_ESPERA', 'wait_s'],
      ['X', 'cpf'],
    ]);
    expect(found.X!.why).toBe('100% de 2 valores são CPF com dígitos certos');
    expect(found.TEL1!.why).toBe('o nome “TEL1”, e 100% de 2 valores são telefones');
  });

  it('made of two columns are proposed together', () => {
    const found = columns(
      'Protocolo;DT_ATENDIMENTO;HR_ATENDIMENTO;DDD_CONTATO;TELEFONE_CONTATO;DDD2;FONE2;ESPERA\n' +
        '1001;01/03/2026;10:00:00;11;98765-4321;21;33334444;00:00:10\n1002;31/03/2026;23:15;(021);3333-4444;31;988887777;00:00:05\n',
    );
    expect(Object.values(found).map(({ name, canonical, with: other }) => [name, canonical, other])).toEqual([
      ['Protocolo', 'protocol', null],
      ['DT_ATENDIMENTO', 'started_at', 'HR_ATENDIMENTO'],
      ['HR_ATENDIMENTO', 'started_at', 'DT_ATENDIMENTO'],
      ['DDD_CONTATO', 'phone', 'TELEFONE_CONTATO'],
      ['TELEFONE_CONTATO', 'phone', 'DDD_CONTATO'],
      ['DDD2', 'ddd', null],
      ['FONE2', null, null],
      ['ESPERA', 'wait_s', null],
    ]);
    expect(found.TELEFONE_CONTATO).toMatchObject({
      confidence: 0.97,
      why: '“DDD_CONTATO” e “TELEFONE_CONTATO” juntos são 100% telefones com DDD',
    });
  });

  it('are not made of two columns that do not make sense together', () => {
    const found = columns(
      'DDD;TELEFONE;DATA;HORA_FIM\n11;11987654321;01/03/2026;10:00:00\n21;21998765432;31/03/2026;11:00:00\n',
    );
    expect(Object.values(found).map(({ name, canonical, with: other }) => [name, canonical, other])).toEqual([
      ['DDD', 'ddd', null],
      ['TELEFONE', 'phone', null],
      ['DATA', 'started_at', null],
      ['HORA_FIM', null, null],
    ]);
  });

  test.each([
    'NOME_CLIENTE',
    'nome cliente',
    'NomeCliente',
    'nome-do-cliente',
    'NOMECLIENTE',
    'Nome.Cliente:',
    'ÑOME CLIÊNTE',
  ])('are known by %s, whatever its case, accents and separators', (name) => {
    const found = columns(`${name};X\nAna Lima;1\nJoão Reis;2\n`);
    expect(Object.values(found)[0]).toMatchObject({ canonical: 'contact_name' });
  });

  it('a time of service is no number of service', () => {
    const found = columns('tempo_atendimento;numero_atendimento\n120;9001\n95;9002\n');
    expect([found.tempo_atendimento!.canonical, found.numero_atendimento!.canonical]).toEqual(['talk_s', 'protocol']);
  });

  it('that two columns may be are asked about', () => {
    const text = 'Telefone 1;Telefone 2\n11987654321;21998765432\n1133334444;31988887777\n';
    const { asks, columns: found } = recogniseText(text, 'utf-8', false);
    expect(found.map(({ canonical }) => canonical)).toEqual(['phone', null]);
    expect(asks.map(({ about, column }) => [about, column])).toContainEqual(['canonical', 'Telefone 1']);
  });
});
