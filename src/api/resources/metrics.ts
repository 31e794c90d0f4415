import { Type } from 'typebox';
import { AUDIENCE } from '../../access/roles.ts';
import { DIMENSIONS } from '../../contracts/index.ts';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { fewOf } from '../../metrics/few.ts';
import { type Figure, figureLine } from '../../metrics/figures.ts';
import { likeMix, mixes } from '../../metrics/like-mix.ts';
import { metricAnswer } from '../../metrics/metric.ts';
import { dimensionsOf, INDICATORS, indicatorNamed } from '../../metrics/registry.ts';
import type { CoursePoint } from '../../metrics/usual.ts';
import { type Aim, aimOf, rowAims, targetsOf } from '../../reports/aims.ts';
import { metricTable } from '../../reports/metric-table.ts';
import { listOf } from '../../reports/said.ts';
import { route } from '../route.ts';
import { Format, MetricAnswer as MetricAnswerSchema, Scope } from '../schema.ts';
import { Dimension, Indicator } from '../schema-dictionary.ts';
import { FigureLine } from '../schema-figures.ts';
import { scopeOf } from '../scope-query.ts';
import { FILE_QUERY, fileFormat, ordered, reporting, sendTable } from '../send-table.ts';

/** The target that held on the last day of a figure, where there is one. */
const aimed = (aim: Aim | undefined) => (aim ? { aim } : {});

export const metricRoutes = [
  route({
    method: 'GET',
    url: '/api/indicators',
    audience: AUDIENCE.figures,
    summary: 'O dicionário de indicadores, e as dimensões que os dividem e filtram',
    response: Type.Object({ indicators: Type.Array(Indicator), dimensions: Type.Array(Dimension) }),
    handler: async () => ({
      indicators: INDICATORS.map((one) => ({
        ...{ name: one.name, unit: one.unit, label: one.label, help: one.help, formula: one.formula },
        ...{ kind: one.kind, group: one.group, interval: one.interval, better: one.better },
        groups: one.kind === 'quotient' ? (one.groups ?? []).map(({ name, label }) => ({ name, label })) : [],
        few: fewOf(one),
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
    audience: AUDIENCE.figures,
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
      const answer = await app.cache.answer(app.lake, metricAnswer, [indicator, question], query.refresh === true);
      const format = fileFormat(call);
      const targets = await targetsOf(app);
      const aims = rowAims(targets, indicator, question.scope, answer);
      if (!format) {
        const rows = answer.rows.map((row, index) => ({ ...row, ...aimed(aims[index]) }));
        const aim = aimOf(targets, indicator, question.scope, answer, { ...answer, value: answer.total });
        return { ...answer, rows, ...aimed(aim) };
      }
      const [by = ''] = question.by;
      const mix =
        question.by.length === 1 && mixes(indicator, by)
          ? await app.cache.answer(app.lake, likeMix, [indicator, { ...question, by }])
          : null;
      const shown = { ...ordered(query), scope: question.scope, view: question.view ?? 'net', mix, aims };
      return sendTable(call, format, metricTable(reporting(call), answer, shown));
    },
  }),
  route({
    method: 'GET',
    url: '/api/figures',
    audience: AUDIENCE.figures,
    summary: 'Vários indicadores de um período, com o anterior e as últimas doze semanas',
    query: Type.Object({ ...Scope.properties, names: Type.String(), rule: Type.Optional(Type.String()) }),
    response: FigureLine,
    handler: async ({ app, query }) => {
      const question = { scope: scopeOf(query), names: listOf(query.names), rule: (query.rule as string) ?? 'house' };
      const line = await app.cache.answer(
        app.lake,
        figureLine,
        [question.scope, question.names, question.rule],
        query.refresh === true,
      );
      const targets = await targetsOf(app);
      const figures = line.figures.map((figure) => {
        const aim = (to: Day | null, value: CoursePoint | Figure) =>
          aimed(
            aimOf(targets, indicatorNamed(figure.name), question.scope, { to, rule: { name: question.rule } }, value),
          );
        const trend = figure.trend.map((week) => ({ ...week, ...aim(addDays(week.from, 7), week) }));
        return { ...figure, ...aim(line.to, figure), trend };
      });
      return { ...line, figures };
    },
  }),
];
