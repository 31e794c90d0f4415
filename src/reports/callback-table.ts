import { maskRow } from '../access/masking.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { CALLBACK_COLUMNS, callbackList } from '../metrics/shift/callbacks.ts';
import { callbackScope, type ShiftScope } from '../metrics/shift/shift.ts';
import type { ShiftDay, ShiftQuestion } from '../metrics/shift/shift-answers.ts';
import { clockOfMinute } from '../metrics/shift/shift-day.ts';
import { aboutScope, sourceNames } from './about.ts';
import type { Reporting } from './reporting.ts';
import type { ReportTable } from './table-file.ts';
import { contractColumn, namedCell, orderText } from './table-rows.ts';
import { dayText, FILE_WORDS, fileName } from './words.ts';

const COLUMNS = Object.entries(CALLBACK_COLUMNS).filter(([name]) => name !== 'row_id');

/** The callers of a shift whom nobody has answered, masked, as the screen lists them. */
export function callbackTable(
  to: Reporting,
  question: ShiftQuestion,
  { shown, sources }: ShiftScope,
  sort: string | undefined,
): ReportTable {
  const { lake, config, lang } = to;
  const words = FILE_WORDS[lang];
  const { sql, parameters } = callbackList(callbackScope(question, shown, sources), sort);
  const columns = COLUMNS.map(([name, column]) => contractColumn(name, column, lang));
  const names = sourceNames(to);
  async function* blocks() {
    for await (const rows of lake.stream(sql, parameters)) {
      yield rows
        .map((row) => maskRow<Record<string, unknown>>(row, CALLBACK_COLUMNS))
        .map((row) => columns.map(({ key }) => namedCell(key, row[key], names, config.missingLabel, lang)));
    }
  }
  const scope = { sources: question.sources, where: question.where, ...daysOf(shown) };
  return {
    name: fileName(words.titles.callbacks, daysOf(shown)),
    title: words.titles.callbacks,
    columns,
    rows: blocks(),
    about: () =>
      aboutScope(to, {
        title: words.titles.callbacks,
        scope,
        by: words.perCaller,
        order: sort === undefined ? words.oldestFirst : orderText(columns, sort, lang),
        view: question.view,
        rule: [[words.about.shown, words.unanswered(`${dayText(shown.day, lang)} ${clockOfMinute(shown.until)}`)]],
        personal: true,
      }),
  };
}

/** The day in view with the one before it. */
function daysOf({ day, previous }: ShiftDay) {
  return { from: previous ?? day, to: addDays(day, 1) };
}
