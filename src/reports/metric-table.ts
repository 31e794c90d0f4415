import { dimensionInText, dimensionLabel } from '../contracts/index.ts';
import type { MetricAnswer, MetricRow } from '../metrics/answers.ts';
import { fewOf } from '../metrics/few.ts';
import type { Unit } from '../metrics/indicator.ts';
import type { LikeMix } from '../metrics/like-mix.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import type { Scope } from '../metrics/scope.ts';
import { aboutScope, ruleLines } from './about.ts';
import type { Aim } from './aims.ts';
import { UNIT_KINDS } from './figure-table.ts';
import type { Reporting } from './reporting.ts';
import { oneBlock, type ReportTable } from './table-file.ts';
import {
  dimensionKind,
  type FileColumn,
  isNameless,
  isNatural,
  memberNames,
  type Ordered,
  orderText,
  tableOf,
  weekColumns,
} from './table-rows.ts';
import { FILE_WORDS, fileName } from './words.ts';

/** The columns that the screens show of a split: names, value, cases, interval or share. */
function splitColumns(to: Reporting, answer: MetricAnswer, mix: LikeMix | null): FileColumn<MetricRow>[] {
  const { lang } = to;
  const { split, units, repeats } = FILE_WORDS[lang];
  const indicator = indicatorNamed(answer.metric);
  const { label, unit, interval: kindOfInterval, kind } = indicator;
  const few = fewOf(indicator);
  const names = answer.by.flatMap((by, index): FileColumn<MetricRow>[] => [
    {
      key: index === 0 ? 'name' : by,
      name: dimensionLabel(by, lang),
      kind: dimensionKind(by),
      cell: memberNames(to, by),
      ...(isNatural(by) ? { order: (row: MetricRow) => row[by] } : {}),
    },
    ...weekColumns(to, by),
  ]);
  const value: FileColumn<MetricRow> = {
    key: 'value',
    name: [label[lang], units[unit]].filter(Boolean).join(', '),
    kind: UNIT_KINDS[unit],
    cell: (row) => row.value,
    order: (row) => (unit === 'count' || row.n >= few ? row.value : null),
    kept: true,
  };
  const shrunken: FileColumn<MetricRow> = {
    key: 'shrunken',
    name: repeats.shrunken,
    kind: 'ratio',
    cell: (row) => row.shrunken,
    order: (row) => (row.n >= few ? row.shrunken : null),
  };
  if (unit === 'count') {
    const sum = answer.rows.reduce((total, row) => total + (row.value ?? 0), 0);
    // A transferred contact stands in the slice of each of its legs: shares are then of the slices' sum.
    const byLeg = sum > (answer.total ?? sum);
    const whole = byLeg ? sum : (answer.total ?? 0);
    const share = (row: MetricRow) => (whole > 0 && row.value !== null ? row.value / whole : null);
    const name = byLeg ? split.shareOfSum : split.share;
    const running: FileColumn<MetricRow> = {
      ...{ key: 'running', name: split.running, kind: 'ratio', cell: (row) => row.running, unsorted: true },
    };
    return [
      ...names,
      value,
      { key: 'share', name, kind: 'ratio', cell: share, unsorted: true },
      ...(answer.by.some(isNatural) ? [] : [running]),
    ];
  }
  const interval: FileColumn<MetricRow>[] = [
    { key: 'low', name: split.low, kind: UNIT_KINDS[unit], cell: (row) => row.low, unsorted: true },
    { key: 'high', name: split.high, kind: UNIT_KINDS[unit], cell: (row) => row.high, unsorted: true },
  ];
  return [
    ...names,
    value,
    ...(isShrunken(answer) ? [shrunken] : []),
    kind === 'agentTime'
      ? { key: 'n', name: split.time, kind: UNIT_KINDS.s, cell: (row) => row.n }
      : { key: 'n', name: split.n, kind: 'integer', cell: (row) => row.n },
    ...(kindOfInterval === 'none' ? [] : interval),
    ...(mix ? mixColumns(to, mix, unit) : []),
    {
      ...{ key: 'few', name: kind === 'agentTime' ? split.littleTime : split.few, kind: 'boolean', unsorted: true },
      cell: (row) => row.n < few,
    },
  ];
}

/** Rates that few cases are drawn to the common one of: by them rows are ranked. */
const isShrunken = ({ by, rows }: MetricAnswer): boolean =>
  by.length === 1 && rows.some(({ shrunken }) => shrunken !== undefined);

/** A team's figure on the mix of all, its interval, and how much of the mix it covers. */
export function mixColumns<Row extends { readonly label?: string; readonly [dimension: string]: unknown }>(
  { lang }: Reporting,
  { by, rows }: LikeMix,
  unit: Unit,
): FileColumn<Row>[] {
  const { mix: words, split } = FILE_WORDS[lang];
  const found = new Map(rows.map((row) => [row[by], row]));
  const of = (row: Row) => found.get(row[by]);
  return [
    {
      ...{ key: 'mix', name: words.value, kind: UNIT_KINDS[unit], cell: (row) => of(row)?.value },
      order: (row) => (of(row)?.few || isNameless(row[by], row.label) ? null : of(row)?.value),
    },
    {
      key: 'mixLow',
      name: `${words.value}, ${split.low}`,
      kind: UNIT_KINDS[unit],
      cell: (row) => of(row)?.low,
      unsorted: true,
    },
    {
      key: 'mixHigh',
      name: `${words.value}, ${split.high}`,
      kind: UNIT_KINDS[unit],
      cell: (row) => of(row)?.high,
      unsorted: true,
    },
    { key: 'coverage', name: words.coverage, kind: 'ratio', cell: (row) => of(row)?.coverage, unsorted: true },
  ];
}

/** The target of each row and how the row stands to it; of few cases the target alone. */
function aimColumns(
  { lang }: Reporting,
  { metric, rows, unit }: MetricAnswer,
  aims: readonly (Aim | undefined)[],
): FileColumn<MetricRow>[] {
  const { aims: words } = FILE_WORDS[lang];
  const found = new Map(rows.map((row, index) => [row, aims[index]]));
  if (!aims.some(Boolean)) return [];
  const few = fewOf(indicatorNamed(metric));
  const state = (row: MetricRow) => (row.n < few || row.provisional ? null : found.get(row)?.state);
  return [
    {
      key: 'target',
      name: words.target,
      kind: UNIT_KINDS[unit],
      cell: (row) => found.get(row)?.target,
      unsorted: true,
    },
    { key: 'aim', name: words.state, kind: 'text', cell: (row) => words.states[state(row) ?? ''], unsorted: true },
  ];
}

/** A figure as it is shown: what it was asked of, and how its rows are found and sorted. */
export interface MetricShown extends Ordered {
  readonly scope: Scope;
  readonly view: 'net' | 'gross';
  /** Teams on a like mix, where the split is of teams. */
  readonly mix?: LikeMix | null;
  /** The target of each row, where it has one. */
  readonly aims?: readonly (Aim | undefined)[];
}

/** An indicator's table as the screens show it. */
export function metricTable(
  to: Reporting,
  answer: MetricAnswer,
  { scope, view, mix = null, aims = [], ...shown }: MetricShown,
): ReportTable {
  const { lang } = to;
  const words = FILE_WORDS[lang];
  const { name, kind, label, help, formula } = indicatorNamed(answer.metric);
  const columns = [...splitColumns(to, answer, mix), ...aimColumns(to, answer, aims)];
  const { value, n, low, high } = { ...answer, value: answer.total };
  const whole: MetricRow = { value, n, ...(low === undefined || high === undefined ? {} : { low, high }) };
  const usual = isNatural(answer.by[0] ?? '') ? 'name' : isShrunken(answer) ? '-shrunken' : '-value';
  const { sort = answer.by.length === 1 ? usual : '', search } = shown;
  const [first = ''] = answer.by;
  // What the value does not rank comes by its number of cases; what has no name is last.
  const byCases = answer.by.length === 1 ? answer.rows.toSorted((a, b) => b.n - a.n) : answer.rows;
  const rows = answer.by.length > 0 ? byCases : [whole];
  const last = (row: MetricRow) => answer.by.length === 1 && isNameless(row[first], row.label);
  const table = tableOf({ columns, rows, sort, search, last });
  const by = answer.by.map((name) => dimensionLabel(name, lang)).join(', ');
  const inTitle = answer.by.map((name) => dimensionInText(name, lang)).join(', ');
  const title = [label[lang], by && `${words.by} ${inTitle}`].filter(Boolean).join(' ');
  // The rows themselves are a file of contacts too.
  const called = name === 'contacts' && by ? title : label[lang];
  return {
    name: fileName(called, answer),
    title,
    columns: table.columns,
    rows: oneBlock(table.rows),
    about: () =>
      aboutScope(to, {
        title,
        scope,
        answer,
        search,
        by: by || words.nothing,
        order: orderText(table.columns, sort, lang),
        view,
        rule: [
          [words.about.measure, help[lang]],
          [words.about.formula, formula[lang]],
          ...(mix ? [[words.mix.value, words.mix.measure] as const] : []),
          ...(kind === 'repeat'
            ? ruleLines(answer.rule.name, lang)
            : [[words.about.rule, `${label[lang]}, v${answer.rule.version}`] as const]),
          ...(answer.reason
            ? [[words.about.reason, words.nulls[answer.reasonCode ?? ''] ?? answer.reason] as const]
            : []),
        ],
      }),
  };
}
