import type { Interval } from './bootstrap.ts';
import type { Evaluation, Figures } from './evaluate.ts';
import { MEASURES, type Measure } from './measures.ts';

/** Without what the last bits of doubles add. */
export const tidy = (value: number): number => Number(value.toPrecision(12));
const bounds = ({ low, high }: Interval): [number, number] => [tidy(low), tidy(high)];
const each = <T>(value: (measure: Measure) => T) =>
  Object.fromEntries(MEASURES.map((measure) => [measure, value(measure)])) as Record<Measure, T>;

/** A method's figures, as scripts read them. */
const figuresOf = (figures: Figures) => ({
  ...each((measure) => tidy(figures[measure].value)),
  interval: each((measure) => bounds(figures[measure].interval)),
  overPopularity: each((measure) => ({
    difference: tidy(figures[measure].over.value),
    interval: bounds(figures[measure].over.interval),
  })),
});

/** An evaluation as scripts and files read it. @param moment tells a time of its folds; null of none. */
export function toldEvaluation<Moment>(
  { methods, folds, chosen, chosenFigures, beatsPopularity }: Evaluation,
  moment: (time: number) => Moment,
) {
  return {
    methods: methods.map(({ name, test, validation, coverage }) => ({
      ...{ name, ...figuresOf(test), coverage: tidy(coverage) },
      validation: each((measure) => tidy(validation[measure].value)),
    })),
    ...{ chosen, beatsPopularity, chosenTest: figuresOf(chosenFigures) },
    folds: folds.map(({ validation, test, end, unseen, ...fold }) => ({
      ...{ validation: moment(validation), test: moment(test), end: moment(end), ...fold, unseen: tidy(unseen) },
    })),
  };
}
export type ToldEvaluation = ReturnType<typeof toldEvaluation<string | null>>;
