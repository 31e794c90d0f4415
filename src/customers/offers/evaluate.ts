import { RamalError } from '../../kernel/errors.ts';
import { type Progress, silent } from '../../kernel/progress.ts';
import { Random } from '../../kernel/random.ts';
import { type Estimate, estimates } from './bootstrap.ts';
import { type Cases, casesOf } from './cases.ts';
import { MEASURES, type Measure } from './measures.ts';
import { METHODS, type Method, Methods, type Trial } from './methods.ts';
import { type History, historyBefore, type Purchases } from './owned.ts';
import { type Fold, foldsOf } from './periods.ts';

export interface EvaluateSettings {
  readonly folds: number;
  /** Share of the customers that have two items, from which a rule is made. */
  readonly support?: number | undefined;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

export type Figures = Readonly<Record<Measure, Estimate>>;

export interface MethodFigures {
  readonly name: Method;
  readonly test: Figures;
  readonly validation: Figures;
  /** Of the items that anybody had, the share that was offered to somebody. */
  readonly coverage: number;
}

export interface FoldAnswer extends Fold {
  readonly chosen: Method;
  /** λ of EASEᴿ, chosen on the validation. */
  readonly ridge: number;
  /** Customers with items before the test, of these those with something new in it, and so of the validation. */
  readonly known: number;
  readonly customers: number;
  readonly validated: number;
  /** Of what was new to customers, the share of items that no method can offer: nobody had them before, or too few had. */
  readonly unseen: number;
}

export interface Evaluation {
  readonly methods: readonly MethodFigures[];
  readonly folds: readonly FoldAnswer[];
  /** Of the last origin. */
  readonly chosen: Method;
  /** What was chosen at each origin, on its test. */
  readonly chosenFigures: Figures;
  /** Whether it found more than popularity on the test, beyond the interval of the difference, in recall and in NDCG. */
  readonly beatsPopularity: boolean;
  /** Items beyond the catalogue, at the last origin. */
  readonly beyond: number;
}

/** Items that are offered at most: matrices of so many by so many take 130 MB each. */
export const MOST_ITEMS = 4000;
/** Customers of a validation or of a test at least. */
const FEWEST = 5;
/** What an origin's progress is told in: the λs that are looked at, and the test. */
const STEPS = 8;
const RIDGES = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000];

/** The trials of the methods at one origin or at several. */
class Results {
  readonly #parts: { readonly customers: Uint32Array; readonly trials: ReadonlyMap<string, Trial> }[] = [];

  add({ customers }: Cases, trials: ReadonlyMap<string, Trial>): void {
    this.#parts.push({ customers, trials });
  }

  /** Of each name, beside the first. */
  figures(random: Random): Map<string, Figures> {
    const names = [...this.#parts[0]!.trials.keys()];
    const [recall5, recall10, ndcg10] = MEASURES.map((measure) => {
      const parts = this.#parts.map(({ customers, trials }) => ({
        ...{ customers, figures: names.map((name) => trials.get(name)!.figures[measure]) },
      }));
      return estimates(parts, random);
    });
    return new Map(
      names.map((name, at) => [name, { recall5: recall5![at]!, recall10: recall10![at]!, ndcg10: ndcg10![at]! }]),
    );
  }
}

/**
 * Asks each method what customers would take next, and compares it with what they took: at each origin the method and λ
 * are chosen on the validation, and measured on the test after it.
 * @throws RamalError `offersOneItem`, `offersOneTime`, `offersNoTest`, `offersNothingNew`, `offersFewCustomers`.
 */
export async function evaluate(purchases: Purchases, settings: EvaluateSettings): Promise<Evaluation> {
  const { seed, progress = silent } = settings;
  if (purchases.itemNames.length < 2) throw new RamalError('offersOneItem', { items: purchases.itemNames.length });
  if (purchases.customers < FEWEST)
    throw new RamalError('offersFewCustomers', { customers: purchases.customers, needed: FEWEST });
  const folds = foldsOf(purchases, settings.folds);
  const names = METHODS.filter((name) => name !== 'groupPopularity' || purchases.group);
  const [validation, test] = [new Results(), new Results()];
  const answers: FoldAnswer[] = [];
  const covered = new Map<string, number>();
  let beyond = 0;
  for (const [at, fold] of folds.entries()) {
    const step = (what: string, done: number) =>
      progress({ step: what, done: STEPS * at + done, total: STEPS * folds.length });
    const early = historyBefore(purchases, fold.validation, MOST_ITEMS);
    const choosing = casesFor(purchases, early, fold.validation, fold.test);
    const late = historyBefore(purchases, fold.test, MOST_ITEMS);
    const testing = casesFor(purchases, late, fold.test, fold.end);
    const tried = new Map<string, Trial>();
    const trials = new Methods(purchases, early, choosing, settings);
    step('validação', 0);
    for (const name of names) if (name !== 'ease') tried.set(name, await trials.trial({ name }));
    let looked = 0;
    const ridge = await climb(RIDGES, async (one) => {
      step(`validação, λ ${one}`, ++looked);
      const trial = await trials.trial({ name: 'ease', ridge: one });
      const value = mean(trial.figures.ndcg10);
      if (value > mean(tried.get('ease')?.figures.ndcg10 ?? [])) tried.set('ease', trial);
      return value;
    });
    const own = new Results();
    own.add(choosing, tried);
    validation.add(choosing, tried);
    const chosen = choose(own.figures(new Random(seed, 'validation', at)));
    const found = new Map<string, Trial>();
    const tests = new Methods(purchases, late, testing, settings);
    step('teste', STEPS - 1);
    for (const name of names) {
      const trial = await tests.trial(name === 'ease' ? { name, ridge } : { name });
      found.set(name, trial);
      covered.set(name, (covered.get(name) ?? 0) + trial.offered / late.known / folds.length);
    }
    test.add(testing, new Map([...found, ['chosen', found.get(chosen)!]]));
    beyond = late.known - late.owned.size;
    answers.push({
      ...{ ...fold, chosen, ridge, known: late.owned.customers, customers: testing.customers.length },
      ...{ validated: choosing.customers.length, unseen: testing.unseen / testing.places.length },
    });
  }
  const onTest = test.figures(new Random(seed, 'test'));
  const onValidation = validation.figures(new Random(seed, 'validation'));
  const chosenFigures = onTest.get('chosen')!;
  const above = ({ over }: Estimate) => over.interval.low > 0;
  return {
    methods: names.map((name) => ({
      ...{ name, test: onTest.get(name)!, validation: onValidation.get(name)!, coverage: covered.get(name)! },
    })),
    ...{ folds: answers, chosen: answers.at(-1)!.chosen, chosenFigures, beyond },
    beatsPopularity: above(chosenFigures.recall10) && above(chosenFigures.ndcg10),
  };
}

function casesFor(purchases: Purchases, history: History, from: number, to: number): Cases {
  const cases = casesOf(purchases, history, from, to);
  if (cases.customers.length === 0) throw new RamalError('offersNothingNew', { known: history.owned.customers });
  if (cases.customers.length >= FEWEST) return cases;
  throw new RamalError('offersFewCustomers', { customers: cases.customers.length, needed: FEWEST });
}

/** The method of the highest NDCG, if it is above popularity's by more than the interval of their difference. */
function choose(figures: ReadonlyMap<string, Figures>): Method {
  let best: Method = 'popularity';
  for (const name of METHODS) {
    const own = figures.get(name)?.ndcg10;
    if (own && own.over.interval.low > 0 && own.value > figures.get(best)!.ndcg10.value) best = name;
  }
  return best;
}

/** The place of a rising list whose value is the highest, looked for from the middle outwards and then closer. */
async function climb(places: readonly number[], value: (place: number) => Promise<number>): Promise<number> {
  const values = new Map<number, number>();
  const best = () => [...values.keys()].reduce((one, other) => (values.get(other)! > values.get(one)! ? other : one));
  const look = async (...at: number[]) => {
    for (const one of at)
      if (one >= 0 && one < places.length && !values.has(one)) values.set(one, await value(places[one]!));
  };
  const middle = places.length >> 1;
  await look(middle, middle - 2, middle + 2);
  for (let before = -1; before !== best(); ) {
    before = best();
    await look(before - 2, before + 2);
  }
  await look(best() - 1, best() + 1);
  return places[best()]!;
}

const mean = (values: ArrayLike<number>): number =>
  values.length === 0 ? -1 : Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
