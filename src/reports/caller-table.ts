import { callerCounts } from '../metrics/caller-counts.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { chosenSources, type Scope, spanOf } from '../metrics/scope.ts';
import { aboutScope, ruleLines } from './about.ts';
import type { Reporting } from './reporting.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { FILE_WORDS, fileName } from './words.ts';

/** Callers by how often they contacted, as the screen has them. */
export async function callerTable(to: Reporting, rule: string, scope: Scope): Promise<ReportTable> {
  const { lake, cache, lang } = to;
  const { callers: words, figures, split, about } = FILE_WORDS[lang];
  const found = await cache.answer(lake, callerCounts, [scope, rule]);
  const share = (part: number | null, whole: number) => (part === null || whole === 0 ? null : part / whole);
  const span = spanOf(scope, chosenSources((await lakeFacts(lake)).sources, scope));
  return {
    name: fileName(words.title, span),
    title: words.title,
    columns: [
      { name: words.count, kind: 'text' },
      { name: words.callers, kind: 'integer' },
      { name: words.ofCallers, kind: 'ratio' },
      { name: words.contacts, kind: 'integer' },
      { name: split.share, kind: 'ratio' },
    ],
    rows: oneBlock(
      found.rows.map(({ count, callers, contacts }) => [
        words.counts[count],
        callers,
        share(callers, found.callers),
        contacts,
        share(contacts, found.contacts),
      ]),
    ),
    about: () =>
      aboutScope(to, {
        title: words.title,
        scope,
        by: words.count,
        order: '',
        view: 'net',
        rule: [...ruleLines(rule, lang), [about.measure, words.measure] as const, [figures.what, words.count] as const],
      }),
  };
}
