import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { DIMENSIONS, dimensionInText, dimensionLabel } from '../../contracts/index.ts';
import type { MetricAnswer, MetricRow } from '../../metrics/answers.ts';
import { figureLine } from '../../metrics/figures.ts';
import { metricAnswer } from '../../metrics/metric.ts';
import { dimensionsOf, INDICATORS, indicatorNamed } from '../../metrics/registry.ts';
import { FEW } from '../../metrics/repeats.ts';
import type { Scope as MetricScope } from '../../metrics/scope.ts';
import { Dimension, Indicator } from '../dictionary-schema.ts';
import { type Call, route } from '../route.ts';
import { FigureLine, Format, MetricAnswer as MetricAnswerSchema, Scope } from '../schema.ts';
import { listOf, scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, fileLang, oneBlock, sendTable } from '../send-table.ts';
import { aboutScope, ruleLines, sourceNames } from '../table-about.ts';
import type { CellKind } from '../table-file.ts';
import { dimensionKind, type FileColumn, isNameless, isNatural, orderText, tableOf, valueName } from '../table-rows.ts';
import { FILE_WORDS, fileName, missingWord, quotedDash } from '../table-words.ts';

const KINDS: Record<MetricAnswer['unit'], CellKind> = {
  count: 'integer',
  s: 'seconds',
  d: 'number',
  ratio: 'ratio',
  score: 'number',
  points: 'number',
};
/** The columns that the screens show of a split: names, value, cases, interval or share. */
function splitColumns(call: Call, answer: MetricAnswer): FileColumn<MetricRow>[] {
  const lang = fileLang(call);
  const { split, units } = FILE_WORDS[lang];
  const { label, unit, interval: kindOfInterval } = indicatorNamed(answer.metric);
  const missing = missingWord(call.app.config.missingLabel, lang);
  const sources = sourceNames(call);
  const nameOf = (by: string, row: MetricRow) => {
    if (by === 'agent' && row.label) return quotedDash(row.label);
    return (by === 'source' && sources.get(String(row[by]))) || valueName(by, row[by], missing, lang);
  };
  const names = answer.by.map(
    (by, index): FileColumn<MetricRow> => ({
      key: index === 0 ? 'name' : by,
      name: dimensionLabel(by, lang),
      kind: dimensionKind(by),
      cell: (row) => nameOf(by, row),
      ...(isNatural(by) ? { order: (row: MetricRow) => row[by] } : {}),
    }),
  );
  const value: FileColumn<MetricRow> = {
    key: 'value',
    name: [label[lang], units[unit]].filter(Boolean).join(', '),
    kind: KINDS[unit],
    cell: (row) => row.value,
    order: (row) => (unit === 'count' || row.n >= FEW ? row.value : null),
    kept: true,
  };
  if (unit === 'count') {
    const sum = answer.rows.reduce((total, row) => total + (row.value ?? 0), 0);
    // A transferred contact stands in the slice of each of its legs: shares are then of the slices' sum.
    const byLeg = sum > (answer.total ?? sum);
    const whole = byLeg ? sum : (answer.total ?? 0);
    const share = (row: MetricRow) => (whole > 0 && row.value !== null ? row.value / whole : null);
    const name = byLeg ? split.shareOfSum : split.share;
    return [...names, value, { key: 'share', name, kind: 'ratio', cell: share, unsorted: true }];
  }
  const interval: FileColumn<MetricRow>[] = [
    { key: 'low', name: split.low, kind: KINDS[unit], cell: (row) => row.low, unsorted: true },
    { key: 'high', name: split.high, kind: KINDS[unit], cell: (row) => row.high, unsorted: true },
  ];
  return [
    ...names,
    value,
    { key: 'n', name: split.n, kind: 'integer', cell: (row) => row.n },
    ...(kindOfInterval === 'none' ? [] : interval),
    { key: 'few', name: split.few, kind: 'boolean', cell: (row) => row.n < FEW, unsorted: true },
  ];
}

async function metricFile(call: Call, answer: MetricAnswer, scope: MetricScope, format: 'csv' | 'xlsx') {
  const lang = fileLang(call);
  const words = FILE_WORDS[lang];
  const { name, kind, label, help, formula } = indicatorNamed(answer.metric);
  const columns = splitColumns(call, answer);
  const { value, n, low, high } = { ...answer, value: answer.total };
  const whole: MetricRow = { value, n, ...(low === undefined || high === undefined ? {} : { low, high }) };
  const usual = isNatural(answer.by[0] ?? '') ? 'name' : '-value';
  const sort = (call.query.sort as string | undefined) ?? (answer.by.length === 1 ? usual : '');
  const search = call.query.search as string | undefined;
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
  return sendTable(call, format, {
    name: fileName(called, answer),
    columns: table.columns,
    rows: oneBlock(table.rows),
    about: () =>
      aboutScope(call, {
        title,
        scope,
        answer,
        search,
        by: by || words.nothing,
        order: orderText(table.columns, sort, lang),
        view: call.query.view === 'gross' ? 'gross' : 'net',
        rule: [
          [words.about.measure, help[lang]],
          [words.about.formula, formula[lang]],
          ...(kind === 'repeat'
            ? ruleLines(answer.rule.name, lang)
            : [[words.about.rule, `${label[lang]}, v${answer.rule.version}`] as const]),
          ...(answer.reason
            ? [[words.about.reason, words.nulls[answer.reasonCode ?? ''] ?? answer.reason] as const]
            : []),
        ],
      }),
  });
}

export const metricRoutes = [
  route({
    method: 'GET',
    url: '/api/indicators',
    audience: AUDIENCE.intake,
    summary: 'O dicionário de indicadores, e as dimensões que os dividem e filtram',
    response: Type.Object({ indicators: Type.Array(Indicator), dimensions: Type.Array(Dimension) }),
    handler: async () => ({
      indicators: INDICATORS.map((one) => ({
        ...{ name: one.name, unit: one.unit, label: one.label, help: one.help, formula: one.formula },
        ...{ kind: one.kind, group: one.group, interval: one.interval, better: one.better },
        groups: one.kind === 'quotient' ? (one.groups ?? []).map(({ name, label }) => ({ name, label })) : [],
        dimensions: dimensionsOf(one),
      })),
      dimensions: DIMENSIONS.map(({ name, label, kind, filters, charged }) => ({
        name,
        label,
        kind,
        filters,
        charged,
      })),
    }),
  }),
  route({
    method: 'GET',
    url: '/api/metrics/:name',
    audience: AUDIENCE.intake,
    summary: 'Um indicador, no total e dividido por colunas',
    query: Type.Object({
      ...Scope.properties,
      by: Type.Optional(Type.String()),
      view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
      rule: Type.Optional(Type.String({ description: 'Regra de rechamada, de indicadores delas' })),
      receipt: Type.Optional(Type.Boolean()),
      format: Type.Optional(Format),
      sort: Type.Optional(Type.String({ description: 'Ordem do arquivo, como na tela: name, value, n; - inverte' })),
      search: Type.Optional(Type.String({ maxLength: 100, description: 'Parte do nome, no arquivo' })),
      ...FILE_QUERY,
    }),
    response: MetricAnswerSchema,
    handler: async (call) => {
      const { app, params, query } = call;
      const indicator = indicatorNamed(params.name ?? '');
      const question = {
        scope: scopeOf(query),
        by: listOf(query.by),
        view: query.view as 'net' | 'gross',
        rule: (query.rule as string) ?? 'house',
        receipt: query.receipt === true,
      };
      const answer = await app.cache.get(
        app.lake,
        ['metric', indicator.name, question],
        () => metricAnswer(app.lake, indicator, question),
        query.refresh === true,
      );
      const format = fileFormat(call);
      return format ? metricFile(call, answer, question.scope, format) : answer;
    },
  }),
  route({
    method: 'GET',
    url: '/api/figures',
    audience: AUDIENCE.intake,
    summary: 'Vários indicadores de um período, com o anterior e as últimas doze semanas',
    query: Type.Object({ ...Scope.properties, names: Type.String(), rule: Type.Optional(Type.String()) }),
    response: FigureLine,
    handler: async ({ app, query }) => {
      const question = { scope: scopeOf(query), names: listOf(query.names), rule: (query.rule as string) ?? 'house' };
      return app.cache.get(
        app.lake,
        ['figures', question],
        () => figureLine(app.lake, question.scope, question.names, question.rule),
        query.refresh === true,
      );
    },
  }),
];
