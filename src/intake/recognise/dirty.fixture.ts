import { Random } from '../../kernel/random.ts';
import { recogniseBytes } from './suggest.ts';

/** A file as some client's system writes it, and what is true of it. */
export interface DirtyFile {
  readonly seed: number;
  readonly format: 'delimited' | 'fixed';
  readonly text: string;
  readonly bytes: Buffer;
  /** Empty in a file of fixed width. */
  readonly delimiter: string;
  /** Empty where no cell is quoted. */
  readonly quote: string;
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly header: readonly string[] | null;
  /** Physical lines before the table. */
  readonly before: number;
  /** Records after it. */
  readonly after: number;
  readonly columns: number;
  readonly rows: number;
}

interface Kind {
  readonly names: readonly string[];
  readonly draw: (random: Random, row: number) => string;
}

const two = (value: number) => String(value).padStart(2, '0');
const pick = <T>(random: Random, values: readonly T[]): T => values[random.int(0, values.length)]!;
const digits = (random: Random, length: number) => Array.from({ length }, () => String(random.int(0, 10))).join('');
const FIRST = ['Ana', 'João', 'Márcia', 'Inês', 'José', 'Conceição', 'Luís', 'Antônio', 'Bia', 'Caio'];
const LAST = ['Silva', 'Souza', 'D’Ávila', 'Araújo', 'de Oliveira', 'Gonçalves', 'Lima', 'Assunção'];
const WORDS = [
  'cobrança',
  'indevida',
  'na',
  'fatura',
  'de',
  'março',
  'cliente',
  'não',
  'reconhece',
  'o',
  'débito',
  'retornar',
  'ligação',
];
const name = (random: Random) => `${pick(random, FIRST)} ${pick(random, LAST)}`;
const day = (random: Random) =>
  [two(1 + random.int(0, 28)), two(1 + random.int(0, 12)), String(2020 + random.int(0, 7))] as const;
const prose = (random: Random, comma: string) =>
  Array.from({ length: 3 + random.int(0, 6) }, () => pick(random, WORDS))
    .join(' ')
    .replace(' ', comma);

/** Columns of real files, in the forms they come in; each file takes one form of each. */
const KINDS: readonly (readonly Kind[])[] = [
  [
    {
      names: ['CPF', 'cpf_cnpj', 'NR_CPF', 'Documento'],
      draw: (r) => `${digits(r, 3)}.${digits(r, 3)}.${digits(r, 3)}-${digits(r, 2)}`,
    },
    { names: ['CPF', 'doc', 'CD_DOCUMENTO'], draw: (r) => digits(r, 11) },
  ],
  [{ names: ['Nome', 'NOME_CLIENTE', 'Devedor', 'Cliente', 'NM_PESSOA'], draw: name }],
  [
    { names: ['Data', 'DT_VENC', 'Data do contato', 'vencimento'], draw: (r) => day(r).join('/') },
    { names: ['data', 'DT_OCORRENCIA'], draw: (r) => day(r).toReversed().join('-') },
    { names: ['DATA', 'dt_mov'], draw: (r) => day(r).toReversed().join('') },
    {
      names: ['Início', 'DataHora'],
      draw: (r) => `${day(r).join('/')} ${two(r.int(0, 24))}:${two(r.int(0, 60))}:${two(r.int(0, 60))}`,
    },
  ],
  [
    {
      names: ['Valor', 'VLR_SALDO', 'Saldo devedor'],
      draw: (r) => `${r.int(0, 9)}${r.int(0, 2) ? `.${digits(r, 3)}` : ''},${digits(r, 2)}`,
    },
    { names: ['valor', 'amount'], draw: (r) => `${r.int(0, 9000)}.${digits(r, 2)}` },
    { names: ['Valor', 'VL_PARCELA'], draw: (r) => `R$ ${1 + r.int(0, 9)}.${digits(r, 3)},${digits(r, 2)}` },
    { names: ['VALOR'], draw: (r) => `${r.int(0, 9000)},${digits(r, 2)}` },
  ],
  [
    { names: ['Telefone', 'FONE1', 'Celular'], draw: (r) => `(${11 + r.int(0, 80)}) 9${digits(r, 4)}-${digits(r, 4)}` },
    { names: ['telefone', 'nr_telefone'], draw: (r) => `${11 + r.int(0, 80)}9${digits(r, 8)}` },
  ],
  [{ names: ['UF', 'Estado', 'SG_UF'], draw: (r) => pick(r, ['SP', 'RJ', 'MG', 'BA', 'RS']) }],
  [{ names: ['E-mail', 'EMAIL'], draw: (r) => `${pick(r, ['ana', 'joao', 'bia'])}${r.int(0, 99)}@exemplo.com.br` }],
  [
    {
      names: ['Status', 'SITUACAO', 'Situação'],
      draw: (r) => pick(r, ['ATENDIDA', 'ABANDONADA', 'Em aberto', 'Quitado']),
    },
  ],
  [
    { names: ['Observação', 'OBS', 'Histórico', 'descricao'], draw: (r) => prose(r, ' ') },
    { names: ['Observação', 'Histórico'], draw: (r) => prose(r, ', ') },
    { names: ['Observação', 'Texto'], draw: (r) => prose(r, '; ') },
  ],
  [{ names: ['Contrato', 'NR_CONTRATO', 'id', 'Protocolo'], draw: (r, row) => `${100000 + row * 7 + r.int(0, 7)}` }],
  [
    {
      names: ['Duração', 'TEMPO', 'TMA'],
      draw: (r) => `${two(r.int(0, 2))}:${two(r.int(0, 60))}:${two(r.int(0, 60))}`,
    },
  ],
  [
    {
      names: ['Fila', 'Produto', 'Carteira'],
      draw: (r) => pick(r, ['Retenção', 'Suporte Técnico', 'Vendas', 'Cartão/PJ']),
    },
  ],
  [{ names: ['Nota', 'QTDE', 'parcela'], draw: (r) => String(r.int(0, 12)) }],
  [{ names: ['Endereço', 'LOGRADOURO'], draw: (r) => `Rua ${pick(r, LAST)}, ${r.int(0, 2000)}` }],
  [{ names: ['CEP'], draw: (r) => `${digits(r, 5)}-${digits(r, 3)}` }],
];

const TITLES = ['Relatório de atendimentos', 'Período: 01/03/2026 a 31/03/2026', 'CARTEIRA BANCO X - REMESSA 0042', ''];
const CLOSINGS = ['Total de registros', 'TOTAL', 'Fim do arquivo', 'Gerado em 01/04/2026 08:00'];

/** Fields of fixed places: how wide, and filled from which side. */
const FIXED: readonly (readonly [width: number, draw: (random: Random, row: number) => string])[] = [
  [11, (r) => digits(r, 11)],
  [30, (r) => name(r).padEnd(30)],
  [8, (r) => day(r).join('')],
  [13, (r) => digits(r, 7).padStart(13, '0')],
  [11, (r) => `${11 + r.int(0, 80)}9${digits(r, 8)}`],
  [2, (r) => pick(r, ['SP', 'RJ', 'MG', 'BA', 'RS'])],
  [12, (r) => pick(r, ['ATENDIDA', 'ABANDONADA', 'EM ABERTO', 'QUITADO']).padEnd(12)],
  [40, (r) => prose(r, ', ').slice(0, 40).padEnd(40)],
  [10, (_, row) => String(100_000 + row * 7).padStart(10, '0')],
];

/** A file whose fields stand at fixed places; sometimes a first and a last line of another width. */
function fixedFile(seed: number, random: Random): DirtyFile {
  const encoding = pick(random, ['utf-8', 'windows-1252'] as const);
  const eol = pick(random, ['\n', '\r\n', '\r'] as const);
  const fields = FIXED.map((field) => ({ field, order: random.int(0, 1_000_000) }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, 3 + random.int(0, FIXED.length - 3))
    .map(({ field }) => field);
  const rows = pick(random, [12, 30, 120, 250]);
  const gap = pick(random, ['', '', ' ']);
  const lines = Array.from({ length: rows }, (_, row) => fields.map(([, draw]) => draw(random, row)).join(gap));
  if (random.int(0, 4) === 0) lines.unshift(`HEADER${day(random).join('')}REMESSA`);
  if (random.int(0, 4) === 0) lines.push(`TRAILER${String(rows).padStart(8, '0')}`);
  const text = `${lines.join(eol).replaceAll('’', "'")}${eol}`;
  return {
    ...{ seed, format: 'fixed', text, delimiter: '', quote: '', encoding, header: null, before: 0, after: 0 },
    ...{ columns: fields.length, rows, bytes: Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'latin1') },
  };
}

/** The dirty file of a seed; one of eight is of fixed width. */
export function dirtyFile(seed: number): DirtyFile {
  const random = new Random(seed, 77);
  if (seed % 8 === 0) return fixedFile(seed, random);
  const delimiter = pick(random, [';', ';', ';', ',', ',', '\t', '|', '^', '~'] as const);
  const quoting = pick(random, ['none', 'none', 'needed', 'needed', 'all'] as const);
  const quote = quoting === 'none' ? '' : pick(random, ['"', '"', '"', "'"] as const);
  const encoding = pick(random, ['utf-8', 'windows-1252'] as const);
  const eol = pick(random, ['\n', '\r\n', '\r\n', '\r'] as const);
  const kinds = KINDS.map((forms) => pick(random, forms))
    .map((kind) => ({ kind, order: random.int(0, 1_000_000) }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, 2 + random.int(0, KINDS.length - 2))
    .map(({ kind }) => kind);
  const rows = pick(random, [3, 8, 30, 120, 250]);
  const clean = (cell: string) => {
    const plain = encoding === 'windows-1252' ? cell.replaceAll('’', "'") : cell;
    // Without quotes a system takes the delimiter out of its values.
    return quote === '' ? plain.replaceAll(delimiter, ' ').replaceAll(/[\r\n]/g, ' ') : plain;
  };
  let used = false;
  const written = (cell: string) => {
    const text = clean(cell);
    if (quote === '') return text;
    const needs = text.includes(delimiter) || text.includes(quote) || /[\r\n]/.test(text);
    if (!needs && quoting === 'needed') return text;
    used = true;
    return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
  };
  const header = random.int(0, 4) > 0 ? kinds.map(({ names }) => clean(pick(random, names))) : null;
  const lines: string[] = [];
  const titles = random.int(0, 3) === 0 ? 1 + random.int(0, 3) : 0;
  let before = 0;
  for (let title = 0; title < titles; title++) {
    const text = clean(pick(random, TITLES));
    lines.push(random.int(0, 2) ? text : `${text}${delimiter.repeat(kinds.length - 1)}`);
    before++;
  }
  if (header) lines.push(header.map(written).join(delimiter));
  const sparse = random.int(0, 4) === 0;
  for (let row = 0; row < rows; row++) {
    const cells = kinds.map(({ draw }): string => {
      if (random.int(0, sparse ? 3 : 12) === 0) return '';
      const cell = draw(random, row);
      return quoting !== 'none' && random.int(0, 60) === 0 ? `${cell}\n2ª linha` : cell;
    });
    if (cells.every((cell) => cell.length === 0)) cells[0] = kinds[0]!.draw(random, row);
    const ragged = random.int(0, 50) === 0;
    const line = cells.map(written).join(delimiter);
    lines.push(
      ragged ? (random.int(0, 2) ? `${line}${delimiter}` : cells.slice(0, -1).map(written).join(delimiter)) : line,
    );
  }
  let after = 0;
  if (random.int(0, 4) === 0) {
    const closing = pick(random, CLOSINGS);
    lines.push(random.int(0, 2) ? clean(closing) : `${clean(closing)}${delimiter}${rows}`);
    after++;
  }
  const text = `${lines.join(eol)}${random.int(0, 3) ? eol : ''}`;
  const bytes = encoding === 'utf-8' ? Buffer.from(text, 'utf8') : Buffer.from(text, 'latin1');
  return {
    seed,
    format: 'delimited',
    text,
    bytes,
    delimiter,
    quote: used ? quote : '',
    encoding,
    header,
    before,
    after,
    columns: kinds.length,
    rows,
  };
}

const HEAD = 1 << 16;

/** What recognition says of a dirty file: all of it right, something asked, or what is wrong without being asked. */
export function judge(file: DirtyFile): { readonly asked: boolean; readonly wrong: readonly string[] } {
  const { bytes } = file;
  const found = recogniseBytes(bytes.subarray(0, HEAD), 'sujo.csv', bytes.length > HEAD);
  const about = new Set(found.asks.map((one) => one.about));
  const doubted = about.has('delimiter') || about.has('fields');
  if (file.format === 'fixed') {
    // Where fields are cut is always asked: only a file taken for another form, unasked, is wrong.
    const right = found.format === 'fixed' && found.columns.at(-1)?.to === file.text.split(/\r\n|\r|\n/)[1]!.length;
    return { asked: doubted, wrong: right || doubted ? [] : ['format'] };
  }
  const isAscii = bytes.every((byte) => byte < 0x80);
  const truths: readonly (readonly [what: string, right: boolean, asked: boolean])[] = [
    ['encoding', isAscii || found.encoding === file.encoding, false],
    ['delimiter', found.delimiter === file.delimiter, doubted],
    ['quote', found.quote === file.quote || file.quote === '', doubted],
    ['columns', found.columns.length === file.columns, doubted],
    ['header', found.header === (file.header !== null), about.has('header')],
    ['start', found.before === file.before, about.has('start') || about.has('header')],
    ['end', found.after === file.after || bytes.length > HEAD, doubted],
  ];
  return {
    asked: truths.some(([, , asked]) => asked),
    wrong: truths.filter(([, right, asked]) => !right && !asked).map(([what]) => what),
  };
}
