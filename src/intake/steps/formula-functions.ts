import { literal } from '../../storage/lake.ts';
import { anyOf } from './columns-sql.ts';
import { readDate } from './forms.ts';
import type { Node } from './formula-tree.ts';
import { as, badOf, common, type Kind, readAs, type Value } from './formula-value.ts';
import { StepMistake } from './step.ts';

interface Called {
  readonly given: readonly Value[];
  readonly nodes: readonly Node[];
  readonly at: number;
}

/** A function of formulas: what it is called, how many values it takes, and the expression it becomes. */
interface Formula {
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  readonly make: (called: Called) => Value;
}

const MANY = 50;

/** A function whose values are of given kinds, the last kind for all that follow. */
function plain(
  usage: string,
  [least, most]: readonly [number, number],
  kinds: readonly Kind[],
  kind: Kind,
  sql: (...given: string[]) => string,
): Formula {
  const make = ({ given, at }: Called): Value => {
    const values = given.map((value, index) => as(value, kinds[Math.min(index, kinds.length - 1)]!));
    return { kind, sql: sql(...values.map((one) => one.sql)), bad: badOf(...values), at };
  };
  return { usage, least, most, make };
}

/** A whole number that stands in the formula itself. */
function wholeOf({ nodes, at }: Called, index: number, most: number): number {
  const node = nodes[index];
  const value = node?.kind === 'number' ? Number(node.text.replace(',', '.')) : Number.NaN;
  if (Number.isInteger(value) && value <= most) return value;
  throw new StepMistake(`no lugar ${node?.at ?? at}: esperava um número inteiro de 0 a ${most}`, 'Escreva-o na conta');
}

const se: Formula = {
  usage: 'SE(condição; valor; outro valor)',
  least: 2,
  most: 3,
  make({ given: [test, first, other], at }) {
    const condition = as(test!, 'boolean');
    const kind = other ? common(first!.kind, other.kind) : first!.kind;
    const yes = as(first!, kind);
    const no = other ? as(other, kind) : null;
    const bad = `CASE WHEN ${condition.sql} THEN ${anyOf(yes.bad)} ELSE ${anyOf(no?.bad ?? [])} END`;
    const branches = yes.bad.length + (no?.bad.length ?? 0) > 0 ? [bad] : [];
    const sql = `CASE WHEN ${condition.sql} THEN ${yes.sql} ELSE ${no?.sql ?? 'NULL'} END`;
    return { kind, sql, bad: [...condition.bad, ...branches], at };
  },
};

const primeiro: Formula = {
  usage: 'PRIMEIRO(valor; valor; …)',
  least: 1,
  most: MANY,
  make({ given, at }) {
    const kind = given.reduce<Kind>((so, { kind: own }) => common(so, own), given[0]!.kind);
    const values = given.map((value) => as(value, kind));
    const filled = values.map(({ sql }) => (kind === 'text' || kind === 'raw' ? `nullif(${sql}, '')` : sql));
    return { kind, sql: `coalesce(${filled.join(', ')})`, bad: badOf(...values), at };
  },
};

const data: Formula = {
  usage: 'DATA("31/12/2026"), DATA(coluna) ou DATA(ano; mês; dia)',
  least: 1,
  most: 3,
  make({ given, nodes, at }) {
    const [first] = nodes;
    if (given.length === 1 && first?.kind === 'text') {
      const read = readDate(first.text);
      if (!read)
        throw new StepMistake(`no lugar ${first.at}: ${first.text} não é uma data`, 'Escreva-a como "31/12/2026"');
      return { kind: 'date', sql: `DATE ${literal(read)}`, bad: [], at };
    }
    if (given.length === 1) return { ...readAs(given[0]!, 'date'), at };
    if (given.length === 2) throw new StepMistake(`no lugar ${at}: DATA toma um valor ou três`, `Use ${data.usage}`);
    const parts = given.map((value) => as(value, 'number'));
    const [year, month, day] = parts.map(({ sql }) => `try_cast(${sql} AS INTEGER)`);
    const sql = `TRY(make_date(${year}, ${month}, ${day}))`;
    const filled = parts.map((one) => `${one.sql} IS NOT NULL`).join(' AND ');
    return { kind: 'date', sql, bad: [...badOf(...parts), `${filled} AND ${sql} IS NULL`], at };
  },
};

const valor: Formula = {
  usage: 'VALOR(texto)',
  least: 1,
  most: 1,
  make: ({ given: [value], at }) => ({ ...readAs(value!, 'number'), at }),
};

const arred: Formula = {
  usage: 'ARRED(número; casas)',
  least: 1,
  most: 2,
  make(called) {
    const value = as(called.given[0]!, 'number');
    const digits = called.given.length > 1 ? wholeOf(called, 1, 6) : 0;
    // In decimals, so that 2,675 to two places is 2,68 as a sheet says.
    const sql = `CAST(round(try_cast(${value.sql} AS DECIMAL(24,6)), ${digits}) AS DOUBLE)`;
    return { kind: 'number', sql, bad: [...value.bad, `${value.sql} IS NOT NULL AND ${sql} IS NULL`], at: called.at };
  },
};

const vazio: Formula = {
  usage: 'VAZIO(coluna)',
  least: 1,
  most: 1,
  make({ given: [value], at }) {
    const text = value!.kind === 'raw' || value!.kind === 'text';
    const sql = text ? `(coalesce(${value!.sql}, '') = '')` : `(${value!.sql} IS NULL)`;
    return { kind: 'boolean', sql, bad: value!.bad, at };
  },
};

/** A part of a text by places; they are kept within what the engine takes. */
const place = (sql: string) => `CAST(greatest(0, least(100000, coalesce(${sql}, 0))) AS INTEGER)`;
const dateOnly = (name: string, part: string) =>
  plain(`${name}(data)`, [1, 1], ['date'], 'number', (x) => `CAST(${part}(${x}) AS DOUBLE)`);

/** Every function, by its name in capitals without accents. */
export const FUNCTIONS: ReadonlyMap<string, Formula> = new Map(
  Object.entries({
    SE: se,
    E: plain('E(condição; …)', [1, MANY], ['boolean'], 'boolean', (...all) => `(${all.join(' AND ')})`),
    OU: plain('OU(condição; …)', [1, MANY], ['boolean'], 'boolean', (...all) => `(${all.join(' OR ')})`),
    NAO: plain('NÃO(condição)', [1, 1], ['boolean'], 'boolean', (x) => `(NOT ${x})`),
    VAZIO: vazio,
    PRIMEIRO: primeiro,
    VALOR: valor,
    DATA: data,
    TEXTO: plain('TEXTO(valor)', [1, 1], ['text'], 'text', (x) => x),
    MAIUSCULA: plain('MAIÚSCULA(texto)', [1, 1], ['text'], 'text', (x) => `upper(${x})`),
    MINUSCULA: plain('MINÚSCULA(texto)', [1, 1], ['text'], 'text', (x) => `lower(${x})`),
    'PRI.MAIUSCULA': plain(
      'PRI.MAIÚSCULA(texto)',
      [1, 1],
      ['text'],
      'text',
      (x) => `array_to_string(list_transform(string_split(lower(${x}), ' '), lambda w: upper(w[1]) || w[2:]), ' ')`,
    ),
    ARRUMAR: plain('ARRUMAR(texto)', [1, 1], ['text'], 'text', (x) => `trim(regexp_replace(${x}, '\\s+', ' ', 'g'))`),
    DIGITOS: plain('DÍGITOS(texto)', [1, 1], ['text'], 'text', (x) => `digits_of(${x})`),
    ESQUERDA: plain(
      'ESQUERDA(texto; quantos)',
      [2, 2],
      ['text', 'number'],
      'text',
      (x, n) => `left(${x}, ${place(n!)})`,
    ),
    DIREITA: plain(
      'DIREITA(texto; quantos)',
      [2, 2],
      ['text', 'number'],
      'text',
      (x, n) => `right(${x}, ${place(n!)})`,
    ),
    'EXT.TEXTO': plain(
      'EXT.TEXTO(texto; começo; quantos)',
      [3, 3],
      ['text', 'number'],
      'text',
      (x, from, n) => `substring(${x}, greatest(1, ${place(from!)}), ${place(n!)})`,
    ),
    'NUM.CARACT': plain(
      'NÚM.CARACT(texto)',
      [1, 1],
      ['text'],
      'number',
      (x) => `CAST(length(coalesce(${x}, '')) AS DOUBLE)`,
    ),
    SUBSTITUIR: plain(
      'SUBSTITUIR(texto; isto; por isto)',
      [3, 3],
      ['text'],
      'text',
      (x, old, now) => `replace(${x}, ${old}, coalesce(${now}, ''))`,
    ),
    ARRED: arred,
    INT: plain('INT(número)', [1, 1], ['number'], 'number', (x) => `floor(${x})`),
    ABS: plain('ABS(número)', [1, 1], ['number'], 'number', (x) => `abs(${x})`),
    MINIMO: plain('MÍNIMO(número; …)', [1, MANY], ['number'], 'number', (...all) => `least(${all.join(', ')})`),
    MAXIMO: plain('MÁXIMO(número; …)', [1, MANY], ['number'], 'number', (...all) => `greatest(${all.join(', ')})`),
    DIAS: plain(
      'DIAS(data final; data inicial)',
      [2, 2],
      ['date'],
      'number',
      (to, from) => `CAST(date_diff('day', ${from}, ${to}) AS DOUBLE)`,
    ),
    ANO: dateOnly('ANO', 'year'),
    MES: dateOnly('MÊS', 'month'),
    DIA: dateOnly('DIA', 'day'),
  }),
);
