import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import type { MetricAnswer } from '../../metrics/answers.ts';
import { figureLine } from '../../metrics/figures.ts';
import { metricAnswer } from '../../metrics/metric.ts';
import { INDICATORS, indicatorNamed } from '../../metrics/registry.ts';
import { DIMENSION_NAMES } from '../../metrics/scope.ts';
import { type Call, route } from '../route.ts';
import { FigureLine, Format, Indicator, MetricAnswer as MetricAnswerSchema, Scope } from '../schema.ts';
import { listOf, scopeOf } from '../scope-query.ts';
import { oneBlock, sendTable } from '../send-table.ts';
import type { CellKind } from '../table-file.ts';
import { aboutScope, dimensionColumn } from '../table-words.ts';

const KINDS: Record<MetricAnswer['unit'], CellKind> = {
  count: 'integer',
  s: 'seconds',
  d: 'number',
  ratio: 'ratio',
  score: 'number',
};

async function metricFile(call: Call, answer: MetricAnswer, format: 'csv' | 'xlsx') {
  const indicator = indicatorNamed(answer.metric);
  const columns = [
    ...answer.by.map(dimensionColumn),
    { name: indicator.label.pt, kind: KINDS[answer.unit] },
    { name: 'n', kind: 'integer' as const },
  ];
  const rows = answer.rows.map((row) => [
    ...answer.by.map((name) => (name === 'agent' ? (row.label ?? row[name]) : row[name])),
    row.value,
    row.n,
  ]);
  const name = `ramal-${answer.metric}-${answer.from ?? 'inicio'}_${answer.to ?? 'fim'}`;
  const about = aboutScope(answer, indicator.label.pt, indicator.formula);
  return sendTable(call, format, {
    name,
    columns,
    rows: oneBlock(rows),
    about,
    missingLabel: call.app.config.missingLabel,
  });
}

export const metricRoutes = [
  route({
    method: 'GET',
    url: '/api/indicators',
    audience: AUDIENCE.intake,
    summary: 'O dicionário de indicadores',
    response: Type.Object({ indicators: Type.Array(Indicator) }),
    handler: async () => ({ indicators: INDICATORS.map((one) => ({ ...one, dimensions: DIMENSION_NAMES })) }),
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
      receipt: Type.Optional(Type.Boolean()),
      format: Type.Optional(Format),
    }),
    response: MetricAnswerSchema,
    handler: async (call) => {
      const { app, params, query } = call;
      const indicator = indicatorNamed(params.name ?? '');
      const question = {
        scope: scopeOf(query),
        by: listOf(query.by),
        view: query.view as 'net' | 'gross',
        receipt: query.receipt === true,
      };
      const answer = await app.cache.get(
        app.lake,
        ['metric', indicator.name, question],
        () => metricAnswer(app.lake, indicator, question),
        query.refresh === true,
      );
      const format = query.format as 'json' | 'csv' | 'xlsx' | undefined;
      return format === 'csv' || format === 'xlsx' ? metricFile(call, answer, format) : answer;
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
