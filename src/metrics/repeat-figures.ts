import type { Asked, Figure, Found, FoundRow } from './found.ts';
import type { RepeatFigure } from './indicator.ts';
import { shrink, wilson } from './interval.ts';
import { charges, type RepeatSums, slicedRepeats } from './repeat-sums.ts';
import { identifiedSources, isProvisional, periodEnd, ruleNamed } from './repeats.ts';
import { chosenSources, spanOf } from './scope.ts';
import { slicedSums } from './sums.ts';

/** Figures of repeat contacts under one rule, of sums that one statement makes. Marks are net: there is no gross view. */
export async function repeatFigures(asked: Asked, indicators: readonly RepeatFigure[]): Promise<Found[]> {
  const { lake, facts, question } = asked;
  const { scope, by = [] } = question;
  const rule = ruleNamed(question.rule ?? 'house');
  const { chosen: sources, watermark } = identifiedSources(facts.sources, scope);
  const [sums, counts] = await Promise.all([
    slicedRepeats(lake, rule, { scope, sources, watermark, by }),
    slicedSums(lake, { scope, sources: chosenSources(facts.sources, scope), by: [], expressions: ['contacts'] }),
  ]);
  const house = rule.kind === 'house';
  const figure = (one: RepeatFigure, of: RepeatSums, charged: boolean, to: string | null): Figure => {
    const found = one.trials(of, { house, charged });
    const known = {
      provisional: isProvisional(rule, of, to, watermark),
      ...(house && of.anchors > 0 ? { matured: of.matured / of.anchors } : {}),
    };
    if (!found || found.trials <= 0) return { value: null, n: found?.trials ?? 0, ...known };
    const { successes, trials } = found;
    return { value: successes / trials, n: trials, ...wilson(successes, trials), ...known };
  };
  const known = (one: RepeatFigure) => one.trials(sums.whole, { house, charged: charges(scope) }) !== null;
  const { to } = spanOf(scope, sources);
  return indicators.map((one) => ({
    statement: sums.statement,
    sources,
    whole: figure(one, sums.whole, charges(scope), to),
    gross: null,
    excluded: (counts.whole.gross?.contacts ?? 0) - (counts.whole.net?.contacts ?? 0),
    rows: ranked(
      sums.slices.map(({ key, sums: of }) => ({
        key,
        ...figure(one, of, charges(scope, by), by.length === 1 ? periodEnd(by[0]!, key[0]) : null),
      })),
    ),
    reason: !known(one) ? 'no-anchors' : sums.whole.eligible > 0 ? 'not-matured' : 'not-identified',
  }));
}

/** Rows with the rates by which they are ranked: a few cases are not set against many. */
function ranked(rows: readonly FoundRow[]): FoundRow[] {
  const shrunken = shrink(rows.map(({ value, n }) => ({ successes: (value ?? 0) * n, trials: n })));
  return rows.map((row, index) => (row.value === null ? row : { ...row, shrunken: shrunken[index]! }));
}
