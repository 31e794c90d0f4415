import { cpfCheckDigits } from '../../kernel/brazil/cpf.ts';
import { Random } from '../../kernel/random.ts';
import type { Layout } from '../layout.ts';
import { parseLayout } from '../parse-layout.ts';

/** A client's portfolio file of one day: rows of texts under names. */
export interface ClientFile {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  readonly encoding: string;
}

/** What a change did, as the one who made it knows. */
export interface Planted {
  readonly kind: ChangeKind;
  readonly file: ClientFile;
  /** Columns that are called otherwise now. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Columns of the layout whose name no longer gives what it gave, or that are gone. */
  readonly broken: ReadonlySet<string>;
  /** Of rows that have a value that no file had: which, by index. */
  readonly unseen?: { readonly column: string; readonly rows: ReadonlySet<number> };
}

export const CHANGE_KINDS = [
  'nothing',
  'renamed alike',
  'renamed otherwise',
  'moved',
  'new column',
  'optional gone',
  'mandatory gone',
  'gone and another new',
  'date form',
  'decimal form',
  'emptied',
  'two change names',
  'delimiter and encoding',
  'unseen values',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

interface Kind {
  readonly names: readonly string[];
  readonly others: readonly string[];
  readonly as: string;
  readonly format?: string;
  readonly draw: (random: Random, person: number) => string;
}

const two = (value: number) => String(value).padStart(2, '0');
const pick = <T>(random: Random, values: readonly T[]): T => values[random.int(0, values.length)]!;
const digits = (random: Random, length: number) => Array.from({ length }, () => String(random.int(0, 10))).join('');
const day = (random: Random) => `${two(random.int(1, 29))}/${two(random.int(1, 13))}/${random.int(2024, 2027)}`;
const money = (random: Random) => `${random.int(10, 9000)},${two(random.int(0, 100))}`;

function cpfOf(person: number): string {
  const nine = String(100_000_000 + ((person * 7_919_317) % 899_999_999));
  return `${nine}${cpfCheckDigits(nine)}`;
}

const KINDS: readonly Kind[] = [
  {
    names: ['CONTRATO', 'NR_CONTRATO', 'Contrato'],
    others: ['CHAVE', 'ID_OPERACAO'],
    as: 'text',
    draw: (_, person) => `CT${String(person * 37 + 10_000)}`,
  },
  {
    names: ['CPF', 'NR_CPF', 'CPF_CLIENTE'],
    others: ['DOCUMENTO', 'NR_DOC'],
    as: 'cpf',
    draw: (_, person) => cpfOf(person),
  },
  {
    names: ['NOME', 'NM_CLIENTE', 'Nome Devedor'],
    others: ['TITULAR', 'RAZAO'],
    as: 'text',
    draw: (random) =>
      `${pick(random, ['Ana', 'Bia', 'Caio', 'Davi', 'Eva', 'Inês', 'João'])} ${pick(random, ['Silva', 'Souza', 'Lima', 'Dias', 'Alves', 'Prado'])} ${pick(random, ['Neto', 'Ramos', 'Melo', 'Reis'])}`,
  },
  {
    names: ['VALOR', 'VL_DIVIDA', 'Valor Aberto'],
    others: ['SALDO', 'MONTANTE'],
    as: 'decimal',
    format: '1.234,5',
    draw: money,
  },
  {
    names: ['VENCIMENTO', 'DT_VENC', 'Data Vencimento'],
    others: ['PRAZO', 'DT_LIMITE'],
    as: 'date',
    format: 'dd/mm/yyyy',
    draw: day,
  },
  {
    names: ['DT_NASCIMENTO', 'Nascimento'],
    others: ['DT_NASC', 'ANIVERSARIO'],
    as: 'date',
    format: 'dd/mm/yyyy',
    draw: (random) => `${two(random.int(1, 29))}/${two(random.int(1, 13))}/${random.int(1950, 2005)}`,
  },
  {
    names: ['TELEFONE', 'FONE1', 'Celular'],
    others: ['CONTATO', 'MSISDN'],
    as: 'phone',
    draw: (random) => `119${random.int(6, 10)}${digits(random, 7)}`,
  },
  {
    names: ['FONE2', 'TEL_RECADO'],
    others: ['OUTRO_FONE'],
    as: 'phone',
    draw: (random) => (random.chance(0.4) ? '' : `2${random.int(1, 9)}3${digits(random, 7)}`),
  },
  {
    names: ['UF', 'SG_UF', 'Estado'],
    others: ['REGIAO_UF'],
    as: 'text',
    draw: (random) => pick(random, ['SP', 'RJ', 'MG', 'BA', 'PR']),
  },
  {
    names: ['STATUS', 'SITUACAO'],
    others: ['FASE'],
    as: 'text',
    draw: (random) => pick(random, ['ABERTO', 'ACORDO', 'QUEBRA']),
  },
  {
    names: ['PRODUTO', 'DS_PRODUTO'],
    others: ['LINHA'],
    as: 'text',
    draw: (random) => pick(random, ['CARTAO', 'EMPRESTIMO', 'CDC']),
  },
  {
    names: ['PARCELAS', 'QT_PARCELAS'],
    others: ['PRESTACOES'],
    as: 'integer',
    draw: (random) => String(random.int(1, 60)),
  },
  { names: ['ATRASO', 'DIAS_ATRASO'], others: ['AGING'], as: 'integer', draw: (random) => String(random.int(1, 900)) },
  {
    names: ['EMAIL', 'DS_EMAIL'],
    others: ['CORREIO'],
    as: 'email',
    draw: (random, person) => (random.chance(0.3) ? '' : `pessoa${person}@exemplo.com.br`),
  },
  {
    names: ['OBS', 'OBSERVACAO'],
    others: ['COMENTARIO'],
    as: 'text',
    draw: (random) => (random.chance(0.7) ? '' : pick(random, ['ligar à tarde', 'prefere SMS', 'não atende'])),
  },
];

/** A column that no layout reads. */
const EXTRAS: readonly Kind[] = [
  { names: ['LOJA'], others: [], as: 'text', draw: (random) => `L${random.int(1, 40)}` },
  { names: ['DT_CADASTRO'], others: [], as: 'date', draw: day },
  { names: ['LIMITE'], others: [], as: 'decimal', draw: money },
  { names: ['CANAL_PREF'], others: [], as: 'text', draw: (random) => pick(random, ['WHATSAPP', 'SMS', 'VOZ']) },
  { names: ['SCORE_EXT'], others: [], as: 'integer', draw: (random) => String(random.int(0, 1000)) },
];

export interface Client {
  readonly seed: number;
  readonly layout: Layout;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly delimiter: string;
  readonly rows: number;
  /** How many people are others from one day to the next. */
  readonly turnover: number;
}

/** A client with columns of its own, whose layout reads all of them; contract and CPF are mandatory. */
export function clientOf(seed: number): Client {
  const random = new Random(seed, 'client');
  const chosen = KINDS.filter((_, index) => index < 5 || random.chance(0.7));
  const kinds = new Map(chosen.map((kind) => [pick(random, kind.names), kind]));
  const [key, cpf] = [...kinds.keys()] as [string, string];
  const columns = [...kinds].map(([name, { as, format }], index) => [
    `c${index}`,
    { from: [name], as, ...(format ? { format } : {}), ...(name === cpf ? { required: true } : {}) },
  ]);
  const layout = parseLayout(
    {
      ...{
        source: `cliente-${seed}`,
        version: 1,
        label: { pt: 'c', en: 'c' },
        into: 'list',
        covers: 'all',
        holds: 'all',
      },
      format: { kind: 'delimited', header: true },
      key: [key],
      columns: Object.fromEntries(columns),
    },
    'fixture',
  );
  return {
    seed,
    layout,
    kinds,
    delimiter: pick(random, [';', ',', '|', '\t']),
    rows: random.int(150, 600),
    turnover: pick(random, [15, 60, 5000]),
  };
}

/** A client's file of a day. */
export function fileOf(client: Client, date: number): ClientFile {
  const columns = [...client.kinds.keys()];
  const random = new Random(client.seed, 'day', date);
  const rows = Array.from({ length: client.rows + random.int(-20, 20) }, (_, index) => {
    const person = client.seed * 100_000 + date * client.turnover + index;
    // Who somebody is does not change from day to day; what is owed does not either.
    return [...client.kinds.values()].map((kind, place) => kind.draw(new Random(person, 'person', place), person));
  });
  return { columns, rows, delimiter: client.delimiter, encoding: 'windows-1252' };
}

/** A file with a change planted. */
export function plant(client: Client, date: number, kind: ChangeKind): Planted {
  const file = fileOf(client, date);
  const random = new Random(client.seed, 'change', kind);
  const plain = { kind, file, renamed: new Map<string, string>(), broken: new Set<string>() };
  const names = [...client.kinds.keys()];
  const some = random.int(0, names.length);
  const name = names[some]!;
  const kinds = [...client.kinds.values()];
  const called = (from: string, to: string) => file.columns.map((column) => (column === from ? to : column));
  const values = (place: number, change: (value: string, row: number) => string) =>
    file.rows.map((row, index) => row.map((cell, at) => (at === place ? change(cell, index) : cell)));
  switch (kind) {
    case 'nothing':
      return plain;
    case 'renamed alike': {
      const to = pick(random, [
        ...kinds[some]!.names.filter((one) => one !== name),
        `${name.toLowerCase()} novo`,
        `ds ${name}`,
      ]);
      if (file.columns.includes(to)) return plain;
      return {
        ...plain,
        file: { ...file, columns: called(name, to) },
        renamed: new Map([[name, to]]),
        broken: new Set([name]),
      };
    }
    case 'renamed otherwise': {
      const to = pick(random, kinds[some]!.others);
      return {
        ...plain,
        file: { ...file, columns: called(name, to) },
        renamed: new Map([[name, to]]),
        broken: new Set([name]),
      };
    }
    case 'moved': {
      const order = random.int(1, names.length);
      const turn = <T>(all: readonly T[]) => [...all.slice(order), ...all.slice(0, order)];
      return { ...plain, file: { ...file, columns: turn(file.columns), rows: file.rows.map(turn) } };
    }
    case 'new column': {
      const extra = pick(random, EXTRAS);
      const rows = file.rows.map((row, index) => [...row, extra.draw(random, index)]);
      return { ...plain, file: { ...file, columns: [...file.columns, extra.names[0]!], rows } };
    }
    case 'optional gone':
    case 'mandatory gone': {
      const at = kind === 'mandatory gone' ? random.int(0, 2) : random.int(2, names.length);
      const cut = <T>(all: readonly T[]) => all.filter((_, index) => index !== at);
      return {
        ...plain,
        file: { ...file, columns: cut(file.columns), rows: file.rows.map(cut) },
        broken: new Set([names[at]!]),
      };
    }
    case 'gone and another new': {
      const extra = pick(random, EXTRAS);
      const columns = called(name, extra.names[0]!);
      return {
        ...plain,
        file: { ...file, columns, rows: values(some, (_, row) => extra.draw(random, row)) },
        broken: new Set([name]),
      };
    }
    case 'date form': {
      const at = kinds.findIndex(({ as }) => as === 'date');
      const iso = (cell: string) => cell.split('/').reverse().join('-');
      return { ...plain, file: { ...file, rows: values(at, iso) }, broken: new Set([names[at]!]) };
    }
    case 'decimal form': {
      const at = kinds.findIndex(({ as }) => as === 'decimal');
      return {
        ...plain,
        file: { ...file, rows: values(at, (cell) => cell.replace(',', '.')) },
        broken: new Set([names[at]!]),
      };
    }
    case 'emptied':
      return {
        ...plain,
        file: { ...file, rows: values(some, (cell) => (random.chance(0.6) ? '' : cell)) },
        broken: new Set([name]),
      };
    case 'two change names': {
      // The names of two columns are exchanged: each is there, and holds what the other held.
      const [a, b] = [names[3]!, names[4]!];
      const columns = file.columns.map((column) => (column === a ? b : column === b ? a : column));
      return { ...plain, file: { ...file, columns }, broken: new Set([a, b]) };
    }
    case 'unseen values': {
      const at = kinds.findIndex(({ names: [first] }) => ['UF', 'STATUS', 'PRODUTO'].includes(first!));
      if (at === -1) return plain;
      const chosen = new Set(file.rows.flatMap((_, row) => (random.chance(0.03) ? row : [])));
      const rows = values(at, (cell, row) => (chosen.has(row) ? 'NUNCA VISTO' : cell));
      return { ...plain, file: { ...file, rows }, unseen: { column: names[at]!, rows: chosen } };
    }
    case 'delimiter and encoding':
      return { ...plain, file: { ...file, delimiter: client.delimiter === ';' ? '|' : ';', encoding: 'utf-8' } };
  }
}
