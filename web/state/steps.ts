import type { StepPreview as Preview } from '../../src/api/schema-steps.ts';
import type { Layout } from '../../src/intake/layout.ts';
import type { Comparison, Condition, Order, Step } from '../../src/intake/steps/schema.ts';
import type { Words } from '../words/index.ts';
import { slugOf } from './new-source.ts';

export type { Comparison, Condition, Layout, Order, Step };
export type StepPreview = Preview;
export type Previewed = StepPreview['steps'][number];
export type Kind = Step['do'];
export type Is = Comparison['is'];
type StepWords = Words['steps'];

/** Every kind of step, in the order in which people need them. */
export const KINDS: readonly Kind[] = [
  ...(['filter', 'keep-one', 'lookup', 'compute', 'trim', 'pad', 'split', 'rename', 'keep'] as const),
];
export const ORDERS: readonly Order['first'][] = ['highest', 'lowest', 'latest', 'earliest', 'a-z', 'z-a'];
export const COMPARISONS: readonly Is[] = [
  ...(['=', '<>', '>', '>=', '<', '<=', 'contains', 'starts', 'ends', 'in', 'empty', 'filled'] as const),
];

/** A step of a kind, before anybody said what it is about. */
export function blankStep(kind: Kind): Step {
  switch (kind) {
    case 'filter':
      return { do: kind, keep: { column: '', is: '=', value: '' } };
    case 'trim':
      return { do: kind, columns: [], side: 'both' };
    case 'pad':
      return { do: kind, columns: [], side: 'left', sign: '0', width: 11 };
    case 'split':
      return { do: kind, column: '', separator: ' ', into: [] };
    case 'lookup':
      return { do: kind, list: '', key: {}, take: {} };
    case 'keep-one':
      return { do: kind, key: [], order: [] };
    case 'compute':
      return { do: kind, into: '', formula: '' };
    case 'rename':
      return { do: kind, columns: {} };
    case 'keep':
      return { do: kind, columns: [] };
  }
}

/** What a step still lacks before it can be tried; a key of the words, or undefined. */
export function lackOf(step: Step): keyof StepWords['lacks'] | undefined {
  switch (step.do) {
    case 'filter':
      return lackOfCondition(step.keep);
    case 'trim':
    case 'keep':
      return step.columns.length === 0 ? 'columns' : undefined;
    case 'pad':
      if (step.columns.length === 0) return 'columns';
      if (step.sign === '') return 'sign';
      return Number.isInteger(step.width) && step.width > 0 && step.width <= 1000 ? undefined : 'width';
    case 'split':
      if (step.column === '') return 'column';
      if (step.at ? step.at.length === 0 : !step.separator) return 'separator';
      return step.into.length < 2 ? 'into' : undefined;
    case 'lookup': {
      if (step.list === '') return 'list';
      const key = Object.entries(step.key);
      if (key.length === 0 || key.some(([there, here]) => there === '' || here === '')) return 'key';
      if (Object.keys(step.take).length === 0) return 'take';
      return step.where ? lackOfCondition(step.where) : lackOfOrder(step.order ?? []);
    }
    case 'keep-one':
      if (step.key.length === 0) return 'key';
      return step.order.length === 0 ? 'order' : lackOfOrder(step.order);
    case 'compute':
      if (step.into === '') return 'name';
      return step.formula.trim() === '' ? 'formula' : undefined;
    case 'rename':
      return Object.keys(step.columns).length === 0 || Object.values(step.columns).includes('') ? 'rename' : undefined;
  }
}

const lackOfOrder = (order: readonly Order[]) => (order.some(({ column }) => column === '') ? 'order' : undefined);

function lackOfCondition(condition: Condition): keyof StepWords['lacks'] | undefined {
  if ('all' in condition) return condition.all.map(lackOfCondition).find(Boolean);
  if ('any' in condition) return condition.any.map(lackOfCondition).find(Boolean);
  if (condition.column === '') return 'column';
  if (condition.is === 'empty' || condition.is === 'filled') return undefined;
  if (condition.is === 'in') return condition.values?.length ? undefined : 'value';
  return condition.value === undefined || condition.value === '' ? 'value' : undefined;
}

/** The comparisons of a condition that is a plain list of them, which a form can show; undefined for deeper ones. */
export function flatOf(condition: Condition): { by: 'all' | 'any'; of: Comparison[] } | undefined {
  const by = 'any' in condition ? 'any' : 'all';
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition];
  return parts.every((one) => !('all' in one) && !('any' in one)) ? { by, of: parts as Comparison[] } : undefined;
}

export function conditionOf(by: 'all' | 'any', of: readonly Comparison[]): Condition {
  if (of.length === 1) return of[0]!;
  return by === 'all' ? { all: of } : { any: of };
}

/** A column as a formula names it. */
export const inFormula = (column: string): string =>
  /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(column) ? column : `[${column}]`;

/** What a step does, in one sentence. */
export function stepSaid(step: Step, words: StepWords, label: (list: string) => string = (list) => list): string {
  const { said } = words;
  const list = (names: readonly string[]) => words.and(names);
  switch (step.do) {
    case 'filter':
      return said.filter(conditionSaid(step.keep, words));
    case 'trim':
      return said.trim(list(step.columns), step.sign ?? ' ', words.sides[step.side ?? 'both']);
    case 'pad':
      return said.pad(list(step.columns), step.sign, words.sides[step.side], String(step.width));
    case 'split':
      return step.at
        ? said.splitAt(step.column, list(step.into), list(step.at.map(String)))
        : said.split(step.column, list(step.into), step.separator ?? '');
    case 'lookup':
      return said.lookup(
        list(Object.keys(step.take)),
        label(step.list),
        list(Object.values(step.key)),
        orderSaid(step.order ?? [], words),
      );
    case 'keep-one':
      return said.keepOne(
        list(step.key),
        orderSaid(step.order.slice(0, 1), words),
        orderSaid(step.order.slice(1), words),
      );
    case 'compute':
      return said.compute(step.into, step.formula);
    case 'rename':
      return list(Object.entries(step.columns).map(([now, was]) => said.rename(was, now)));
    case 'keep':
      return said.keep(list(step.columns));
  }
}

function orderSaid(order: readonly Order[], words: StepWords): string {
  return order.map(({ column, first }) => words.firsts[first](column)).join(words.tie);
}

export function conditionSaid(condition: Condition, words: StepWords): string {
  if ('all' in condition) return condition.all.map((one) => conditionSaid(one, words)).join(` ${words.all} `);
  if ('any' in condition) return condition.any.map((one) => conditionSaid(one, words)).join(` ${words.any} `);
  const { column, is, value, values } = condition;
  if (is === 'empty' || is === 'filled') return `${column} ${words.is[is]}`;
  return `${column} ${words.is[is]} ${is === 'in' ? (values ?? []).join(', ') : String(value ?? '…')}`;
}

/** The columns that a step names, so that a preview shows them before others. */
export function columnsNamed(step: Step | undefined): string[] {
  if (!step) return [];
  switch (step.do) {
    case 'filter':
      return conditionColumns(step.keep);
    case 'split':
      return [step.column, ...step.into];
    case 'lookup':
      return [...Object.values(step.key), ...Object.keys(step.take)];
    case 'keep-one':
      return [...step.key, ...step.order.map(({ column }) => column)];
    case 'compute':
      return [step.into];
    case 'rename':
      return Object.keys(step.columns);
    default:
      return [...step.columns];
  }
}

function conditionColumns(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(conditionColumns);
  if ('any' in condition) return condition.any.flatMap(conditionColumns);
  return [condition.column];
}

/** The columns that a layout reads of the rows after its steps. */
export function columnsRead({ key, columns }: Pick<Layout, 'key' | 'columns'>): string[] {
  return [...new Set([...key, ...Object.values(columns).flatMap(({ from }) => from ?? [])])];
}

const FORMATS: Readonly<Record<string, string>> = {
  decimal: '1.234,5',
  date: 'dd/mm/yyyy',
  'date-time': 'dd/mm/yyyy hh:mm:ss',
};

/** How a list keeps a column that a step made, by the type that a person chose. */
export function keptColumn(name: string, as: string): [string, Layout['columns'][string]] {
  const plain = slugOf(name)
    .replaceAll('-', '_')
    .replace(/^(?=[^a-z])/, 'c_');
  const format = FORMATS[as];
  return [plain || 'coluna', { from: [name], as, label: name, ...(format ? { format } : {}) }];
}

/** A mistake of a step in the reader's language, where it has a translation. */
export function mistakeSaid({ what, todo }: { what: string; todo: string }, words: StepWords): string {
  const said = words.mistakes.find(([pattern]) => pattern.test(what));
  return said ? what.replace(...said) : `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${todo}.`;
}
