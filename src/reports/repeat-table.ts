import { dimensionInText, dimensionLabel } from '../contracts/index.ts';
import type { RepeatAnswer, RepeatRow } from '../metrics/answers.ts';
import { FEW } from '../metrics/few.ts';
import { type LikeMix, likeMix, mixes } from '../metrics/like-mix.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { BUCKETS } from '../metrics/repeats.ts';
import type { Scope } from '../metrics/scope.ts';
import { aboutScope, ruleLines, sourceNames } from './about.ts';
import { mixColumns } from './metric-table.ts';
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
  valueName,
  weekColumns,
} from './table-rows.ts';
import { FILE_WORDS, fileName, missingWord } from './words.ts';

/** The split of a table that names none: the one that the screen opens with. */
export const USUAL_SPLIT = 'agent';

interface RepeatShown extends Ordered {
  readonly scope: Scope;
  /** Teams on a like mix, where the split is of teams. */
  readonly mix?: LikeMix | null;
}

/** Teams by the rate on a like mix; null of any other split. */
export async function repeatMix(to: Reporting, rule: string, scope: Scope, by: string): Promise<LikeMix | null> {
  const indicator = indicatorNamed('repeatRate');
  if (!mixes(indicator, by)) return null;
  const question = { scope, by, rule };
  return to.cache.answer(to.lake, likeMix, [indicator, question]);
}

/** The columns that the screen shows of a split, and what keeps a row from being ranked. */
function repeatColumns(to: Reporting, answer: RepeatAnswer, by: string, mix: LikeMix | null): FileColumn<RepeatRow>[] {
  const { lang, config } = to;
  const { repeats: words, split } = FILE_WORDS[lang];
  const missing = missingWord(config.missingLabel, lang);
  const _sources = sourceNames(to);
  const ofAnchors = answer.rateName === 'repeatRate';
  const base = (row: RepeatRow) => row.maturedAnchors ?? row.contacts;
  const unknown = (row: RepeatRow) => isNameless(row[by], row.label);
  const ranked = (row: RepeatRow, value: number | null | undefined) =>
    base(row) < FEW || unknown(row) ? null : (value ?? null);
  return [
    {
      key: 'name',
      name: dimensionLabel(by, lang),
      kind: dimensionKind(by),
      cell: memberNames(to, by),
      ...(isNatural(by) ? { order: (row: RepeatRow) => row[by] } : {}),
    },
    ...weekColumns(to, by),
    { key: 'base', name: ofAnchors ? words.anchors : words.eligible, kind: 'integer', cell: base },
    {
      key: 'repeats',
      name: ofAnchors ? words.repeated : words.repeats,
      kind: 'integer',
      cell: (row) => row.repeatedAnchors ?? row.repeats,
    },
    { key: 'avgHandleTime', name: words.avgHandleTime, kind: 'seconds', cell: (row) => row.avgHandleTime },
    {
      key: 'rate',
      name: words.rate,
      kind: 'ratio',
      cell: (row) => row.rate,
      order: (row) => ranked(row, row.rate),
      kept: true,
    },
    {
      key: 'shrunken',
      name: words.shrunken,
      kind: 'ratio',
      cell: (row) => (unknown(row) ? null : row.shrunken),
      order: (row) => ranked(row, row.shrunken),
    },
    { key: 'low', name: split.low, kind: 'ratio', cell: (row) => row.low, unsorted: true },
    { key: 'high', name: split.high, kind: 'ratio', cell: (row) => row.high, unsorted: true },
    {
      key: 'sameReason',
      name: ofAnchors ? words.sameReasonOfAnchors : words.sameReasonOfEligible,
      kind: 'ratio',
      cell: (row) => row.sameReasonRate,
      order: (row) => ranked(row, row.sameReasonRate),
    },
    { key: 'provisional', name: words.provisional, kind: 'boolean', cell: (row) => row.provisional, unsorted: true },
    { key: 'few', name: split.few, kind: 'boolean', cell: (row) => base(row) < FEW, unsorted: true },
    ...(by === 'agent'
      ? ([
          { key: 'agentCode', name: words.agentCode, kind: 'text', cell: (row) => row.agent },
          {
            key: 'supervisor',
            name: words.supervisor,
            kind: 'text',
            cell: (row) => valueName('supervisor', row.supervisor, missing, lang),
          },
        ] satisfies FileColumn<RepeatRow>[])
      : []),
    ...reasonColumns(to, ofAnchors, ranked),
    ...(mix ? mixColumns<RepeatRow>(to, mix, 'ratio') : []),
  ];
}

/** How many came back for the same reason and for another, and the rates of both with their intervals. */
function reasonColumns(
  { lang }: Reporting,
  ofAnchors: boolean,
  ranked: (row: RepeatRow, value: number | null) => number | null,
): FileColumn<RepeatRow>[] {
  const { repeats: words, split } = FILE_WORDS[lang];
  const same = ofAnchors ? words.sameReasonOfAnchors : words.sameReasonOfEligible;
  const other = ofAnchors ? words.otherReasonOfAnchors : words.otherReasonOfEligible;
  const bound = (key: string, name: string, cell: (row: RepeatRow) => number | null): FileColumn<RepeatRow> => ({
    ...{ key, name, kind: 'ratio', cell, unsorted: true },
  });
  return [
    bound('sameReasonLow', `${same}, ${split.low}`, (row) => row.sameReasonLow),
    bound('sameReasonHigh', `${same}, ${split.high}`, (row) => row.sameReasonHigh),
    {
      key: 'otherReason',
      name: other,
      kind: 'ratio',
      cell: (row) => row.otherReasonRate,
      order: (row) => ranked(row, row.otherReasonRate),
    },
    bound('otherReasonLow', `${other}, ${split.low}`, (row) => row.otherReasonLow),
    bound('otherReasonHigh', `${other}, ${split.high}`, (row) => row.otherReasonHigh),
    { key: 'sameReasonCases', name: words.sameReasonCases, kind: 'integer', cell: (row) => row.sameReasonCases },
    { key: 'otherReasonCases', name: words.otherReasonCases, kind: 'integer', cell: (row) => row.otherReasonCases },
    { key: 'running', name: split.running, kind: 'ratio', cell: (row) => row.running, unsorted: true },
    ...(ofAnchors
      ? [{ key: 'eligible', name: words.eligible, kind: 'integer', cell: (row: RepeatRow) => row.contacts } as const]
      : []),
  ];
}

/** Repeat contacts by a split, as the screen shows them. */
export function repeatTable(
  to: Reporting,
  answer: RepeatAnswer,
  { scope, mix = null, ...shown }: RepeatShown,
): ReportTable {
  const { lang } = to;
  const words = FILE_WORDS[lang];
  const by = answer.by ?? USUAL_SPLIT;
  const columns = repeatColumns(to, answer, by, mix);
  const { sort = isNatural(by) ? 'name' : '-shrunken', search } = shown;
  const last = (row: RepeatRow) => isNameless(row[by], row.label);
  const table = tableOf({ columns, rows: answer.rows, sort, search, last });
  const title = `${words.titles.repeats} ${words.by} ${dimensionInText(by, lang)}`;
  return {
    name: fileName(words.titles.repeats, answer),
    title,
    columns: table.columns,
    rows: oneBlock(table.rows),
    about: () =>
      aboutScope(to, {
        title,
        scope,
        answer,
        search,
        by: dimensionLabel(by, lang),
        order: orderText(table.columns, sort, lang),
        view: 'net',
        rule: [
          ...ruleLines(answer.rule.name, lang),
          [words.about.formula, indicatorNamed(answer.rateName).formula[lang]],
          ...(mix ? [[words.mix.value, words.mix.measure] as const] : []),
          [
            words.about.provisional,
            answer.provisional ? (answer.rateName === 'repeatRate' ? words.open : words.unfinished) : words.no,
          ],
        ],
      }),
  };
}

/** When repeats came, as the screen draws it. */
export function bucketTable(to: Reporting, answer: RepeatAnswer, scope: Scope): ReportTable {
  const { lang } = to;
  const { figures, repeats: words, codes, columns: heads, split, about } = FILE_WORDS[lang];
  const all = BUCKETS.reduce((sum, bucket) => sum + answer.buckets[bucket], 0);
  return {
    name: fileName(figures.when, answer),
    title: figures.when,
    columns: [
      { name: heads.bucket ?? figures.when, kind: 'text' },
      { name: words.repeats, kind: 'integer' },
      { name: split.share, kind: 'ratio' },
    ],
    rows: oneBlock(
      BUCKETS.map((bucket) => [
        codes.bucket![bucket],
        answer.buckets[bucket],
        all > 0 ? answer.buckets[bucket] / all : null,
      ]),
    ),
    about: () =>
      aboutScope(to, {
        title: figures.when,
        scope,
        answer,
        by: figures.when,
        order: '',
        view: 'net',
        rule: [...ruleLines(answer.rule.name, lang), [about.measure, words.repeats]],
      }),
  };
}
