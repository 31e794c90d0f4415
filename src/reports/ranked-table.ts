import { maskRow } from '../access/masking.ts';
import { callerRanking, RANKED_COLUMNS } from '../metrics/caller-ranking.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { INDICATORS } from '../metrics/registry.ts';
import { chosenSources, type Scope, spanOf } from '../metrics/scope.ts';
import { aboutScope, ruleLines } from './about.ts';
import { UNIT_KINDS } from './figure-table.ts';
import type { Reporting } from './reporting.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { contractColumn } from './table-rows.ts';
import { FILE_WORDS, type FileLang, fileName } from './words.ts';

/** Callers in a file, the most first. */
const MOST = 1000;

/** The callers who contacted the most, or whose contacts took the longest, masked. */
export async function rankedTable(to: Reporting, rule: string, scope: Scope, order = 'contacts'): Promise<ReportTable> {
  const { lake, cache, lang } = to;
  const { ranking: words, about } = FILE_WORDS[lang];
  const asked = { page: 1, size: MOST, order };
  const found = await cache.answer(lake, callerRanking, [scope, rule, asked]);
  const { rows, total, least, few } = found;
  const isSaid = (name: string) => (name !== 'customer_ref' && !timeOf(name)) || rows.some((row) => row[name] !== null);
  const columns = found.columns.filter((name) => name !== 'row_id' && isSaid(name)).map((name) => headed(name, lang));
  const span = spanOf(scope, chosenSources((await lakeFacts(lake)).sources, scope));
  const time = timeOf(order);
  return {
    name: fileName(words.title, span),
    title: words.title,
    columns,
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
        order: time ? FILE_WORDS[lang].descending(time.label[lang]) : words.order,
        view: 'net',
        rule: [
          ...ruleLines(rule, lang),
          [about.shown, words.shown(Math.min(MOST, total), total) + (time ? words.ranked(least ?? 0, few ?? 0) : '')],
        ],
        personal: true,
      }),
  };
}

/** The indicator that a column or an order is of; contacts are counted here by themselves. */
const timeOf = (name: string) => INDICATORS.find((one) => one.name === name && one.unit !== 'count');

/** A column of the ranking as the screen heads it. */
function headed(name: string, lang: FileLang) {
  const { ranking: words, columns: heads, units } = FILE_WORDS[lang];
  const time = timeOf(name);
  if (time) {
    return { key: name, name: [time.label[lang], units[time.unit]].join(', '), kind: UNIT_KINDS[time.unit] };
  }
  const column = { ...contractColumn(name, RANKED_COLUMNS[name]!, lang), name: words.columns[name] ?? heads[name]! };
  return name === 'share' || name === 'running' ? { ...column, kind: 'ratio' as const } : column;
}
