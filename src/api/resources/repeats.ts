import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { dimensionInText, dimensionLabel } from '../../contracts/index.ts';
import { REPEAT_RULES } from '../../lake/rules/rules.ts';
import type { RepeatAnswer, RepeatRow } from '../../metrics/answers.ts';
import { indicatorNamed } from '../../metrics/registry.ts';
import { FEW, repeatAnswer } from '../../metrics/repeats.ts';
import type { Scope as MetricScope } from '../../metrics/scope.ts';
import { type Call, route } from '../route.ts';
import { Format, RepeatAnswer as RepeatAnswerSchema, Rule, Scope } from '../schema.ts';
import { dayOf, scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, fileLang, oneBlock, sendTable } from '../send-table.ts';
import { aboutScope, ruleLines, sourceNames } from '../table-about.ts';
import { dimensionKind, type FileColumn, isNameless, isNatural, orderText, tableOf, valueName } from '../table-rows.ts';
import { FILE_WORDS, fileName, missingWord, quotedDash } from '../table-words.ts';

/** The split of a file whose address names none: the one that the screen opens with. */
const USUAL_SPLIT = 'agent';

/** The columns that the screen shows of a split, and what keeps a row from being ranked. */
function repeatColumns(call: Call, answer: RepeatAnswer, by: string): FileColumn<RepeatRow>[] {
  const lang = fileLang(call);
  const { repeats: words, split } = FILE_WORDS[lang];
  const missing = missingWord(call.app.config.missingLabel, lang);
  const sources = sourceNames(call);
  const ofAnchors = answer.rateName === 'repeatRate';
  const base = (row: RepeatRow) => row.maturedAnchors ?? row.contacts;
  const unknown = (row: RepeatRow) => isNameless(row[by], row.label);
  const ranked = (row: RepeatRow, value: number | null | undefined) =>
    base(row) < FEW || unknown(row) ? null : (value ?? null);
  const nameOf = (row: RepeatRow) => {
    if (row.label) return quotedDash(row.label);
    return (by === 'source' && sources.get(String(row[by]))) || valueName(by, row[by], missing, lang);
  };
  return [
    {
      key: 'name',
      name: dimensionLabel(by, lang),
      kind: dimensionKind(by),
      cell: nameOf,
      ...(isNatural(by) ? { order: (row: RepeatRow) => row[by] } : {}),
    },
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
  ];
}

async function repeatFile(call: Call, answer: RepeatAnswer, scope: MetricScope, format: 'csv' | 'xlsx') {
  const lang = fileLang(call);
  const words = FILE_WORDS[lang];
  const by = answer.by ?? USUAL_SPLIT;
  const columns = repeatColumns(call, answer, by);
  const sort = (call.query.sort as string | undefined) ?? (isNatural(by) ? 'name' : '-shrunken');
  const search = call.query.search as string | undefined;
  const last = (row: RepeatRow) => isNameless(row[by], row.label);
  const table = tableOf({ columns, rows: answer.rows, sort, search, last });
  return sendTable(call, format, {
    name: fileName(words.titles.repeats, answer),
    columns: table.columns,
    rows: oneBlock(table.rows),
    about: () =>
      aboutScope(call, {
        title: `${words.titles.repeats} ${words.by} ${dimensionInText(by, lang)}`,
        scope,
        answer,
        search,
        by: dimensionLabel(by, lang),
        order: orderText(table.columns, sort, lang),
        view: 'net',
        rule: [
          ...ruleLines(answer.rule.name, lang),
          [words.about.formula, indicatorNamed(answer.rateName).formula[lang]],
          [
            words.about.provisional,
            answer.provisional ? (answer.rateName === 'repeatRate' ? words.open : words.unfinished) : words.no,
          ],
        ],
      }),
  });
}

export const repeatRoutes = [
  route({
    method: 'GET',
    url: '/api/rules',
    audience: AUDIENCE.intake,
    summary: 'As regras de rechamada, com versão e parâmetros',
    response: Type.Object({ rules: Type.Array(Rule) }),
    handler: async () => ({ rules: REPEAT_RULES.map((rule) => ({ ...rule, parameters: { ...rule.parameters } })) }),
  }),
  route({
    method: 'GET',
    url: '/api/repeats',
    audience: AUDIENCE.intake,
    summary: 'Rechamadas de um período por uma regra, no total e divididas',
    query: Type.Object({
      ...Scope.properties,
      rule: Type.Optional(Type.String()),
      by: Type.Optional(Type.String()),
      watermark: Type.Optional(Type.String()),
      receipt: Type.Optional(Type.Boolean()),
      format: Type.Optional(Format),
      sort: Type.Optional(
        Type.String({ description: 'Ordem do arquivo, como na tela: name, rate, shrunken, …; - inverte' }),
      ),
      search: Type.Optional(Type.String({ maxLength: 100, description: 'Parte do nome, no arquivo' })),
      ...FILE_QUERY,
    }),
    response: RepeatAnswerSchema,
    handler: async (call) => {
      const { app, query } = call;
      const format = fileFormat(call);
      const question = {
        scope: scopeOf(query),
        rule: (query.rule as string) ?? 'house',
        by: (query.by as string | undefined) ?? (format ? USUAL_SPLIT : undefined),
        watermark: dayOf('watermark', query.watermark),
        receipt: query.receipt === true,
      };
      const answer = await app.cache.get(
        app.lake,
        ['repeats', question],
        () => repeatAnswer(app.lake, question),
        query.refresh === true,
      );
      return format ? repeatFile(call, answer, question.scope, format) : answer;
    },
  }),
];
