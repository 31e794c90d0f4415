import type { Day } from '../kernel/brazil/dates.ts';
import { addDays } from '../kernel/brazil/dates.ts';
import type { Figure, FigureLine } from '../metrics/figures.ts';
import type { Unit } from '../metrics/indicator.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { aboutScope, ruleLines } from './about.ts';
import type { Reporting } from './reporting.ts';
import { type CellKind, oneBlock, type ReportTable } from './table-file.ts';
import type { View } from './view.ts';
import { FILE_WORDS, fileName, weekText } from './words.ts';

/** How a sheet holds a value of an indicator. */
export const UNIT_KINDS: Readonly<Record<Unit, CellKind>> = {
  count: 'integer',
  s: 'seconds',
  d: 'number',
  ratio: 'ratio',
  score: 'number',
  points: 'number',
};

interface Line {
  readonly name: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly value: (figure: Figure) => number | null;
}

/** The figures of a period beside those of the period before it, a column each, with the ends of their intervals. */
export function figureTable(to: Reporting, line: FigureLine, view: View): ReportTable {
  const words = FILE_WORDS[to.lang];
  const { figures, split } = words;
  const value = (figure: Figure) => (view.gross ? (figure.gross ?? figure.value) : figure.value);
  return lineTable(to, line, view, figures.now, [
    { name: figures.now, from: line.from, to: line.to, value },
    { name: split.low, from: line.from, to: line.to, value: ({ low }) => (view.gross ? null : (low ?? null)) },
    { name: split.high, from: line.from, to: line.to, value: ({ high }) => (view.gross ? null : (high ?? null)) },
    { name: figures.before, from: line.previousFrom, to: line.previousTo, value: ({ previous }) => previous },
    ...(line.usualFrom
      ? [
          {
            name: figures.usual,
            from: line.usualFrom,
            to: line.from,
            value: ({ usual }: Figure) => usual?.value ?? null,
          },
        ]
      : []),
  ]);
}

/** The same figures week by week; a week that is not whole yet is told as provisional. */
export function weekTable(to: Reporting, line: FigureLine, view: View): ReportTable {
  const { figures } = FILE_WORDS[to.lang];
  const weeks = [...new Set(line.figures.flatMap(({ trend }) => trend.map(({ from }) => from)))].sort();
  const at = (figure: Figure, week: Day) => figure.trend.find(({ from }) => from === week);
  const rows = weeks.map((week): Line => {
    const open = line.figures.some((figure) => at(figure, week)?.provisional);
    const called = [figures.week, weekText(week, to.lake.week, to.lang)].filter(Boolean).join(' ');
    const name = open ? `${called}, ${FILE_WORDS[to.lang].repeats.provisional.toLowerCase()}` : called;
    return { name, from: week, to: addDays(week, 7), value: (figure) => at(figure, week)?.value ?? null };
  });
  return lineTable(to, line, view, figures.weeks, rows);
}

function lineTable(to: Reporting, line: FigureLine, view: View, title: string, rows: readonly Line[]): ReportTable {
  const { lang } = to;
  const { figures: words, units, about } = FILE_WORDS[lang];
  const { figures } = line;
  const last = (day: Day | null) => (day === null ? null : addDays(day, -1));
  return {
    name: fileName(title, line),
    title,
    columns: [
      { name: words.what, kind: 'text' },
      { name: words.from, kind: 'day' },
      { name: words.last, kind: 'day' },
      ...figures.map(({ label, unit }) => ({
        name: [label[lang], units[unit]].filter(Boolean).join(', '),
        kind: UNIT_KINDS[unit],
      })),
    ],
    rows: oneBlock(
      rows.map((row) => [row.name, row.from, last(row.to), ...figures.map((figure) => row.value(figure))]),
    ),
    about: () =>
      aboutScope(to, {
        title,
        scope: view.scope,
        answer: line,
        by: words.period,
        order: '',
        view: view.gross ? 'gross' : 'net',
        rule: [
          ...figures.map(({ name, label }) => [label[lang], indicatorNamed(name).formula[lang]] as const),
          ...(figures.some(({ name }) => indicatorNamed(name).kind === 'repeat') ? ruleLines(view.rule, lang) : []),
          [about.measure, title] as const,
        ],
      }),
  };
}
