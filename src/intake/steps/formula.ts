import { FUNCTIONS } from './formula-functions.ts';
import { type Node, parseFormula } from './formula-tree.ts';
import { as, badOf, columnValue, common, textValue, type Value } from './formula-value.ts';
import { StepMistake } from './step.ts';

/** A formula as an expression of text over columns of text. */
export interface Compiled {
  readonly sql: string;
  /** Conditions under which a value was not what the formula asks of it. */
  readonly bad: readonly string[];
  readonly columns: readonly string[];
}

/**
 * Compiles a formula: nothing of it reaches the engine but quoted names and literals.
 * @throws StepMistake with the place of what was not understood.
 */
export function compileFormula(formula: string): Compiled {
  const tree = parseFormula(formula);
  const { sql, bad } = as(partOf(tree), 'text');
  return { sql, bad, columns: [...new Set(columnsOf(tree))] };
}

function columnsOf(node: Node): string[] {
  switch (node.kind) {
    case 'column':
      return [node.name];
    case 'minus':
      return columnsOf(node.of);
    case 'sign':
      return [...columnsOf(node.left), ...columnsOf(node.right)];
    case 'call':
      return node.given.flatMap(columnsOf);
    default:
      return [];
  }
}

function partOf(node: Node): Value {
  const { at } = node;
  switch (node.kind) {
    case 'number': {
      const digits = node.text.replace('%', '').replace(',', '.');
      const sql = `CAST('${digits}' AS DOUBLE)${node.text.endsWith('%') ? ' / 100' : ''}`;
      return { kind: 'number', sql: `(${sql})`, bad: [], at };
    }
    case 'text':
      return textValue(node.text, at);
    case 'column':
      return columnValue(node.name, at);
    case 'minus': {
      const value = as(partOf(node.of), 'number');
      return { ...value, sql: `(-${value.sql})`, at };
    }
    case 'sign':
      return signed(node.sign, partOf(node.left), partOf(node.right), at);
    case 'call':
      return called(node);
  }
}

function signed(sign: string, left: Value, right: Value, at: number): Value {
  if (sign === '&') {
    const [one, other] = [as(left, 'text'), as(right, 'text')];
    return { kind: 'text', sql: `concat(${one.sql}, ${other.sql})`, bad: badOf(one, other), at };
  }
  if (!['+', '-', '*', '/'].includes(sign)) return compared(sign, left, right, at);
  const apart = left.kind === 'date' ? right.kind !== 'number' : left.kind === 'raw' && right.kind === 'date';
  if (sign === '-' && apart) {
    const [to, from] = [as(left, 'date'), as(right, 'date')];
    const sql = `CAST(date_diff('day', ${from.sql}, ${to.sql}) AS DOUBLE)`;
    return { kind: 'number', sql, bad: badOf(to, from), at };
  }
  if (left.kind === 'date' && (sign === '+' || sign === '-')) {
    const days = as(right, 'number');
    // A hundred thousand days either way stay within the calendar.
    const sql = `(${left.sql} ${sign} CAST(greatest(-100000, least(100000, ${days.sql})) AS INTEGER))`;
    return { kind: 'date', sql, bad: [...badOf(left, days), `abs(${days.sql}) > 100000`], at };
  }
  const [one, other] = [as(left, 'number'), as(right, 'number')];
  if (sign !== '/') return { kind: 'number', sql: `(${one.sql} ${sign} ${other.sql})`, bad: badOf(one, other), at };
  const sql = `(${one.sql} / nullif(${other.sql}, 0))`;
  return { kind: 'number', sql, bad: [...badOf(one, other), `${other.sql} = 0`], at };
}

function compared(sign: string, left: Value, right: Value, at: number): Value {
  const equality = sign === '=' || sign === '<>';
  if (!equality && left.kind === 'raw' && right.kind === 'raw')
    throw new StepMistake(
      `no lugar ${at}: ${sign} entre duas colunas, que podem ser números, datas ou textos`,
      'Escreva VALOR(coluna), DATA(coluna) ou TEXTO(coluna)',
    );
  const both = common(left.kind, right.kind);
  const kind = both === 'raw' ? 'text' : both;
  const [one, other] = [as(left, kind), as(right, kind)];
  const bad = badOf(one, other);
  // As in a sheet: capitals make no difference, and an empty cell is an empty text.
  if (kind === 'text')
    return {
      kind: 'boolean',
      sql: `(lower(coalesce(${one.sql}, '')) ${sign} lower(coalesce(${other.sql}, '')))`,
      bad,
      at,
    };
  return { kind: 'boolean', sql: `coalesce(${one.sql} ${sign} ${other.sql}, false)`, bad, at };
}

function called({ name, given: nodes, at }: Extract<Node, { kind: 'call' }>): Value {
  const plain = name.toUpperCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  const known = FUNCTIONS.get(plain);
  if (!known) {
    const todo =
      plain === 'HOJE' || plain === 'AGORA'
        ? 'O resultado mudaria a cada dia; compare com DATA("31/12/2026")'
        : `Existem: ${[...FUNCTIONS.values()].map(({ usage }) => usage.replace(/\(.*/s, '')).join(', ')}`;
    throw new StepMistake(`no lugar ${at}: função desconhecida: ${name}`, todo);
  }
  if (nodes.length < known.least || nodes.length > known.most)
    throw new StepMistake(`no lugar ${at}: ${name} com ${nodes.length} valores`, `Use ${known.usage}`);
  return { ...known.make({ given: nodes.map(partOf), nodes, at }), at };
}
