import { addDays } from '../kernel/brazil/dates.ts';
import { sameAge } from '../metrics/same-age.ts';
import type { Scope } from '../metrics/scope.ts';
import { aboutScope, ruleLines } from './about.ts';
import type { Reporting } from './reporting.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { FILE_WORDS, fileName } from './words.ts';

/** Earlier periods that a provisional one stands beside. */
const BEFORE = 4;

/** A provisional period's rate so far, and those of the ones before it when they were as old. */
export async function sameAgeTable(to: Reporting, rule: string, scope: Scope): Promise<ReportTable> {
  const { lake, cache, lang } = to;
  const { sameAge: words, figures, repeats, split, about } = FILE_WORDS[lang];
  const question = { scope, rule, before: BEFORE, watermark: undefined };
  const found = await cache.answer(lake, sameAge, [question]);
  const span = { from: scope.from ?? null, to: scope.to ?? null };
  return {
    name: fileName(words.title, span),
    title: words.title,
    columns: [
      { name: figures.from, kind: 'day' },
      { name: figures.last, kind: 'day' },
      { name: words.until, kind: 'day' },
      { name: words.anchors, kind: 'integer' },
      { name: repeats.repeated, kind: 'integer' },
      { name: words.rate, kind: 'ratio' },
      { name: split.low, kind: 'ratio' },
      { name: split.high, kind: 'ratio' },
    ],
    rows: oneBlock(
      found.periods.map((period) => [
        ...[period.from, addDays(period.to, -1), period.watermark, period.anchors],
        ...[period.repeated, period.rate, period.low, period.high],
      ]),
    ),
    about: () =>
      aboutScope(to, {
        title: words.title,
        scope,
        by: figures.period,
        order: '',
        view: 'net',
        rule: [...ruleLines(rule, lang), [about.measure, words.measure(found.age)] as const],
      }),
  };
}
