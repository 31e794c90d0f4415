import { maskRow } from '../access/masking.ts';
import { callerRanking, RANKED_COLUMNS } from '../metrics/caller-ranking.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { chosenSources, type Scope, spanOf } from '../metrics/scope.ts';
import { aboutScope, ruleLines } from './about.ts';
import type { Reporting } from './reporting.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { contractColumn } from './table-rows.ts';
import { FILE_WORDS, fileName } from './words.ts';

/** Callers in a file, the most first. */
const MOST = 1000;

/** The callers who contacted the most, masked. */
export async function rankedTable(to: Reporting, rule: string, scope: Scope): Promise<ReportTable> {
  const { lake, cache, lang } = to;
  const { ranking: words, columns: heads, about } = FILE_WORDS[lang];
  const asked = { page: 1, size: MOST };
  const { rows, total } = await cache.answer(lake, callerRanking, [scope, rule, asked]);
  const columns = Object.entries(RANKED_COLUMNS)
    .filter(([name]) => name !== 'row_id' && (name !== 'customer_ref' || rows.some((row) => row[name] !== null)))
    .map(([name, column]) => ({ ...contractColumn(name, column, lang), name: words.columns[name] ?? heads[name]! }));
  const ratios = ['share', 'running'];
  const span = spanOf(scope, chosenSources((await lakeFacts(lake)).sources, scope));
  return {
    name: fileName(words.title, span),
    title: words.title,
    columns: columns.map((column) => (ratios.includes(column.key) ? { ...column, kind: 'ratio' as const } : column)),
    rows: oneBlock(
      rows
        .map((row) => maskRow<Record<string, unknown>>(row, RANKED_COLUMNS))
        .map((row) => columns.map(({ key }) => row[key])),
    ),
    about: () =>
      aboutScope(to, {
        title: words.title,
        scope,
        by: words.by,
        order: words.order,
        view: 'net',
        rule: [...ruleLines(rule, lang), [about.shown, words.shown(Math.min(MOST, total), total)]],
        personal: true,
      }),
  };
}
