import { WAIT_LIMITS } from '../contracts/index.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import { shiftScope } from '../metrics/shift/shift.ts';
import type { ShiftHalf, ShiftQuestion, ShiftQueue, ShiftSoFar } from '../metrics/shift/shift-answers.ts';
import { halfOf } from '../metrics/staffing/half-hours.ts';
import { type AboutLine, aboutScope } from './about.ts';
import { callbackTable } from './callback-table.ts';
import { figureText } from './figure-text.ts';
import type { Reporting } from './reporting.ts';
import { shiftNow, todayOf } from './shift-report.ts';
import { SHIFT_WORDS } from './shift-words.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { type FileColumn, tableOf } from './table-rows.ts';
import { dayText, FILE_WORDS, fileName, missingWord } from './words.ts';

/** A shift as its page shows it: queues against their targets, half-hours with people, and whom to call back. */
export async function shiftTables(to: Reporting, question: ShiftQuestion, sort?: string): Promise<ReportTable[]> {
  const found = await shiftScope(to.lake, question, todayOf(to));
  const shift = found && (await shiftNow(to, question));
  if (!found || !shift) return [];
  const asked = { shift, question };
  return [queuesTable(to, asked), halvesTable(to, asked), callbackTable(to, question, found, sort)];
}

interface Asked {
  readonly shift: ShiftSoFar;
  readonly question: ShiftQuestion;
}

function queuesTable(to: Reporting, asked: Asked): ReportTable {
  const { columns: words, against, queues: title, level } = SHIFT_WORDS[to.lang];
  const { shift } = asked;
  const missing = missingWord(to.config.missingLabel, to.lang);
  const named = (queue: string) => (queue === '' ? missing : queue);
  const columns: FileColumn<ShiftQueue>[] = [
    { key: 'queue', name: words.queue, kind: 'text', cell: ({ queue }) => named(queue) },
    { key: 'against', name: words.against, kind: 'text', cell: (row) => row.against && against[row.against] },
    { key: 'level', name: words.level, kind: 'ratio', cell: (row) => row.level.value, kept: true },
    { key: 'low', name: words.low, kind: 'ratio', cell: (row) => row.level.low },
    { key: 'high', name: words.high, kind: 'ratio', cell: (row) => row.level.high },
    { key: 'cases', name: words.cases, kind: 'integer', cell: (row) => row.level.n },
    { key: 'target', name: words.target, kind: 'ratio', cell: ({ target }) => target },
    { key: 'offered', name: words.offered, kind: 'integer', cell: ({ offered }) => offered },
    { key: 'answered', name: words.answered, kind: 'integer', cell: ({ answered }) => answered },
    { key: 'abandoned', name: words.abandoned, kind: 'integer', cell: ({ abandoned }) => abandoned },
    { key: 'shortAbandons', name: words.shortAbandons, kind: 'integer', cell: (row) => row.shortAbandons },
    { key: 'short', name: words.short, kind: 'number', cell: ({ short }) => short },
    { key: 'worst', name: words.worst, kind: 'hour', cell: ({ worst }) => worst && halfOf(worst.from) / 2 },
    { key: 'worstShort', name: words.worstShort, kind: 'number', cell: ({ worst }) => worst?.short },
  ];
  const { about } = FILE_WORDS[to.lang];
  const told = level(shift.staffing.within, WAIT_LIMITS.shortAbandonSeconds);
  return tableWith(to, asked, title, tableOf({ columns, rows: shift.queues, sort: '' }), [[about.measure, told]]);
}

function halvesTable(to: Reporting, asked: Asked): ReportTable {
  const { columns: words, states, halves: title, people } = SHIFT_WORDS[to.lang];
  const { shift } = asked;
  const columns: FileColumn<ShiftHalf>[] = [
    { key: 'from', name: words.half, kind: 'hour', cell: ({ from }) => halfOf(from) / 2 },
    { key: 'state', name: words.state, kind: 'text', cell: ({ state }) => states[state] },
    { key: 'offered', name: words.offered, kind: 'integer', cell: ({ offered }) => offered, kept: true },
    { key: 'expected', name: words.expected, kind: 'number', cell: ({ forecast }) => forecast?.calls },
    { key: 'low', name: words.from, kind: 'integer', cell: ({ forecast }) => forecast?.low },
    { key: 'high', name: words.upTo, kind: 'integer', cell: ({ forecast }) => forecast?.high },
    { key: 'naive', name: words.naive, kind: 'number', cell: ({ forecast }) => forecast?.naive },
    { key: 'answered', name: words.answered, kind: 'integer', cell: ({ answered }) => answered },
    { key: 'abandoned', name: words.abandoned, kind: 'integer', cell: ({ abandoned }) => abandoned },
    { key: 'needed', name: words.needed, kind: 'integer', cell: ({ needed }) => needed, kept: true },
    { key: 'rostered', name: words.rostered, kind: 'number', cell: ({ rostered }) => rostered, kept: true },
    { key: 'lack', name: words.lack, kind: 'number', cell: ({ lack }) => lack, kept: true },
    { key: 'present', name: words.present, kind: 'integer', cell: ({ present }) => present },
    { key: 'atWork', name: words.atWork, kind: 'number', cell: ({ atWork }) => atWork },
  ];
  const { about } = FILE_WORDS[to.lang];
  const { level, within, model } = shift.staffing;
  const told = people(figureText(level, 'ratio', to.lang), within, model === 'erlang-a' ? 'Erlang A' : 'Erlang C');
  return tableWith(to, asked, title, tableOf({ columns, rows: shift.halfHours, sort: '' }), [[about.measure, told]]);
}

function tableWith(
  to: Reporting,
  { shift, question }: Asked,
  title: string,
  { columns, rows }: ReturnType<typeof tableOf<never>>,
  measure: readonly AboutLine[],
): ReportTable {
  const days = { from: shift.day, to: addDays(shift.day, 1) };
  const { about } = FILE_WORDS[to.lang];
  const { until } = SHIFT_WORDS[to.lang];
  return {
    name: fileName(title, days),
    title,
    columns,
    rows: oneBlock(rows),
    about: () =>
      aboutScope(to, {
        title,
        scope: { sources: question.sources, where: question.where, ...days },
        order: '',
        view: question.view,
        rule: [[about.shown, until(`${dayText(shift.day, to.lang)} ${shift.at}`)], ...measure],
      }),
  };
}
