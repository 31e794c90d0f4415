import { dimensionInText, dimensionLabel } from '../contracts/index.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import type { Monthly, MonthlyAnswer, MonthlyQuestion } from '../metrics/monthly-average.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { aboutScope } from './about.ts';
import type { Reporting } from './reporting.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { memberNames } from './table-rows.ts';
import { FILE_WORDS, fileName } from './words.ts';

/** An indicator by whole months on average, the largest first, the sum of all last. */
export function monthlyTable(to: Reporting, answer: MonthlyAnswer, question: MonthlyQuestion): ReportTable {
  const { lang } = to;
  const { monthly: words, about, titles: _, ...all } = FILE_WORDS[lang];
  const { by, months, partial, total, rows } = answer;
  const { label, formula } = indicatorNamed(answer.metric);
  const name = memberNames(to, by);
  const title = `${words.title}, ${all.by} ${dimensionInText(by, lang)}`;
  const cells = ({ perMonth, perDay, days, months: held }: Monthly) => [perMonth, perDay, days, held];
  const span = { from: months[0] ?? null, to: months.length > 0 ? monthAfter(months.at(-1)!) : null };
  return {
    name: fileName(`${label[lang]} ${title}`, span),
    title,
    columns: [
      { name: dimensionLabel(by, lang), kind: 'text' },
      { name: `${label[lang]}, ${words.perMonth}`, kind: 'number' },
      { name: words.perDay, kind: 'number' },
      { name: words.days, kind: 'integer' },
      { name: words.months, kind: 'integer' },
    ],
    rows: oneBlock([
      ...rows.map((row) => [name(row), ...cells(row)]),
      ...(total ? [[words.total, ...cells(total)]] : []),
    ]),
    about: () =>
      aboutScope(to, {
        title: `${label[lang]}: ${title}`,
        scope: question.scope,
        answer: { ...span, watermark: answer.watermark },
        by: dimensionLabel(by, lang),
        order: '',
        view: question.view ?? 'net',
        rule: [
          [about.measure, words.measure],
          [about.formula, formula[lang]],
          [words.whole, monthNames(months) || all.none],
          ...(partial.length > 0 ? [[words.partial, monthNames(partial)] as const] : []),
        ],
      }),
  };
}

/** `06/2026; 07/2026`. */
const monthNames = (months: readonly string[]) =>
  months.map((month) => `${month.slice(5, 7)}/${month.slice(0, 4)}`).join('; ');
const monthAfter = (month: string) => `${addDays(month, 31).slice(0, 7)}-01`;
