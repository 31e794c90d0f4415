import { Value } from 'typebox/value';
import { RamalError } from '../../kernel/errors.ts';
import { compute } from './compute.ts';
import { filter } from './filter.ts';
import { keep } from './keep.ts';
import { keepOne } from './keep-one.ts';
import { lookup, lookupColumns } from './lookup.ts';
import { pad } from './pad.ts';
import { rename } from './rename.ts';
import { type Step, Steps } from './schema.ts';
import { split } from './split.ts';
import { type ListNamed, type Made, type Relation, type StepEnd, type StepKind, StepMistake } from './step.ts';
import { trim } from './trim.ts';

export { type Step, Steps } from './schema.ts';
export type { ListNamed, Relation, StepEnd } from './step.ts';

/** Every step that a layout can declare. */
export const STEPS = new Map(
  [filter, trim, pad, split, lookup, keepOne, compute, rename, keep].map((one) => [
    one.kind as Step['do'],
    one as unknown as StepKind<Step['do']>,
  ]),
);

const kindOf = (step: Step) => STEPS.get(step.do) as StepKind<Step['do']>;

/** `passo 2: só São Paulo`: what the quarantine and a preview call it. */
export function stepTitle(step: Step, number: number): string {
  return `passo ${number}: ${step.name ?? kindOf(step).title(step)}`;
}

/** A row's end as its relation writes it, for each step and reason but duplicates. */
export function stepEnds(steps: readonly Step[]): { end: string; reason: StepEnd; title: string }[] {
  return steps.flatMap((step, index) =>
    kindOf(step)
      .ends.filter((reason) => reason !== 'duplicate')
      .map((reason) => ({ end: `${index + 1} ${reason}`, reason, title: stepTitle(step, index + 1) })),
  );
}

/**
 * Steps out of parsed JSON, checked.
 * @throws RamalError `layoutInvalid` that names the step.
 */
export function parseSteps(received: unknown, origin: string): Step[] {
  for (const { instancePath, message } of Value.Errors(Steps, received))
    throw new RamalError('layoutInvalid', {
      layout: origin,
      what: `steps${instancePath} ${message}`,
      todo: 'Corrija o passo',
    });
  checkSteps(received as Step[], [], origin);
  return received as Step[];
}

/**
 * Checks, whatever the rows, that steps are sound and give the columns that are wanted of them.
 * @throws RamalError `layoutInvalid` that names the step.
 */
export function checkSteps(steps: readonly Step[], wanted: readonly string[], origin: string): void {
  for (const [index, step] of steps.entries())
    told(step, index + 1, origin, () => {
      const { check, reads, makes } = kindOf(step);
      check?.(step);
      const own = [...reads(step), ...makes(step).map(({ name }) => name), ...wanted].find((one) =>
        one.startsWith('_'),
      );
      if (own) throw new StepMistake(`o nome ${own} começa com _`, 'Esses nomes são do sistema; use outro');
    });
  const looked = steps.flatMap((step) => (step.do === 'lookup' ? [step] : []));
  const list: ListNamed = (source) => ({
    sql: '',
    columns: looked.filter((one) => one.list === source).flatMap(lookupColumns),
  });
  const { columns } = applySteps({ sql: '', columns: columnsBefore(steps, wanted) }, steps, list, origin).at(-1)!;
  const lacking = wanted.find((name) => !columns.includes(name));
  if (lacking === undefined) return;
  throw new RamalError('layoutInvalid', {
    layout: origin,
    what: `depois dos passos não há a coluna ${lacking}`,
    todo: `Há ${columns.join(', ')}`,
  });
}

/** The columns that the rows must bring for steps to give `wanted`. */
export function columnsBefore(steps: readonly Step[], wanted: readonly string[]): string[] {
  return steps.reduceRight<string[]>(
    (needed, step) => {
      const kind = kindOf(step);
      const made = new Set(kind.makes(step).map(({ name }) => name));
      return [...new Set([...kind.reads(step), ...needed.filter((name) => !made.has(name))])];
    },
    [...wanted],
  );
}

/** The lists that steps look things up in. */
export function listsOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.flatMap((step) => (step.do === 'lookup' ? [step.list] : [])))];
}

/** What each column after a step is made of, for who may see it. */
export function madeBy(step: Step): readonly Made[] {
  return kindOf(step).makes(step);
}

/**
 * Rows after each step, the first of them before any.
 * @throws RamalError `layoutInvalid` that names the step: a column or a list that is not there.
 */
export function applySteps(
  input: Relation,
  steps: readonly Step[],
  list: ListNamed,
  origin: string,
): [Relation, ...Relation[]] {
  const relations: [Relation, ...Relation[]] = [input];
  for (const [index, step] of steps.entries())
    relations.push(applyStep(relations.at(-1) as Relation, step, index + 1, list, origin));
  return relations;
}

/** Rows after the step of a number, as {@link applySteps}. */
export function applyStep(before: Relation, step: Step, number: number, list: ListNamed, origin: string): Relation {
  return told(step, number, origin, () => applied(before, step, number, list));
}

function applied(before: Relation, step: Step, number: number, list: ListNamed): Relation {
  const kind = kindOf(step);
  const lacking = kind.reads(step).find((name) => !before.columns.includes(name));
  if (lacking !== undefined)
    throw new StepMistake(`não há a coluna ${lacking}`, `Antes deste passo há ${before.columns.join(', ')}`);
  for (const { name } of kind.makes(step)) {
    const renames = step.do === 'rename' ? kind.reads(step) : [];
    const near = before.columns.find(
      (one) => one !== name && one.toLowerCase() === name.toLowerCase() && !renames.includes(one),
    );
    if (near) throw new StepMistake(`${name} e ${near} só diferem em maiúsculas`, 'Escolha outro nome');
  }
  return kind.apply(step, number, before, list);
}

/** Runs work about a step; a mistake in it is told with its number. */
function told<T>(step: Step, number: number, layout: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof StepMistake)) throw thrown;
    throw new RamalError('layoutInvalid', {
      layout,
      what: `${stepTitle({ ...step, name: step.name ?? step.do }, number)}: ${thrown.message}`,
      todo: thrown.todo,
    });
  }
}
