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

/** What a test says of the method that was chosen: it finds more than popularity, only puts it nearer to the beginning, or neither. */
export const VERDICTS = ['beats', 'orders', 'nothing'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Beyond the intervals of the differences; what finds less than popularity among ten does not order better. */
export function verdictOf({
  beatsPopularity,
  chosenTest: { overPopularity },
}: {
  readonly beatsPopularity: boolean;
  readonly chosenTest: Pick<ReturnType<typeof figuresOf>, 'overPopularity'>;
}): Verdict {
  if (beatsPopularity) return 'beats';
  return overPopularity.ndcg10.interval[0] > 0 && overPopularity.recall10.interval[1] >= 0 ? 'orders' : 'nothing';
}

/** An evaluation as scripts and files read it. @param moment tells a time of its folds; null of none. */
export function toldEvaluation<Moment>(
  { methods, folds, chosen, chosenFigures, beatsPopularity }: Evaluation,
  moment: (time: number) => Moment,
) {
  const chosenTest = figuresOf(chosenFigures);
  return {
    methods: methods.map(({ name, test, validation, coverage }) => ({
      ...{ name, ...figuresOf(test), coverage: tidy(coverage) },
      validation: each((measure) => tidy(validation[measure].value)),
    })),
    ...{ chosen, beatsPopularity, verdict: verdictOf({ beatsPopularity, chosenTest }), chosenTest },
    folds: folds.map(({ validation, test, end, unseen, ...fold }) => ({
      ...{ validation: moment(validation), test: moment(test), end: moment(end), ...fold, unseen: tidy(unseen) },
    })),
  };
}
export type ToldEvaluation = ReturnType<typeof toldEvaluation<string | null>>;
