import { addDays, type Day } from '../kernel/brazil/dates.ts';
import type { Scope } from '../metrics/scope.ts';
import { halfOf } from '../metrics/staffing/half-hours.ts';
import type { ComingRow, StaffingAnswer, StaffingRow } from '../metrics/staffing/staffing-answers.ts';
import { type AboutLine, aboutScope } from './about.ts';
import type { Reporting } from './reporting.ts';
import { STAFFING_WORDS } from './staffing-words.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import { type FileColumn, tableOf } from './table-rows.ts';
import { type UsualHalf, usualWeek } from './usual-week.ts';
import { FILE_WORDS, type FileLang, fileName } from './words.ts';

/** The shifts of one day, with the people that its half-hours need and have by them. */
export interface PlannedDay {
  readonly day: Day;
  readonly shifts: readonly {
    readonly from: string;
    readonly to: string;
    readonly rest: string | null;
    readonly people: number;
  }[];
  readonly halfHours: readonly { readonly from: string; readonly needed: number; readonly covered: number }[];
}

/** The answer that a table rests on, and what it was asked of. */
interface Asked {
  readonly answer: StaffingAnswer;
  readonly scope: Scope;
}

/** The usual week: what each half-hour of a weekday needs and has, by the mean of its days. */
export function weekTable(to: Reporting, asked: Asked): ReportTable {
  const { columns: words, titles } = STAFFING_WORDS[to.lang];
  const { weekdays } = FILE_WORDS[to.lang];
  const columns: FileColumn<UsualHalf>[] = [
    { key: 'weekday', name: words.weekday, kind: 'text', cell: ({ weekday }) => weekdays[weekday - 1] },
    { key: 'from', name: words.half, kind: 'hour', cell: ({ from }) => hourOf(from) },
    { key: 'calls', name: words.usualCalls, kind: 'number', cell: ({ calls }) => calls },
    { key: 'needed', name: words.needed, kind: 'number', cell: ({ needed }) => needed, kept: true },
    { key: 'rostered', name: words.rostered, kind: 'number', cell: ({ rostered }) => rostered, kept: true },
    { key: 'lack', name: words.lack, kind: 'number', cell: ({ lack }) => lack },
    { key: 'surplus', name: words.surplus, kind: 'number', cell: ({ surplus }) => surplus },
  ];
  return tableWith(to, asked, { title: titles.week, days: asked.answer, columns, rows: usualWeek(asked.answer.rows) });
}

/** The half-hours of a period. */
export function halfHoursTable(to: Reporting, asked: Asked): ReportTable {
  const { columns: words, titles } = STAFFING_WORDS[to.lang];
  const columns: FileColumn<StaffingRow>[] = [
    { key: 'day', name: words.day, kind: 'day', cell: ({ day }) => day },
    { key: 'from', name: words.half, kind: 'hour', cell: ({ from }) => hourOf(from) },
    { key: 'offered', name: words.offered, kind: 'integer', cell: ({ offered }) => offered },
    { key: 'abandoned', name: words.abandoned, kind: 'integer', cell: ({ abandoned }) => abandoned },
    { key: 'inTime', name: words.inTime, kind: 'integer', cell: ({ answeredInTime }) => answeredInTime },
    { key: 'aht', name: words.aht, kind: 'seconds', cell: ({ aht }) => aht },
    { key: 'needed', name: words.needed, kind: 'integer', cell: ({ needed }) => needed, kept: true },
    { key: 'rostered', name: words.rostered, kind: 'number', cell: ({ rostered }) => rostered, kept: true },
    { key: 'lack', name: words.lack, kind: 'number', cell: ({ lack }) => lack },
    { key: 'surplus', name: words.surplus, kind: 'number', cell: ({ surplus }) => surplus },
    { key: 'usualCalls', name: words.usualCalls, kind: 'number', cell: ({ usualCalls }) => usualCalls },
    { key: 'usualNeeded', name: words.usualNeeded, kind: 'integer', cell: ({ usualNeeded }) => usualNeeded },
    { key: 'usualLack', name: words.usualLack, kind: 'number', cell: ({ usualLack }) => usualLack },
    { key: 'usualSurplus', name: words.usualSurplus, kind: 'number', cell: ({ usualSurplus }) => usualSurplus },
    { key: 'usualLevel', name: words.usualLevel, kind: 'ratio', cell: ({ usualLevel }) => usualLevel },
  ];
  return tableWith(to, asked, { title: titles.halfHours, days: asked.answer, columns, rows: asked.answer.rows });
}

/** The half-hours of the coming days. */
export function comingTable(to: Reporting, asked: Asked): ReportTable {
  const { columns: words, titles } = STAFFING_WORDS[to.lang];
  const { forecast } = asked.answer;
  const columns: FileColumn<ComingRow>[] = [
    { key: 'day', name: words.day, kind: 'day', cell: ({ day }) => day },
    { key: 'from', name: words.half, kind: 'hour', cell: ({ from }) => hourOf(from) },
    { key: 'calls', name: words.calls, kind: 'number', cell: ({ calls }) => calls },
    { key: 'low', name: words.low, kind: 'integer', cell: ({ low }) => low },
    { key: 'high', name: words.high, kind: 'integer', cell: ({ high }) => high },
    { key: 'naive', name: words.naive, kind: 'number', cell: ({ naive }) => naive },
    { key: 'needed', name: words.needed, kind: 'integer', cell: ({ needed }) => needed, kept: true },
    { key: 'neededHigh', name: words.neededHigh, kind: 'integer', cell: ({ neededHigh }) => neededHigh },
    { key: 'rostered', name: words.rostered, kind: 'number', cell: ({ rostered }) => rostered, kept: true },
    { key: 'lack', name: words.lack, kind: 'number', cell: ({ lack }) => lack },
    { key: 'surplus', name: words.surplus, kind: 'number', cell: ({ surplus }) => surplus },
  ];
  const days = { from: forecast?.from ?? null, to: forecast?.to ?? null };
  return tableWith(to, asked, { title: titles.coming, days, columns, rows: forecast?.rows ?? [] });
}

type Plan = readonly PlannedDay[];

/** The shifts of planned days, one row for people who come, go and rest together. */
export function shiftsTable(to: Reporting, asked: Asked, plan: Plan): ReportTable {
  const { columns: words, titles } = STAFFING_WORDS[to.lang];
  const rows = plan.flatMap(({ day, shifts }) => shifts.map((shift) => ({ day, ...shift })));
  const columns: FileColumn<(typeof rows)[number]>[] = [
    { key: 'day', name: words.day, kind: 'day', cell: ({ day }) => day },
    { key: 'from', name: words.start, kind: 'hour', cell: ({ from }) => hourOf(from) },
    { key: 'to', name: words.end, kind: 'hour', cell: ({ to }) => hourOf(to) },
    { key: 'rest', name: words.rest, kind: 'hour', cell: ({ rest }) => rest && hourOf(rest) },
    { key: 'people', name: words.people, kind: 'integer', cell: ({ people }) => people },
  ];
  return tableWith(to, asked, { title: titles.shifts, days: daysOf(plan), columns, rows });
}

/** The half-hours of planned days: people needed, and people whom the plan has there. */
export function planTable(to: Reporting, asked: Asked, plan: Plan): ReportTable {
  const { columns: words, titles } = STAFFING_WORDS[to.lang];
  const rows = plan.flatMap(({ day, halfHours }) => halfHours.map((half) => ({ day, ...half })));
  const columns: FileColumn<(typeof rows)[number]>[] = [
    { key: 'day', name: words.day, kind: 'day', cell: ({ day }) => day },
    { key: 'from', name: words.half, kind: 'hour', cell: ({ from }) => hourOf(from) },
    { key: 'needed', name: words.needed, kind: 'integer', cell: ({ needed }) => needed },
    { key: 'covered', name: words.covered, kind: 'integer', cell: ({ covered }) => covered },
    {
      key: 'lack',
      name: words.lack,
      kind: 'integer',
      cell: ({ needed, covered }) => Math.max(0, needed - covered),
    },
    {
      key: 'surplus',
      name: words.surplus,
      kind: 'integer',
      cell: ({ needed, covered }) => Math.max(0, covered - needed),
    },
  ];
  return tableWith(to, asked, { title: titles.plan, days: daysOf(plan), columns, rows });
}

interface Sheet<Row> {
  readonly title: string;
  readonly days: { readonly from: string | null; readonly to: string | null };
  readonly columns: readonly FileColumn<Row>[];
  readonly rows: readonly Row[];
}

function tableWith<Row>(to: Reporting, { answer, scope }: Asked, { title, days, columns, rows }: Sheet<Row>) {
  const table = tableOf({ columns, rows, sort: '' });
  return {
    name: fileName(title, days),
    title,
    columns: table.columns,
    rows: oneBlock(table.rows),
    about: () =>
      aboutScope(to, {
        title,
        scope,
        answer: { ...days, watermark: answer.watermark },
        by: STAFFING_WORDS[to.lang].by,
        order: '',
        view: answer.view,
        rule: ruleLines(answer, to.lang),
      }),
  };
}

function ruleLines({ target, shrinkage, model, patience }: StaffingAnswer, lang: FileLang): AboutLine[] {
  const words = STAFFING_WORDS[lang];
  const text = (value: number, style: 'percent' | 'decimal') =>
    new Intl.NumberFormat(lang === 'pt' ? 'pt-BR' : 'en-US', { style, maximumFractionDigits: 1 }).format(value);
  const seconds = model === 'erlang-a' ? (patience?.seconds ?? null) : null;
  return [
    [words.aims, words.aim(text(target.level, 'percent'), text(target.within, 'decimal'), text(shrinkage, 'percent'))],
    [words.leaving, words.leave(seconds === null ? null : text(Math.round(seconds), 'decimal'))],
    [words.formula, words.formulas[model]],
  ];
}

function daysOf(plan: Plan): Sheet<never>['days'] {
  const days = plan.map(({ day }) => day).sort();
  return { from: days[0] ?? null, to: days.length > 0 ? addDays(days.at(-1)!, 1) : null };
}

/** `08:30` as eight hours and a half. */
function hourOf(clock: string): number {
  return halfOf(clock) / 2;
}
